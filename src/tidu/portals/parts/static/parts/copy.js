// <button data-copy="text"> or <button data-copy-from="#id">: for retyping a form on the national platform.
import { say } from "./toast.js";

async function put(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  // An office intranet without TLS has no clipboard API.
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "hide-text";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy refused");
}

function textOf(button) {
  if (!button.dataset.copyFrom) return button.dataset.copy;
  const from = document.querySelector(button.dataset.copyFrom);
  return "value" in from ? from.value : from.textContent.trim();
}

export function watchCopy() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-copy-from]");
    if (!button) return;
    try {
      await put(textOf(button));
      say("已复制");
      button.dataset.copied = "";
    } catch {
      say("浏览器不允许复制，请选中文字后按 Ctrl+C", "no");
    }
  });
}
