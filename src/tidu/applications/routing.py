"""Which office acts at which level for a case (属地). Offices form the chain, not division codes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from tidu.applications.models import Case, CaseReader
from tidu.law.notices import Notice
from tidu.law.procedures import Stage
from tidu.law.refusals import Refused
from tidu.offices.enums import Level
from tidu.offices.models import Office
from tidu.offices.queries import office_chain

#: Levels that see a case once it has been sent up to them, and only counts before (谁推荐、谁把关).
READS_ON_ARRIVAL = frozenset({Level.MINISTRY.value})


@dataclass(frozen=True)
class Route:
    """The offices above one place, by level id ("county", "city", …)."""

    offices: Mapping[str, Office]
    above: Collection[Office]
    """The office the route begins at and those above it, wherever the notice seats them."""

    @property
    def levels(self) -> frozenset[str]:
        """Levels that have an office here; stages of other levels are passed over."""
        return frozenset(self.offices)

    def office_for(self, stage: Stage) -> Office:
        """The office that acts at this stage. Refused("route_has_no_office")."""
        try:
            return self.offices[stage.level]
        except KeyError:
            raise Refused("route_has_no_office", stage=stage.title) from None


def route_from(office: Office, notice: Notice) -> Route:
    """The route that begins at this office and goes up; the notice may seat an office at another level."""
    chain = office_chain(office)
    offices = {str(level): one for level, one in chain.items()}
    seated = (
        {one.code: one for one in Office.objects.filter(code__in=notice.seats.values())}
        if notice.seats
        else {}
    )
    offices.update({level: seated[code] for level, code in notice.seats.items() if code in seated})
    return Route(offices, tuple(chain.values()))


def levels_of(office: Office, notice: Notice) -> frozenset[str]:
    """The levels of the procedure at which an office acts: its own, unless the notice seats another there."""
    seats = notice.seats
    own = {str(office.level)} if seats.get(str(office.level), office.code) == office.code else set()
    return frozenset(own | {level for level, code in seats.items() if code == office.code})


def add_readers(case: Case, route: Route, at: datetime) -> None:
    """Let the offices of the route read the case; those who could before keep it in sight."""
    at_once = [office for level, office in route.offices.items() if level not in READS_ON_ARRIVAL]
    let_read(case, at_once, at)


def add_reader_on_arrival(case: Case, stage: Stage, office: Office, at: datetime) -> None:
    """Let an office read the case that it sees only now, since the case comes to it."""
    if stage.level in READS_ON_ARRIVAL:
        let_read(case, [office], at)


def let_read(case: Case, offices: Collection[Office], at: datetime) -> None:
    """Let these offices read the case, besides those that can."""
    readers = [
        CaseReader(case=case, office=office, firm_id=case.firm_id, batch_id=case.batch_id, since=at)
        for office in offices
    ]
    CaseReader.objects.bulk_create(readers, ignore_conflicts=True)
