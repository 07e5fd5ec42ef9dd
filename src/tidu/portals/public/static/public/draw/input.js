// The frozen input in its one order: the twin of proof/draw/freezing.py.
import { canonical, compare, refuseIf, shape } from "./bytes.js";

export const FIELDS = ["industry", "finance", "technology", "property"];
export const REQUIRED = ["industry", "finance"];
export const isDigest = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const sortedSet = (names) => [...new Set(names)].sort(compare);

export function caseInOrder(one) {
  shape(one, "id sector tokens conflicts");
  return { ...one, tokens: sortedSet(one.tokens), conflicts: sortedSet(one.conflicts) };
}

export function inOrder(input) {
  shape(
    input,
    "draw purpose frozen_on mode candidates divisions seed chains cap clashes cases " +
      "width_percent sweeps replaces algorithm format"
  );
  const byId = (one, other) => compare(one.id, other.id);
  const byField = (one, other) => compare(one.field, other.field) || compare(one.sector, other.sector);
  const once = (items, key) => [...new Map(items.map((item) => [key(item), item])).values()];
  return {
    ...input,
    candidates: input.candidates
      .map((one) => {
        shape(one, "id fields apart avoids load");
        one.fields.forEach((field) => shape(field, "field sector"));
        const fields = once(one.fields, canonical).sort(byField);
        return { ...one, fields, apart: sortedSet(one.apart), avoids: sortedSet(one.avoids) };
      })
      .sort(byId),
    cases: input.cases.map(caseInOrder).sort(byId),
    divisions: input.divisions
      .map((one) => ({ ...shape(one, "id panels seats sectors"), sectors: sortedSet(one.sectors) }))
      .sort(byId),
    clashes: once(
      input.clashes.map(([one, other]) => (compare(one, other) < 0 ? [one, other] : [other, one])),
      canonical
    ).sort((one, other) => compare(one[0], other[0]) || compare(one[1], other[1])),
  };
}

export function day(value, where) {
  const found = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : new Date(NaN);
  const right = !Number.isNaN(found.getTime()) && found.toISOString().slice(0, 10) === value;
  refuseIf(!right, "form", { where, reason: value });
  return value;
}
