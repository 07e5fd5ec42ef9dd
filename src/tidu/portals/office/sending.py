"""Acts on many cases of one batch: what each act asks, and whether each case is ready for it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms

from tidu.applications.actions import LetterText, Offline, recommend, report
from tidu.applications.acts import Act
from tidu.applications.enums import CaseKind
from tidu.applications.guards import lacking
from tidu.applications.models import Case, CaseStage
from tidu.applications.permissions import may
from tidu.applications.queries import open_stages, waiting_at
from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.law.calendars import end_of, legal_day
from tidu.law.procedures import Action, Need, Procedure, Stage
from tidu.law.procedures.model import NEED_LABELS
from tidu.portals.office.offers import TYPED
from tidu.portals.office.offline import DayInput
from tidu.portals.office.scans import ScanField
from tidu.portals.office.views.queue import score_text
from tidu.portals.parts.moments import write_day
from tidu.portals.parts.refusable import RefusableForm
from tidu.programmes.models import Batch
from tidu.programmes.queries import notice_text, procedure_of
from tidu.publicity.actions import AnnouncementText, ListText, announce, publish_list
from tidu.publicity.models import PublicityList


class LetterForm(RefusableForm):
    """A formal letter with its number, day and scan."""

    names = {"letter_number": "number", "issued_on": "issued_on"}

    number = forms.CharField(label="文号", max_length=80)
    issued_on = forms.DateField(label="成文日期", widget=DayInput())
    scan = ScanField(label="正式文件扫描件")


class RecommendForm(LetterForm):
    """A letter that recommends; why cases go up that took part in no draw."""

    names = {**LetterForm.names, "undrawn_reason": "undrawn_reason"}

    undrawn_reason = forms.CharField(
        label="未抽查说明",
        required=False,
        max_length=500,
        help_text="所选企业都参加过本单位实地抽查抽取的，不填。填写的理由上级可以看到。",
    )


class ListForm(RefusableForm):
    """What stands above a publicity list."""

    names = {"closes_at": "closes_on"}

    title = forms.CharField(label="公示标题", max_length=200)
    contact = forms.CharField(
        label="受理异议电话", max_length=120, required=False, help_text="不填的，用本单位办公电话。"
    )
    supplements = forms.TypedChoiceField(
        label="补充公示",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="补充此前名单的，选择被补充的名单。",
    )
    closes_on = forms.DateField(
        label="延长公示至（当日24:00）", required=False, widget=DayInput(), help_text="只能比规定的更长。"
    )

    def offer(self, lists: Iterable[PublicityList]) -> None:
        """The earlier lists that may be supplemented; without any the question is not asked."""
        choices = [(one.pk, one.title) for one in lists]
        if choices:
            cast("forms.ChoiceField", self.fields["supplements"]).choices = [("", "不是补充公示"), *choices]
        else:
            self.fields["supplements"].widget = forms.HiddenInput()


class AnnouncementForm(RefusableForm):
    """An announcement as it was issued."""

    number = forms.CharField(label="公告文号", max_length=80)
    title = forms.CharField(label="公告标题", max_length=200)
    announced_on = forms.DateField(label="公告日期", widget=DayInput())
    valid_from = forms.DateField(
        label="有效期起", required=False, widget=DayInput(), help_text="不填的，按通知及本系统理解计算。"
    )
    scan = ScanField(label="公告扫描件")


Versions = Mapping[int, int | None]
Send = Callable[[Actor, Batch, Versions, Mapping[str, Any], datetime, Offline | None], None]


@dataclass(frozen=True)
class Sending:
    """One act on many: its form and how the action is called with what the form says."""

    action: Action
    label: str
    form: type[RefusableForm]
    send: Send
    done: str


def _recommend(
    actor: Actor,
    batch: Batch,
    versions: Versions,
    said: Mapping[str, Any],
    at: datetime,
    offline: Offline | None,
) -> None:
    letter = LetterText(said["number"], said["issued_on"], said["scan"], said.get("undrawn_reason", ""))
    recommend(actor=actor, batch_id=batch.pk, case_versions=versions, letter=letter, at=at, offline=offline)


def _report(
    actor: Actor,
    batch: Batch,
    versions: Versions,
    said: Mapping[str, Any],
    at: datetime,
    offline: Offline | None,
) -> None:
    letter = LetterText(said["number"], said["issued_on"], said["scan"])
    report(actor=actor, batch_id=batch.pk, case_versions=versions, letter=letter, at=at, offline=offline)


def _publish(
    actor: Actor,
    batch: Batch,
    versions: Versions,
    said: Mapping[str, Any],
    at: datetime,
    offline: Offline | None,
) -> None:
    closes = end_of(said["closes_on"]) if said["closes_on"] else None
    text = ListText(said["title"], said["contact"], closes_at=closes, supplements_id=said["supplements"])
    publish_list(actor=actor, batch_id=batch.pk, case_versions=versions, text=text, at=at, offline=offline)


def _announce(
    actor: Actor,
    batch: Batch,
    versions: Versions,
    said: Mapping[str, Any],
    at: datetime,
    offline: Offline | None,
) -> None:
    text = AnnouncementText(
        said["number"], said["title"], said["announced_on"], said["valid_from"], said["scan"]
    )
    announce(actor=actor, batch_id=batch.pk, case_versions=versions, text=text, at=at, offline=offline)


SENDINGS: Mapping[str, Sending] = {
    "recommend": Sending(Action.RECOMMEND, "推荐", RecommendForm, _recommend, "已推荐"),
    "publicity": Sending(Action.LIST, "公示", ListForm, _publish, "已公示"),
    "report": Sending(Action.REPORT, "报送备案", LetterForm, _report, "已报送备案"),
    "announce": Sending(Action.ANNOUNCE, "公告", AnnouncementForm, _announce, "已公告"),
}
"""By kind of stage."""


@dataclass(frozen=True)
class Candidate:
    """One case before the act: as it stands, and whether the act may happen to it."""

    case: Case
    row: CaseStage | None
    answer: Answer
    missing: tuple[Need, ...] = ()

    @property
    def value(self) -> str:
        """What the form sends: the case and the version that is shown here."""
        return f"{self.case.pk}:{self.case.version}"

    @property
    def lacks_credit(self) -> bool:
        """Whether a credit look-up at this stage is all that stands in the way."""
        return self.missing == (Need.CREDIT_CHECK,)

    @property
    def score(self) -> str:
        return score_text(self.case)

    @property
    def credit(self) -> str:
        if self.row is None or self.row.credit_checked_on is None:
            return ""
        return write_day(self.row.credit_checked_on, short=True)


def candidates(actor: Actor, batch: Batch, stage: Stage, at: datetime) -> list[Candidate]:
    """Every case that waits at the stage, with a verdict for each; two queries."""
    cases = list(waiting_at(actor, batch_id=batch.pk, stage=stage.id))
    rows = open_stages([case.pk for case in cases])
    fresh_from = _fresh_from(batch, stage, at)
    return [
        _candidate(actor, case, procedure_of(batch), stage, rows.get(case.pk), fresh_from) for case in cases
    ]


def choices_of(found: Sequence[Candidate]) -> list[dict[str, Any]]:
    """What a long list can be narrowed by before everything that is left is ticked."""
    areas = {one.case.firm.area.code: one.case.firm.area.name for one in found}
    return [
        {"name": "area", "label": "属地", "options": list(areas.items())},
        {"name": "kind", "label": "类型", "options": CaseKind.choices},
        {"name": "ready", "label": "能否办理", "options": [("1", "可以办理"), ("0", "还不能")]},
    ]


def chosen_by(found: Sequence[Candidate], said: Mapping[str, str]) -> list[Candidate]:
    """Those that the address asks for; all if it asks for nothing."""
    text, area, kind, ready = (said.get(name, "").strip() for name in ("q", "area", "kind", "ready"))
    return [
        one
        for one in found
        if (not text or text in one.case.firm.name or one.case.firm.uscc.startswith(text))
        and (not area or one.case.firm.area.code == area)
        and (not kind or one.case.kind == kind)
        and (not ready or bool(one.answer) == (ready == "1"))
    ]


def _candidate(
    actor: Actor,
    case: Case,
    procedure: Procedure,
    stage: Stage,
    row: CaseStage | None,
    fresh_from: date | None,
) -> Candidate:
    action = SENDINGS[stage.kind.value].action
    answer = may(actor, case, action, procedure)
    if not answer or row is None:
        return Candidate(case, row, answer)
    missing = tuple(lacking(stage, row, Act(action, actor, row.entered_at, given=TYPED)))
    if missing:
        found = row.credit_is_clear is False
        words = "信用查询有异常记录" if found else f"还缺{'、'.join(NEED_LABELS[need] for need in missing)}"
        return Candidate(case, row, Answer(False, f"{words}。"), () if found else missing)
    checked = row.credit_checked_on
    if fresh_from is not None and checked is not None and checked < fresh_from:
        why = f"信用查询是 {write_day(checked)} 作出的，须重新查询。"
        return Candidate(case, row, Answer(False, why), (Need.CREDIT_CHECK,))
    return Candidate(case, row, ALLOWED)


def _fresh_from(batch: Batch, stage: Stage, at: datetime) -> date | None:
    """The oldest day on which credit may have been looked up for a list or an announcement."""
    if SENDINGS[stage.kind.value].action not in (Action.LIST, Action.ANNOUNCE):
        return None
    return legal_day(at) - timedelta(days=notice_text(batch.notice).count("credit_check_fresh_days"))


def versions_said(boxes: Sequence[str]) -> dict[int, int | None]:
    """The cases that were ticked with the versions that were shown; what is no such pair is left out."""
    pairs = [box.partition(":") for box in boxes]
    return {
        int(case): int(version)
        for case, _, version in pairs
        if case.isascii() and case.isdecimal() and version.isascii() and version.isdecimal()
    }
