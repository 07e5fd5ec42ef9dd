"""The tags of a page. They format what they are given and never query."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django import template
from django.core.paginator import Page as PageOfRows
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tidu.law.amounts import format_count, format_money, format_share
from tidu.law.facts.definitions import Fact
from tidu.law.facts.entry import format_value
from tidu.law.facts.values import Value
from tidu.law.refusals import BEIJING
from tidu.law.standards import Certainty
from tidu.portals.parts.fields import Evidence, Field
from tidu.portals.parts.moments import Style, time_left, write_day, write_moment
from tidu.portals.parts.scores import ScoreBar
from tidu.portals.parts.standards import standard_page
from tidu.portals.parts.verdicts import view_of

register = template.Library()

MISSING = mark_safe('<span class="missing">未填</span>')
NOTHING = mark_safe('<span class="muted">—</span>')
OUTCOMES = {"met": ("ok", "符合"), "unmet": ("no", "不符合"), "open": ("open", "待补充")}


# -- Numbers ---------------------------------------------------------------------


@register.simple_tag
def money(fen: int | None) -> SafeString:
    """分 as 万元, exact; None is 未填, never 0."""
    return MISSING if fen is None else _with_unit(format_money(fen), "万元")


@register.simple_tag
def count(number: int | None, unit: str = "") -> SafeString:
    """A whole number with its unit; None is 未填."""
    return MISSING if number is None else _with_unit(format_count(number), unit)


@register.simple_tag
def share(value: Fraction | None) -> SafeString:
    """A ratio as a percentage; None is 未填."""
    return MISSING if value is None else _with_unit(format_share(value).removesuffix("%"), "%")


@register.simple_tag
def share_difference(value: Fraction) -> SafeString:
    """One percentage less another, in percentage points."""
    return _with_unit(format_share(value).removesuffix("%"), "个百分点")


@register.simple_tag
def fact_value(fact: Fact, value: Value | None) -> SafeString:
    """Any value of a fact with its unit; None is 未填."""
    if value is None:
        return MISSING
    return _with_unit(format_value(fact, value), fact.unit)


def _with_unit(number: str, unit: str) -> SafeString:
    if not unit:
        return format_html('<span class="amount">{}</span>', number)
    return format_html('<span class="amount">{}<span class="unit">{}</span></span>', number, unit)


# -- Time ------------------------------------------------------------------------


@register.filter
def beijing(at: datetime | None, style: Style = "minute") -> str:
    """A moment in Beijing time as plain text; empty for None."""
    return "" if at is None else write_moment(at, style)


@register.simple_tag
def moment(at: datetime | None, style: Style = "minute") -> SafeString:
    """A moment in Beijing time, to the second in its title; None is a dash."""
    if at is None:
        return NOTHING
    exact = at.astimezone(BEIJING)
    return format_html(
        '<time datetime="{}" title="北京时间 {}">{}</time>',
        exact.isoformat(timespec="seconds"),
        write_moment(at, "second"),
        write_moment(at, style),
    )


@register.simple_tag
def day(on: date | None, style: str = "") -> SafeString:
    """A legal day; style `short` leaves the year out; None is a dash."""
    if on is None:
        return NOTHING
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), write_day(on, short=style == "short"))


@register.simple_tag(takes_context=True)
def left(context: template.Context, deadline: datetime | None) -> SafeString:
    """What is left until a deadline, counted from `page.now` and then live in the browser."""
    if deadline is None:
        return NOTHING
    page = context.get("page")
    found = time_left(deadline, page.now if page else timezone.now())
    return format_html(
        '<time class="left left-{}" data-deadline datetime="{}" title="截止 {}">{}</time>',
        found.urgency,
        deadline.astimezone(BEIJING).isoformat(timespec="seconds"),
        write_moment(deadline, "end"),
        found.text,
    )


# -- Status ----------------------------------------------------------------------


@register.simple_tag
def pill(text: str, kind: str = "") -> SafeString:
    """A status in words; kind is ok, no, open, info, act or nothing."""
    return format_html('<span class="{}">{}</span>', f"pill {kind}".strip(), text)


@register.simple_tag
def outcome(value: str) -> SafeString:
    """met, unmet or open as 符合, 不符合 or 待补充."""
    kind, text = OUTCOMES[value]
    return pill(text, kind)


@register.inclusion_tag("parts/score_bar.html")
def score_bar(
    low: int,
    high: int,
    full: int,
    pass_line: int | None = None,
    label: str = "评价得分",
    *,
    small: bool = False,
) -> dict[str, object]:
    """A score as an interval against its pass line."""
    return {"bar": ScoreBar(low, high, full, pass_line, label), "small": small}


@register.inclusion_tag("parts/progress.html")
def progress(done: int, total: int, label: str = "完成") -> dict[str, object]:
    """How many of how many; a total of 0 is complete."""
    return {"done": done if total else 1, "total": total or 1, "label": label, "text": f"{done}/{total}"}


@register.inclusion_tag("parts/stepper.html")
def stepper(stages: Iterable[Mapping[str, Any]]) -> dict[str, object]:
    """Stages in order: label, state (done, now, stopped or ahead), note."""
    return {"stages": stages}


@register.inclusion_tag("parts/timeline.html", takes_context=True)
def timeline(context: template.Context, steps: Iterable[Mapping[str, Any]]) -> dict[str, object]:
    """What happened, newest first: at, title, actor, note, comment, link, state, deadline."""
    return {"steps": steps, "page": context.get("page")}


# -- Forms and verdicts ----------------------------------------------------------


@register.inclusion_tag("parts/field.html")
def field(entry: Field) -> dict[str, object]:
    """One field with its help, messages and evidence."""
    return {"field": entry}


@register.inclusion_tag("parts/verdict_panel.html")
def verdict_panel(verdict: Mapping[str, Any], *, detail: bool = True) -> dict[str, object]:
    """A verdict as `Verdict.as_json()` gives it: score, clauses, what is missing, what would help."""
    return {"view": view_of(verdict), "detail": detail}


CERTAINTIES = {"official": "ok", "second-hand": "", "unknown": "open"}


@register.simple_tag
def certainty(how: Certainty) -> SafeString:
    """How well a value of a standard is founded, as a pill."""
    return pill(how.label, CERTAINTIES[how.value])


register.simple_tag(standard_page)


@register.inclusion_tag("parts/findings.html")
def findings(
    verdict: Mapping[str, Any], papers: Mapping[str, Sequence[Evidence]] | None = None
) -> dict[str, object]:
    """The officer's table: value, rule, papers by kind of evidence, judgement; what fails first."""
    return {"view": view_of(verdict, papers)}


