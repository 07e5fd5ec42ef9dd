"""Two clerks at one parcel: its number is registered once, and each case in it once."""

from functools import partial

import pytest
from tests import cases, papers
from tests.plugins.beginnings import beginning
from tests.races.together import at_once

from tidu.applications.models import CasePapers
from tidu.database.scope import SYSTEM, scope
from tidu.deliveries.actions import Brought, correct_parcel
from tidu.deliveries.models import Parcel, Receipt
from tidu.law.notices.papers import Counted

pytestmark = pytest.mark.commits

CLERKS = 6


@beginning
def round_() -> cases.Round:
    return papers.open_round()


def test_of_many_who_scan_one_number_one_registers_it(round_: cases.Round) -> None:
    results = at_once(*[partial(papers.arrived, round_)] * CLERKS)
    assert sorted(results) == ["done"] + ["parcel_number_taken"] * (CLERKS - 1)
    with scope(SYSTEM):
        assert Parcel.objects.count() == 1


def test_of_many_who_count_one_case_one_does(round_: cases.Round) -> None:
    case, parcel = cases.submitted(round_), papers.arrived(round_)
    results = at_once(*[partial(papers.counted, round_, parcel, case)] * CLERKS)
    assert sorted(results) == ["done"] + ["receipt_twice"] * (CLERKS - 1)
    with scope(SYSTEM):
        assert Receipt.objects.count() == 1


def test_copies_in_two_parcels_counted_at_once_add_up(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    whole = papers.ALL[papers.AUDIT.id]
    brought = (
        Brought({papers.BOUND.id: Counted(1)}),
        Brought({papers.BOUND.id: Counted(1), papers.AUDIT.id: whole}),
    )
    parcels = [papers.arrived(round_, number) for number in ("SF1000000001", "SF1000000002")]
    acts = [
        partial(papers.counted, round_, parcel, case, one)
        for parcel, one in zip(parcels, brought, strict=True)
    ]
    assert at_once(*acts) == ["done", "done"]
    with scope(SYSTEM):
        assert CasePapers.objects.get().get_state_display() == "已收齐"


def test_of_many_who_correct_a_parcel_one_does(round_: cases.Round) -> None:
    parcel = papers.arrived(round_)
    correct = partial(
        correct_parcel,
        actor=round_.city,
        parcel_id=parcel.pk,
        text=papers.parcel_text(round_, "SF2000000002"),
        reason="看错单号",
        at=round_.at,
    )
    results = at_once(*[correct] * CLERKS)
    assert sorted(results) == ["done"] + ["parcel_corrected_before"] * (CLERKS - 1)
