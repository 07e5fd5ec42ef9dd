// Saves one field at a time. An element with data-autosave="address" data-name="…" data-version="3" holds the control.
//   POST name, value, version → 200 {version, saved_at, value?, error?, warning?}   saved, even if it has an error
//                              409 {version, value, shown?, by?, saved_at?}         somebody else saved first
//                              422 {message}                                        refused for good, kept nowhere
//                              401, or a redirect to the login: kept, tried again when the window is back in front
// Until the server has answered, what was typed stands in localStorage; it survives reload, logout and lost network.
// After each save the body gets the event "tidu:saved"; htmx can listen: hx-trigger="tidu:saved from:body".
import { beijing } from "./clock.js";
import { controls, read, tell, write } from "./controls.js";
import { Keep } from "./keep.js";
import { backoff, send } from "./requests.js";
import { showConflict } from "./conflict.js";
import { say } from "./toast.js";

const PAUSE = 1200;
const states = new WeakMap();
const ended = new Set(); // fields that wait for a login

function keep(field, state) { state.kept.put({ value: read(field), version: Number(field.dataset.version), at: Date.now() }); }

function later(field, state, wait) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(field), wait);
}

async function save(field) {
  const state = states.get(field);
  clearTimeout(state.timer);
  if (state.busy || state.stopped) return;
  const value = read(field);
  if (value === state.saved) return settle(field, state);
  state.busy = true;
  tell(field, { saved: "正在保存…", kind: "wait" });
  try {
    const body = new URLSearchParams({ name: field.dataset.name, value, version: field.dataset.version });
    answer(field, state, value, await send(field.dataset.autosave, { body }));
  } catch {
    waitForNetwork(field, state, "网络不通，已暂存在本机，恢复后自动保存");
  } finally {
    state.busy = false;
  }
  if (read(field) !== value && !state.stopped && !state.waiting) later(field, state, 0);
}

function answer(field, state, value, { status, ok, ended: expired, said }) {
  if (expired) return expire(field, state);
  if (ok) return saved(field, state, value, said);
  if (status === 409) return conflict(field, state, said);
  if (status >= 500 || status === 429) return waitForNetwork(field, state, "系统暂忙，已暂存在本机，稍后自动保存");
  // 422 is about what was typed, often a secret: it stays on the screen and nowhere else.
  status === 422 ? state.kept.drop() : keep(field, state);
  tell(field, { saved: status === 422 ? "未保存" : "未保存，已暂存在本机", kind: "kept", error: said.message || "这一项不能保存，请刷新页面后重试。" });
  state.saved = value; // the same text is not sent again until it changes
}

function saved(field, state, value, said) {
  Object.assign(state, { saved: value, tries: 0, waiting: false });
  field.dataset.version = said.version;
  if (said.value !== undefined && said.value !== value && read(field) === value && !field.contains(document.activeElement)) {
    write(field, said.value);
    state.saved = said.value;
  }
  if (read(field) === state.saved) state.kept.drop();
  else keep(field, state);
  const { minute, clock } = beijing(new Date(said.saved_at || Date.now()));
  // What cannot be read is kept as typed, but no rule counts it.
  const words = said.error ? `已按原文保存 ${clock}，请更正` : `已保存 ${clock}`;
  tell(field, { saved: words, kind: said.error ? "kept" : undefined, error: said.error || "", warning: said.warning || "" });
  for (const last of document.querySelectorAll("[data-last-saved]")) last.textContent = `，最近保存 ${minute}`;
  document.body.dispatchEvent(new CustomEvent("tidu:saved", { detail: { name: field.dataset.name, ...said } }));
}

function settle(field, state) {
  // Back at what is saved: there is nothing left to send.
  state.kept.drop();
  if (state.waiting) tell(field, { saved: "" });
  state.waiting = false;
}

function waitForNetwork(field, state, text) {
  keep(field, state);
  state.waiting = true;
  tell(field, { saved: text, kind: "kept" });
  later(field, state, backoff(state.tries++));
}

function expire(field, state) {
  keep(field, state);
  state.stopped = true;
  tell(field, { saved: "登录已过期，已暂存在本机，重新登录后自动保存", kind: "kept" });
  if (!ended.size) say("登录已过期：请在新窗口重新登录，再回到本页，填写的内容不会丢失。", "no");
  ended.add(field);
}

function goOn() {
  for (const field of ended) {
    states.get(field).stopped = false;
    later(field, states.get(field), 0);
  }
  ended.clear();
}

function conflict(field, state, said) {
  keep(field, state);
  Object.assign(state, { stopped: true, conflict: said });
  tell(field, { saved: "未保存：两处填写不同", kind: "kept" });
  showConflict(field, { mine: read(field), theirs: said }, (value) => {
    field.dataset.version = said.version;
    write(field, value);
    Object.assign(state, { stopped: false, conflict: null, saved: said.value });
    value === said.value ? (state.kept.drop(), tell(field, { saved: "已采用已保存的内容", error: "" })) : save(field);
  });
}

export function attach(field) {
  if (states.has(field) || !controls(field).length) return;
  const state = {
    saved: read(field), busy: false, stopped: false, waiting: false, tries: 0, timer: 0, conflict: null,
    kept: new Keep(field.dataset.autosave, field.dataset.name),
  };
  states.set(field, state);
  field.addEventListener("input", () => {
    if (state.conflict) return conflict(field, state, state.conflict); // goes on typing: the choice shows the newest text
    keep(field, state);
    later(field, state, PAUSE);
  });
  field.addEventListener("change", () => later(field, state, 0));
  field.addEventListener("focusout", () => { if (read(field) !== state.saved) later(field, state, 0); });
  const kept = state.kept.get();
  if (!kept) return;
  if (kept.value === state.saved) return state.kept.drop();
  // Sent with the version it was typed against, so what was saved meanwhile shows as a conflict, never overwritten.
  write(field, kept.value);
  field.dataset.version = kept.version;
  later(field, state, 0);
}

export const pending = () => [...document.querySelectorAll("[data-autosave]")].filter((f) => states.has(f) && read(f) !== states.get(f).saved);

export function attachAll(root = document) { for (const field of root.querySelectorAll("[data-autosave]")) attach(field); }

attachAll();
document.addEventListener("htmx:load", (event) => attachAll(event.target));
window.addEventListener("focus", goOn);
window.addEventListener("online", () => { for (const field of pending()) later(field, states.get(field), 0); });
window.addEventListener("beforeunload", (event) => {
  if (!pending().some((field) => !states.get(field).kept.works)) return;
  event.preventDefault();
  event.returnValue = "";
});
