// The double random draw run again from its record, result for result: the twin of proof/draw/record.py.
import { Malformed, Refused, bytes, compare, hex, same, shape, unhex } from "./bytes.js";
import { tagged } from "./digests.js";
import { day, inOrder, isDigest } from "./input.js";
import { sow } from "./seed.js";
import { check } from "./checks.js";
import { drawPanels } from "./panels.js";
import { Standing } from "./standing.js";

const RECORD = "format input commitment witnesses reveals seed drawn events withheld_until digest";

/** Everything that can be told of a record: {breaks: [{what, seq, …}], drawn, standing}. */
export function verify(record) {
  const told = { breaks: [], drawn: null, standing: null };
  const report = (what, more) => told.breaks.push({ what, seq: null, ...more });
  if (shape(record, RECORD).format !== "tidu.draw.1") throw new Malformed("format");
  try {
    verifyAll(record, report, told);
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    report("draw_refused", { rule: problem.rule, values: problem.values });
  }
  return told;
}

function verifyAll(record, report, told) {
  const { digest, ...rest } = record;
  if (hex(tagged("tidu.draw.1", bytes(rest))) !== digest) report("draw_digest");
  const input = inOrder(record.input);
  check(input);
  if (!same(input, record.input)) report("draw_order");
  const commitment = hex(tagged("tidu.draw.input.1", bytes(input)));
  if (commitment !== record.commitment) report("draw_commitment", { expected: commitment, found: record.commitment });
  const witnesses = Object.keys(record.witnesses);
  const planned = [...input.seed.witnesses].sort(compare);
  if (witnesses.length && !same(witnesses.sort(compare), planned)) report("draw_witnesses");
  if (!Object.values(record.witnesses).every(isDigest)) report("draw_witnesses");
  if (record.reveals === null) {
    if (record.seed !== null || record.drawn !== null || record.events.length) report("draw_unrevealed");
    return;
  }
  const seed = sow(input, commitment, record.witnesses, record.reveals);
  if (hex(seed) !== record.seed) report("draw_seed", { expected: hex(seed), found: String(record.seed) });
  if (record.drawn === null) {
    if (record.events.length) report("draw_unrevealed");
    return;
  }
  told.drawn = drawPanels(input, seed);
  shape(record.drawn, "panels substitutes tries");
  for (const part of ["panels", "substitutes", "tries"]) {
    if (!same(told.drawn[part], record.drawn[part])) report(`draw_${part}`);
  }
  told.standing = new Standing(input, commitment, seed, told.drawn);
  verifyEvents(record, report, told.standing);
}

function verifyEvents(record, report, standing) {
  const withheld = record.withheld_until !== null;
  if (withheld) day(record.withheld_until, "withheld_until");
  for (const [n, fields] of record.events.entries()) {
    const seq = n + 1;
    shape(fields, "digest salt event");
    if (!isDigest(fields.digest)) report("draw_event", { seq });
    else if ([fields.event, fields.salt].some((each) => (each === null) !== withheld)) report("draw_withheld", { seq });
    else if (!withheld && !eventHolds(fields, seq, report, standing)) return;
  }
}

function eventHolds(fields, seq, report, standing) {
  const digestOf = (event) => hex(tagged("tidu.draw.event.1", unhex(fields.salt), bytes(event)));
  const right = digestOf(fields.event) === fields.digest;
  if (!right) report("draw_event", { seq });
  try {
    const again = standing.again(fields.event);
    standing.apply(again, digestOf(again));
    if (same(again, fields.event)) return right;
    const outcome = { dispatch: "panels", withdrawal: "substitute" }[again.kind] || "case";
    report("draw_again", { seq, expected: String(again[outcome]), found: String(fields.event[outcome]) });
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    report("draw_refused", { seq, rule: problem.rule, values: problem.values });
  }
  return false;
}

/** A record from the bytes of its file; numbers are integers without a fraction or an exponent. */
export function parse(source) {
  let record;
  try {
    record = JSON.parse(source);
  } catch (problem) {
    throw new Malformed(problem.message);
  }
  const bare = source.replace(/"(?:[^"\\]|\\.)*"/g, "");
  if (/\d[.eE]/.test(bare)) throw new Malformed("a fraction");
  return record;
}
