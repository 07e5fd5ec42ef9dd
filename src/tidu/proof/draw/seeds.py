"""The seed: committed before it is shown, mixed from what no single hand holds.

    secret's commitment  = H("tidu.draw.secret.1", secret)
    witness' commitment  = H("tidu.draw.witness.1", input's commitment, name, number, salt)
    seed                 = H("tidu.draw.seed.1", input's commitment, canonical bytes of the reveals)

Everybody commits before anybody reveals. The office's commitment stands in the input; a witness commits
once the input is frozen. The numbers of a public draw of a later date need no commitment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ..canonical import canonical_bytes
from ..digests import DEFAULT, tagged_digest
from .checks import is_digest
from .inputs import DrawInput, NumberForm, PublicDraw, as_json, commitment
from .refusal import DrawRefused

LEAST_OCTETS = 16
"""Of the office's secret: a shorter one could be tried out from its commitment before others commit."""


@dataclass(frozen=True, slots=True)
class WitnessReveal:
    """What a witness shows: a number of his own (any text) and the salt of his commitment, hexadecimal."""

    name: str
    number: str
    salt: str


@dataclass(frozen=True, slots=True)
class Reveals:
    """All that the seed is mixed from."""

    secret: str
    witnesses: tuple[WitnessReveal, ...] = ()
    public_draw: tuple[tuple[int, ...], ...] | None = None
    ledger_root: str | None = None


def secret_commitment(secret: bytes, algorithm: str = DEFAULT) -> str:
    """What stands for the office's secret in the input."""
    return tagged_digest("tidu.draw.secret.1", secret, algorithm=algorithm).hex()


def witness_commitment(committed: str, name: str, number: str, salt: bytes, algorithm: str = DEFAULT) -> str:
    """What a witness hands in before anybody reveals; bound to this input and to the name."""
    parts = bytes.fromhex(committed), name.encode(), number.encode(), salt
    return tagged_digest("tidu.draw.witness.1", *parts, algorithm=algorithm).hex()


def check_numbers(plan: PublicDraw, numbers: Sequence[Sequence[int]]) -> None:
    """Whether typed numbers can be those of the public draw; raises :class:`DrawRefused`.

    What cannot repeat is written in ascending order: whoever types last could else choose among orders.
    """
    if len(numbers) != len(plan.numbers):
        raise DrawRefused("public_draw", reason=f"应有 {len(plan.numbers)} 组，填了 {len(numbers)} 组")
    for place, (form, group) in enumerate(zip(plan.numbers, numbers, strict=True), start=1):
        reason = _misfit(form, group)
        if reason:
            raise DrawRefused("public_draw", reason=f"第 {place} 组{reason}")


def _misfit(form: NumberForm, group: Sequence[int]) -> str:
    if len(group) != form.count:
        return f"应有 {form.count} 个号码，填了 {len(group)} 个"
    outside = [number for number in group if not form.lowest <= number <= form.highest]
    if outside:
        return f"的 {outside[0]} 不在 {form.lowest} 至 {form.highest} 之间"
    if not form.repeats and len(set(group)) < len(group):
        return "有重复的号码"
    if not form.repeats and list(group) != sorted(group):
        return "的号码须从小到大写"
    return ""


def check_reveals(frozen: DrawInput, witnesses: Mapping[str, str], reveals: Reveals) -> None:
    """Every reveal against its commitment; raises :class:`DrawRefused`."""
    plan, algorithm = frozen.seed, frozen.algorithm
    secret = bytes.fromhex(reveals.secret)
    if len(secret) < LEAST_OCTETS:
        raise DrawRefused("secret_short", octets=len(secret), least=LEAST_OCTETS)
    if secret_commitment(secret, algorithm) != plan.secret_commitment:
        raise DrawRefused("secret")
    _check_witnesses(frozen, witnesses, reveals)
    if plan.public_draw is not None:
        check_numbers(plan.public_draw, reveals.public_draw or ())
    elif reveals.public_draw is not None:
        raise DrawRefused("public_draw", reason="输入没有登记公开摇奖")
    root = reveals.ledger_root
    if plan.ledger_root != (root is not None) or (root is not None and not is_digest(root)):
        raise DrawRefused("ledger_root", planned="" if plan.ledger_root else "不")


def _check_witnesses(frozen: DrawInput, witnesses: Mapping[str, str], reveals: Reveals) -> None:
    """The witnesses named beforehand, no other, in that order, each with the number committed to."""
    committed = commitment(frozen)
    for name, each in zip_longest(frozen.seed.witnesses, reveals.witnesses):
        if each is None or each.name != name:
            raise DrawRefused("witness", name=name or each.name)
        salt = bytes.fromhex(each.salt)
        found = witness_commitment(committed, name, each.number, salt, frozen.algorithm)
        if found != witnesses.get(name):
            raise DrawRefused("witness", name=name)


def seed(frozen: DrawInput, witnesses: Mapping[str, str], reveals: Reveals) -> bytes:
    """The seed of a draw, from reveals that hold; raises :class:`DrawRefused`."""
    check_reveals(frozen, witnesses, reveals)
    parts = bytes.fromhex(commitment(frozen)), canonical_bytes(as_json(reveals))
    return tagged_digest("tidu.draw.seed.1", *parts, algorithm=frozen.algorithm)
