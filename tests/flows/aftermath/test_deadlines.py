"""A corrigendum moves a deadline also for cases that lie on a desk already."""

from datetime import datetime

import pytest
from tests import cases

from tidu.aftermath.actions import follow_all
from tidu.applications.models import Case, CaseStage
from tidu.database.scope import SYSTEM, scope
from tidu.law import notices
from tidu.law.calendars import parse_moment
from tidu.programmes.actions import issue_corrigendum

pytestmark = pytest.mark.django_db


def due(case: Case) -> tuple[datetime | None, datetime | None]:
    """By when the case and its open stage are due."""
    with scope(SYSTEM):
        stage = CaseStage.objects.get(case=case, left_at__isnull=True)
    return cases.again(case).due_at, stage.due_at


def test_a_corrigendum_gives_the_desk_more_time(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    before, after = parse_moment("2026-04-10 24:00"), parse_moment("2026-04-15 24:00")
    assert due(case) == (before, before)
    change = notices.Change("batches.2026-1.moved.county-recommend", "2026-04-15 24:00")
    corrigendum = notices.Corrigendum("示工信更正〔2026〕1号", "给区县留足时间。", (change,))
    issue_corrigendum(
        actor=round_.city, notice_id=round_.batch.notice_id, corrigendum=corrigendum, at=round_.at
    )
    follow_all(round_.at)
    assert due(case) == (after, after)
