"""What a firm may write into its application, and what stands there whatever it writes."""

import pytest
from tests import cases, scene
from tests.journeys.city import City
from tests.plugins.beginnings import beginning

from tidu.applications.actions import save_field
from tidu.applications.contents import facts_of
from tidu.applications.models import Case, CaseField
from tidu.database.scope import SYSTEM, scope
from tidu.enterprises.actions import save_profile_field
from tidu.law.refusals import Refused

pytestmark = pytest.mark.django_db

MARCH = "2026-03-02 09:00"


@pytest.fixture
def city(opened_city: City) -> City:
    return opened_city


@beginning
def draft(opened_city: City) -> Case:
    """A form that is complete, not submitted yet."""
    opened_city.firm(1)
    return opened_city.fill(1, 1, MARCH)


@pytest.mark.parametrize(
    ("fact", "forged"), [("enterprise_name", "示例他人有限公司"), ("credit_code", "91990000MA00000011")]
)
def test_name_and_code_are_not_written_into_an_application(
    city: City, draft: Case, fact: str, forged: str
) -> None:
    _, actor = city.firms[1]
    with pytest.raises(Refused, match="field_registered"):
        save_field(
            actor=actor,
            case_id=draft.pk,
            fact=fact,
            period=0,
            raw=forged,
            expected_version=1,
            at=cases.SUBMITTED,
        )


def test_name_and_code_are_not_written_into_the_profile(city: City, draft: Case) -> None:
    firm, actor = city.firms[1]
    with pytest.raises(Refused, match="field_registered"):
        save_profile_field(
            actor=actor,
            firm=firm,
            fact="enterprise_name",
            period=0,
            raw="示例他人有限公司",
            expected_version=0,
            at=scene.AT,
        )


def test_a_name_that_got_into_the_rows_does_not_count(city: City, draft: Case) -> None:
    """前后矛盾时以企业登记为准."""
    firm, actor = city.firms[1]
    with scope(SYSTEM):
        CaseField.objects.filter(case=draft, fact="enterprise_name").update(value="示例他人有限公司")
    with scope(actor):
        assert facts_of(draft, at=cases.SUBMITTED).text("enterprise_name") == firm.name
