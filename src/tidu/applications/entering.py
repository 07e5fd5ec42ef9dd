"""Whether a firm may open or submit an application in a batch, with what it holds and has under way."""

from collections.abc import Collection
from datetime import datetime
from typing import cast

from tidu.applications.enums import LIVE, CaseKind
from tidu.applications.models import Case
from tidu.enterprises.models import Firm
from tidu.law.notices.parts import KindId
from tidu.offices.models import Office
from tidu.offices.queries import office_chain
from tidu.programmes.models import Batch
from tidu.programmes.queries import Entry, may_enter
from tidu.titles.queries import held_and_past


def entry_of(
    firm: Firm, batch: Batch, kind: CaseKind, *, at: datetime, above: Collection[Office] | None = None
) -> Entry:
    """Everything that stands in the firm's way, or nothing. `above`: the offices over it, if known."""
    held, past = held_and_past(firm, at=at)
    live = Case.objects.filter(firm=firm, title_kind=batch.notice.title_kind, status__in=LIVE)
    return may_enter(
        firm,
        batch,
        cast("KindId", kind.value),
        at=at,
        held=held,
        past=past,
        live_case=live.values_list("number", flat=True).first(),
        above=office_chain(firm.area.office).values() if above is None else above,
    )


def require_entry(
    firm: Firm, batch: Batch, kind: CaseKind, *, at: datetime, above: Collection[Office] | None = None
) -> Entry:
    """How the firm enters. Raises the first reason why it may not."""
    entry = entry_of(firm, batch, kind, at=at, above=above)
    entry.require()
    return entry
