"""Firms of the invented city that have begun and not finished."""

from tests import cases, scene

from tidu.applications.actions import open_case, receive, return_for_mending
from tidu.applications.models import Case


def draft(round_: cases.Round, number: int, *, area_code: str = scene.EAST) -> Case:
    """An application that the firm of this number has begun."""
    firm = round_.firms[number] = scene.firm_actor(number, area_code=area_code)
    assert firm.firm_id is not None
    return open_case(actor=firm, firm_id=firm.firm_id, batch_id=round_.batch.pk, kind="new", at=round_.at)


def returned(round_: cases.Round, number: int) -> Case:
    """An application that the eastern district has returned for mending."""
    case = cases.submitted(round_, number)
    receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    return return_for_mending(
        actor=round_.east,
        case_id=case.pk,
        expected_version=None,
        comment="请补传审计报告。",
        fields=["employees"],
        evidence=[],
        at=round_.at,
    )
