// The officer's keys. <tr data-row> are stepped through with J and K, E opens the row's [data-evidence], N follows
// [data-next], ? opens <dialog id="keys">. Off inside inputs; [data-keys-switch] turns them off for good (WCAG 2.1.4).
const OFF = "tidu:keys-off";

const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains("here"));
  const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
  for (const row of all) row.classList.toggle("here", row === next);
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function follow(selector, within) {
  const target = (within && within.querySelector(selector)) || document.querySelector(selector);
  if (target) target.click();
}

const here = () => document.querySelector("[data-row].here");
const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  e: () => follow("[data-evidence]", here() || rows()[0]),
  n: () => follow("[data-next]"),
  "?": () => { const help = document.getElementById("keys"); if (help && !help.open) help.showModal(); },
  Enter: () => { const row = here(); if (row && row.dataset.href) location.assign(row.dataset.href); },
};

document.addEventListener("keydown", (event) => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !ACTIONS[key]) return;
  if (typing(event.target) || document.querySelector("dialog[open]") || localStorage.getItem(OFF)) return;
  if (key === "Enter" && event.target.closest("a, button")) return;
  event.preventDefault();
  ACTIONS[key]();
});

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.checked = !localStorage.getItem(OFF);
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}
