"""A notice that the province is drafting, to be finished and published by whoever tries the demonstration."""

from datetime import datetime

from tidu.database.scope import scope
from tidu.demonstration.world import officer
from tidu.law import drafting
from tidu.law.drafting import Issuer
from tidu.programmes.actions import begin_draft
from tidu.programmes.models import Notice, NoticeDraft
from tidu.programmes.queries import notice_text


def draft_next_notice(earlier: Notice, now: datetime) -> NoticeDraft:
    """After the province's own notice; its address and date are left to be typed, as the checks say."""
    province = officer("shili-province")
    with scope(province):
        document = drafting.begin_from(notice_text(earlier), Issuer.of("shili-province"))
        document["title"] = f"{document['title']}（下一批，起草中）"
        return begin_draft(actor=province, document=document, template=earlier.title, at=now)
