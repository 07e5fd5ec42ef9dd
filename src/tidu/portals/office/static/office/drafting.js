// A section of a draft, or a corrigendum, saves itself as a whole: form[data-autosaves], which may name the button that
// saves it, its version in the form. Until the server has answered, what was typed stands in localStorage. When
// somebody else saved first, a button shows both versions.
import { beijing } from "../parts/clock.js";
import { Keep } from "../parts/keep.js";
import { backoff, send } from "../parts/requests.js";

const PAUSE = 1200;
const form = document.querySelector("form[data-autosaves]");
const says = form && form.querySelector("[data-saved]");
const kept = form && new Keep(form.getAttribute("action"), "section");
const state = { busy: false, stopped: false, timer: 0, tries: 0, saved: "", pressed: null };

const typed = () => new URLSearchParams([...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "version", "do"].includes(name))).toString();
const tell = (text, kind = "") => { says.textContent = text; says.className = `saved ${kind}`.trim(); };
const later = (wait) => { clearTimeout(state.timer); state.timer = setTimeout(save, wait); };
const hold = () => kept.put({ value: typed(), version: form.elements.version.value, at: Date.now() });

async function save() {
  clearTimeout(state.timer);
  const now = typed();
  if (state.busy || state.stopped) return;
  if (now === state.saved) return kept.drop();
  state.busy = true;
  tell("正在保存…", "wait");
  try {
    const body = new URLSearchParams(now);
    body.set("version", form.elements.version.value);
    answer(now, await send(form.getAttribute("action"), { body }));
  } catch {
    wait("网络不通，已暂存在本机，恢复后自动保存");
  } finally {
    state.busy = false;
    if (state.pressed) press(state.pressed);
  }
  if (typed() !== now && !state.stopped && !state.tries) later(0);
}

function answer(now, { status, ok, ended, said }) {
  if (ended) return stop("登录已过期，已暂存在本机。请在新窗口登录后再按“保存”。");
  if (status === 409) return stop(`${said.message} 按“${form.dataset.autosaves || "保存"}”对照两处填写。`);
  if (status >= 500 || status === 429) return wait("系统暂忙，已暂存在本机，稍后自动保存");
  if (!ok) { kept.drop(); state.saved = now; return tell(said.message || "没有保存，请刷新页面后重试。", "kept"); }
  Object.assign(state, { saved: now, tries: 0 });
  form.elements.version.value = said.version;
  delete form.dataset.dirty;
  typed() === now ? kept.drop() : hold();
  tell(`已保存 ${beijing(new Date(said.saved_at)).clock}`);
  if (said.checks) show(said);
}

function show(said) {
  for (const [kind, found] of [["error", said.errors], ["warning", said.warnings]]) {
    for (const line of form.querySelectorAll(`[data-${kind}]`)) {
      const id = line.dataset[kind];
      line.textContent = found[id] || "";
      const control = document.getElementById(id);
      if (kind === "error" && control) found[id] ? control.setAttribute("aria-invalid", "true") : control.removeAttribute("aria-invalid");
    }
  }
  const count = document.querySelector("[data-errors]");
  count.textContent = said.count;
  count.hidden = !said.count;
  document.getElementById("draft-sections").innerHTML = said.sections;
  document.getElementById("draft-checks").innerHTML = said.checks;
}

// A button pressed while a save is under way waits for it: its version would be yesterday's.
function submitted(event) {
  clearTimeout(state.timer);
  if (state.busy) {
    event.preventDefault();
    state.pressed = event.submitter || form.querySelector("button");
    return;
  }
  state.stopped = true;
  kept.drop();
}

function press(button) {
  state.pressed = null;
  if (form.requestSubmit) return form.requestSubmit(button);
  const said = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
  form.append(said);
  delete form.dataset.dirty;
  form.submit();
}

function wait(text) {
  hold();
  tell(text, "kept");
  later(backoff(state.tries++));
}

function stop(text) {
  hold();
  state.stopped = true;
  tell(text, "kept");
}

// What this machine kept from a lost network or an ended login is sent once more, under the version it was typed on.
async function bringBack() {
  const left = kept.get();
  if (!left || left.value === state.saved) return kept.drop();
  const body = new URLSearchParams(left.value);
  body.set("version", left.version);
  const { ok, status } = await send(form.getAttribute("action"), { body });
  if (ok) { kept.drop(); return location.reload(); }
  if (status !== 409) return;
  for (const [name, value] of [...body, ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value]]) offered(name, value);
  kept.drop();
  back.submit();
}

const back = document.createElement("form");
function offered(name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  back.append(field);
}

// A link to a control inside a folded row opens the row first.
function reveal() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (target) { target.scrollIntoView({ block: "center" }); if (target.matches("input, select, textarea")) target.focus(); }
}

// On a telephone the sections are one line that slides: bring the one we are in into sight.
const here = document.querySelector("#draft-sections [aria-current]");
if (here) here.closest(".sections").scrollLeft = here.offsetLeft - 40;

window.addEventListener("hashchange", reveal);
reveal();

if (form) {
  Object.assign(back, { method: "post", action: form.getAttribute("action"), hidden: true });
  document.body.append(back);
  state.saved = typed();
  form.addEventListener("input", () => { if (!state.stopped) later(PAUSE); });
  form.addEventListener("change", () => { if (!state.stopped) later(0); });
  form.addEventListener("submit", submitted);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  bringBack().catch(() => {});
}
