"""Cases brought to a stage through the door. What they state does not matter to the rooms above."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO

from PIL import Image

from tests import rounds, scene
from tidu.applications.actions import LetterText, open_case, pass_review, receive, recommend, report
from tidu.applications.acts import Act
from tidu.applications.contents import Contents
from tidu.applications.door import settle, take
from tidu.applications.models import Case, Snapshot
from tidu.applications.routing import add_readers, route_from
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.files.actions import append_chunk, start_upload
from tidu.files.models import StoredFile, Upload
from tidu.inspections.actions import record_credit_check
from tidu.inspections.enums import CreditResult, CreditSource
from tidu.law import notices
from tidu.law.calendars import legal_day
from tidu.law.procedures import Action
from tidu.offices.enums import Role
from tidu.programmes.models import Batch
from tidu.programmes.queries import notice_by_digest
from tidu.records.actions import freeze

SUBMITTED = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)
"""A Monday morning in the first quarter, at nine in Beijing."""
DAY = timedelta(days=1)
UNDRAWN = "本季度件数少，逐家书面审核。"
"""Why these tests send cases up that took part in no draw."""


@dataclass
class Round:
    """The first quarter of the invented city's notice, with the people who act in it."""

    batch: Batch
    east: Actor
    west: Actor
    city: Actor
    province: Actor
    firms: dict[int, Actor] = field(default_factory=dict)
    at: datetime = SUBMITTED

    def later(self, step: timedelta = DAY) -> datetime:
        """Time goes on; the moment that it is now."""
        self.at += step
        return self.at


def open_round(text: notices.Notice | None = None) -> Round:
    """Offices open, notice published, leaders at their desks."""
    scene.open_offices()
    notice = rounds.publish(notice=text)
    with scope(SYSTEM):
        batch = rounds.batch(notice, 1)
    return Round(
        batch=batch,
        east=_leader(scene.EAST),
        west=_leader(scene.WEST),
        city=_leader(scene.CITY),
        province=_leader(scene.PROVINCE),
    )


def _leader(code: str) -> Actor:
    return scene.office_actor(code, Role.LEADER, f"{code}-signs")


def submitted(round_: Round, number: int = 1, *, area_code: str = scene.EAST) -> Case:
    """The case of the invented firm of this number, submitted."""
    round_.firms[number] = scene.firm_actor(number, area_code=area_code)
    return submitted_by(round_, round_.firms[number])


def submitted_by(round_: Round, firm: Actor, *, kind: str = "new") -> Case:
    """The case of this firm, submitted."""
    assert firm.firm_id is not None
    case = open_case(actor=firm, firm_id=firm.firm_id, batch_id=round_.batch.pk, kind=kind, at=round_.at)
    with scope(firm):
        holding = take(case.pk, Act(Action.SUBMIT, firm, round_.at), None)
        case = holding.case
        case.submitted_at = case.declared_at = round_.at
        contents, case.round = Contents(case, at=round_.at), 1
        add_readers(case, route_from(case.firm.area.office, notice_by_digest(case.notice_digest)), round_.at)
        digest = freeze(contents.snapshot_body({}))
        Snapshot.objects.create(case=case, kind="submission", round=1, digest=digest, at=round_.at)
        return settle(holding, snapshot=digest)


def checked(round_: Round, actor: Actor, case: Case) -> None:
    """Both credit systems looked up today, nothing found."""
    for source in CreditSource:
        record_credit_check(
            actor=actor,
            case_id=case.pk,
            source=source,
            checked_on=legal_day(round_.at),
            result=CreditResult.CLEAR,
            at=round_.at,
        )


def passed(round_: Round, actor: Actor, case: Case) -> Case:
    """Received, checked and passed by the office that holds it."""
    receive(actor=actor, case_id=case.pk, expected_version=None, at=round_.at)
    checked(round_, actor, case)
    return pass_review(actor=actor, case_id=case.pk, expected_version=None, comment="符合条件", at=round_.at)


def to_publicity(round_: Round, numbers: Sequence[int] = (1,), *, area_code: str = scene.EAST) -> list[Case]:
    """Cases that wait to be listed by the city, their credit looked up."""
    office = round_.east if area_code == scene.EAST else round_.west
    cases = [passed(round_, office, submitted(round_, number, area_code=area_code)) for number in numbers]
    recommended(round_, office, cases, numbers[0])
    cases = [passed(round_, round_.city, case) for case in cases]
    for case in cases:
        checked(round_, round_.city, case)
    return cases


def recommended(round_: Round, office: Actor, cases: Sequence[Case], number: int = 1) -> None:
    """Recommended to the city by one letter, the day after."""
    letter = LetterText(f"示区工信〔2026〕{number}号", legal_day(round_.at), scan(office), UNDRAWN)
    recommend(
        actor=office, batch_id=round_.batch.pk, case_versions=seen(cases), letter=letter, at=round_.later()
    )


def to_announcement(round_: Round, cases: Sequence[Case], number: int = 1) -> None:
    """Cleared cases reported to the province, their credit looked up there."""
    letter = LetterText(f"示市工信〔2026〕{number}号", legal_day(round_.at), scan(round_.city))
    report(
        actor=round_.city,
        batch_id=round_.batch.pk,
        case_versions={case.pk: None for case in cases},
        letter=letter,
        at=round_.at,
    )
    for case in cases:
        checked(round_, round_.province, case)


def seen(cases: Sequence[Case]) -> dict[int, int | None]:
    """The versions as a page shows them now."""
    with scope(SYSTEM):
        return dict(Case.objects.filter(pk__in=[case.pk for case in cases]).values_list("pk", "version"))


def again(case: Case) -> Case:
    """The case as it stands now."""
    with scope(SYSTEM):
        return Case.objects.select_related("office").get(pk=case.pk)


def scan(actor: Actor, kind: str = "pdf") -> int:
    """A clean file that the actor has sent, such as the scan of a letter; its content does not matter."""
    with scope(actor):
        name = f"{kind}-of-{actor.account_id}"
        file, _ = StoredFile.objects.get_or_create(
            sha256=hashlib.sha256(name.encode()).hexdigest(),
            defaults={"size": 1, "kind": kind, "created_at": SUBMITTED},
        )
        Upload.objects.create(
            token=secrets.token_hex(16),
            name=f"扫描件.{kind}",
            declared_size=1,
            received=1,
            actor_kind=actor.kind,
            account_id=actor.account_id,
            office_id=actor.office_id,
            firm_id=actor.firm_id,
            created_at=SUBMITTED,
            expires_at=SUBMITTED + DAY,
            file=file,
        )
        return file.pk


def uploaded(actor: Actor, content: bytes, name: str, at: datetime = SUBMITTED) -> str:
    """The token of a complete upload that nobody has looked into yet."""
    with scope(actor):
        upload = start_upload(actor=actor, name=name, size=len(content), at=at)
        append_chunk(token=upload.token, offset=0, chunk=content, at=at)
        return upload.token


def picture(shade: int = 200) -> bytes:
    """A small PNG, another one for each shade of grey."""
    target = BytesIO()
    Image.new("L", (40, 30), shade).save(target, "PNG")
    return target.getvalue()
