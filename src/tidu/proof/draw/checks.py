"""What must hold of an input before it may be committed to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from ..digests import ALGORITHMS
from .apportionment import check_counts, home
from .inputs import FIELDS, MODES, REQUIRED, Division, DrawInput
from .refusal import DrawRefused
from .wording import FIELD_NAMES

_HEX = re.compile(r"[0-9a-f]{64}")
MOST_SWEEPS = 1000


def check_input(frozen: DrawInput) -> None:
    """Raises :class:`DrawRefused` with the first rule that the input breaks."""
    _check_form(frozen)
    _check_divisions(frozen)
    _check_names(frozen)
    _check_seed(frozen)
    check_counts(frozen)


def is_digest(text: object) -> bool:
    """Whether it is 32 octets in lower-case hexadecimal."""
    return isinstance(text, str) and bool(_HEX.fullmatch(text))


def _check_form(frozen: DrawInput) -> None:
    wrong = {
        "format": frozen.format != "tidu.draw.input.1",
        "algorithm": frozen.algorithm not in ALGORITHMS,
        "mode": frozen.mode not in MODES,
        "cap": frozen.cap < 1,
        "width_percent": not 1 <= frozen.width_percent <= 100,
        "sweeps": not 0 <= frozen.sweeps <= MOST_SWEEPS,
        "candidates": any(each.load < 0 or not each.fields for each in frozen.candidates),
        "chains": any(not is_digest(each.anchor) or each.length < 1 for each in frozen.chains),
        "replaces": bool(frozen.replaces) and not is_digest(getattr(frozen.replaces, "commitment", "")),
    }
    for where, found in wrong.items():
        if found:
            raise DrawRefused("form", where=where, reason=str(getattr(frozen, where))[:80])
    if frozen.replaces and not frozen.replaces.reason.strip():
        raise DrawRefused("no_reason")
    for each in frozen.candidates:
        for field in each.fields:
            if field.field not in FIELDS:
                raise DrawRefused("form", where="candidates", reason=field.field)


def _check_names(frozen: DrawInput) -> None:
    experts = {each.id for each in frozen.candidates}
    _once("专家", (each.id for each in frozen.candidates))
    _once("案件", (each.id for each in frozen.cases))
    _once("组别", (each.id for each in frozen.divisions))
    _once("见证人", frozen.seed.witnesses)
    for pair in frozen.clashes:
        _known("不同组名单", pair, experts)
    for case in frozen.cases:
        _known("案件的回避名单", case.conflicts, experts)
        if home(frozen, case.sector) is None:
            raise DrawRefused("sector_unknown", case=case.id, sector=case.sector)


def _once(what: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise DrawRefused("twice", what=what, name=name)
        if not name:
            raise DrawRefused("form", where=what, reason="名称为空")


def _known(what: str, names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise DrawRefused("unknown", what=what, name=name)


def _check_divisions(frozen: DrawInput) -> None:
    taken: dict[str, str] = {}
    if not frozen.divisions:
        raise DrawRefused("form", where="divisions", reason="没有组别")
    for division in frozen.divisions:
        _check_seats(division)
        for sector in division.sectors or ("",):
            if sector in taken:
                raise DrawRefused("sector_twice", sector=sector, division=taken[sector], other=division.id)
            taken[sector] = division.id


def _check_seats(division: Division) -> None:
    if division.panels < 2:
        raise DrawRefused("panels_few", division=division.id, panels=division.panels)
    for field, seats in division.seats.items():
        if field not in FIELDS or seats < 0:
            raise DrawRefused("form", where="divisions", reason=f"{field} {seats}")
    for field in REQUIRED:
        if division.seats.get(field, 0) < 1:
            raise DrawRefused("no_field", division=division.id, field=FIELD_NAMES[field])


def _check_seed(frozen: DrawInput) -> None:
    plan = frozen.seed
    one, other = frozen.chains
    if not is_digest(plan.secret_commitment):
        raise DrawRefused("form", where="secret_commitment", reason=plan.secret_commitment)
    if not plan.witnesses and plan.public_draw is None:
        raise DrawRefused("seed_alone")
    if one.holder.strip() == other.holder.strip():
        raise DrawRefused("chains_one_holder", holder=one.holder)
    day(frozen.frozen_on, "frozen_on")
    if plan.public_draw is None:
        return
    if day(plan.public_draw.date, "public_draw") <= day(frozen.frozen_on, "frozen_on"):
        raise DrawRefused("public_draw_early", date=plan.public_draw.date, frozen_on=frozen.frozen_on)
    forms = plan.public_draw.numbers
    if not forms or any(form.count < 1 or form.lowest >= form.highest for form in forms):
        raise DrawRefused("form", where="public_draw", reason="号码格式")


def day(text: str, where: str) -> date:
    """A date written as 2026-02-02."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise DrawRefused("form", where=where, reason=text) from None
    if found.isoformat() != text:
        raise DrawRefused("form", where=where, reason=text)
    return found
