"""准备清单: everything that one batch will ask of a firm, before the firm begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from tidu.enterprises.models import Firm
from tidu.law.calendars import legal_day
from tidu.law.notices import Evidence, Notice, Reading
from tidu.law.standards import FormSection, Standard
from tidu.offices.models import Office
from tidu.programmes.models import Batch
from tidu.programmes.queries import notice_text, standard_by_digest

NEEDED = {"always": "必需", "when_claimed": "填写了相应内容时必需", "optional": "有则上传"}


@dataclass(frozen=True)
class Wanted:
    """A paper on the list."""

    item: Evidence
    when: str
    formats: str


@dataclass(frozen=True)
class Checklist:
    """What to have at hand. `year` is 上年 of the batch."""

    notice: Notice
    standard: Standard
    year: int
    office: Office
    sections: Sequence[FormSection]
    always: Sequence[Wanted]
    claimed: Sequence[Wanted]
    optional: Sequence[Wanted]
    readings: Sequence[tuple[Reading, str]]

    @property
    def years(self) -> str:
        return "、".join(str(self.year - back) for back in (2, 1, 0))

    @property
    def declaration(self) -> str:
        return self.notice.choice("declaration")


def checklist_of(firm: Firm, batch: Batch) -> Checklist:
    """The list for one firm in one batch."""
    notice, standard = notice_text(batch.notice), standard_by_digest(batch.standard_digest)
    labels = {fact.id: fact.label for fact in standard.vocabulary.facts.values()}
    wanted = [_wanted(item, labels) for item in notice.evidence]
    return Checklist(
        notice=notice,
        standard=standard,
        year=legal_day(batch.opens_at).year - 1,
        office=firm.area.office,
        sections=standard.form(),
        always=[one for one in wanted if one.item.needed == "always"],
        claimed=[one for one in wanted if one.item.needed == "when_claimed"],
        optional=[one for one in wanted if one.item.needed == "optional"],
        readings=[
            (reading, reading_words(reading))
            for reading in notice.readings
            if reading.editable and reading.id != "declaration"
        ],
    )


def _wanted(item: Evidence, labels: dict[str, str]) -> Wanted:
    claims = "、".join(labels[fact] for fact in item.when if fact in labels)
    when = f"填写了{claims}的" if claims else NEEDED[item.needed]
    formats = "、".join(name.upper() for name in item.formats)
    return Wanted(item, when, f"{formats}，每个不超过 {item.most_megabytes} MB，最多 {item.most_files} 个")


def reading_words(reading: Reading) -> str:
    """The value of a reading in words."""
    if isinstance(reading.value, bool):
        return "是" if reading.value else "否"
    chosen = next((choice.label for choice in reading.choices if choice.value == reading.value), None)
    return chosen or f"{reading.value} {reading.unit}".strip()
