// The seed from what everybody revealed: the twin of proof/draw/seeds.py.
import { bytes, hex, refuseIf, shape, unhex, utf8 } from "./bytes.js";
import { tagged } from "./digests.js";
import { isDigest } from "./input.js";

const LEAST_OCTETS = 16; // of the office's secret: a shorter one could be tried out

export function witnessCommitment(commitment, name, number, salt) {
  return hex(tagged("tidu.draw.witness.1", unhex(commitment), utf8(name), utf8(number), unhex(salt)));
}

export function sow(input, commitment, witnesses, reveals) {
  shape(reveals, "secret witnesses public_draw ledger_root");
  const plan = input.seed;
  const octets = unhex(reveals.secret).length;
  refuseIf(octets < LEAST_OCTETS, "secret_short", { octets, least: LEAST_OCTETS });
  refuseIf(hex(tagged("tidu.draw.secret.1", unhex(reveals.secret))) !== plan.secret_commitment, "secret");
  for (let n = 0; n < Math.max(plan.witnesses.length, reveals.witnesses.length); n++) {
    const [name, shown] = [plan.witnesses[n], reveals.witnesses[n]];
    const label = { name: name || (shown && shown.name) };
    refuseIf(!shown || shown.name !== name, "witness", label);
    shape(shown, "name number salt");
    refuseIf(witnessCommitment(commitment, name, shown.number, shown.salt) !== witnesses[name], "witness", label);
  }
  if (plan.public_draw !== null) checkNumbers(plan.public_draw.numbers, reveals.public_draw || []);
  else refuseIf(reveals.public_draw !== null, "public_draw", { reason: "输入没有登记公开摇奖" });
  const root = reveals.ledger_root;
  const fits = plan.ledger_root === (root !== null) && (root === null || isDigest(root));
  refuseIf(!fits, "ledger_root", { planned: plan.ledger_root ? "" : "不" });
  return tagged("tidu.draw.seed.1", unhex(commitment), bytes(reveals));
}

function checkNumbers(forms, groups) {
  const told = { reason: `应有 ${forms.length} 组，填了 ${groups.length} 组` };
  refuseIf(groups.length !== forms.length, "public_draw", told);
  forms.forEach((form, n) => {
    const group = groups[n];
    const right =
      group.length === form.count &&
      group.every((number) => number >= form.lowest && number <= form.highest) &&
      (form.repeats || group.every((number, m) => !m || group[m - 1] < number));
    refuseIf(!right, "public_draw", { reason: `第 ${n + 1} 组` });
  });
}
