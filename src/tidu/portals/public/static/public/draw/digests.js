// SHA-256 of our own (it runs where a page without TLS is offered none), tagged digests and the stream of numbers.
import { utf8 } from "./bytes.js";

// FIPS 180-4: the constants are the first bits of the roots of the first primes
const [K, START] = (function () {
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  const fraction = (number) => Math.floor((number - Math.floor(number)) * 2 ** 32);
  const cubes = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
  return [cubes, primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))];
})();

function sha256(data) {
  const padded = new Uint8Array((((data.length + 8) >> 6) + 1) << 6);
  padded.set(data);
  padded[data.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(data.length / 2 ** 29));
  view.setUint32(padded.length - 4, (data.length << 3) >>> 0);
  const state = Uint32Array.from(START);
  for (let at = 0; at < padded.length; at += 64) compress(state, view, at);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, n) => digest.setUint32(4 * n, word));
  return new Uint8Array(digest.buffer);
}

const schedule = new Uint32Array(64);

function compress(state, view, at) {
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  for (let n = 0; n < 64; n++) {
    if (n < 16) {
      schedule[n] = view.getUint32(at + 4 * n);
      continue;
    }
    const [x, y] = [schedule[n - 15], schedule[n - 2]];
    const low = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const high = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    schedule[n] = schedule[n - 16] + low + schedule[n - 7] + high;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let n = 0; n < 64; n++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[n] + schedule[n]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, n) => (state[n] += word));
}

export function tagged(tag, ...parts) {
  const all = [utf8(tag), ...parts];
  const framed = new Uint8Array(all.reduce((sum, part) => sum + 8 + part.length, 0));
  const view = new DataView(framed.buffer);
  let at = 0;
  for (const part of all) {
    view.setUint32(at + 4, part.length);
    framed.set(part, at + 8);
    at += 8 + part.length;
  }
  return sha256(framed);
}

export class Stream {
  constructor(key) {
    this.key = key;
    this.number = 0;
    this.block = null;
    this.at = 32;
  }

  word() {
    if (this.at === 32) {
      const counter = new DataView(new ArrayBuffer(8));
      counter.setUint32(4, this.number++);
      this.block = new DataView(tagged("tidu.stream.1", this.key, new Uint8Array(counter.buffer)).buffer);
      this.at = 0;
    }
    this.at += 8;
    return this.block.getBigUint64(this.at - 8);
  }

  below(bound) {
    const top = BigInt(2) ** BigInt(64);
    const size = BigInt(bound);
    const limit = top - (top % size);
    for (;;) {
      const word = this.word();
      if (word < limit) return Number(word % size);
    }
  }

  /** One step of a shuffle that stands at `step`; what has come there. */
  step(items, step) {
    const other = step + this.below(items.length - step);
    [items[step], items[other]] = [items[other], items[step]];
    return items[step];
  }

  shuffled(items) {
    const all = [...items];
    for (let n = 0; n < all.length; n++) this.step(all, n);
    return all;
  }
}
