// <tr data-href> follows its link; <input data-selects="name"> ticks all shown; <output data-selected="name"> counts.
const isControl = (target) => target.closest("a, button, input, select, textarea, label, summary");

function boxes(name) {
  return [...document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]:not(:disabled)`)];
}

function count(name) {
  const all = boxes(name), ticked = all.filter((box) => box.checked).length;
  for (const output of document.querySelectorAll(`[data-selected="${CSS.escape(name)}"]`)) output.textContent = String(ticked);
  for (const master of document.querySelectorAll(`[data-selects="${CSS.escape(name)}"]`)) {
    master.checked = ticked > 0 && ticked === all.length;
    master.indeterminate = ticked > 0 && ticked < all.length;
  }
  for (const button of document.querySelectorAll(`[data-needs="${CSS.escape(name)}"]`)) button.disabled = ticked === 0;
}

export function watchRows() {
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || isControl(event.target) || String(getSelection())) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.href);
    else location.assign(row.dataset.href);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox") return;
    if (target.dataset.selects) for (const box of boxes(target.dataset.selects)) box.checked = target.checked;
    count(target.dataset.selects || target.name);
  });
  for (const master of document.querySelectorAll("[data-selects]")) count(master.dataset.selects);
}
