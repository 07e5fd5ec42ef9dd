"""A notice as a page reads it: headings, paragraphs of sentences, and beside them our readings."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tidu.law.notices import OUR_READING, Evidence, Notice, Reading
from tidu.law.notices.parts import ApplicationKind, Sentence
from tidu.law.procedures import Procedure
from tidu.titles.enums import TitleKind

NEEDED = {"always": "必须", "when_claimed": "填报了相应内容时", "optional": "可选"}


@dataclass(frozen=True)
class Said:
    """One reading as shown: what it is about, what it says, why, and the mark 本系统理解."""

    label: str
    value: str
    note: str
    mark: str


@dataclass
class Paragraph:
    """Sentences that stand together, word for word; `lead` is the mark or words that open it."""

    lead: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    readings: list[Said] = field(default_factory=list)


@dataclass
class Part:
    """A heading and the paragraphs below it. `depth` 1 is a main heading, 0 has none."""

    heading: str = ""
    depth: int = 0
    paragraphs: list[Paragraph] = field(default_factory=list)


def parts_of(notice: Notice) -> list[Part]:
    """The whole text in its order. A reading stands below the last paragraph that it rests on."""
    found: list[Part] = [Part()]
    readings = {said: list(_resting_on(notice, said)) for said in _last_sentences(notice)}
    waiting = dict(notice.headings)
    for sentence in notice.sentences:
        opening = [key for key in waiting if f"{sentence.id}.".startswith(f"{key}.")]
        _open(found, [(key, waiting.pop(key)) for key in opening])
        paragraph = found[-1].paragraphs[-1]
        paragraph.sentences.append(sentence)
        paragraph.readings += readings.get(sentence.id, [])
    return [part for part in found if part.heading or part.paragraphs]


def _open(parts: list[Part], headings: list[tuple[str, str]]) -> None:
    """Begin what the headings begin: one of its own line a part, one that runs on a paragraph."""
    for key, words in headings:
        if words.endswith(("。", "）", ".")):
            parts[-1].paragraphs.append(Paragraph(lead=words))
        else:
            parts.append(Part(words, key.count(".") + 1))
    if not parts[-1].paragraphs:
        parts[-1].paragraphs.append(Paragraph())


def _last_sentences(notice: Notice) -> set[str]:
    return {reading.sentences[-1] for reading in notice.readings if reading.sentences}


def _resting_on(notice: Notice, sentence_id: str) -> Iterator[Said]:
    for reading in notice.readings:
        if reading.sentences and reading.sentences[-1] == sentence_id:
            yield said(reading)


def said(reading: Reading) -> Said:
    """A reading in words."""
    return Said(reading.label, reading.words, reading.note, reading.mark)


@dataclass(frozen=True)
class Applicant:
    """One kind of application and who may file it, in sentences."""

    title: str
    rules: tuple[str, ...]
    note: str


def applicants(notice: Notice) -> list[Applicant]:
    """Who may apply, for each kind that the notice opens."""
    return [
        Applicant(kind.title, tuple(_rules(kind)), kind.note.removeprefix(f"{OUR_READING}："))
        for kind in notice.kinds
    ]


def _rules(kind: ApplicationKind) -> Iterator[str]:
    if kind.holds:
        whose = "本省（自治区、直辖市）公告的" if kind.announced == "here" else ""
        yield f"现持有{whose}有效的{'或'.join(TitleKind(one).label for one in kind.holds)}称号"
    if kind.recognised == "named":
        yield "且该称号由本批次所列的年度或对应批次公告"
    for one in kind.lacks:
        yield f"现未持有有效的{TitleKind(one).label}称号"


@dataclass(frozen=True)
class Asked:
    """One paper of the evidence list, in words."""

    title: str
    needed: str
    text: str
    limits: str


def evidence_list(notice: Notice) -> list[Asked]:
    """What a firm uploads, and how."""
    return [Asked(one.title, NEEDED[one.needed], one.text, _limits(one)) for one in notice.evidence]


def _limits(one: Evidence) -> str:
    formats = "、".join(name.upper() for name in one.formats)
    return f"{formats}，最多 {one.most_files} 个，每个不超过 {one.most_megabytes} MB"


@dataclass(frozen=True)
class Sent:
    """One paper that is sent on, in words: who hands it in, how many, how, by when, as which files too."""

    title: str
    by: str
    copies: str
    text: str
    files: str


FORMS = {"bound": "胶装成册", "original": "原件"}
FILES = {"editable": "可编辑版", "scan": "盖章扫描件", "issued": "电子原件"}


def paper_list(notice: Notice, procedure: Procedure) -> list[Sent]:
    """What is handed in on paper or goes up with an office's act."""
    return [
        Sent(
            title=f"{one.title}（附件{one.annex}）" if one.annex else one.title,
            by="企业备齐" if one.by_firm else procedure.level(procedure.stage(one.stage).level).title,
            copies=f"{one.copies} 份{'，' + FORMS[one.form] if one.form in FORMS else ''}",
            text=one.text,
            files="、".join(FILES[file] for file in one.files),
        )
        for one in notice.papers
    ]
