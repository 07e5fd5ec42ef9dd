// After each save the side of the page comes anew with [data-findings]: what checks across fields say of every field.
// A field's own error, which the save itself answered, stays until that field is saved again.
import { tell } from "../parts/controls.js";

const own = new Map();

function apply(found) {
  for (const field of document.querySelectorAll("[data-autosave]")) {
    const said = found[field.dataset.name] || { error: "", warning: "" };
    if (!own.get(field.dataset.name)) tell(field, said);
  }
}

document.body.addEventListener("tidu:saved", ({ detail }) => own.set(detail.name, detail.error || ""));
document.body.addEventListener("htmx:afterSwap", () => {
  const holder = document.querySelector("[data-findings]");
  if (holder) apply(JSON.parse(holder.dataset.findings || "{}"));
});
