"""What a corrigendum may change in a notice, with what stands there now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tidu.law import plain
from tidu.law.calendars import format_moment
from tidu.law.notices.model import Notice
from tidu.law.notices.parts import Batch, Reading
from tidu.law.notices.times import moment_if_known


@dataclass(frozen=True)
class Amendable:
    """One place: its path in a Change, what it is called, its value as typed, and what takes it.

    `reading` is the reading whose value it is; `group` what it is listed under.
    """

    path: str
    group: str
    label: str
    value: bool | int | str
    control: Literal["moment", "standard", "reading", "text"]
    reading: Reading | None = None


def amendable(notice: Notice) -> list[Amendable]:
    """Every place, batch by batch, then our readings, then what stands beside the text."""
    return [
        *(one for batch in notice.batches for one in _of_batch(notice, batch)),
        *(_of_reading(reading) for reading in notice.readings if reading.editable),
        Amendable("phone", "其他", "咨询电话", notice.phone, "text"),
        Amendable("banner", "其他", "页面提示", notice.banner, "text"),
    ]


def _of_batch(notice: Notice, batch: Batch) -> Iterator[Amendable]:
    where = f"batches.{batch.id}"
    closes = str(plain.write(batch)["closes"])
    yield Amendable(f"{where}.closes", batch.title, "申报截止时间", closes, "moment")
    for rule in notice.deadlines:
        at = moment_if_known(notice, batch, rule)
        if at is not None:
            moved, label = f"{where}.moved.{rule.id}", f"{rule.title}期限"
            yield Amendable(moved, batch.title, label, format_moment(at, ends=True), "moment")
    yield Amendable(f"{where}.standard", batch.title, "适用标准", batch.standard, "standard")


def _of_reading(reading: Reading) -> Amendable:
    path = f"readings.{reading.id}"
    return Amendable(path, "本系统理解", reading.label, reading.value, "reading", reading)
