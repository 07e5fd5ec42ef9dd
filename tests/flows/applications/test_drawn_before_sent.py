"""实地抽查: what is recommended took part in the office's draw, or the office says why not, for all above."""

from collections.abc import Sequence

import pytest
from tests import cases
from tests.flows.portals_office.desk import signed_in, words

from tidu.applications.actions import LetterText, recommend
from tidu.applications.models import Case, Letter
from tidu.database.scope import SYSTEM, scope
from tidu.inspections.actions import Found, Visit, draw_sample, record_inspection
from tidu.inspections.enums import InspectionResult
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused, sentence
from tidu.records.queries import timeline

WHY = "本季度仅此一家，已书面核对原件。"


def sent(round_: cases.Round, chosen: Sequence[Case], why: str = "") -> Letter:
    letter = LetterText("示区工信〔2026〕9号", legal_day(round_.at), cases.scan(round_.east), why)
    return recommend(
        actor=round_.east,
        batch_id=round_.batch.pk,
        case_versions=cases.seen(chosen),
        letter=letter,
        at=round_.at,
    )


def drawn(round_: cases.Round, rate: str) -> None:
    draw_sample(
        actor=round_.east,
        batch_id=round_.batch.pk,
        stage="county-review",
        rate_percent=rate,
        at=round_.at,
    )


def looked_at(round_: cases.Round, case: Case) -> None:
    seen = (Found("从业人员", "86人", "86人", is_consistent=True),)
    visit = Visit(legal_day(round_.at), ("股长", "科员"), InspectionResult.CONSISTENT, seen)
    record_inspection(actor=round_.east, case_id=case.pk, visit=visit, at=round_.at)


def said(case: Case) -> dict[str, object]:
    """What the case's newest entry says."""
    with scope(SYSTEM):
        entry = timeline(cases.again(case).chain).last()
    assert entry is not None
    return dict(entry.content)


def test_without_a_draw_the_office_says_why(round_: cases.Round) -> None:
    case = cases.passed(round_, round_.east, cases.submitted(round_))
    with pytest.raises(Refused, match="cases_not_drawn") as refused:
        sent(round_, [case])
    assert "请先抽取，或在“未抽查说明”中写明理由" in sentence(refused.value)
    letter = sent(round_, [case], WHY)
    assert letter.undrawn_reason == WHY
    assert said(case)["undrawn"] == WHY
    with scope(SYSTEM):
        entry = timeline(letter.chain).last()
    assert entry is not None
    assert entry.content["undrawn"] == {"cases": 1, "reason": WHY}


def test_those_above_read_why(round_: cases.Round) -> None:
    sent(round_, [cases.passed(round_, round_.east, cases.submitted(round_))], WHY)
    page = words(signed_in(round_.city).get(f"/office/batches/{round_.batch.pk}/"))
    assert f"未抽查说明：{WHY}" in page


def test_who_took_part_in_the_draw_goes_up_without_a_word(round_: cases.Round) -> None:
    """Drawn and looked at, or spared by the draw: both went through it."""
    chosen = [cases.submitted(round_, number) for number in (1, 2)]
    drawn(round_, "50")
    passed = []
    for case in chosen:
        with scope(SYSTEM):
            if cases.again(case).stages.get().inspection == "planned":
                looked_at(round_, case)
        passed.append(cases.passed(round_, round_.east, case))
    letter = sent(round_, passed, WHY)
    assert letter.undrawn_reason == ""
    assert "undrawn" not in said(passed[0])


def test_one_that_came_after_the_draw_is_told_apart(round_: cases.Round) -> None:
    early = cases.submitted(round_, 1)
    drawn(round_, "100")
    looked_at(round_, early)
    late = cases.submitted(round_, 2)
    passed = [cases.passed(round_, round_.east, case) for case in (early, late)]
    with pytest.raises(Refused, match="cases_not_drawn") as refused:
        sent(round_, passed)
    assert refused.value.values["count"] == 1
    sent(round_, passed, WHY)
    assert "undrawn" not in said(early)
    assert said(late)["undrawn"] == WHY
