"""What announcements say in these tests: 2023's first batch, and a case of 2026."""

from dataclasses import replace
from datetime import date

from tests.scene import AT

from tidu.database.scope import SYSTEM, Actor
from tidu.enterprises.models import Firm
from tidu.offices.models import Office
from tidu.titles.actions import Announced, enter_existing_title, grant
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title

FIRST_DAY, LAST_DAY = date(2023, 5, 1), date(2026, 4, 30)


def announced(firm: Firm, office: Office, **changes: object) -> Announced:
    said = Announced(
        firm=firm,
        kind=TitleKind.INNOVATIVE,
        office=office,
        number="示省工信公告〔2023〕1号",
        on=FIRST_DAY,
        batch_code="2023-1",
        batch_label="2023年度第一批",
    )
    return replace(said, **changes)  # type: ignore[arg-type]


def enter(actor: Actor, firm: Firm, office: Office, **changes: object) -> Title:
    """The title of the first batch of 2023, valid for three years."""
    return enter_existing_title(
        actor=actor,
        announced=announced(firm, office, **changes),
        valid_from=FIRST_DAY,
        valid_until=LAST_DAY,
        at=AT,
    )


def grant_for(
    case_number: str, firm: Firm, office: Office, *, valid_from: date, previous: Title | None = None
) -> Title:
    said = announced(
        firm,
        office,
        number="示省工信公告〔2026〕1号",
        on=date(2026, 1, 5),
        batch_code="2026-1",
        batch_label="2026年度第一批",
    )
    return grant(
        actor=SYSTEM,
        announced=said,
        case_number=case_number,
        valid_from=valid_from,
        years=3,
        at=AT,
        previous=previous,
    )