# -- Moving about ----------------------------------------------------------------


def _words(context: template.Context) -> QueryDict:
    """The words of the address after `?`."""
    request = context.get("request")
    return request.GET if request else QueryDict()


@register.inclusion_tag("parts/nav_item.html", takes_context=True)
def nav_item(
    context: template.Context, label: str, url: str, number: int = 0, *, act: bool = False
) -> dict[str, object]:
    """An item of the main menu, current when the address begins with its own."""
    request = context.get("request")
    path = request.path if request else ""
    current = path == url or (url.count("/") > 2 and path.startswith(url))
    return {"label": label, "url": url, "number": number, "act": act, "current": current}


@register.inclusion_tag("parts/pager.html", takes_context=True)
def pager(context: template.Context, page_of_rows: PageOfRows[Any], unit: str = "条") -> dict[str, object]:
    """Pages of a list; the other words of the address stay."""
    paginator = page_of_rows.paginator
    return {
        "words": _words(context),
        "rows": page_of_rows,
        "unit": unit,
        "numbers": paginator.get_elided_page_range(page_of_rows.number, on_each_side=2, on_ends=1),
        "gap": paginator.ELLIPSIS,
    }


@register.inclusion_tag("parts/sortable_header.html", takes_context=True)
def sortable_header(
    context: template.Context, label: str, key: str, *, numeric: bool = False
) -> dict[str, object]:
    """A column head that sorts by `?sort=key` and, once more, by `?sort=-key`."""
    words = _words(context)
    now = words.get("sort", "")
    direction = {"-" + key: "descending", key: "ascending"}.get(now, "")
    return {
        "words": words,
        "label": label,
        "next": "-" + key if direction == "ascending" else key,
        "direction": direction,
        "numeric": numeric,
    }


@register.inclusion_tag("parts/filters.html", takes_context=True)
def filters(
    context: template.Context, choices: Sequence[Mapping[str, Any]], search: str = "搜索", keep: str = ""
) -> dict[str, object]:
    """A toolbar whose state is the address: each filter has name, label and options (value, label).

    `keep` names another word of the address that stays, such as the tab.
    """
    words = _words(context)
    chosen = [{**each, "value": words.get(each["name"], "")} for each in choices]
    return {
        "filters": chosen,
        "search": search,
        "query": words.get("q", ""),
        "sort": words.get("sort", ""),
        "keep": keep,
        "kept": words.get(keep, "") if keep else "",
        "any": bool(words.get("q") or any(each["value"] for each in chosen)),
    }


@register.inclusion_tag("parts/empty.html")
def empty(title: str, text: str = "", url: str = "", action: str = "") -> dict[str, object]:
    """What stands where a list would, and the next step."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("parts/copy_button.html")
def copy_button(text: str, label: str = "复制") -> dict[str, object]:
    """A button that copies a text, for retyping on the national platform."""
    return {"text": text, "label": label}
