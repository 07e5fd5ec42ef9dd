"""What every act of the mail room begins with: the right post, a parcel that counts, a reason to correct."""

from tidu.applications.permissions import office_of
from tidu.database.scope import Actor
from tidu.deliveries.models import Parcel
from tidu.deliveries.permissions import may_receive
from tidu.law.refusals import Refused


def require_receiving(actor: Actor) -> None:
    """Refused("delivery_not_allowed") unless the actor's post registers what arrives."""
    answer = may_receive(actor)
    if not answer:
        raise Refused("delivery_not_allowed", why=answer.reason)


def lock_parcel(actor: Actor, parcel_id: int) -> Parcel:
    """A parcel of the office that still counts, locked. Parcels are locked before cases."""
    locked = Parcel.objects.select_for_update(of=("self",)).select_related("chain", "office")
    parcel = locked.filter(pk=parcel_id, office_id=office_of(actor)).first()
    if parcel is None:
        raise Refused("parcel_unknown")
    if parcel.corrected_at is not None:
        raise Refused("parcel_corrected_before", at=parcel.corrected_at)
    return parcel


def reason_given(reason: str) -> str:
    """Why something is corrected. Refused("correction_without_reason")."""
    if not reason.strip():
        raise Refused("correction_without_reason", field="reason")
    return reason.strip()[:200]
