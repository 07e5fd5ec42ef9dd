// The server's clock, not the machine's: <time data-clock>, and <time data-deadline datetime="…"> counting down.
const DAY = 86400000, HOUR = 3600000, MINUTE = 60000;

function serverOffset() {
  const meta = document.querySelector('meta[name="server-time"]');
  const then = meta ? Date.parse(meta.content) : NaN;
  // `timeOrigin` is when the page was asked for, near enough to when the server wrote it.
  const asked = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart || 0);
  return Number.isNaN(then) ? 0 : then - asked;
}

const offset = serverOffset();
export const now = () => Date.now() + offset;

const writing = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", hour12: false, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
});

export function beijing(at) {
  const part = Object.fromEntries(writing.formatToParts(at).map((p) => [p.type, p.value]));
  const hour = part.hour === "24" ? "00" : part.hour;
  return { minute: `${part.year}-${part.month}-${part.day} ${hour}:${part.minute}`, clock: `${hour}:${part.minute}:${part.second}` };
}

// The same words as moments.py: a test holds the two equal.
export function span(ms) {
  const days = Math.floor(ms / DAY), hours = Math.floor((ms % DAY) / HOUR), minutes = Math.floor((ms % HOUR) / MINUTE);
  if (days >= 7) return `${days} 天`;
  if (days) return `${days} 天 ${hours} 小时`;
  if (hours) return `${hours} 小时 ${minutes} 分`;
  return minutes ? `${minutes} 分` : "不到 1 分";
}

export function timeLeft(deadline, at) {
  const left = deadline - at;
  if (left <= 0) return { text: `已过 ${span(-left)}`, urgency: "past" };
  return { text: `剩 ${span(left)}`, urgency: left <= 3 * DAY ? "now" : left <= 7 * DAY ? "soon" : "calm" };
}

function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) clock.textContent = beijing(now()).minute;
  for (const element of document.querySelectorAll("[data-deadline]")) {
    const { text, urgency } = timeLeft(Date.parse(element.dateTime), now());
    element.textContent = text;
    element.className = `left left-${urgency}`;
  }
}

export function watchClocks() {
  if (!document.querySelector("[data-clock], [data-deadline]")) return;
  tick();
  setInterval(tick, 15000);
}
