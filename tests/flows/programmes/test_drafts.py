"""Drafts in the database: what it refuses, who sees them, and that whoever saves second is told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError
from django.db.models import F
from tests.rounds import PUBLISHED, publish, publisher
from tests.scene import CITY, EAST, PROVINCE, firm_actor, office_actor

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.law import drafting
from tidu.law.drafting import Issuer
from tidu.law.refusals import Refused
from tidu.offices.enums import Role
from tidu.offices.models import Office
from tidu.programmes.actions import begin_draft, save_corrigendum, save_section
from tidu.programmes.models import CorrigendumDraft, DraftSection, NoticeDraft
from tidu.programmes.queries import corrigendum_typed, document_of_draft, draft_for, drafts_of, issuer_of

pytestmark = pytest.mark.django_db

TABLES = (NoticeDraft, DraftSection)


@pytest.fixture
def clerk(offices: dict[str, Office]) -> Actor:
    return office_actor(CITY, Role.CLERK)


@pytest.fixture
def draft(clerk: Actor) -> NoticeDraft:
    return begin_draft(
        actor=clerk, document=drafting.begin_blank(Issuer.of(CITY)), template="空白", at=PUBLISHED
    )


@pytest.fixture(params=["public", "firm", "the office above", "an office below", "its auditor elsewhere"])
def stranger(request: pytest.FixtureRequest, draft: NoticeDraft) -> Actor:
    """Somebody who is neither of the office nor its auditor."""
    made = {
        "public": lambda: PUBLIC,
        "firm": lambda: firm_actor(1),
        "the office above": lambda: office_actor(PROVINCE, Role.LEADER),
        "an office below": lambda: office_actor(EAST, Role.LEADER),
        "its auditor elsewhere": lambda: office_actor(PROVINCE, Role.AUDITOR),
    }
    return made[request.param]()


def test_strangers_see_no_draft_and_change_none(draft: NoticeDraft, stranger: Actor) -> None:
    with scope(stranger):
        assert [table.objects.exists() for table in TABLES] == [False, False]
        assert [table.objects.update(id=F("id")) for table in TABLES] == [0, 0]
        with pytest.raises(Refused, match="draft_unknown"):
            draft_for(stranger, draft.pk)


def test_strangers_begin_none_in_its_name(draft: NoticeDraft, stranger: Actor) -> None:
    with scope(stranger), pytest.raises(ProgrammingError, match="row-level security"):
        NoticeDraft.objects.create(
            office_id=draft.office_id, template="空白", opened_at=PUBLISHED, saved_at=PUBLISHED
        )


def test_its_auditor_reads_and_the_database_lets_him_change_nothing(draft: NoticeDraft) -> None:
    auditor = office_actor(CITY, Role.AUDITOR)
    with scope(auditor):
        assert [table.objects.count() for table in TABLES] == [1, len(drafting.form())]
        assert [table.objects.update(id=F("id")) for table in TABLES] == [0, 0]


def test_a_section_of_its_own_office_alone_is_written(draft: NoticeDraft) -> None:
    other = office_actor(PROVINCE, Role.LEADER)
    with scope(other), pytest.raises(ProgrammingError, match="row-level security"):
        DraftSection.objects.create(draft_id=draft.pk, section="basics", saved_at=PUBLISHED)


def test_what_is_typed_of_a_corrigendum_is_read_by_its_office_and_auditor_alone(
    offices: dict[str, Office],
) -> None:
    notice = publish()
    typed = {"reason": "平台维护", "issuer": CITY}
    clerk = office_actor(CITY, Role.CLERK)
    kept = save_corrigendum(actor=clerk, notice_id=notice.pk, typed=typed, expected_version=0, at=PUBLISHED)
    assert kept.body == {"reason": "平台维护"}
    strangers = (
        PUBLIC, firm_actor(1), office_actor(PROVINCE, Role.LEADER), office_actor(EAST, Role.LEADER),
        office_actor(PROVINCE, Role.AUDITOR),
    )  # fmt: skip
    for stranger in strangers:
        with scope(stranger):
            assert corrigendum_typed(notice) is None
            assert CorrigendumDraft.objects.update(body={}) == 0
    with scope(strangers[2]), pytest.raises(ProgrammingError, match="row-level security"):
        CorrigendumDraft.objects.create(notice=notice, saved_at=PUBLISHED)
    with scope(office_actor(CITY, Role.AUDITOR)):
        assert corrigendum_typed(notice) is not None
        assert CorrigendumDraft.objects.update(body={}) == 0
    with scope(SYSTEM), pytest.raises(IntegrityError, match="corrigendum_draft_version_positive"):
        CorrigendumDraft.objects.update(version=0)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"section": "annexes"}, "draft_section_of_the_form"),
        ({"version": 0}, "draft_section_version_positive"),
    ],
)
def test_sections_are_those_of_the_form(
    draft: NoticeDraft, change: dict[str, object], constraint: str
) -> None:
    with scope(SYSTEM), pytest.raises(IntegrityError, match=constraint):
        DraftSection.objects.filter(draft=draft, section="basics").update(**change)


def test_a_section_stands_once(draft: NoticeDraft) -> None:
    with scope(SYSTEM), pytest.raises(IntegrityError, match="draft_section_once"):
        DraftSection.objects.create(draft=draft, section="basics", saved_at=PUBLISHED)


def test_a_draft_is_published_or_discarded_and_not_both(draft: NoticeDraft, offices: object) -> None:
    notice = publish(publisher())
    with scope(SYSTEM), pytest.raises(IntegrityError, match="draft_published_or_discarded_not_both"):
        NoticeDraft.objects.filter(pk=draft.pk).update(notice=notice, discarded_at=PUBLISHED)


def test_a_draft_is_not_saved_before_it_was_begun(draft: NoticeDraft) -> None:
    with scope(SYSTEM), pytest.raises(IntegrityError, match="draft_saved_after_it_was_begun"):
        NoticeDraft.objects.filter(pk=draft.pk).update(saved_at=PUBLISHED - timedelta(days=1))


def test_whoever_saves_second_is_shown_what_stands_there(clerk: Actor, draft: NoticeDraft) -> None:
    def save(title: str) -> DraftSection:
        return save_section(
            actor=clerk,
            draft_id=draft.pk,
            section="basics",
            body={"title": title},
            expected_version=1,
            at=PUBLISHED,
        )

    assert save("先存的").version == 2
    with pytest.raises(Refused, match="draft_moved") as moved:
        save("后存的")
    assert moved.value.values["stored"] == {"title": "先存的"}
    with scope(clerk):
        assert drafts_of(clerk).get().title == "先存的"
        assert document_of_draft(draft, issuer_of(draft.office))["title"] == "先存的"


def test_a_county_begins_no_draft(offices: dict[str, Office]) -> None:
    county = office_actor(EAST, Role.LEADER)
    with pytest.raises(Refused, match="not_allowed"):
        begin_draft(actor=county, document={}, template="空白", at=PUBLISHED)
