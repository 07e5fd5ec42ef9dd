// Batches, many cases at once: the twin of proof/draw/allotment.py.
import { Refused } from "./bytes.js";

const MOST_ATTEMPTS = 100;

/** cases: lists of kinds; takers: {kind, load, most}; fits(case, taker, others), all by number. */
export function allot(cases, takers, fits, stream, sweeps) {
  let stuck = 0;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const given = cases.map(() => []);
    const shelves = new Map();
    takers.forEach((taker, number) => {
      if (!shelves.has(taker.kind)) shelves.set(taker.kind, []);
      shelve(shelves.get(taker.kind), takers, number, taker.load);
    });
    const order = stream.shuffled(cases.map((_, number) => number));
    const failed = order.find((one) => !fill(one, cases[one], given, shelves, takers, fits, stream));
    if (failed === undefined) {
      exchange(cases, given, fits, stream, sweeps);
      return given;
    }
    stuck = failed;
  }
  throw new Refused("unplaced", { number: stuck });
}

function shelve(levels, takers, number, load) {
  if (load >= takers[number].most) return;
  while (levels.length <= load) levels.push([]);
  levels[load].push(number);
}

function fill(one, kinds, given, shelves, takers, fits, stream) {
  for (const kind of kinds) {
    const taker = shelves.has(kind) ? take(shelves.get(kind), takers, one, given[one], fits, stream) : null;
    if (taker === null) return false;
    given[one].push(taker);
  }
  return true;
}

function take(levels, takers, one, others, fits, stream) {
  for (let load = 0; load < levels.length; load++) {
    const level = levels[load];
    for (let step = 0; step < level.length; step++) {
      const number = stream.step(level, step);
      if (!fits(one, number, others)) continue;
      level[step] = level[level.length - 1];
      level.pop();
      shelve(levels, takers, number, load + 1);
      return number;
    }
  }
  return null;
}

function exchange(cases, given, fits, stream, sweeps) {
  const seats = [];
  const alike = new Map();
  given.forEach((takers, one) => {
    takers.forEach((_, seat) => {
      seats.push([one, seat]);
      const kind = cases[one][seat];
      if (!alike.has(kind)) alike.set(kind, []);
      alike.get(kind).push([one, seat]);
    });
  });
  const without = (items, place) => items.filter((_, n) => n !== place);
  for (let n = 0; n < sweeps * seats.length; n++) {
    const [one, seat] = seats[stream.below(seats.length)];
    const kin = alike.get(cases[one][seat]);
    const [other, place] = kin[stream.below(kin.length)];
    if (one === other) continue;
    const [mine, yours] = [given[one], given[other]];
    const [first, second] = [mine[seat], yours[place]];
    if (first === second) continue;
    if (fits(one, second, without(mine, seat)) && fits(other, first, without(yours, place))) {
      [mine[seat], yours[place]] = [second, first];
    }
  }
}
