"""A round that runs speaks the words it was published with, whatever the rulebook says by now."""

import copy

import pytest
from tests import cases
from tests.journeys.city import City
from tests.plugins.beginnings import beginning

from tidu.applications.actions import save_field
from tidu.applications.contents import completeness, facts_of, judge
from tidu.applications.models import Case, CaseField
from tidu.database.scope import SYSTEM, scope
from tidu.programmes.queries import standard_by_digest
from tidu.records.actions import freeze
from tidu.records.queries import thaw

pytestmark = pytest.mark.django_db

RETIRED = "retired"
"""An option of 上市情况 that today's vocabulary does not have any more."""


@pytest.fixture
def city(opened_city: City) -> City:
    return opened_city


@beginning
def draft(opened_city: City) -> Case:
    """A complete form under a standard that was frozen when the option still stood."""
    opened_city.firm(1)
    case = opened_city.fill(1, 1, "2026-03-02 09:00")
    with scope(SYSTEM):
        body = copy.deepcopy(thaw(case.standard_digest))
        (listing,) = (one for one in body["vocabulary"]["facts"] if one["id"] == "listing")
        listing["options"].append({**listing["options"][0], "id": RETIRED, "label": "场外挂牌"})
        case.standard_digest = freeze(body, public=True)
        case.save(update_fields=["standard_digest"])
    return case


def test_an_option_that_has_retired_is_still_typed_and_judged(city: City, draft: Case) -> None:
    _, actor = city.firms[1]
    saved = save_field(
        actor=actor,
        case_id=draft.pk,
        fact="listing",
        period=0,
        raw="场外挂牌",
        expected_version=1,
        at=cases.SUBMITTED,
    )
    assert (saved.value, saved.findings) == (RETIRED, ())
    with scope(actor):
        assert facts_of(draft, at=cases.SUBMITTED).text("listing") == RETIRED
        assert completeness(draft, at=cases.SUBMITTED).is_complete
        assert judge(draft, at=cases.SUBMITTED).outcome == "met"


def test_what_the_standard_does_not_ask_is_no_part_of_the_form(city: City, draft: Case) -> None:
    """A row that another standard's form left behind hinders nobody."""
    with scope(SYSTEM):
        CaseField.objects.create(case=draft, fact="niche_market", value=["?"], saved_at=cases.SUBMITTED)
        assert "niche_market" not in standard_by_digest(draft.standard_digest).vocabulary.facts
    _, actor = city.firms[1]
    with scope(actor):
        assert completeness(draft, at=cases.SUBMITTED).is_complete
