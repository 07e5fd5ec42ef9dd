"""A small draw from its commitment to its last dispatch: two divisions, nine cases, nobody by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from tidu.proof import draw

SALT = bytes(range(32))
SECRET = b"office's secret, by chance.....!"
CHAIN_SECRETS = (b"chain of the drawing office.....", b"chain of the supervising body...")
LENGTH = 64
WITNESSES = ("示例省纪检监察组", "示例省公证处")
LOTTERY = draw.PublicDraw(
    "示例体彩 第26135期", "2026-12-01", (draw.NumberForm(5, 1, 35), draw.NumberForm(2, 1, 12))
)
NUMBERS = ((3, 11, 17, 22, 28), (9, 12))
START = datetime(2026, 12, 2, 1, tzinfo=UTC)


def name_of(kind: str, number: int | str) -> str:
    return draw.token(SALT, kind, str(number))


def expert(
    number: int, *fields: str | draw.Field, employer: object = None, avoids: Sequence[str] = (), load: int = 0
) -> draw.Candidate:
    known = tuple(each if isinstance(each, draw.Field) else draw.Field(each) for each in fields)
    mark = name_of("employer", str(number if employer is None else employer))
    return draw.Candidate(name_of("expert", number), known, (mark,), (mark, *avoids), load)


def case(number: int, sector: str = "", *, area: str = "", conflicts: Sequence[str] = ()) -> draw.Case:
    tokens = (name_of("area", area),) if area else ()
    return draw.Case(name_of("case", number), sector, tokens, tuple(conflicts))


def digest(text: object) -> str:
    return sha256(str(text).encode()).hexdigest()


def arrival(each: draw.Case, *, position: int = 1, again: str = "") -> draw.Arrival:
    """The case as the ledger froze it."""
    return draw.Arrival(each, digest(f"snapshot {each.id}"), position, digest(f"entry {each.id}"), again)


def frozen_input(**changes: Any) -> draw.DrawInput:
    """Two divisions of two and three panels; the first names its sector, the second takes the rest."""
    one, other = (draw.anchor(secret, LENGTH) for secret in CHAIN_SECRETS)
    values: dict[str, Any] = {
        "draw": "示例抽取-1",
        "purpose": {"office": "示例省工信厅", "batch": "2026 年第一批", "stage": "专家评审"},
        "frozen_on": "2026-11-20",
        "mode": "instant",
        "candidates": pool(),
        "divisions": (
            draw.Division("装备", 2, {"industry": 2, "finance": 1}, ("装备制造",)),
            draw.Division("综合", 3, {"industry": 2, "finance": 1, "technology": 1}),
        ),
        "seed": draw.SeedPlan(draw.secret_commitment(SECRET), WITNESSES, LOTTERY, ledger_root=True),
        "chains": (
            draw.LinkChain("示例省工信厅", one, LENGTH),
            draw.LinkChain("示例省纪检监察组", other, LENGTH),
        ),
        "cap": 12,
        "clashes": ((name_of("expert", 1), name_of("expert", 2)),),
        "cases": (case(1, "装备制造"), case(2, "软件", area="一区")),
    }
    return draw.draw_input(**{**values, **changes})


def pool() -> tuple[draw.Candidate, ...]:
    """Twelve of equipment, ten of anything, nine of finance (two of whom know technology too), five more."""
    machines, software = draw.Field("industry", "装备制造"), draw.Field("industry", "软件")
    area = name_of("area", "一区")
    return (
        *(expert(n, machines, employer=n // 2) for n in range(12)),
        *(expert(n, software, avoids=[area] if n % 5 == 0 else ()) for n in range(12, 22)),
        *(expert(n, "finance", load=n % 3) for n in range(22, 29)),
        *(expert(n, "finance", "technology") for n in range(29, 31)),
        *(expert(n, "technology") for n in range(31, 36)),
    )


def commitments(frozen: draw.DrawInput) -> dict[str, str]:
    committed = draw.commitment(frozen)
    return {
        name: draw.witness_commitment(committed, name, f"{n}8151623", bytes([n]) * 16)
        for n, name in enumerate(frozen.seed.witnesses)
    }


def reveals(frozen: draw.DrawInput, *, secret: bytes = SECRET) -> draw.Reveals:
    plan = frozen.seed
    return draw.Reveals(
        secret.hex(),
        tuple(
            draw.WitnessReveal(name, f"{n}8151623", (bytes([n]) * 16).hex())
            for n, name in enumerate(plan.witnesses)
        ),
        NUMBERS if plan.public_draw else None,
        digest("root") if plan.ledger_root else None,
    )


def links(number: int) -> tuple[str, str]:
    one, other = (draw.link(secret, LENGTH, number) for secret in CHAIN_SECRETS)
    return one, other


@dataclass
class Scene:
    """A draw whose panels are drawn, with everything that a record needs."""

    frozen: draw.DrawInput = field(default_factory=frozen_input)
    events: list[draw.Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.witnesses: Mapping[str, str] = commitments(self.frozen)
        self.reveals = reveals(self.frozen)
        self.seed = draw.seed(self.frozen, self.witnesses, self.reveals)
        self.drawn = draw.draw_panels(self.frozen, self.seed)
        self.standing = draw.Standing.begin(self.frozen, self.seed, self.drawn)

    @property
    def next(self) -> dict[str, Any]:
        """The moment and the salt of the next event."""
        number = len(self.events)
        return {"at": START + timedelta(minutes=number), "salt": number.to_bytes(16, "big")}

    def dispatch(self, *cases: draw.Case, again: str = "") -> draw.Event:
        number = self.standing.number + 1
        arrivals = [arrival(each, position=number, again=again) for each in cases]
        made = draw.dispatch(self.standing, arrivals, links=links(number), **self.next)
        self.events.append(made)
        return made

    def withdraw(self, name: str, reason: str = "出差") -> draw.Event:
        self.events.append(draw.withdraw(self.standing, expert=name, reason=reason, **self.next))
        return self.events[-1]

    def declare(self, name: str, case_id: str) -> draw.Event:
        made = draw.declare_conflict(
            self.standing, expert=name, case=case_id, reason="曾为其服务", **self.next
        )
        self.events.append(made)
        return made

    def record(self, *, withheld_until: str | None = None) -> dict[str, Any]:
        return draw.record_document(
            self.frozen,
            witnesses=self.witnesses,
            reveals=self.reveals,
            drawn=self.drawn,
            events=self.events,
            withheld_until=withheld_until,
        )


def lived() -> Scene:
    """Cases arrive, an expert withdraws, a conflict comes to light and its case is dispatched again."""
    scene = Scene()
    for number in range(1, 10):
        scene.dispatch(case(number, "装备制造" if number % 2 else "软件", area="一区" if number % 4 else ""))
    panel = scene.standing.panels[scene.standing.where[name_of("case", 1)]]
    scene.withdraw(panel.members[0].expert)
    scene.declare(panel.members[1].expert, name_of("case", 1))
    scene.dispatch(case(1, "装备制造", area="一区"), again="成员回避")
    return scene
