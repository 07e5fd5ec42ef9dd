import { watchPrinting } from "../parts/prints.js";

watchPrinting();

// On a telephone the sections are one line that slides: bring where we are into sight.
function slide() {
  const here = document.querySelector(".form-page .sections [aria-current]");
  const line = here && here.closest(".sections");
  if (line && line.scrollWidth > line.clientWidth) line.scrollLeft = here.parentElement.offsetLeft - line.offsetLeft - 24;
}

slide();
document.body.addEventListener("htmx:afterSwap", slide);

// An address that points into a folded part opens it.
const target = location.hash && document.querySelector(location.hash);
if (target) { const fold = target.closest("details"); if (fold) fold.open = true; target.scrollIntoView({ block: "center" }); }
