// Uploads that go on where they stopped. A container holds <input type="file"> and <ol data-upload-list>:
//   data-upload="address" data-accept=".pdf,.jpg" data-max-bytes="20971520" data-max-count="10"
//   POST  address          {name, size, type} → 201 {token}        422 {message}
//   HEAD  address + token/ → header Upload-Offset
//   PATCH address + token/ with Upload-Offset, a chunk as body → 204 or 200 {…} with Upload-Offset; 409 if it was behind;
//         an empty chunk at the end asks for the last answer again, in case it was lost
// Fires "tidu:uploaded" on the body when a file is whole. A file that failed is never evidence.
import { backoff, send } from "./requests.js";

const CHUNK = 1024 * 1024;
const TRIES = 8;

const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));
// Rounded up, so that a file one byte too large never reads as large as the limit.
const size = (bytes) => (bytes >= 1048576 ? `${(Math.ceil(bytes / 104857.6) / 10).toFixed(1)} MB` : `${Math.ceil(bytes / 1024)} kB`);

// A sentence if the file cannot be taken, else "".
export function refusal(file, { accept, maxBytes, maxCount, count }) {
  const suffix = (file.name.match(/\.[^.]+$/) || [""])[0].toLowerCase();
  if (accept.length && !accept.includes(suffix)) return `“${file.name}”不是可以上传的类型：请转为 ${accept.join("、")} 后再传。`;
  if (file.size === 0) return `“${file.name}”是空文件（0 字节）：请检查原文件后再传。`;
  if (maxBytes && file.size > maxBytes) return `“${file.name}”有 ${size(file.size)}，超过上限 ${size(maxBytes)}：请压缩或拆分后再传。`;
  if (maxCount && count >= maxCount) return `这一项最多 ${maxCount} 个文件：请先移去不需要的文件。`;
  return "";
}

function line(list, file) {
  const item = document.createElement("li");
  item.innerHTML = '<span></span><span class="note"></span><progress max="1" value="0"></progress><p class="says" aria-live="polite"></p>';
  const [name, note, bar, says] = item.children;
  name.textContent = file.name;
  note.textContent = size(file.size);
  bar.setAttribute("aria-label", `上传 ${file.name}`);
  list.append(item);
  return { item, bar, tell: (text, kind = "") => { says.textContent = text; says.className = `says ${kind}`.trim(); } };
}

async function begin(address, file, key) {
  const token = localStorage.getItem(key);
  if (token) {
    const at = await send(`${address}${token}/`, { method: "HEAD" });
    if (at.ok) return { token, offset: Number(at.headers.get("Upload-Offset")) };
    if (at.ended) return { ended: true };
    localStorage.removeItem(key);
  }
  const made = await send(address, { body: JSON.stringify({ name: file.name, size: file.size, type: file.type }), headers: { "Content-Type": "application/json" } });
  if (made.ok) localStorage.setItem(key, made.said.token);
  return { token: made.said.token, offset: 0, ended: made.ended, refused: made.ok ? "" : made.said.message || "不能上传，请刷新页面后重试。", busy: made.status >= 500 };
}

async function chunks(address, file, start, onProgress) {
  let offset = start.offset, last = null;
  while (last === null || offset < file.size) {
    const sent = await send(`${address}${start.token}/`, {
      method: "PATCH",
      body: file.slice(offset, offset + CHUNK),
      headers: { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" },
    });
    if (sent.ended) return { ended: true };
    if (sent.status >= 500) throw new TypeError("server away");
    if (!sent.ok && sent.status !== 409) return { refused: sent.said.message || "文件未被接受。" };
    const reached = Number(sent.headers.get("Upload-Offset"));
    if (!(reached > offset) && sent.ok && offset < file.size) return { refused: "服务器没有收下文件内容，请刷新页面后重试。" };
    if (sent.status === 409 && reached === offset) return { refused: sent.said.message || "文件未被接受。" };
    offset = reached;
    if (sent.ok) last = sent.said;
    onProgress(offset / file.size);
  }
  return last;
}

export async function upload(address, file, { progress, tell }) {
  const key = `tidu:upload:${address}:${file.name}:${file.size}:${file.lastModified}`;
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      const start = await begin(address, file, key);
      if (start.busy) throw new TypeError("server away");
      const end = start.refused || start.ended ? start : await chunks(address, file, start, progress);
      if (end.ended) return { failed: "登录已过期：重新登录后再选同一个文件，会接着传。" };
      localStorage.removeItem(key);
      return end.refused ? { failed: end.refused } : { said: end };
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      tell("网络不通，稍后接着传…", "warn");
      await sleep(backoff(tries));
    }
  }
  return { failed: "网络一直不通：恢复后再选同一个文件，会接着传。" };
}

async function take(box, file) {
  const list = box.querySelector("[data-upload-list]");
  const { item, bar, tell } = line(list, file);
  const limits = { accept: (box.dataset.accept || "").split(",").filter(Boolean), maxBytes: Number(box.dataset.maxBytes), maxCount: Number(box.dataset.maxCount), count: list.querySelectorAll("li:not(.refused)").length - 1 };
  const no = refusal(file, limits);
  const end = no ? { failed: no } : await upload(box.dataset.upload, file, { tell, progress: (part) => { bar.value = part; } });
  bar.remove();
  if (end.failed) { item.classList.add("refused"); return tell(end.failed, "error"); }
  tell("已上传");
  document.body.dispatchEvent(new CustomEvent("tidu:uploaded", { detail: { address: box.dataset.upload, ...end.said } }));
}

async function takeAll(box, files) { for (const file of files) await take(box, file); }

document.addEventListener("change", ({ target }) => {
  const box = target.closest("[data-upload]");
  if (!box || target.type !== "file") return;
  const files = [...target.files];
  target.value = "";
  takeAll(box, files);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const drop = event.target.closest && event.target.closest("[data-upload] .drop");
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop") takeAll(drop.closest("[data-upload]"), [...event.dataTransfer.files]);
  });
}
