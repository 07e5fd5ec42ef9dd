"""What a choice of the form offers: words of its own, or what the rulebook and the draft itself hold."""

from collections.abc import Callable, Mapping
from typing import Any

from tidu.law import procedures, standards
from tidu.law.drafting import Column, Document, Issuer, reading_control
from tidu.law.facts import load_vocabulary
from tidu.law.procedures import Procedure
from tidu.law.refusals import Refused
from tidu.law.rulebook import read_toml, toml_stems

Option = tuple[str, str]

YES = (("true", "是"), ("false", "否"))
_SHORT = 26


class Options:
    """Everything that may be chosen while this document is typed."""

    def __init__(self, document: Document, issuer: Issuer) -> None:
        self.document = document
        self.issuer = issuer
        self._kept: dict[str, list[Option]] = {}

    def of(self, column: Column, row: Mapping[str, Any]) -> list[Option]:
        """The options of one control: value and words."""
        if column.control == "yes":
            return list(YES)
        if column.control == "value":
            return _of_reading(row)
        return [*column.words.items(), *self._named(column.options)]

    def _named(self, name: str) -> list[Option]:
        if name not in self._kept:
            made = _SOURCES.get(name)
            self._kept[name] = made(self) if made else []
        return self._kept[name]

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """The rows of one block of the draft."""
        found = self.document.get(name, [])
        return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []

    @property
    def procedure(self) -> Procedure | None:
        """The procedure that the draft names, if there is one of that name."""
        try:
            return procedures.load(str(self.document.get("procedure", "")))
        except Refused:
            return None


def _of_reading(row: Mapping[str, Any]) -> list[Option]:
    if row.get("choices"):
        return [(str(one.get("value")), str(one.get("label"))) for one in row["choices"]]
    return list(YES) if reading_control(row) == "yes" else []


def _procedures(_: Options) -> list[Option]:
    return [(stem, str(read_toml("procedures", stem)["title"])) for stem in toml_stems("procedures")]


def _standards(_: Options) -> list[Option]:
    found = [standards.load(name) for name in standards.standard_ids()]
    return [
        (one.id, f"{one.title}（{one.unconfirmed_words}）" if one.unconfirmed else one.title) for one in found
    ]


def _stages(options: Options) -> list[Option]:
    procedure = options.procedure
    return [(stage.id, stage.title) for stage in procedure.stages] if procedure else []


def _levels(options: Options) -> list[Option]:
    procedure = options.procedure
    return [(level.id, level.title) for level in procedure.levels] if procedure else []


def _offices(options: Options) -> list[Option]:
    return [(office.code, office.name) for office in options.issuer.chain.offices]


def _sentences(options: Options) -> list[Option]:
    return [
        (name, f"{name}　{_short(str(row.get('text', '')))}")
        for row in options.rows("sentences")
        if (name := str(row.get("id", "")))
    ]


def _of_rows(block: str) -> Callable[[Options], list[Option]]:
    def found(options: Options) -> list[Option]:
        rows = [
            (str(row.get("id", "")), str(row.get("title") or row.get("id", "")))
            for row in options.rows(block)
        ]
        return [option for option in rows if option[0]]

    return found


def _evidence(_: Options) -> list[Option]:
    return [(one.id, one.label) for one in load_vocabulary().evidence.values()]


def _readings_of(name: str) -> Callable[[Options], list[Option]]:
    """A deadline may take what it says from a reading of ours: "@" and the reading."""

    def found(options: Options) -> list[Option]:
        wanted = _TAKEN_FROM[name]
        return [
            (f"@{row['id']}", f"见本系统理解：{_short(str(row.get('label', '')))}")
            for row in options.rows("readings")
            if row.get("id") and {str(one.get("value")) for one in row.get("choices", [])} & wanted
        ]

    return found


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


_TAKEN_FROM = {
    "mode": {"hard", "soft", "advisory"},
    "counting": {"calendar", "working"},
    "rest_day": {"stay", "roll"},
}
_SOURCES: Mapping[str, Callable[[Options], list[Option]]] = {
    "procedures": _procedures,
    "standards": _standards,
    "stages": _stages,
    "levels": _levels,
    "offices": _offices,
    "sentences": _sentences,
    "evidence": _evidence,
    "deadlines": _of_rows("deadlines"),
    "deliveries": _of_rows("deliveries"),
    "mode": _readings_of("mode"),
    "counting": _readings_of("counting"),
    "rest_day": _readings_of("rest_day"),
}
