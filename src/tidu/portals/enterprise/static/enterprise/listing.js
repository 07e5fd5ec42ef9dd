// A list of rows inside [data-listing]: cells are read into one hidden field, which saves itself (parts/autosave.js).
// No row: the list states nothing; [data-none] ticked: it states 无. A wholly blank row is not sent.
const NONE = "无";

const cardsOf = (list) => [...list.querySelectorAll("[data-rows] > [data-row-card]")];
const cellsOf = (card) => [...card.querySelectorAll("[data-column]")];
const holderOf = (list) => list.querySelector("[data-name]");

function rowOf(card) {
  const row = {};
  for (const cell of cellsOf(card)) if (cell.value.trim() !== "") row[cell.dataset.column] = cell.value;
  return row;
}

function read(list) {
  const rows = cardsOf(list).map(rowOf).filter((row) => Object.keys(row).length);
  if (rows.length) return JSON.stringify(rows);
  const none = list.querySelector("[data-none]");
  return none && none.checked ? NONE : "";
}

function number(list) {
  const cards = cardsOf(list);
  cards.forEach((card, index) => {
    card.querySelector("summary .num").textContent = String(index + 1);
    const words = cellsOf(card).slice(0, 3).map((cell) => cell.value.trim()).filter(Boolean).join("　");
    card.querySelector("[data-words]").textContent = words || "新的一行";
  });
  list.querySelector("[data-count]").textContent = cards.length ? `${cards.length} 行` : "";
  const none = list.querySelector("[data-none]");
  if (!none) return;
  if (cards.length) none.checked = false;
  list.querySelector("[data-none-line]").hidden = cards.length > 0;
}

function add(list, row = {}) {
  const card = list.querySelector("template").content.firstElementChild.cloneNode(true);
  for (const cell of cellsOf(card)) cell.value = row[cell.dataset.column] || "";
  list.querySelector("[data-rows]").append(card);
  return card;
}

function changed(list, kind) {
  const hidden = holderOf(list).querySelector("input[type=hidden]");
  number(list);
  if (hidden.value === read(list)) return;
  hidden.value = read(list);
  hidden.dispatchEvent(new Event(kind, { bubbles: true }));
}

// Another window's rows were chosen, or what was kept on this machine came back: draw them.
function draw(list, text) {
  let rows = [];
  try { rows = JSON.parse(text); } catch { /* 无, or nothing stated */ }
  for (const card of cardsOf(list)) card.remove();
  for (const row of Array.isArray(rows) ? rows : []) add(list, row).querySelector("details").open = false;
  list.querySelector("[data-none]").checked = text === NONE;
  number(list);
}

function watch(list) {
  number(list);
  if (!list.querySelector("template")) return;
  const hidden = holderOf(list).querySelector("input[type=hidden]");
  // A hidden input's value is its attribute, so a value set from elsewhere is seen here.
  new MutationObserver(() => { if (hidden.value !== read(list)) draw(list, hidden.value); }).observe(hidden, { attributes: true, attributeFilter: ["value"] });
  list.addEventListener("input", (event) => { if (event.target.closest("[data-row-card]")) changed(list, "input"); });
  list.addEventListener("change", (event) => { if (event.target !== hidden) changed(list, "change"); });
  list.addEventListener("click", (event) => {
    if (event.target.closest("[data-adds]")) {
      const card = add(list);
      number(list);
      cellsOf(card)[0].focus();
    }
    const drop = event.target.closest("[data-drops]");
    if (!drop) return;
    event.preventDefault();
    drop.closest("[data-row-card]").remove();
    changed(list, "change");
  });
}

for (const list of document.querySelectorAll("[data-listing]")) watch(list);
