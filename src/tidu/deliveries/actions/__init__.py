"""What the mail room enters: parcels, the papers of each case in them, and corrections of both."""

from tidu.deliveries.actions.papers import Brought, correct_papers, register_papers
from tidu.deliveries.actions.parcels import ParcelText, correct_parcel, register_parcel

__all__ = [
    "Brought",
    "ParcelText",
    "correct_papers",
    "correct_parcel",
    "register_papers",
    "register_parcel",
]
