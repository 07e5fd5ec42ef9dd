// <button data-opens="id"> opens <dialog id="id">; inside it, <button type="button" data-closes> closes.
export function watchDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      if (dialog && !dialog.open) dialog.showModal();
      return;
    }
    const closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog").close();
    // A click on the backdrop lands on the dialog itself.
    else if (event.target.nodeName === "DIALOG" && event.target.dataset.light !== undefined) event.target.close();
  });
  // A refused form comes back with its dialog open: <dialog data-open>.
  for (const dialog of document.querySelectorAll("dialog[data-open]")) dialog.showModal();
}
