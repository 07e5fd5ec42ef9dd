// An opinion while it is written stands in localStorage and nowhere else: nobody may read it before it is handed in.
// form[data-kept] puts it there and takes it back after reload, logout or lost network; a list [data-waits] of what is
// still to be judged drops the rest.
import { beijing } from "../parts/clock.js";
import { Keep, dropOthers } from "../parts/keep.js";

const form = document.querySelector("form[data-kept]");
const list = document.querySelector("[data-waits]");

const controls = () => [...form.elements].filter((control) => control.name && control.type !== "hidden");

function keepTyped(form) {
  const kept = new Keep(form.getAttribute("action"), "opinion");
  const says = form.querySelector("[data-saved]");
  const typed = () => Object.fromEntries(controls().map((control) => [control.name, control.value]));
  const entry = kept.get();
  // A page that says what is wrong already holds what was sent.
  if (entry && !document.querySelector("[data-kept] .error, [data-kept] .form-errors")) {
    for (const control of controls()) if (control.name in entry.value) control.value = entry.value[control.name];
    says.textContent = `已恢复 ${beijing(new Date(entry.at)).minute} 在本机暂存的内容，尚未提交`;
  }
  form.addEventListener("input", () => {
    kept.put({ value: typed(), at: Date.now() });
    says.textContent = kept.works ? "已暂存在本机，尚未提交" : "本机不能暂存：离开前请提交";
    if (!kept.works) form.dataset.guard = "";
  });
}

if (form) keepTyped(form);
if (list) dropOthers("/expert/cases/", list.dataset.waits.split(" "));
