"""Reading the conformance cases: facts as typed on a form, and what must come of them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tidu.law.facts import FactKind, Facts, load_vocabulary, parse_row, parse_value

HERE = Path(__file__).parent

Expected = int | list[int] | str
"""Points, a span of points, or 符合, 不符合, 待补充."""


@dataclass(frozen=True)
class Case:
    """One case of one standard. `missing` are sentences that the verdict must say."""

    standard: str
    cites: str
    says: str
    facts: Facts
    expect: Mapping[str, Expected]
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.standard} {self.cites} {self.says}"


def standards_with_cases() -> list[str]:
    """The standards that have a file of cases, sorted."""
    return sorted(path.stem for path in HERE.glob("*.toml"))


@cache
def cases_of(standard: str) -> tuple[Case, ...]:
    """Every case of the standard's file."""
    file = _file(standard)
    return (*(_case(file, raw) for raw in file.get("case", ())), *_edges(file))


def _file(standard: str) -> dict[str, Any]:
    """The file; with `like` it takes firm, rows and variants from another standard's and changes some."""
    file = tomllib.loads((HERE / f"{standard}.toml").read_text(encoding="utf-8"))
    if "like" not in file:
        return file
    like = _file(file["like"])
    for part in ("firm", "row", "variant"):
        file[part] = {**like.get(part, {}), **file.get(part, {})}
    return {**file, "year": like["year"], "as_of": like["as_of"]}


def _case(file: Mapping[str, Any], raw: Mapping[str, Any]) -> Case:
    return Case(
        file["standard"],
        raw["cites"],
        raw["says"],
        _facts(file, raw.get("from"), raw.get("firm", {})),
        raw.get("expect", {}),
        tuple(raw.get("missing", ())),
    )


def _edges(file: Mapping[str, Any]) -> Iterator[Case]:
    for raw in file.get("edge", ()):
        for typed, expected in raw["when"]:
            changes = {**raw.get("firm", {}), raw["fact"]: typed}
            facts = _facts(file, raw.get("from"), changes)
            says = f"{raw['fact']}＝{typed}"
            yield Case(file["standard"], raw["cites"], says, facts, {raw["of"]: expected})


def _facts(file: Mapping[str, Any], variant: str | None, changes: Mapping[str, Any]) -> Facts:
    stated = {**file["firm"], **(file["variant"][variant] if variant else {}), **changes}
    values = {_key(name): _value(file, name, typed) for name, typed in stated.items()}
    as_of: date = file["as_of"]
    return Facts.of(values, year=file["year"], as_of=as_of)


def _key(name: str) -> tuple[str, int | None]:
    fact, _, year = name.partition(".")
    return fact, int(year) if year else None


def _value(file: Mapping[str, Any], name: str, typed: Any) -> Any:
    fact = load_vocabulary().fact(_key(name)[0])
    if fact.kind is not FactKind.TABLE or typed == "":
        return parse_value(fact, typed) if typed else None
    usual = file.get("row", {}).get(fact.id, {})
    return [parse_row(fact, {**usual, **row}) for row in typed]
