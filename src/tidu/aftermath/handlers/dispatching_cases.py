"""A case reaches the panels and goes to one of them at once (即时随机派发), or leaves them by itself."""

from tidu.panels.actions import dispatch_case, take_back
from tidu.records.models import Entry

#: Acts that lead to a further stage; the first one is never a panel.
ARRIVING = ("pass_review", "recommend", "report", "clear")
FOLLOWS = frozenset({("case", verb) for verb in (*ARRIVING, "withdraw")})


def run(entry: Entry) -> None:
    """Nothing happens to a case that stands before no panels and stood before none."""
    if entry.verb == "withdraw":
        take_back(case_id=entry.content["case_id"], at=entry.at)
    else:
        dispatch_case(case_id=entry.content["case_id"], at=entry.at)
