"""From what a person types to an exact value, and back.

Accepted as people write them: full-width digits, thousands separators, a unit
after the number, several forms of a date. Anything else is Refused with the
field, the value, the rule and the remedy; nothing is guessed or rounded.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from tidu.law.amounts import FEN_PER_WAN, FEN_PER_YUAN, format_count, format_money
from tidu.law.facts.definitions import Fact, FactKind
from tidu.law.facts.values import Row, Scalar, Value
from tidu.law.refusals import Refused

SHARE_SCALE = 1_000_000
_PERCENT = SHARE_SCALE // 100
SCORE_SCALE = 100
_WAN_YUAN_PER_YI = 10_000
_LONGEST_NUMBER = 60
"""Characters: more than any number needs, and few enough that none is slow or impossible to read."""
_LONGEST_QUOTED = 40
"""So many characters of what was typed are said again in a refusal."""

_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*(\D*)")
_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_MONEY_UNITS = {
    "": FEN_PER_WAN,
    "万元": FEN_PER_WAN,
    "万": FEN_PER_WAN,
    "元": FEN_PER_YUAN,
    "亿元": FEN_PER_WAN * _WAN_YUAN_PER_YI,
    "亿": FEN_PER_WAN * _WAN_YUAN_PER_YI,
}
_NUMERALS = "〇一二三四五六七八九"
_AS_NUMERALS = str.maketrans("0123456789", _NUMERALS)
_FLAG_WORDS = {"是": True, "有": True, "true": True, "否": False, "无": False, "false": False}


def parse_value(fact: Fact, text: str) -> Scalar | None:
    """The exact value of what was typed, None if nothing was; Refused if it cannot be read.

    `fact` is a fact or a column; a table is read row by row with `parse_row`.
    """
    typed = text.strip()
    if not typed:
        return None
    match fact.kind:
        case FactKind.MONEY | FactKind.COUNT | FactKind.SHARE | FactKind.SCORE:
            return _within_bounds(fact, text, _number(fact, typed))
        case FactKind.DATE:
            return _date(fact, typed)
        case FactKind.FLAG:
            return _flag(fact, typed)
        case FactKind.CHOICE | FactKind.JUDGEMENT:
            return _option(fact, typed)
        case FactKind.TEXT:
            return _text(fact, typed)
        case FactKind.TABLE:
            raise ValueError(f"{fact.id} is a table: read it row by row")


def parse_row(table: Fact, cells: Mapping[str, str]) -> Row:
    """One row of a table from its cells by column id; unknown columns raise KeyError."""
    return {
        column_id: value
        for column_id, text in cells.items()
        if (value := parse_value(table.column(column_id), text)) is not None
    }


def format_value(fact: Fact, value: Value | None) -> str:
    """The value as a person types it, without its unit; `parse_value` reads it back exactly."""
    match value:
        case None:
            text = ""
        case tuple():
            text = f"{len(value)} 行"
        case date():
            text = value.isoformat()
        case bool():
            text = "是" if value else "否"
        case str():
            text = fact.option(value).label if fact.kind.has_options else value
        case _:
            text = format_number(fact.kind, value)
    return text


def format_number(kind: FactKind, value: int) -> str:
    """A number of this kind on screen: 万元, percent, points or a plain count, exact."""
    match kind:
        case FactKind.MONEY:
            return format_money(value)
        case FactKind.SHARE:
            return _decimal(value, _PERCENT)
        case FactKind.SCORE:
            return _decimal(value, SCORE_SCALE)
        case _:
            return format_count(value)


def _decimal(value: int, scale: int) -> str:
    """`value / scale` exactly, for a scale that is a power of ten."""
    whole, rest = divmod(abs(value), scale)
    decimals = f"{rest:0{len(str(scale)) - 1}d}".rstrip("0")
    return f"{'-' if value < 0 else ''}{whole}{'.' + decimals if decimals else ''}"


def _number(fact: Fact, typed: str) -> int:
    """A number in the fact's inner unit."""
    plain = typed if typed.isascii() else unicodedata.normalize("NFKC", typed).replace("−", "-").strip()
    found = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST_NUMBER else None
    scale = _scale(fact, found.group(4)) if found else None
    if not found or scale is None:
        raise Refused(f"{fact.kind}_unreadable", field=fact.id, **_about(fact, typed))
    sign, whole, decimals = found.group(1), found.group(2).replace(",", ""), found.group(3) or ""
    below: int = 10 ** len(decimals)
    exact, rest = divmod(int(whole + decimals) * scale, below)
    if rest:
        raise Refused(f"{fact.kind}_too_fine", field=fact.id, **_about(fact, typed))
    return -exact if sign == "-" else exact


