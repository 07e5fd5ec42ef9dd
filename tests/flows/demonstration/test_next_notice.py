"""The province's unfinished draft: two things are left to type for whoever tries the demonstration."""

import pytest
from django.utils import timezone
from tests import scene

from tidu.database.scope import scope
from tidu.demonstration.next_notice import draft_next_notice
from tidu.law import notices
from tidu.law.drafting import problems_of
from tidu.law.notices.demonstration import SPECIALISED
from tidu.offices.enums import Role
from tidu.programmes.actions import publish_notice
from tidu.programmes.queries import document_of_draft, drafts_of, issuer_of

pytestmark = pytest.mark.django_db


def test_the_draft_lacks_its_address_and_its_date_and_nothing_else() -> None:
    now = timezone.now()
    scene.open_offices()
    province = scene.office_actor(scene.PROVINCE, Role.LEADER)
    text = notices.demonstration_notice(now, SPECIALISED)
    draft_next_notice(publish_notice(actor=province, notice=text, at=now, demonstration=True), now)
    with scope(province):
        draft = drafts_of(province).get()
        problems = problems_of(document_of_draft(draft, issuer_of(draft.office)))
    assert [one.place.name for one in problems if one.blocks] == ["id", "issued"]
