"""案卷 at the case's page: who is offered one, and what arrives."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client
from tests import cases, scene
from tests.flows.portals_office.desk import officer, signed_in, words
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case
from tidu.database.scope import scope
from tidu.offices.enums import Role
from tidu.proof.dossier import archive_breaks
from tidu.records.queries import timeline

pytestmark = pytest.mark.usefixtures("round_")

OFFER = "制作并下载案卷"


@beginning
def case(opened_round: cases.Round) -> Case:
    return cases.submitted(opened_round)


def asked(client: Client, case: Case) -> str:
    return words(client.get(f"/office/cases/{case.pk}/"))


def test_the_office_that_has_the_case_takes_it_along_as_one_file(
    round_: cases.Round, case: Case, tmp_path: Path
) -> None:
    east = signed_in(round_.east)
    assert OFFER in asked(east, case)
    answer = east.post(f"/office/cases/{case.pk}/dossier/")
    content = answer.getvalue()
    assert answer.headers["Content-Type"] == "application/zip"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert ZipFile(BytesIO(content)).namelist()[0] == "0-封面与目录.pdf"
    path = tmp_path / "dossier.zip"
    path.write_bytes(content)
    assert archive_breaks(path) == []
    assert "制作案卷" in asked(east, case)
    firm = signed_in(round_.firms[1])
    assert "制作案卷" not in words(firm.get(f"/enterprise/cases/{case.pk}/"))


def test_an_auditor_makes_one_and_is_remembered(round_: cases.Round, case: Case) -> None:
    auditor = officer(scene.CITY, Role.AUDITOR)
    assert OFFER in asked(auditor, case)
    assert auditor.post(f"/office/cases/{case.pk}/dossier/").status_code == 200
    with scope(round_.city):
        assert [entry.actor_kind for entry in timeline(case.chain)][-1] == "auditor"


@pytest.mark.parametrize(
    ("code", "role", "status"),
    [(scene.CITY, Role.CLERK, 403), (scene.EAST, Role.ADMINISTRATOR, 403), (scene.WEST, Role.LEADER, 404)],
)
def test_others_are_not_offered_one_and_get_none(
    round_: cases.Round, case: Case, code: str, role: Role, status: int
) -> None:
    client = officer(code, role)
    answer = client.post(f"/office/cases/{case.pk}/dossier/")
    assert answer.status_code == status
    assert OFFER not in asked(client, case)
    assert client.get(f"/office/cases/{case.pk}/dossier/").status_code == 405
