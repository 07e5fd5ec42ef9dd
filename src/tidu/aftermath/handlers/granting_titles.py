"""公告 grants the title: from the announcement, for as many years as the notice reads."""

from tidu.applications.queries import case_for
from tidu.database.scope import SYSTEM
from tidu.programmes.queries import notice_text
from tidu.publicity.queries import announcement_of
from tidu.records.models import Entry
from tidu.titles.actions import Announced, grant
from tidu.titles.enums import TitleKind

FOLLOWS = frozenset({("case", "announce")})


def run(entry: Entry) -> None:
    """Grant the title of the announced case; a re-reviewed one begins when the former ends."""
    case = case_for(SYSTEM, entry.content["case_id"])
    announcement = announcement_of(case.pk)
    if announcement is None:
        raise LookupError(f"case {case.number} was announced without an announcement")
    announced = Announced(
        firm=case.firm,
        kind=TitleKind(case.title_kind),
        office=announcement.office,
        number=announcement.number,
        on=announcement.announced_on,
        batch_code=case.batch.code,
        batch_label=case.batch.title,
        standard=case.standard,
    )
    grant(
        actor=SYSTEM,
        announced=announced,
        case_number=case.number,
        valid_from=announcement.entries.get(case_id=case.pk).valid_from,
        years=notice_text(case.batch.notice).count("title_years"),
        previous=case.title,
        at=entry.at,
    )
