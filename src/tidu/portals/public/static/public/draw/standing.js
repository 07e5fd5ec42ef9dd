// The second lottery and what happens afterwards: the twin of proof/draw/choosing.py, events.py, standing.py.
import { Malformed, bytes, compare, hex, refuseIf, shape, unhex } from "./bytes.js";
import { Stream, tagged } from "./digests.js";
import { REQUIRED, caseInOrder } from "./input.js";
import { home } from "./places.js";
import { Company, suits } from "./panels.js";
import { allot } from "./allotment.js";

export class Standing {
  constructor(input, commitment, seed, drawn) {
    this.input = input;
    this.seed = seed;
    this.experts = new Map(input.candidates.map((one) => [one.id, one]));
    this.company = new Company(input);
    this.panels = new Map();
    for (const { id, division, members } of drawn.panels) {
      this.panels.set(id, this.count({ id, division, members: [...members], load: 0 }));
    }
    this.waiting = drawn.substitutes.map((one) => ({ ...one, order: [...one.order] }));
    this.shown = input.chains.map((chain) => chain.anchor);
    this.previous = commitment;
    this.where = new Map();
    this.declared = new Map();
    this.number = 0;
    this.seq = 0;
  }

  count(panel) {
    const members = panel.members.map((seat) => this.experts.get(seat.expert));
    panel.experts = new Set(members.map((one) => one.id));
    panel.avoids = new Set([].concat(...members.map((one) => one.avoids)));
    panel.complete = REQUIRED.every((field) => panel.members.some((seat) => seat.field === field));
    panel.most = panel.complete ? this.input.cap - Math.max(...members.map((one) => one.load)) : 0;
    return panel;
  }

  hasConflict(panel, one) {
    const declared = [...(this.declared.get(one.id) || [])];
    const named = one.conflicts.concat(declared);
    return one.tokens.some((mark) => panel.avoids.has(mark)) || named.some((name) => panel.experts.has(name));
  }

  eligible(one) {
    const division = home(this.input, one.sector);
    refuseIf(!division, "sector_unknown", { case: one.id, sector: one.sector });
    let conflicts = 0;
    let full = 0;
    const found = [];
    for (const panel of this.panels.values()) {
      if (panel.division !== division.id) continue;
      if (this.hasConflict(panel, one)) conflicts++;
      else if (panel.load >= panel.most) full++;
      else found.push(panel);
    }
    refuseIf(!found.length, "no_panel", { case: one.id, conflicts, full });
    return found;
  }

  dispatch(arrivals, links) {
    const ordered = arrivals
      .map((one) => ({ ...shape(one, "case snapshot ledger_seq ledger_digest again"), case: caseInOrder(one.case) }))
      .sort((one, other) => compare(one.case.id, other.case.id));
    this.checkArrivals(ordered);
    this.checkLinks(links);
    const number = this.number + 1;
    const asked = ordered.map(({ again, ...rest }) => rest);
    const request = tagged("tidu.draw.request.1", bytes({ number, arrivals: asked }));
    const key = tagged("tidu.draw.dispatch.1", this.seed, ...links.map(unhex), request);
    const cases = ordered.map((one) => one.case);
    const stream = new Stream(key);
    const isInstant = this.input.mode === "instant";
    const chosen = isInstant ? cases.map((one) => this.chooseOne(one, stream)) : this.chooseBatch(cases, stream);
    return { number, links, arrivals: ordered, panels: chosen.map((panel) => panel.id) };
  }

  checkArrivals(arrivals) {
    const count = arrivals.length;
    refuseIf(!count || (this.input.mode === "instant" && count !== 1), "one_case", { count });
    arrivals.forEach((one, n) => {
      const again = n && arrivals[n - 1].case.id === one.case.id;
      refuseIf(again, "twice", { what: "案件", name: one.case.id });
    });
    for (const { case: one, again } of arrivals) {
      if (!this.where.has(one.id)) continue;
      const panel = this.panels.get(this.where.get(one.id).panel);
      refuseIf(panel.complete && !this.hasConflict(panel, one), "already", { case: one.id, panel: panel.id });
      refuseIf(!again.trim(), "no_reason");
    }
  }

