// <button data-prints> prints the page; folded parts are opened first, since paper cannot unfold them.
export function watchPrinting() {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-prints]")) return;
    for (const fold of document.querySelectorAll("main details")) fold.open = true;
    window.print();
  });
}
