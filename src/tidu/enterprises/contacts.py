"""Whom an office calls at a firm of its area: masked in lists, in full only where the reading is recorded."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

SHOWN_FIRST, SHOWN_LAST = 3, 2


@dataclass(frozen=True)
class ContactPoint:
    """Who registered for the firm, with telephone and mailbox; the latter two may be empty."""

    name: str
    phone: str
    email: str

    @property
    def masked(self) -> "ContactPoint":
        """Enough to tell two apart, and not enough to call: 张**, 000-*****01, f***@example.invalid."""
        return ContactPoint(_mask_name(self.name), _mask_phone(self.phone), _mask_mail(self.email))


def contacts_of(firm_ids: Collection[int]) -> dict[int, ContactPoint]:
    """By firm its owner's contact, of firms in the asking office's area; nothing of others. One query.

    Whoever shows it in full records that: see `applications.actions.read_contacts`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT firm_id, name, phone, email FROM enterprises_contacts(%s)", [list(firm_ids)])
        return {row[0]: ContactPoint(*row[1:]) for row in cursor.fetchall()}


def _mask_name(name: str) -> str:
    return f"{name[:1]}**" if name else ""


def _mask_phone(phone: str) -> str:
    """The first three and the last two characters stay; of a short one nothing."""
    hidden = len(phone) - SHOWN_FIRST - SHOWN_LAST
    if hidden <= 0:
        return "*" * len(phone)
    shown = "".join("*" if one.isdigit() else one for one in phone[SHOWN_FIRST:-SHOWN_LAST])
    return f"{phone[:SHOWN_FIRST]}{shown}{phone[-SHOWN_LAST:]}"


def _mask_mail(mail: str) -> str:
    name, at, host = mail.partition("@")
    return f"{name[:1]}***{at}{host}" if at else ""
