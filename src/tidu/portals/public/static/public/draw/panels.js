// The first lottery, experts into panels: the twin of proof/draw/panels.py.
import { Refused } from "./bytes.js";
import { Stream, tagged } from "./digests.js";
import { FIELDS } from "./input.js";
import { apportion, checkApart, home, placeOf } from "./places.js";

const MOST_TRIES = 100000; // deals of one division before the rules are called too tight

export class Company {
  constructor(input) {
    this.apart = new Map(input.candidates.map((one) => [one.id, one.apart]));
    this.clashes = new Set();
    for (const [one, other] of input.clashes) this.clashes.add(`${one} ${other}`).add(`${other} ${one}`);
  }

  hindrance(name, others) {
    const mine = this.apart.get(name);
    for (const other of others) {
      const theirs = this.apart.get(other);
      if (mine.some((mark) => theirs.includes(mark))) return "apart";
      if (this.clashes.has(`${name} ${other}`)) return "clash";
    }
    return "";
  }
}

export const suits = (expert, one) =>
  !one.conflicts.includes(expert.id) && !expert.avoids.some((mark) => one.tokens.includes(mark));

export function drawPanels(input, seed) {
  const stream = new Stream(tagged("tidu.draw.panels.1", seed));
  const pools = apportion(input, stream);
  const experts = new Map(input.candidates.map((one) => [one.id, one]));
  const company = new Company(input);
  const drawn = { panels: [], substitutes: [], tries: {} };
  for (const division of input.divisions) {
    checkApart(input, division, pools);
    const fields = FIELDS.filter((field) => division.seats[field] > 0);
    const table = new Map(fields.map((field) => [field, [...pools.get(placeOf(division.id, field))]]));
    const { rows, taken, tries } = deal(input, division, table, experts, company, stream);
    drawn.tries[division.id] = tries;
    rows.forEach((members, n) => {
      drawn.panels.push({ id: `${division.id}-${n + 1}`, division: division.id, members });
    });
    for (const [field, pool] of table) {
      const order = [];
      for (let step = taken.get(field); step < pool.length; step++) order.push(stream.step(pool, step));
      drawn.substitutes.push({ division: division.id, field, order });
    }
  }
  return drawn;
}

function deal(input, division, table, experts, company, stream) {
  const cases = input.cases.filter((one) => home(input, one.sector) === division);
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const taken = new Map([...table.keys()].map((field) => [field, 0]));
    const rows = oneDeal(division, table, taken, company, stream);
    if (rows && casesFit(input, cases, rows, experts)) return { rows, taken, tries };
  }
  throw new Refused("too_tight", { division: division.id, tries: MOST_TRIES, hindrance: "" });
}

function oneDeal(division, table, taken, company, stream) {
  const rows = [];
  for (let n = 0; n < division.panels; n++) {
    const row = [];
    const names = [];
    for (const [field, pool] of table) {
      for (let seat = 0; seat < division.seats[field]; seat++) {
        const expert = stream.step(pool, taken.get(field));
        taken.set(field, taken.get(field) + 1);
        if (company.hindrance(expert, names)) return null;
        names.push(expert);
        row.push({ expert, field });
      }
    }
    rows.push(row);
  }
  return rows;
}

function casesFit(input, cases, rows, experts) {
  const panels = rows.map((row) => row.map((seat) => experts.get(seat.expert)));
  const room = panels.reduce((sum, panel) => sum + input.cap - Math.max(...panel.map((one) => one.load)), 0);
  const fits = (one) => panels.some((panel) => panel.every((expert) => suits(expert, one)));
  return room >= cases.length && cases.every(fits);
}
