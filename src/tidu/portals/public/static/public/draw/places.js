// One field of one division for each candidate: the twin of proof/draw/apportionment.py.
import { Refused, compare, refuseIf } from "./bytes.js";
import { FIELDS } from "./input.js";

export const placeOf = (division, field) => JSON.stringify([division, field]);

export function home(input, sector) {
  const naming = input.divisions.find((one) => one.sectors.includes(sector));
  return naming || input.divisions.find((one) => !one.sectors.length) || null;
}

function needs(input) {
  const found = new Map();
  for (const { id, panels, seats } of input.divisions) {
    for (const field of FIELDS) if (seats[field] > 0) found.set(placeOf(id, field), panels * seats[field]);
  }
  return found;
}

function options(input) {
  const all = [...needs(input).keys()];
  const homes = new Map();
  const homeOf = (sector) => {
    if (!homes.has(sector)) homes.set(sector, home(input, sector));
    return homes.get(sector);
  };
  const found = new Map();
  for (const one of input.candidates) {
    if (one.load >= input.cap) continue;
    const fits = new Set();
    for (const { field, sector } of one.fields) {
      const divisions = sector ? [homeOf(sector)] : input.divisions;
      for (const division of divisions) if (division) fits.add(placeOf(division.id, field));
    }
    const places = all.filter((place) => fits.has(place));
    if (places.length) found.set(one.id, places);
  }
  return found;
}

const withSeveral = (opts) => [...opts.keys()].filter((name) => opts.get(name).length > 1);

function matched(input, opts, several) {
  const room = needs(input);
  for (const places of opts.values()) {
    if (places.length === 1) room.set(places[0], Math.max(0, room.get(places[0]) - 1));
  }
  const held = new Map([...room.keys()].map((place) => [place, []]));
  let missing = [...room.values()].reduce((sum, seats) => sum + seats, 0);
  for (const name of several) if (missing && put(name, opts, held, room, new Set())) missing--;
  if (missing) refuseShort(input, opts, held, room);
  return held;
}

function put(name, opts, held, room, seen) {
  for (const place of opts.get(name)) {
    if (seen.has(place)) continue;
    seen.add(place);
    const names = held.get(place);
    if (names.length < room.get(place)) {
      names.push(name);
      return true;
    }
    for (let n = 0; n < names.length; n++) {
      if (put(names[n], opts, held, room, seen)) {
        names[n] = name;
        return true;
      }
    }
  }
  return false;
}

function refuseShort(input, opts, held, room) {
  const need = needs(input);
  let tight = new Set([...need.keys()].filter((place) => held.get(place).length < room.get(place)));
  for (;;) {
    const able = new Set([...opts.keys()].filter((name) => opts.get(name).some((place) => tight.has(place))));
    const wider = new Set(tight);
    for (const [place, names] of held) if (names.some((name) => able.has(name))) wider.add(place);
    if (wider.size === tight.size) {
      const needed = [...tight].reduce((sum, place) => sum + need.get(place), 0);
      const names = [...need.keys()].filter((place) => tight.has(place));
      const classes = names.map((place) => JSON.parse(place).join("组"));
      throw new Refused("short", { classes: classes.join("、"), needed, available: able.size });
    }
    tight = wider;
  }
}

export function apportion(input, stream) {
  const opts = options(input);
  const several = stream.shuffled(withSeveral(opts));
  const found = matched(input, opts, several);
  const needed = new Set([].concat(...found.values()));
  for (const [name, places] of opts) if (places.length === 1) found.get(places[0]).push(name);
  for (const name of several) {
    if (!needed.has(name)) found.get(opts.get(name)[stream.below(opts.get(name).length)]).push(name);
  }
  for (const names of found.values()) names.sort(compare);
  return found;
}

export function checkCounts(input) {
  const opts = options(input);
  matched(input, opts, withSeveral(opts));
  const pools = new Map([...needs(input).keys()].map((place) => [place, []]));
  for (const [name, places] of opts) places.forEach((place) => pools.get(place).push(name));
  for (const division of input.divisions) {
    checkApart(input, division, pools);
    const known = input.cases.filter((one) => home(input, one.sector) === division).length;
    const room = division.panels * input.cap;
    refuseIf(known > room, "cases_cap", { division: division.id, cases: known, room });
  }
}

export function checkApart(input, division, pools) {
  const bearers = new Map();
  for (const one of input.candidates) {
    for (const mark of one.apart) {
      if (!bearers.has(mark)) bearers.set(mark, new Set());
      bearers.get(mark).add(one.id);
    }
  }
  for (const group of bearers.values()) {
    if (group.size < 2) continue;
    let forced = 0;
    for (const field of Object.keys(division.seats)) {
      const others = (pools.get(placeOf(division.id, field)) || []).filter((name) => !group.has(name)).length;
      forced += Math.max(0, division.panels * division.seats[field] - others);
    }
    const values = { division: division.id, panels: division.panels, size: group.size, forced };
    refuseIf(forced > division.panels, "apart", values);
  }
}
