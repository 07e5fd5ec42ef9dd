"""The printed copy is always one click away: a draft, what was submitted, what was submitted before."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader
from tests.journeys.city import City
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case
from tidu.database.scope import Actor
from tidu.offices.models import Account

pytestmark = pytest.mark.django_db
MORNING = "2026-03-02 09:00"


@beginning
def city(opened_city: City) -> City:
    opened_city.firm(1)
    return opened_city


@beginning
def draft(city: City) -> Case:
    return city.fill(1, 1, MORNING)


def desk(actor: Actor) -> Client:
    """The browser of somebody who has chosen a password of their own."""
    Account.objects.filter(pk=actor.account_id or 0).update(one_time_until=None)
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id or 0))
    return client


def paper(case: Case) -> str:
    return f"/enterprise/cases/{case.pk}/form.pdf"


def footer(content: bytes) -> str:
    return "".join(PdfReader(BytesIO(content)).pages[0].extract_text().split())


def test_draft_is_printed_before_it_is_submitted(city: City, draft: Case) -> None:
    firm = desk(city.firms[1][1])
    assert paper(draft) in firm.get(f"/enterprise/cases/{draft.pk}/review/").content.decode()
    answer = firm.get(paper(draft))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline; filename*=")
    assert "草稿，尚未提交" in footer(answer.content)


def test_what_was_submitted_is_printed_as_it_was(city: City, draft: Case) -> None:
    city.submit(1, draft, MORNING)
    firm = desk(city.firms[1][1])
    assert (
        f"{paper(draft)}?round=1" in firm.get(f"/enterprise/cases/{draft.pk}/submitted/1/").content.decode()
    )
    answer = firm.get(paper(draft))
    assert "草稿" not in footer(answer.content)
    assert firm.get(f"{paper(draft)}?round=1").content == answer.content


def test_round_that_never_was_is_not_found(city: City, draft: Case) -> None:
    city.submit(1, draft, MORNING)
    assert desk(city.firms[1][1]).get(f"{paper(draft)}?round=7").status_code == 404


def test_nobody_prints_the_case_of_another_firm(city: City, draft: Case) -> None:
    assert desk(city.firm(2)).get(paper(draft)).status_code == 404
    assert desk(city.east).get(paper(draft)).status_code == 403
    assert Client().get(paper(draft)).status_code == 302
