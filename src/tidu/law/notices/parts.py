"""What a notice (通知) is made of.

Each item names the sentence of the notice it comes from. What the notice leaves
open stands in `readings`: named, with a value, marked 本系统理解, and editable.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from tidu.law.calendars import Window
from tidu.law.plain import End

KindId = Literal["new", "re_review"]
TitleKind = Literal["technology", "innovative", "specialised", "little_giant"]
Mode = Literal["hard", "soft", "advisory"]

OUR_READING = "本系统理解"


@dataclass(frozen=True)
class Sentence:
    """One sentence of the notice, word for word. `flow` is false where it asks for conduct only."""

    id: str
    text: str
    flow: bool = True


@dataclass(frozen=True)
class Basis:
    """A document the notice is based on."""

    title: str
    number: str = ""


@dataclass(frozen=True)
class Choice:
    """One value a reading may take."""

    value: str
    label: str


@dataclass(frozen=True)
class Reading:
    """A point the notice leaves open, and how it is read here.

    `least` and `most` bound a number; `choices` a text. `stated` is true where the
    notice does say it, so that it is not ours to change.
    """

    id: str
    label: str
    value: bool | int | str
    note: str
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    least: int | None = None
    most: int | None = None
    sentences: tuple[str, ...] = ()
    stated: bool = False

    @property
    def editable(self) -> bool:
        """Whether the office may choose another value."""
        return not self.stated

    @property
    def words(self) -> str:
        """The value as it is read: 是, 工作日, 5 日."""
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        labels = {choice.value: choice.label for choice in self.choices}
        return labels.get(str(self.value), f"{self.value} {self.unit}".strip())

    @property
    def mark(self) -> str:
        """本系统理解, unless the notice itself says it."""
        return "" if self.stated else OUR_READING


@dataclass(frozen=True)
class ApplicationKind:
    """Who may apply how: `holds` any one of these titles in force, `lacks` all of those.

    `recognised` says which recognition may be re-reviewed: any, or those of the
    batches that the batch names (`Batch.re_reviews`). `announced` says whose titles
    count: anybody's, or only those announced by the issuing office or one above it
    (自治区创新型: another province's title does not do). `note` says what of it is ours.
    """

    id: KindId
    title: str
    sentence: str
    note: str = ""
    holds: tuple[TitleKind, ...] = ()
    lacks: tuple[TitleKind, ...] = ()
    recognised: Literal["any", "named"] = "any"
    announced: Literal["anywhere", "here"] = "anywhere"


@dataclass(frozen=True)
class Condition:
    """A condition of the notice's own.

    `decided_by`: `area` (the firm's place lies under the issuing office), `title`
    (the register says what the firm holds), `size` and `standard` (computed),
    `declaration` (the firm declares it), `credit_check` (an officer looks it up),
    `office` (an officer judges it). `effect`: `block` keeps a firm from submitting,
    `warn` lets it, `decide` is for the review.
    """

    id: str
    sentence: str
    text: str
    decided_by: tuple[
        Literal["area", "title", "size", "standard", "declaration", "credit_check", "office"], ...
    ]
    effect: Literal["block", "warn", "decide"]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Batch:
    """One round: window, standard, who may apply, and deadlines that a corrigendum has moved."""

    id: str
    title: str
    opens: datetime
    closes: End
    standard: str
    kinds: tuple[KindId, ...]
    quarter: str | None = None
    re_reviews: tuple[str, ...] = ()
    moved: Mapping[str, End] = field(default_factory=dict)

    @property
    def window(self) -> Window:
        """From 00:00 of the first day up to 24:00 of the last."""
        return Window(self.opens, self.closes)

    def re_reviews_batch(self, recognised_batch: str) -> bool:
        """Whether titles of that batch are re-reviewed here; naming a year names its batches."""
        return any(
            recognised_batch == named or recognised_batch.startswith(f"{named}-") for named in self.re_reviews
        )


@dataclass(frozen=True)
class DeadlineRule:
    """By when a stage must be done: `within` days after the quarter or window, or `before` a day.

    A value "@name" is taken from the reading of that name. `mode`: `hard` (过期不予受理),
    `soft` (late is recorded), `advisory` (how the offices divide the time among
    themselves where the notice sets none: it is shown, and nothing is ever late by it).
    """

    id: str
    stage: str
    title: str
    sentence: str
    mode: str
    within: int | None = None
    after: Literal["quarter", "window"] | None = None
    counting: str = "calendar"
    rest_day: str = "stay"
    before: date | None = None


@dataclass(frozen=True)
class Evidence:
    """One item of the list of papers a firm uploads; `id` is a kind of evidence of the vocabulary.

    Which facts it proves, the vocabulary says. `when` are the facts whose being
    claimed makes the item needed.
    """

    id: str
    title: str
    needed: Literal["always", "when_claimed", "optional"]
    when: tuple[str, ...] = ()
    text: str = ""
    formats: tuple[str, ...] = ("pdf", "jpg", "png")
    most_files: int = 10
    most_megabytes: int = 50


@dataclass(frozen=True)
class Delivery:
    """Where papers of a stage are sent: by post, and as files in a message of a given name.

    `office` receives them; `package` names the message, with {place} for the sender's
    place. Sentences: where the notice says so of the post and of the message.
    """

    id: str
    office: str
    sentence: str
    postal: str = ""
    mailbox: str = ""
    mailbox_sentence: str = ""
    package: str = ""

    @property
    def package_shown(self) -> str:
        """The pattern as readers are shown it."""
        return self.package_of("×××")

    def package_of(self, place: str) -> str:
        """What the message of one place is called."""
        return self.package.replace("{place}", place)


@dataclass(frozen=True)
class Paper:
    """A paper that must be handed in: by a firm or with a stage's act, how and how many.

    `design` is the table of rulebook/documents that it is made with, its own id unless
    said. `files` are the electronic versions that go along: as can be edited, as
    stamped and scanned, as issued. `delivery` names where it goes.
    """

    id: str
    title: str
    sentence: str
    stage: str
    form: Literal["letter", "table", "list", "bound", "original"]
    annex: int | None = None
    kinds: tuple[KindId, ...] = ("new", "re_review")
    copies: int = 1
    by_firm: bool = False
    deadline: str | None = None
    text: str = ""
    design: str = ""
    files: tuple[Literal["editable", "scan", "issued"], ...] = ()
    delivery: str = ""


@dataclass(frozen=True)
class Upkeep:
    """What holders of the title owe while it is valid, and what follows if they do not."""

    sentence: str
    update_by: date
    monitor_after_misses: int
    cancel_after_misses: int
    change_months: int
    changes: tuple[str, ...]

    def consequence(self, misses: int) -> Literal["none", "monitor", "cancel"]:
        """What follows once updates have been missed so many times within one validity."""
        if misses >= self.cancel_after_misses:
            return "cancel"
        return "monitor" if misses >= self.monitor_after_misses else "none"


@dataclass(frozen=True)
class Platform:
    """Where the notice says the work is done, and its technical help."""

    name: str
    address: str
    upload_place: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Contact:
    """An office of the directory, with its office telephone; never a person."""

    office: str
    name: str
    phones: tuple[str, ...]


@dataclass(frozen=True)
class Annex:
    """An annex of the notice. `seen` is false where only its title is known to us."""

    number: int
    title: str
    seen: bool = False


@dataclass(frozen=True)
class Changed:
    """One thing a corrigendum changed, as shown to readers."""

    path: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Amendment:
    """A corrigendum that has taken effect."""

    number: str
    issued: date
    reason: str
    changes: tuple[Changed, ...]
