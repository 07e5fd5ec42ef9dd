"""Registering a firm: once per 统一社会信用代码, by one of its employees."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from tidu.database.scope import Actor, scope
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.enums import MemberRole
from tidu.enterprises.models import Firm, Member
from tidu.enterprises.permissions import is_of_firms
from tidu.enterprises.validators import (
    check_demonstration,
    check_employee,
    clean_email,
    clean_name,
    clean_phone,
)
from tidu.law.identity import check_credit_code
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.offices.actions import create_account
from tidu.offices.locks import lock_account
from tidu.offices.models import Account, Area
from tidu.records.actions import open_chain, record


@dataclass(frozen=True)
class Contact:
    """The firm's own employee who answers questions about it."""

    name: str
    phone: str = ""
    email: str = ""
    is_employee: bool = False


@dataclass(frozen=True)
class Login:
    """The login name and password that a newcomer chooses."""

    username: str
    password: str


def register_firm(
    *,
    actor: Actor,
    uscc: str,
    name: str,
    area: Area,
    contact: Contact,
    login: Login | None,
    at: datetime,
    demonstration: bool = False,
) -> tuple[Firm, Member]:
    """Register a firm with its first member, who owns the registration.

    `login` is None for somebody who is logged in already and acts for another firm as well.
    Raises Refused: credit_code_…, firm_name_…, demonstration_…, firm_registered_already,
    agents_not_needed, area_closed, email_unreadable, username_…, password_weak, login_required,
    account_not_of_firms, one_time_password_first.
    """
    with scope(actor):
        check_employee(is_employee=contact.is_employee)
        refuse_marked(contact)
        code, firm_name = check_credit_code(uscc, demonstration=demonstration), clean_name(name)
        check_demonstration(
            code, firm_name, demonstration=demonstration, area_is_demonstration=area.office.is_demonstration
        )
        if area.office.closed_at is not None:
            raise Refused("area_closed", field="area", value=area.name)
        firm = _create_firm(code, firm_name, area, at)
        account = _account_of(actor, login, contact, at)
        member = Member(
            firm=firm, account=account, role=MemberRole.OWNER, joined_at=at,
            name=contact.name.strip(), phone=clean_phone(contact.phone), is_employee=True,
        )  # fmt: skip
        _join(member, at)
        return firm, member


def _create_firm(uscc: str, name: str, area: Area, at: datetime) -> Firm:
    """Refused `firm_registered_already` with the way to join, also when two register at once."""
    try:
        with transaction.atomic():
            return Firm.objects.create(
                uscc=uscc,
                name=name,
                area=area,
                is_demonstration=area.office.is_demonstration,
                chain=open_chain(kind="firm"),
                created_at=at,
            )
    except IntegrityError:
        known = Firm.objects.select_related("area__office").get(uscc=uscc)
        raise Refused(
            "firm_registered_already",
            field="uscc",
            value=uscc,
            on=known.created_at,
            office=known.area.office.name,
            phone=known.area.office.phone or "见单位名录",
        ) from None


def _account_of(actor: Actor, login: Login | None, contact: Contact, at: datetime) -> Account:
    if login is not None:
        return create_account(
            username=login.username,
            password=login.password,
            name="",
            at=at,
            email=clean_email(contact.email),
        )
    if actor.account_id is None:
        raise Refused("login_required", field="username")
    account = lock_account(Account(pk=actor.account_id))
    if not is_of_firms(account):
        raise Refused("account_not_of_firms", username=account.username)
    if account.one_time_until is not None:
        raise Refused("one_time_password_first")
    return account


def _join(member: Member, at: datetime) -> None:
    """From here on the newcomer is the firm, and the database lets him in as such."""
    newcomer = actor_for_member(member)
    firm = member.firm
    with scope(newcomer):
        member.save(force_insert=True)
        body = {"uscc": firm.uscc, "name": firm.name, "area": firm.area.code, "office": firm.area.office.code}
        record(chain=firm.chain, verb="register", actor=newcomer, at=at, body=body)
