// A short sentence at the foot of the page, read aloud by screen readers.
export function say(text, kind = "") {
  const shelf = document.querySelector(".toasts");
  if (!shelf) return;
  const toast = document.createElement("div");
  toast.className = `toast ${kind}`.trim();
  toast.textContent = text;
  shelf.append(toast);
  setTimeout(() => toast.remove(), Math.max(4000, text.length * 180));
}
