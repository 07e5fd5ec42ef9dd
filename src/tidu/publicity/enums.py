"""Choices of the publicity room."""

from django.db.models import TextChoices


class ListStatus(TextChoices):
    """A list is open for objections or closed."""

    OPEN = "open", "公示中"
    CLOSED = "closed", "公示结束"


class EntryStatus(TextChoices):
    """Where one firm on a list stands; an objection stops this one, the rest go on."""

    LISTED = "listed", "公示中"
    SUSPENDED = "suspended", "异议核实中"
    STRUCK = "struck", "异议成立，已移出"
    CLEARED = "cleared", "公示无异议"
    WITHDRAWN = "withdrawn", "企业已撤回"


#: Entries about which nothing has been decided yet.
PENDING = (EntryStatus.LISTED, EntryStatus.SUSPENDED)


class ObjectionStatus(TextChoices):
    """What became of an objection."""

    FILED = "filed", "已收到"
    ACCEPTED = "accepted", "已受理，核实中"
    UPHELD = "upheld", "异议成立"
    DISMISSED = "dismissed", "异议不成立"


#: Objections that somebody still has to decide.
UNDECIDED = (ObjectionStatus.FILED, ObjectionStatus.ACCEPTED)
