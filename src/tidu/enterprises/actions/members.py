"""Who acts for a firm: its owners add and remove them; the last owner stays."""

from dataclasses import dataclass
from datetime import datetime

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.enterprises.enums import MemberRole
from tidu.enterprises.models import Firm, Member
from tidu.enterprises.permissions import may_manage_members, may_renew_password
from tidu.enterprises.validators import check_employee, clean_phone
from tidu.law.identity import normalise
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.offices.actions import create_account, replace_password
from tidu.offices.locks import lock_account
from tidu.offices.passwords import ONE_TIME_VALIDITY, one_time_password
from tidu.offices.permissions import may_administer
from tidu.proof.canonical import JSON
from tidu.records.actions import record


@dataclass(frozen=True)
class NewMember:
    """A colleague who shall act for the firm."""

    username: str
    name: str
    role: MemberRole
    phone: str = ""
    is_employee: bool = False


def add_member(*, actor: Actor, firm: Firm, colleague: NewMember, at: datetime) -> tuple[Member, str]:
    """Open an account for a colleague; returns the membership and the one-time password, shown once."""
    with scope(actor):
        may_manage_members(actor, firm).require()
        check_employee(is_employee=colleague.is_employee)
        refuse_marked(colleague)
        password = one_time_password()
        account = create_account(
            username=colleague.username, password=password, name="", at=at,
            one_time_until=at + ONE_TIME_VALIDITY,
        )  # fmt: skip
        member = Member.objects.create(
            firm=firm, account=account, role=MemberRole(colleague.role), joined_at=at, is_employee=True,
            name=colleague.name.strip(), phone=clean_phone(colleague.phone),
        )  # fmt: skip
        _record(member, "add_member", actor, at)
        return member, password


def change_role(*, actor: Actor, member: Member, role: MemberRole, at: datetime) -> Member:
    """Give a member another role; somebody stays who owns the registration."""
    with scope(actor):
        locked = _locked(actor, member)
        if role != MemberRole.OWNER:
            _keep_an_owner(locked)
        locked.role = MemberRole(role)
        locked.save(update_fields=["role"])
        _record(locked, "change_role", actor, at)
        return locked


def remove_member(*, actor: Actor, member: Member, at: datetime) -> Member:
    """From this moment the person does not act for the firm any longer."""
    with scope(actor):
        locked = _locked(actor, member)
        _keep_an_owner(locked)
        locked.left_at = at
        locked.save(update_fields=["left_at"])
        _record(locked, "remove_member", actor, at)
        return locked


def renew_password(*, actor: Actor, member: Member, at: datetime, drop_factor: bool = False) -> str:
    """A new one-time password for a colleague who forgot theirs; `drop_factor` if the telephone is lost too.

    Refused: member_left, not_allowed (also where the account acts for another firm).
    """
    with scope(actor):
        locked = _locked(actor, member)
        account = lock_account(locked.account)
        may_renew_password(actor, account).require()
        password = replace_password(account=account, at=at, drop_factor=drop_factor)
        _record(locked, "renew_password", actor, at, second_factor_dropped=drop_factor)
        return password


def renew_owner_password(
    *, actor: Actor, uscc: str, username: str, at: datetime, drop_factor: bool = False
) -> str:
    """A new one-time password for an owner nobody in the firm can help, from the office of its area or above.

    The office has seen the firm's letter. Refused: firm_unknown, owner_unknown, not_allowed (also where the
    account acts for a firm that is not the office's to administer).
    """
    with scope(actor):
        firm = Firm.objects.select_related("area__office", "chain").filter(uscc=normalise(uscc)).first()
        if firm is None:
            raise Refused("firm_unknown", field="uscc", value=uscc)
        may_administer(actor, firm.area.office).require()
        with scope(SYSTEM):
            owners = Member.objects.filter(firm=firm, role=MemberRole.OWNER, left_at__isnull=True)
            owner = (
                owners.select_related("account").filter(account__username=username.strip().lower()).first()
            )
            if owner is None:
                raise Refused("owner_unknown", field="username", value=username, firm=firm.name)
            owner.firm = firm
            account = lock_account(owner.account)
            may_renew_password(actor, account).require()
            password = replace_password(account=account, at=at, drop_factor=drop_factor)
            _record(owner, "renew_owner_password", actor, at, second_factor_dropped=drop_factor)
            return password


def _locked(actor: Actor, member: Member) -> Member:
    """The membership, once all of the firm are locked, so that two owners cannot leave at once."""
    may_manage_members(actor, member.firm).require()
    held = (
        Member.objects.select_for_update(of=("self",)).select_related("firm__chain", "account").order_by("pk")
    )
    found = {one.pk: one for one in held.filter(firm=member.firm, left_at__isnull=True)}
    if member.pk not in found:
        raise Refused("member_left", firm=member.firm.name)
    return found[member.pk]


def _keep_an_owner(member: Member) -> None:
    if member.role != MemberRole.OWNER:
        return
    others = Member.objects.filter(firm=member.firm, role=MemberRole.OWNER, left_at__isnull=True)
    if not others.exclude(pk=member.pk).exists():
        raise Refused("last_owner_stays", field="role", firm=member.firm.name)


def _record(member: Member, verb: str, actor: Actor, at: datetime, **more: bool) -> None:
    body: dict[str, JSON] = {"username": member.account.username, "role": member.role, **more}
    record(chain=member.firm.chain, verb=verb, actor=actor, at=at, body=body)
