"""What the city and the province publish in these tests, and what is objected."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tests import cases

from tidu.applications.models import Case
from tidu.database.scope import PUBLIC, scope
from tidu.law.calendars import legal_day
from tidu.publicity.actions import (
    AnnouncementText,
    Content,
    ListText,
    announce,
    file_objection,
    publish_list,
)
from tidu.publicity.models import Announcement, Objection, PublicityEntry, PublicityList

LIST = ListText(title="2026年第一季度拟推荐创新型中小企业公示")
ANNOUNCEMENT = AnnouncementText(
    number="示省工信公告〔2026〕7号",
    title="关于公布2026年第一批创新型中小企业名单的公告",
    announced_on=legal_day(cases.SUBMITTED),
)
OBJECTOR = Content(
    name="异议人甲乙丙", contact="000-00009999", text="该企业主导产品早已停产，我在该车间工作过。"
)
SECOND = timedelta(seconds=1)


def publish(round_: cases.Round, listed: Sequence[Case], **changes: Any) -> PublicityList:
    return publish_list(
        actor=round_.city,
        batch_id=round_.batch.pk,
        case_versions=cases.seen(listed),
        text=replace(LIST, **changes),
        at=round_.at,
    )


def entry_of(case: Case) -> PublicityEntry:
    with scope(PUBLIC):
        return PublicityEntry.objects.select_related("list").get(case_id=case.pk)


def object_to(round_: cases.Round, case: Case, **changes: Any) -> Objection:
    said: dict[str, Any] = {"actor": PUBLIC, "content": OBJECTOR, "at": round_.at}
    return file_objection(entry_id=entry_of(case).pk, **{**said, **changes})


def period_over(publicity: PublicityList) -> datetime:
    end: datetime = publicity.period.upper
    return end


def announced(round_: cases.Round, listed: Sequence[Case], **changes: Any) -> Announcement:
    text = replace(ANNOUNCEMENT, announced_on=legal_day(round_.at), **changes)
    if text.scan_id is None:
        text = replace(text, scan_id=cases.scan(round_.province))
    return announce(
        actor=round_.province,
        batch_id=round_.batch.pk,
        case_versions=cases.seen(listed),
        text=text,
        at=round_.at,
    )
