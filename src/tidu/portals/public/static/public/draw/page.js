// The page that runs a draw again: takes a file of the visitor's, or a record of this site (?record=/…).
import { Malformed } from "./bytes.js";
import { parse, verify } from "./record.js";

const root = document.querySelector("[data-draw-verify]");
const words = JSON.parse(root.dataset.drawVerify);
const result = root.querySelector("[data-draw-result]");
const published = root.querySelector("[data-draw-published]");
const name = root.querySelector("[data-draw-name]");
const SHOWN = 200; // events and seats that are listed; the check covers all
let last = null;

const STEPS = [
  ["冻结的输入与承诺值", ["draw_order", "draw_commitment"]],
  ["种子与各方的承诺", ["draw_witnesses", "draw_unrevealed", "draw_seed"]],
  ["专家分组与替补", ["draw_panels", "draw_substitutes", "draw_tries"]],
  ["案件派发与变动", ["draw_event", "draw_withheld", "draw_again"]],
];

function element(tag, text, style) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (style) made.className = style;
  return made;
}

function pane(title, ...inside) {
  const made = element("section", undefined, "pane");
  const head = element("header");
  head.append(element("h2", title));
  made.append(head, ...inside);
  return made;
}

function sentence({ what, seq, expected, found, rule, values }) {
  const where = seq === null ? "" : `第 ${seq} 项：`;
  if (rule) return `${where}${words.breaks[what]}：${filled(words.rules[rule], values)}`;
  return `${where}${words.breaks[what]}${expected ? `（应为 ${expected}，实为 ${found || "无"}）` : ""}`;
}

function filled(text, values) {
  const inChinese = (field) => words.fields[field];
  const known = (value) => String(value).replace(/industry|finance|technology|property/g, inChinese);
  return text.replace(/\{(\w+)\}/g, (_, key) => known(key in values ? values[key] : ""));
}

function refusedAt({ seq, rule }) {
  if (seq !== null) return 3;
  if (["secret", "secret_short", "witness", "public_draw", "ledger_root"].includes(rule)) return 1;
  return rule === "too_tight" ? 2 : 0;
}

function steps(record, breaks) {
  const list = element("ol", undefined, "plain checks body");
  const reached = [true, record.reveals !== null, record.drawn !== null, record.events.length > 0];
  let stopped = false;
  STEPS.forEach(([label, kinds], n) => {
    const fails = (each) => kinds.includes(each.what) || (each.what === "draw_refused" && refusedAt(each) === n);
    const late = n === 3 && record.withheld_until !== null;
    const line = element("li");
    if (breaks.some(fails)) {
      line.append(element("span", "不符", "fails"));
      stopped = true;
    } else if (stopped || !reached[n]) line.append(element("span", "未核到", "later"));
    else line.append(late ? element("span", "未公布", "later") : element("span", "一致", "yes"));
    line.append(element("span", late ? `${label}：${record.withheld_until} 之后公布，现在只有摘要` : label));
    list.append(line);
  });
  return list;
}

function facts(record) {
  const list = element("dl", undefined, "facts body");
  const { draw, purpose, frozen_on: day, candidates } = record.input;
  const lines = {
    抽取: draw,
    用于: Object.values(purpose).join("　"),
    冻结日期: day,
    名单: `${candidates.length} 名专家`,
    承诺值: record.commitment,
  };
  for (const label of Object.keys(lines)) list.append(element("dt", label), element("dd", lines[label], "digest"));
  return list;
}

function table(heads, rows) {
  const made = element("table", undefined, "table cards");
  const head = element("tr");
  head.append(...heads.map((each) => element("th", each)));
  made.append(element("thead"), element("tbody"));
  made.tHead.append(head);
  for (const row of rows) {
    const line = element("tr");
    row.forEach((each, n) => {
      const cell = element("td", each, n ? "seats" : "lead nowrap");
      cell.dataset.label = heads[n];
      line.append(cell);
    });
    made.tBodies[0].append(line);
  }
  return made;
}

