// Canonical bytes, and with what every part refuses: the twin of proof/canonical.py and draw/refusal.py.

export class Malformed extends Error {}

export class Refused extends Error {
  constructor(rule, values) {
    super(rule);
    this.rule = rule;
    this.values = values || {};
  }
}

export function refuseIf(condition, rule, values) {
  if (condition) throw new Refused(rule, values);
}

export function shape(value, names) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Malformed("no object");
  if (Object.keys(value).sort().join() !== names.split(" ").sort().join()) throw new Malformed(names);
  return value;
}

const encoder = new TextEncoder();
export const utf8 = (text) => encoder.encode(text);

export function compare(one, other) {
  // by code point: units from U+D800 stand for characters beyond the others
  const order = (unit) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);
  const length = Math.min(one.length, other.length);
  for (let n = 0; n < length; n++) {
    const difference = order(one.charCodeAt(n)) - order(other.charCodeAt(n));
    if (difference) return difference;
  }
  return one.length - other.length;
}

function text(value) {
  const composed = value.normalize("NFC");
  if (/\p{Surrogate}/u.test(composed)) throw new Malformed("a lone surrogate");
  return JSON.stringify(composed);
}

export function canonical(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return text(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Malformed("a number that is no integer, or too large");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object") throw new Malformed(typeof value);
  const names = Object.keys(value).sort(compare);
  return `{${names.map((name) => `${text(name)}:${canonical(value[name])}`).join(",")}}`;
}

export const bytes = (value) => utf8(canonical(value));
export const same = (one, other) => other !== undefined && canonical(one) === canonical(other);

export function hex(data) {
  return Array.from(data, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

export function unhex(digits) {
  if (typeof digits !== "string" || !/^([0-9a-f]{2})*$/i.test(digits)) throw new Malformed("hexadecimal");
  return Uint8Array.from(digits.match(/../g) || [], (pair) => parseInt(pair, 16));
}
