// A file that is whole has become a paper with an address, a picture and a place to be pointed at: show it so.
let waiting = 0;

document.body.addEventListener("tidu:uploaded", () => {
  clearTimeout(waiting);
  // Several files chosen at once go up one after the other; the page comes anew when the last is there.
  waiting = setTimeout(() => { if (!document.querySelector("[data-upload-list] progress")) location.reload(); }, 900);
});