const brief = (token) => token.slice(0, 8);

function panels(drawn) {
  const seat = ({ expert, field }) => `${words.fields[field]} ${brief(expert)}`;
  const seats = (members) => members.map(seat).join("，");
  const rows = drawn.panels.slice(0, SHOWN).map(({ id, members }) => [id, seats(members)]);
  return pane(`评审组 ${drawn.panels.length} 个`, table(["评审组", "专家（代号前八位）"], rows));
}

function told({ kind, arrivals, panels: sent, expert, panel, substitute, case: one, reason }) {
  if (kind === "dispatch") return ["派发", arrivals.map((each, n) => `${brief(each.case.id)} → ${sent[n]}`).join("，")];
  if (kind === "conflict") return ["回避", `${brief(expert)} 与 ${brief(one)}：${reason}`];
  const follows = substitute ? `由 ${brief(substitute)} 替补` : "没有替补";
  return ["退出", `${brief(expert)}（${panel || "替补"}）：${reason}${panel ? `，${follows}` : ""}`];
}

function events(record) {
  const rows = record.events.slice(0, SHOWN).map(({ event }, n) => [`${n + 1}`, ...told(event)]);
  return pane(`派发与变动 ${record.events.length} 项`, table(["次序", "事项", "内容"], rows));
}

function notice(kind, text) {
  return element("p", text, `notice ${kind}`);
}

function show(record, checked, seconds) {
  const breaks = [...checked.breaks];
  const wanted = published.value.replace(/[\s\u200b]/g, "").toLowerCase();
  if (wanted && !/^[0-9a-f]{64}$/.test(wanted)) {
    return result.replaceChildren(notice("no", `没有核验：承诺值应为 64 位十六进制数，写的是 ${wanted.length} 位。请照公布的承诺值完整填写，或留空。`));
  }
  if (wanted && wanted !== record.commitment) {
    breaks.push({ what: "draw_commitment", seq: null, expected: wanted, found: record.commitment });
  }
  const verdict = breaks.length
    ? notice("no", `核验不通过，共 ${breaks.length} 处`)
    : notice("ok", `核验通过：本机用 ${seconds} 秒从头重做，结果与笔录一致`);
  const lines = element("ul", undefined, "list plain");
  lines.append(...breaks.map((each) => element("li", sentence(each))));
  const about = pane("这份笔录", facts(record), steps(record, breaks));
  result.replaceChildren(verdict, ...(breaks.length ? [pane("哪里不符", lines)] : []), about);
  if (!breaks.length && checked.drawn) result.append(panels(checked.drawn));
  if (!breaks.length && record.events.length && record.withheld_until === null) result.append(events(record));
}

function check() {
  if (last === null) return;
  result.hidden = false;
  result.replaceChildren(notice("open", "正在重做…"));
  setTimeout(() => {
    const began = performance.now();
    try {
      const record = parse(last);
      show(record, verify(record), ((performance.now() - began) / 1000).toFixed(1));
    } catch (problem) {
      const text = "读不出：不是抽取笔录，或文件不完整。请在公布抽取的页面重新下载。";
      result.replaceChildren(notice("no", text));
      if (!(problem instanceof Malformed || problem instanceof TypeError)) throw problem; // a fault of ours
    }
  }, 30); // lets the line above appear first
}

async function take(label, text) {
  name.textContent = label;
  last = await text.catch(() => ""); // out of reach: said like a file that is no record
  check();
}

async function fetched(address) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return "";
  const answer = await fetch(url);
  return answer.ok ? answer.text() : "";
}

root.querySelector("[data-draw-file]").addEventListener("change", ({ target }) => {
  const [file] = target.files;
  if (file) take(file.name, file.text());
});
published.addEventListener("change", check);
const address = new URLSearchParams(location.search).get("record");
if (address) take(address, fetched(address));
