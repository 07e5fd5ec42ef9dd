"""What an office still has to do. The rooms above know it and say here, at the start, how to count it."""

from collections.abc import Callable

from tidu.database.scope import SYSTEM, scope
from tidu.offices.models import Office

Count = Callable[[int], int]
"""How many of something lie with the office of this number; asked in the system's scope."""

_DUTIES: dict[str, Count] = {}


def register_duty(label: str, count: Count) -> None:
    """From now on an office with any of these is not closed; `label` says what they are."""
    _DUTIES[label] = count


def duties_of(office: Office) -> dict[str, int]:
    """What lies with the office unfinished, by its label; empty if nothing does."""
    with scope(SYSTEM):
        counted = {label: count(office.pk) for label, count in _DUTIES.items()}
    return {label: number for label, number in counted.items() if number}
