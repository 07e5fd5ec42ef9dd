"""A parcel arrives; what was entered wrong is entered anew, and the old row counts no more."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from tidu.applications.permissions import office_of
from tidu.database.scope import Actor, scope
from tidu.deliveries.actions.papers import move_receipts
from tidu.deliveries.enums import Manner
from tidu.deliveries.locks import lock_parcel, reason_given, require_receiving
from tidu.deliveries.models import Parcel
from tidu.enterprises.models import Firm
from tidu.law.refusals import Refused
from tidu.offices.models import Office
from tidu.proof.canonical import JSON
from tidu.records.actions import open_chain, record
from tidu.records.models import Chain

_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z-]{4,38}[0-9A-Z]")


@dataclass(frozen=True)
class ParcelText:
    """What stands on a parcel: how it came, when, from which office or firm, with which letters in it."""

    manner: Manner
    received_at: datetime
    courier: str = ""
    number: str = ""
    source_office_id: int | None = None
    source_firm_id: int | None = None
    enclosed: str = ""


def register_parcel(*, actor: Actor, text: ParcelText, at: datetime) -> Parcel:
    """Register a parcel that has arrived at the actor's office.

    Raises Refused: delivery_not_allowed, parcel_in_future, parcel_without_courier,
    parcel_number_unreadable, parcel_source_unclear, parcel_source_unknown, parcel_number_taken.
    """
    with scope(actor):
        require_receiving(actor)
        checked = _checked(text, at)
        parcel = _create(actor, checked, at, open_chain(kind="parcel"))
        record(chain=parcel.chain, verb="receive_parcel", actor=actor, at=at, body=_body(parcel))
        return parcel


def correct_parcel(*, actor: Actor, parcel_id: int, text: ParcelText, reason: str, at: datetime) -> Parcel:
    """Enter a parcel anew in place of one that was entered wrong; the papers in it move along.

    Raises Refused: those of `register_parcel`, parcel_unknown, parcel_corrected_before,
    correction_without_reason.
    """
    with scope(actor):
        require_receiving(actor)
        old = lock_parcel(actor, parcel_id)
        why = reason_given(reason)
        checked = _checked(text, at)
        old.corrected_at = at
        old.save(update_fields=["corrected_at"])
        parcel = _create(actor, checked, at, old.chain, corrects=old, reason=why)
        move_receipts(actor, old, parcel, why, at)
        body = {**_body(parcel), "corrects": old.pk, "comment": why}
        record(chain=parcel.chain, verb="correct_parcel", actor=actor, at=at, body=body)
        return parcel


def _checked(text: ParcelText, at: datetime) -> ParcelText:
    """The text with its number as it is kept, if it can be one."""
    if text.received_at > at:
        raise Refused("parcel_in_future", field="received_at", value=text.received_at, now=at)
    if (text.source_office_id is None) == (text.source_firm_id is None):
        raise Refused("parcel_source_unclear", field="source")
    by_hand = text.manner == Manner.BY_HAND
    courier = "" if by_hand else text.courier.strip()[:40]
    number = "" if by_hand else _read_number(text.number)
    if not (by_hand or courier):
        raise Refused("parcel_without_courier", field="courier")
    return ParcelText(
        manner=text.manner,
        received_at=text.received_at,
        courier=courier,
        number=number,
        source_office_id=text.source_office_id,
        source_firm_id=text.source_firm_id,
        enclosed=text.enclosed.strip()[:200],
    )


def _read_number(typed: str) -> str:
    """A courier's number as scanned: capitals and digits."""
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).upper()
    if not _NUMBER.fullmatch(number):
        raise Refused("parcel_number_unreadable", field="number", value=typed)
    return number


def _create(
    actor: Actor,
    text: ParcelText,
    at: datetime,
    chain: Chain,
    *,
    corrects: Parcel | None = None,
    reason: str = "",
) -> Parcel:
    _check_source(text)
    try:
        with transaction.atomic():
            return Parcel.objects.create(
                office_id=office_of(actor),
                manner=text.manner,
                courier=text.courier,
                number=text.number,
                source_office_id=text.source_office_id,
                source_firm_id=text.source_firm_id,
                enclosed=text.enclosed,
                received_at=text.received_at,
                recorded_at=at,
                received_by_id=actor.account_id,
                chain=chain,
                corrects=corrects,
                reason=reason,
            )
    except IntegrityError as error:
        raise _taken(actor, text) from error


def _check_source(text: ParcelText) -> None:
    known = (
        Office.objects.filter(pk=text.source_office_id or 0)
        if text.source_office_id is not None
        else Firm.objects.filter(pk=text.source_firm_id or 0)
    )
    if not known.exists():
        raise Refused("parcel_source_unknown", field="source")


def _taken(actor: Actor, text: ParcelText) -> Refused:
    """Who else entered this number, so that the clerk goes on there."""
    other = Parcel.objects.get(office_id=office_of(actor), number=text.number, corrected_at__isnull=True)
    return Refused(
        "parcel_number_taken", field="number", value=text.number, at=other.recorded_at, parcel=other.pk
    )


def _body(parcel: Parcel) -> dict[str, JSON]:
    return {
        "parcel": parcel.pk,
        "manner": parcel.manner,
        "courier": parcel.courier,
        "number": parcel.number,
        "source_office": parcel.source_office_id,
        "source_firm": parcel.source_firm_id,
        "enclosed": parcel.enclosed,
        "received_at": parcel.received_at,
    }
