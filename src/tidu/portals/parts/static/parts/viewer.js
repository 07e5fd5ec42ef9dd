// Papers beside the work. A link [data-evidence] or [data-turn] opens its sheet in [data-viewer] without leaving the
// page; [data-zoom] and [data-rotate] act on the picture; in the viewer ← and → turn, + zooms, R rotates.
import { say } from "./toast.js";

const viewer = () => document.querySelector("[data-viewer]");

function ready(box) {
  for (const button of box.querySelectorAll("[data-zoom], [data-rotate]")) button.hidden = false;
}

async function show(link, focus) {
  const box = viewer();
  box.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(link.href, { headers: { "X-Requested-With": "viewer" }, credentials: "same-origin" });
    const text = await response.text();
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-viewer]");
    if (!response.ok || !fresh) throw new TypeError("no sheet");
    box.replaceWith(fresh);
    ready(fresh);
    fresh.scrollIntoView({ block: "nearest" });
    if (focus) fresh.focus({ preventScroll: true });
  } catch {
    box.removeAttribute("aria-busy");
    say("佐证暂时打不开，请稍后再试，或下载原件查看。", "no");
  }
}

const ACTS = {
  zoom(picture) {
    if (picture.dataset.larger) { picture.src = picture.dataset.larger; delete picture.dataset.larger; }
    picture.parentElement.classList.toggle("zoomed");
  },
  rotate(picture) {
    picture.dataset.turned = String((Number(picture.dataset.turned || 0) + 90) % 360);
    picture.parentElement.classList.toggle("turned", picture.dataset.turned !== "0");
  },
};

function act(name, box) {
  const picture = box && box.querySelector("img");
  if (picture) ACTS[name](picture);
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !viewer()) return;
  const link = event.target.closest("a[data-evidence], a[data-turn]");
  if (link) {
    event.preventDefault();
    return show(link, link.dataset.turn !== undefined);
  }
  const button = event.target.closest("[data-zoom], [data-rotate]");
  if (button) act(button.dataset.zoom === undefined ? "rotate" : "zoom", button.closest("[data-viewer]"));
});

document.addEventListener("keydown", (event) => {
  const box = event.target.closest && event.target.closest("[data-viewer]");
  if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
  const turn = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = turn && box.querySelector(`a[rel="${turn}"]`);
  if (link) { event.preventDefault(); return show(link, true); }
  if (event.key === "+" || event.key === "=") act("zoom", box);
  if (event.key.toLowerCase() === "r") act("rotate", box);
});

if (viewer()) ready(viewer());
