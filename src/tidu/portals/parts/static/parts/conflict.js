// Two people, or two windows, filled the same field: shows both values and lets the person choose.
import { beijing } from "./clock.js";

// The rows of a list travel as JSON; a person is told how many there are.
const words = (value) => (value.startsWith("[{") ? `${JSON.parse(value).length} 行` : value || "未填");

function choice(label, value, pick) {
  const row = document.createElement("p");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-small";
  button.textContent = label;
  button.addEventListener("click", pick);
  const text = document.createElement("strong");
  text.textContent = words(value);
  row.className = "row";
  row.append(text, button);
  return row;
}

// theirs: {value, shown?, by?, saved_at?}. `done(value)` gets the chosen value.
export function showConflict(field, { mine, theirs }, done) {
  const old = field.querySelector(".conflict");
  if (old) old.remove();
  const box = document.createElement("div");
  box.className = "conflict stack-small";
  box.setAttribute("role", "alert");
  const title = document.createElement("p");
  const when = theirs.saved_at ? `（${beijing(new Date(theirs.saved_at)).minute}${theirs.by ? ` ${theirs.by}` : ""}）` : "";
  title.textContent = `这一项已在别处改过${when}。两处填写不同，请选择保留哪一个：`;
  const pick = (value) => () => { box.remove(); done(value); };
  box.append(title, choice("保留已保存的", theirs.shown || theirs.value, pick(theirs.value)), choice("保留我填写的", mine, pick(mine)));
  (field.querySelector(".says") || field).append(box);
}
