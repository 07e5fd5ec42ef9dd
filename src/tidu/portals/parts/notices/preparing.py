"""准备清单: everything that one batch will ask of a firm, before the firm begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from tidu.law.calendars import legal_day
from tidu.law.notices import Batch, Evidence, Notice, Reading
from tidu.law.standards import FormSection, Standard

NEEDED = {"always": "必需", "when_claimed": "填写了相应内容时必需", "optional": "有则上传"}


@dataclass(frozen=True)
class Wanted:
    """A paper on the list."""

    item: Evidence
    when: str
    formats: str


@dataclass(frozen=True)
class Checklist:
    """What to have at hand. `year` is 上年 of the batch; `office` and `phone` are of the firm's place."""

    notice: Notice
    batch: Batch
    standard: Standard
    year: int
    office: str
    phone: str
    sections: Sequence[FormSection]
    always: Sequence[Wanted]
    claimed: Sequence[Wanted]
    optional: Sequence[Wanted]
    readings: Sequence[tuple[Reading, str]]

    @property
    def years(self) -> str:
        return "、".join(str(self.year - back) for back in (2, 1, 0))

    @property
    def papers(self) -> list[str]:
        """What the firm hands in on paper besides."""
        return [paper.title for paper in self.notice.papers if paper.by_firm]

    @property
    def declaration(self) -> str:
        return self.notice.choice("declaration")


def checklist_of(notice: Notice, batch: Batch, standard: Standard, office: str, phone: str) -> Checklist:
    """The list for the firms of one office's places in one batch."""
    labels = {fact.id: fact.label for fact in standard.vocabulary.facts.values()}
    wanted = [_wanted(item, labels) for item in notice.evidence]
    return Checklist(
        notice=notice,
        batch=batch,
        standard=standard,
        year=legal_day(batch.opens).year - 1,
        office=office,
        phone=phone or notice.phone,
        sections=standard.form(),
        always=[one for one in wanted if one.item.needed == "always"],
        claimed=[one for one in wanted if one.item.needed == "when_claimed"],
        optional=[one for one in wanted if one.item.needed == "optional"],
        readings=[
            (reading, reading.words)
            for reading in notice.readings
            if reading.editable and reading.id != "declaration"
        ],
    )


def _wanted(item: Evidence, labels: dict[str, str]) -> Wanted:
    claims = "、".join(labels[fact] for fact in item.when if fact in labels)
    when = f"填写了{claims}的" if claims else NEEDED[item.needed]
    formats = "、".join(name.upper() for name in item.formats)
    return Wanted(item, when, f"{formats}，每个不超过 {item.most_megabytes} MB，最多 {item.most_files} 个")