  checkLinks(links) {
    const number = this.number + 1;
    if (links.length !== 2) throw new Malformed("links");
    this.input.chains.forEach(({ holder, length }, n) => {
      refuseIf(number > length, "links_spent", { length });
      const before = hex(tagged("tidu.draw.link.1", unhex(links[n])));
      refuseIf(before !== this.shown[n], "link", { number, holder });
    });
  }

  chooseOne(one, stream) {
    const found = this.eligible(one);
    const loads = found.map((panel) => panel.load).sort((a, b) => a - b);
    const width = Math.ceil((found.length * this.input.width_percent) / 100);
    const bound = loads[Math.min(found.length, Math.max(2, width)) - 1];
    const among = found.filter((panel) => panel.load <= bound);
    return among[stream.below(among.length)];
  }

  chooseBatch(cases, stream) {
    const panels = [...this.panels.values()];
    const found = cases.map((one) => this.eligible(one));
    const fits = found.map((some) => new Set(some));
    const takers = panels.map((panel) => ({ kind: panel.division, load: panel.load, most: panel.most }));
    const kinds = found.map((some) => [some[0].division]);
    const given = allot(kinds, takers, (one, taker) => fits[one].has(panels[taker]), stream, this.input.sweeps);
    return given.map(([taker]) => panels[taker]);
  }

  withdraw(expert, reason) {
    refuseIf(!reason.trim(), "no_reason");
    const panel = [...this.panels.values()].find((one) => one.experts.has(expert)) || null;
    const waits = this.waiting.some((one) => one.order.includes(expert));
    refuseIf(!panel && !waits, "not_seated", { expert });
    const substitute = panel ? this.substitute(panel, expert) : null;
    return { expert, panel: panel && panel.id, reason, substitute };
  }

  substitute(panel, expert) {
    const { field } = panel.members.find((seat) => seat.expert === expert);
    const others = panel.members.map((seat) => seat.expert).filter((name) => name !== expert);
    const cases = [...this.where.values()].filter((one) => one.panel === panel.id).map((one) => one.case);
    const line = this.waiting.find((one) => one.division === panel.division && one.field === field);
    const fits = (name) => {
      const one = this.experts.get(name);
      const may = (each) => suits(one, each) && !(this.declared.get(each.id) || new Set()).has(name);
      return !this.company.hindrance(name, others) && cases.every(may) && this.input.cap - one.load >= panel.load;
    };
    return (line && line.order.find(fits)) || null;
  }

  declare(expert, one, reason) {
    refuseIf(!reason.trim(), "no_reason");
    refuseIf(!this.experts.has(expert), "unknown", { what: "利害关系", name: expert });
    return { expert, case: one, reason };
  }

  /** The event anew from what led to it. */
  again(told) {
    const { kind } = told;
    const head = { kind, seq: this.seq + 1, previous: this.previous, at: told.at };
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(told.at)) throw new Malformed("at");
    if (kind === "dispatch") return { ...head, ...this.dispatch(told.arrivals, told.links) };
    if (kind === "withdrawal") return { ...head, ...this.withdraw(told.expert, told.reason) };
    if (kind === "conflict") return { ...head, ...this.declare(told.expert, told.case, told.reason) };
    throw new Malformed(kind);
  }

  apply(event, digest) {
    if (event.kind === "dispatch") this.place(event);
    else if (event.kind === "withdrawal") this.replace(event);
    else {
      if (!this.declared.has(event.case)) this.declared.set(event.case, new Set());
      this.declared.get(event.case).add(event.expert);
    }
    this.seq = event.seq;
    this.previous = digest;
  }

  place(event) {
    event.arrivals.forEach(({ case: one }, n) => {
      if (this.where.has(one.id)) this.panels.get(this.where.get(one.id).panel).load--;
      this.where.set(one.id, { case: one, panel: event.panels[n] });
      this.panels.get(event.panels[n]).load++;
    });
    this.number = event.number;
    this.shown = event.links;
  }

  replace({ expert, panel: id, substitute }) {
    for (const one of this.waiting) one.order = one.order.filter((name) => name !== expert && name !== substitute);
    if (id === null) return;
    const panel = this.panels.get(id);
    const place = panel.members.findIndex((seat) => seat.expert === expert);
    const [{ field }] = panel.members.splice(place, 1);
    if (substitute !== null) panel.members.splice(place, 0, { expert: substitute, field });
    this.count(panel);
  }
}
