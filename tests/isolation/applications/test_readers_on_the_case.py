"""Who reads a case stands on the case and its stages too; the database keeps it, and nobody else can."""

from typing import Any

import pytest
from django.db import connection
from tests import cases, scene
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case, CaseReader, CaseStage
from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.offices.models import Office

pytestmark = pytest.mark.django_db

OF_CASE = "SELECT reader_ids FROM applications_case WHERE id = %s"
OF_STAGES = "SELECT DISTINCT reader_ids, firm_id FROM applications_casestage WHERE case_id = %s"


@beginning
def round_() -> cases.Round:
    return cases.open_round()


def asked(sql: str, *parameters: int | None, actor: Actor = SYSTEM) -> list[Any]:
    with scope(actor), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall()) if cursor.description else [cursor.rowcount]


def readers(case: Case) -> list[int]:
    with scope(SYSTEM):
        return sorted(CaseReader.objects.filter(case=case).values_list("office_id", flat=True))


def stages_seen(actor: Actor) -> int:
    with scope(actor):
        return CaseStage.objects.count()


def test_a_case_and_its_stages_carry_exactly_the_offices_of_its_readers(round_: cases.Round) -> None:
    case = cases.passed(round_, round_.east, cases.submitted(round_, 1))
    cases.submitted(round_, 2, area_code=scene.WEST)

    assert asked(OF_CASE, case.pk) == [(readers(case),)]
    assert asked(OF_STAGES, case.pk) == [(readers(case), case.firm_id)]


def test_who_is_let_in_later_reads_the_stages_that_there_were(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    assert stages_seen(round_.west) == 0

    with scope(round_.city):
        office = Office.objects.get(code=scene.WEST)
        reader = CaseReader(case=case, office=office, firm=case.firm, batch=case.batch, since=round_.at)
        CaseReader.objects.bulk_create([reader], ignore_conflicts=True)

    assert stages_seen(round_.west) == 1
    assert asked(OF_CASE, case.pk) == [(readers(case),)]


def test_stages_are_read_by_the_firm_and_by_its_route_alone(round_: cases.Round) -> None:
    cases.submitted(round_, 1)
    cases.submitted(round_, 2, area_code=scene.WEST)

    assert [stages_seen(actor) for actor in (round_.firms[1], round_.east, round_.city)] == [1, 1, 2]
    assert stages_seen(PUBLIC) == 0


@pytest.mark.parametrize("table", ["applications_case", "applications_casestage"])
def test_neither_firm_nor_office_writes_who_reads(round_: cases.Round, table: str) -> None:
    case = cases.submitted(round_)
    before = asked(OF_CASE, case.pk) + asked(OF_STAGES, case.pk)
    let_in = f"UPDATE {table} SET reader_ids = reader_ids || %s::bigint"

    for actor in (round_.firms[1], round_.east):
        assert asked(let_in, round_.west.office_id, actor=actor) == [1]

    assert asked(OF_CASE, case.pk) + asked(OF_STAGES, case.pk) == before
    assert stages_seen(round_.west) == 0


def test_a_reader_stays_a_reader(round_: cases.Round) -> None:
    cases.submitted(round_)
    assert asked(
        "UPDATE applications_casereader SET since = since - interval '1 day'", actor=round_.east
    ) == [0]