def _scale(fact: Fact, unit: str) -> int | None:
    """How many inner units one typed unit holds; None if the unit is not of this fact."""
    unit = unit.strip()
    if fact.kind is FactKind.MONEY:
        return _MONEY_UNITS.get(unit)
    if fact.kind is FactKind.SHARE:
        return _PERCENT if unit in ("", "%") else None
    if fact.kind is FactKind.SCORE:
        return SCORE_SCALE if unit in ("", "分") else None
    return 1 if unit in ("", unicodedata.normalize("NFKC", fact.unit)) else None


def _within_bounds(fact: Fact, text: str, number: int) -> int:
    if fact.at_least is not None and number < fact.at_least:
        least = format_number(fact.kind, fact.at_least)
        raise Refused("number_too_small", field=fact.id, least=least, **_about(fact, text))
    if fact.at_most is not None and number > fact.at_most:
        most = format_number(fact.kind, fact.at_most)
        raise Refused("number_too_large", field=fact.id, most=most, **_about(fact, text))
    return number


def _date(fact: Fact, typed: str) -> date:
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", typed).replace(" ", ""))
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) for part in found.groups() if part)
        return date(year, month, day)
    except ValueError:
        raise Refused("date_unreadable", field=fact.id, **_about(fact, typed)) from None


def _flag(fact: Fact, typed: str) -> bool:
    try:
        return _FLAG_WORDS[typed.lower()]
    except KeyError:
        raise Refused("flag_unreadable", field=fact.id, **_about(fact, typed)) from None


def _option(fact: Fact, typed: str) -> str:
    for option in fact.options:
        if typed in (option.id, option.label):
            return option.id
    labels = [option.label for option in fact.options]
    near = _near(typed, labels)
    code = "option_unknown_but_near" if near else "option_unknown"
    raise Refused(code, field=fact.id, options=labels, near="".join(near), **_about(fact, typed))


def _near(typed: str, labels: list[str]) -> list[str]:
    """The label that was probably meant; where a digit was typed, only one with the same numerals."""
    if not any(sign.isdecimal() for sign in typed):
        return get_close_matches(typed, labels, n=1, cutoff=0.4)
    written = {label: _with_numerals(label) for label in labels}
    meant = _with_numerals(typed)
    same = [label for label in labels if _numerals(written[label]) == _numerals(meant)]
    near = get_close_matches(meant, [written[label] for label in same], n=1, cutoff=0.4)
    return [label for label in same if written[label] in near][:1]


def _numerals(text: str) -> list[str]:
    return [sign for sign in text if sign in _NUMERALS]


def _with_numerals(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_AS_NUMERALS)


def _text(fact: Fact, typed: str) -> str:
    if not typed.isprintable() and any(
        unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in typed
    ):
        raise Refused("text_unprintable", field=fact.id, **_about(fact, repr(typed)[:40]))
    if fact.at_most is not None and len(typed) > fact.at_most:
        about = _about(fact, typed[:20])
        raise Refused("text_too_long", field=fact.id, length=len(typed), most=fact.at_most, **about)
    if fact.pattern and not re.fullmatch(fact.pattern, typed):
        words = fact.pattern_words
        raise Refused("text_of_another_form", field=fact.id, form=words, **_about(fact, typed))
    return typed


def _about(fact: Fact, typed: str) -> dict[str, object]:
    quoted = typed if len(typed) <= _LONGEST_QUOTED else f"{typed[:_LONGEST_QUOTED]}……"
    return {"label": fact.label, "value": quoted, "unit": fact.unit}
