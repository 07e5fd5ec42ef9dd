// What must hold of an input: the twin of proof/draw/checks.py.
import { refuseIf, shape } from "./bytes.js";
import { FIELDS, REQUIRED, day, isDigest } from "./input.js";
import { checkCounts, home } from "./places.js";

export function check(input) {
  const wrong = {
    format: input.format !== "tidu.draw.input.1",
    algorithm: input.algorithm !== "sha256",
    mode: !["instant", "batch"].includes(input.mode),
    cap: !(input.cap >= 1),
    width_percent: !(input.width_percent >= 1 && input.width_percent <= 100),
    sweeps: !(input.sweeps >= 0 && input.sweeps <= 1000),
    candidates: input.candidates.some((one) => !(one.load >= 0) || !one.fields.length),
    chains: input.chains.length !== 2 || input.chains.some((one) => !isDigest(one.anchor) || !(one.length >= 1)),
    replaces: input.replaces !== null && !isDigest(input.replaces.commitment),
  };
  for (const where of Object.keys(wrong)) refuseIf(wrong[where], "form", { where, reason: where });
  refuseIf(input.replaces !== null && !input.replaces.reason.trim(), "no_reason");
  const known = input.candidates.every((one) => one.fields.every((each) => FIELDS.includes(each.field)));
  refuseIf(!known, "form", { where: "candidates", reason: "field" });
  checkDivisions(input);
  checkNames(input);
  checkPlan(input);
  checkCounts(input);
}

function checkNames(input) {
  const names = (items) => items.map((item) => item.id);
  const lists = { 专家: names(input.candidates), 案件: names(input.cases), 组别: names(input.divisions) };
  lists.见证人 = input.seed.witnesses;
  for (const what of Object.keys(lists)) {
    const seen = new Set();
    for (const name of lists[what]) {
      refuseIf(seen.has(name), "twice", { what, name });
      refuseIf(!name, "form", { where: what, reason: "名称为空" });
      seen.add(name);
    }
  }
  const experts = new Set(lists.专家);
  const known = (what, some) => some.forEach((name) => refuseIf(!experts.has(name), "unknown", { what, name }));
  input.clashes.forEach((pair) => known("不同组名单", pair));
  for (const one of input.cases) {
    known("案件的回避名单", one.conflicts);
    refuseIf(!home(input, one.sector), "sector_unknown", { case: one.id, sector: one.sector });
  }
}

function checkDivisions(input) {
  const taken = new Map();
  refuseIf(!input.divisions.length, "form", { where: "divisions", reason: "没有组别" });
  for (const division of input.divisions) {
    const { id, panels, seats } = division;
    refuseIf(!(panels >= 2), "panels_few", { division: id, panels });
    for (const field of Object.keys(seats)) {
      refuseIf(!FIELDS.includes(field) || !(seats[field] >= 0), "form", { where: "divisions", reason: field });
    }
    for (const field of REQUIRED) refuseIf(!(seats[field] >= 1), "no_field", { division: id, field });
    for (const sector of division.sectors.length ? division.sectors : [""]) {
      refuseIf(taken.has(sector), "sector_twice", { sector, division: taken.get(sector), other: id });
      taken.set(sector, id);
    }
  }
}

function checkPlan(input) {
  const plan = shape(input.seed, "secret_commitment witnesses public_draw ledger_root");
  const [one, other] = input.chains.map((chain) => shape(chain, "holder anchor length").holder.trim());
  refuseIf(!isDigest(plan.secret_commitment), "form", { where: "secret_commitment", reason: plan.secret_commitment });
  refuseIf(!plan.witnesses.length && plan.public_draw === null, "seed_alone");
  refuseIf(one === other, "chains_one_holder", { holder: one });
  const frozen = day(input.frozen_on, "frozen_on");
  if (plan.public_draw === null) return;
  const { date, numbers } = shape(plan.public_draw, "name date numbers");
  refuseIf(day(date, "public_draw") <= frozen, "public_draw_early", { date, frozen_on: frozen });
  const bad = (form) => !(form.count >= 1) || !(form.lowest < form.highest);
  refuseIf(!numbers.length || numbers.some(bad), "form", { where: "public_draw", reason: "号码格式" });
}
