"""每日进展: what came in, went up and was refused, by the offices directly below and by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.applications.queries import Day, Pace, pace
from tidu.offices.models import Office
from tidu.portals.office.access import page, require_office
from tidu.portals.office.exports import Column, workbook
from tidu.portals.office.views.board import batches_of, chosen_batch, own_office
from tidu.portals.parts.moments import write_day

BAR, GAP, TALL = 14, 10, 120
"""Of the drawing, in its own units: a bar's width, the space between days, the height of the tallest."""
KINDS = (("received", "收件"), ("sent_on", "上报"), ("refused", "不予通过"))
LOOKS = {"received": "received", "sent_on": "sent", "refused": "refused"}
"""How the stylesheet calls a kind's bars."""


@dataclass(frozen=True)
class Bar:
    """One bar of the drawing."""

    look: str
    x: int
    y: int
    height: int
    text: str


@dataclass(frozen=True)
class Chart:
    """Three bars for each day."""

    width: int
    height: int
    bars: Sequence[Bar]
    labels: Sequence[tuple[int, str]]
    most: int


@require_safe
@require_office
def show(request: HttpRequest) -> HttpResponse:
    """One batch: a drawing by day, a table by office, a table by office and day."""
    own = own_office(request)
    batches = batches_of(request, own)
    batch = chosen_batch(request, own, batches)
    words: dict[str, Any] = {"batch": batch, "batches": batches}
    if batch is not None:
        found = pace(own, batch)
        words |= {
            "pace": found,
            "chart": _chart(found),
            "by_office": [(office, found.of_office(office)) for office in found.offices],
            "by_day": [
                (day, found.of_day(day), [(office, found.of(office, day)) for office in found.offices])
                for day in reversed(found.days)
            ],
        }
    return page(request, "daily", words)


@require_safe
@require_office
def export(request: HttpRequest) -> FileResponse:
    """A line for each office and day on which anything happened."""
    own = own_office(request)
    batch = chosen_batch(request, own, batches_of(request, own))
    rows: list[tuple[Office, date, Day]] = []
    if batch is not None:
        found = pace(own, batch)
        rows = [
            (office, day, found.of(office, day))
            for office in found.offices
            for day in found.days
            if found.of(office, day)
        ]
    return workbook(f"每日进展-{batch.title if batch else '无批次'}", COLUMNS, rows)


def _chart(found: Pace) -> Chart:
    days = [(day, found.of_day(day)) for day in found.days]
    most = max((getattr(one, kind) for _, one in days for kind, _ in KINDS), default=0)
    step = BAR * len(KINDS) + GAP
    bars = []
    for number, (day, one) in enumerate(days):
        for place, (kind, label) in enumerate(KINDS):
            count = getattr(one, kind)
            height = round(count / most * TALL) if most else 0
            text = f"{write_day(day, short=True)} {label} {count}"
            bars.append(Bar(LOOKS[kind], number * step + place * BAR, TALL - height, height, text))
    labels = [(number * step, f"{day.month}/{day.day}") for number, (day, _) in enumerate(days)]
    return Chart(max(step * len(days), step), TALL + 18, bars, labels, most)


COLUMNS: Sequence[Column[tuple[Office, date, Day]]] = (
    Column("单位", lambda row: row[0].name, 30),
    Column("日期", lambda row: row[1].isoformat(), 14),
    Column("收件", lambda row: row[2].received, 10),
    Column("上报", lambda row: row[2].sent_on, 10),
    Column("不予通过", lambda row: row[2].refused, 10),
)
