// Plain forms: sent once, guarded while unsaved, submitted by a select in a toolbar, first error in sight.
let leaving = false;

function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || form.dataset.repeat !== undefined) return;
  if (form.dataset.sent !== undefined) return event.preventDefault();
  form.dataset.sent = "";
  leaving = true;
  const button = event.submitter || form.querySelector("button:not([type=button])");
  if (button) button.setAttribute("aria-disabled", "true");
}

function forget() {
  // The back button shows the page as it was left: let it be sent again.
  leaving = false;
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll('button[aria-disabled="true"]')) button.removeAttribute("aria-disabled");
}

export function watchForms() {
  document.addEventListener("submit", sendOnce);
  window.addEventListener("pageshow", (event) => event.persisted && forget());
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.dataset.guard !== undefined) form.dataset.dirty = "";
  });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !document.querySelector("form[data-dirty]")) return;
    event.preventDefault();
    event.returnValue = "";
  });
  document.addEventListener("change", (event) => {
    if (event.target.dataset.submits !== undefined) event.target.form.requestSubmit ? event.target.form.requestSubmit() : event.target.form.submit();
  });
  const summary = document.querySelector(".form-errors");
  if (summary) summary.focus();
}
