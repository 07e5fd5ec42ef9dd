"""Which standard applies: the one that the notice names, never one guessed from a date.

In early 2026 some provinces recognised by 63号 and others already by 2号, and the
re-review of little giants stayed with 63号 for the whole year.
"""

from collections.abc import Iterable
from datetime import date

from tidu.law.refusals import Refused
from tidu.law.standards.standard import Standard, load, standard_ids


def named_standard(named: str | None, *, confers: str, application: str, on: date) -> Standard:
    """The standard that a notice names for a title and a kind of application.

    Without a name it is Refused("standard_not_by_date") with what might be meant on
    that day; Refused("standard_unknown") or Refused("standard_for_another") if the
    name does not fit.
    """
    if named is None:
        candidates = [standard.title for standard in possible_standards(confers, application, on)]
        raise Refused("standard_not_by_date", title=confers, application=application, on=on, could=candidates)
    if named not in standard_ids():
        raise Refused("standard_unknown", value=named)
    standard = load(named)
    if standard.confers != confers or application not in standard.applications:
        raise Refused("standard_for_another", standard=standard.title, title=confers, application=application)
    return standard


def possible_standards(confers: str, application: str, on: date) -> tuple[Standard, ...]:
    """Every standard that a notice could name for this title on that day, ended ones included.

    A standard that has ended may still be named by a round begun before, so only those
    not yet in force are left out.
    """
    return tuple(_fitting(map(load, standard_ids()), confers, application, on))


def _fitting(standards: Iterable[Standard], confers: str, application: str, on: date) -> Iterable[Standard]:
    for standard in standards:
        is_in_force = standard.effective is None or standard.effective <= on
        if standard.confers == confers and application in standard.applications and is_in_force:
            yield standard
