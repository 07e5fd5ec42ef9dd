// The controls of one field: what stands in them, and what is said beneath them.
export const controls = (field) => [...field.querySelectorAll("input, select, textarea")];

export function read(field) {
  const all = controls(field);
  if (all[0].type === "radio") return (all.find((c) => c.checked) || { value: "" }).value;
  if (all[0].type === "checkbox") return all.filter((c) => c.checked).map((c) => c.value).join(",");
  return all[0].value;
}

export function write(field, value) {
  const ticked = String(value).split(",");
  for (const control of controls(field)) {
    if (control.type === "radio") control.checked = control.value === value;
    else if (control.type === "checkbox") control.checked = ticked.includes(control.value);
    else control.value = value;
  }
}

export function tell(field, { saved, kind = "", error, warning }) {
  const line = field.querySelector("[data-saved]");
  if (saved !== undefined && line) { line.textContent = saved; line.className = `saved ${kind}`.trim(); }
  if (error === undefined) return;
  field.querySelector("[data-error]").textContent = error || "";
  field.querySelector("[data-warning]").textContent = warning || "";
  for (const control of controls(field)) error ? control.setAttribute("aria-invalid", "true") : control.removeAttribute("aria-invalid");
}
