"""A case reaches the panels and goes to one of them at once (即时随机派发), or leaves them by itself."""

from datetime import datetime

from tidu.applications.queries import case_for
from tidu.applications.queries.contents import stages_of
from tidu.database.scope import SYSTEM
from tidu.panels.actions import dispatch_case, take_back
from tidu.records.models import Entry

#: Acts that lead to a further stage; the first one is never a panel.
ARRIVING = ("pass_review", "recommend", "report", "clear")
FOLLOWS = frozenset({("case", verb) for verb in (*ARRIVING, "withdraw")})


def run(entry: Entry) -> None:
    """Nothing happens to a case that stands before no panels and stood before none.

    An entry that is followed late, when the case has moved on, says nothing of when it came to the panels:
    the entry that led it there is followed as well.
    """
    case_id = entry.content["case_id"]
    if entry.verb == "withdraw":
        take_back(case_id=case_id, at=entry.at)
    elif entry.at >= _entered_at(case_id):
        dispatch_case(case_id=case_id, at=entry.at)


def _entered_at(case_id: int) -> datetime:
    """When the case came to the stage where it is."""
    return stages_of(case_for(SYSTEM, case_id)).values_list("entered_at", flat=True).latest("seq")
