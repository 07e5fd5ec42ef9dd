"""The firm's profile as it stands: every draft saves, and a value that cannot be read is kept as typed."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from tidu.database.scope import Actor, scope
from tidu.enterprises.models import Firm, ProfileField
from tidu.enterprises.permissions import may_write_profile
from tidu.enterprises.queries import REGISTERED
from tidu.enterprises.validators import check_period
from tidu.law.calendars import legal_day
from tidu.law.facts import Fact, Saved, load_vocabulary, read_draft, refuse_secrets
from tidu.law.refusals import Refused


def save_profile_field(
    *,
    actor: Actor,
    firm: Firm,
    fact: str,
    period: int,
    raw: Any,
    expected_version: int,
    at: datetime,
) -> Saved:
    """Save one field as typed: text, or for a table a list of rows of text by column.

    `period` is a fiscal year, 0 for facts without one. `expected_version` is the version the page
    showed, 0 for an empty field. What cannot be read is kept and comes back as a finding; what
    carries a secrecy mark is refused and not stored (it stays in the browser).

    Raises Refused: not_allowed, field_unknown, period_not_asked, field_registered, secrecy_mark_in_text,
    field_moved. No ledger entry: a profile is a draft until it is stated.
    """
    with scope(actor):
        may_write_profile(actor, firm).require()
        definition = _definition(fact, period)
        check_period(fact, period, legal_day(at))
        refuse_secrets(definition, raw)
        draft = read_draft(definition, raw, today=legal_day(at))
        row = ProfileField(
            firm=firm,
            fact=fact,
            period=period,
            value=draft.value,
            raw=draft.raw,
            saved_at=at,
            saved_by_id=actor.account_id,
        )
        return Saved(definition, _write(row, expected_version), draft.value, draft.findings)


def _definition(fact: str, period: int) -> Fact:
    definition = load_vocabulary().facts.get(fact)
    if definition is None or definition.per_year != bool(period):
        raise Refused("field_unknown", field=fact, value=fact)
    if fact in REGISTERED:
        raise Refused("field_registered", field=fact, label=definition.label)
    return definition


def _write(row: ProfileField, expected: int) -> int:
    """The new version, if nobody saved since the page was shown. Refused `field_moved` otherwise."""
    here = ProfileField.objects.filter(firm_id=row.firm_id, fact=row.fact, period=row.period)
    if expected == 0:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise _moved(here.get(), row, expected) from None
        return 1
    changed = here.filter(version=expected).update(
        value=row.value, raw=row.raw, version=expected + 1, saved_at=row.saved_at, saved_by=row.saved_by_id
    )
    if not changed:
        raise _moved(here.first(), row, expected)
    return expected + 1


def _moved(current: ProfileField | None, row: ProfileField, expected: int) -> Refused:
    """Both values, so that the page can let the person choose."""
    fact = load_vocabulary().fact(row.fact)
    return Refused(
        "field_moved",
        field=row.fact,
        fact=fact,
        label=fact.label,
        seen=expected,
        now=current.version if current else 0,
        stored=(current.raw or current.value) if current else None,
        typed=row.raw or row.value,
        at=current.saved_at if current else row.saved_at,
    )
