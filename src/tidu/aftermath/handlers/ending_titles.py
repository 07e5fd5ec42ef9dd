"""未通过复核的企业，相应称号自动失效: a failed re-review ends the title, on the day that the notice reads."""

from tidu.aftermath.lapses import lapse_refused
from tidu.applications.queries import case_for
from tidu.database.scope import SYSTEM
from tidu.records.models import Entry

FOLLOWS = frozenset({("case", "refuse"), ("case", "strike"), ("case", "lapse")})


def run(entry: Entry) -> None:
    """End the title now if its day has come; else the hourly timer will."""
    lapse_refused(case_for(SYSTEM, entry.content["case_id"]), at=entry.at)
