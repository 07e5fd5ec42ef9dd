"""Opening and closing accounts and posts, and passwords."""

import re
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from tidu.database.scope import Actor, scope
from tidu.law.refusals import Refused
from tidu.offices.enums import Role
from tidu.offices.locks import lock_account
from tidu.offices.models import USERNAME, Account, Office, Post
from tidu.offices.passwords import ONE_TIME_VALIDITY, check_password, one_time_password
from tidu.offices.permissions import may_administer, may_open_post, may_renew_password
from tidu.proof.canonical import JSON
from tidu.records.actions import record


def open_account(
    *, actor: Actor, office: Office, username: str, name: str, role: Role, at: datetime
) -> tuple[Account, str]:
    """Open an account with one post; returns it with its one-time password, which is shown once.

    `name` names the post ("企业科经办"), not the person.
    """
    with scope(actor):
        may_open_post(actor, office, role).require()
        password = one_time_password()
        account = create_account(
            username=username, password=password, name=name, at=at,
            one_time_until=at + ONE_TIME_VALIDITY, opened_by=office,
        )  # fmt: skip
        open_post(actor=actor, office=office, account=account, role=role, at=at)
        return account, password


def open_post(*, actor: Actor, office: Office, account: Account, role: Role, at: datetime) -> Post:
    """Give an account a post in an office; also how a closed post is opened again."""
    with scope(actor):
        may_open_post(actor, office, role).require()
        locked = lock_account(account)
        _check_post(locked, office, role)
        opener = Account(pk=actor.account_id) if actor.account_id else None
        post = Post.objects.create(account=locked, office=office, role=role, opened_at=at, opened_by=opener)
        _record_post(post, "open_post", actor, at)
        return post


def close_post(*, actor: Actor, post: Post, at: datetime) -> Post:
    """Take a post away, from this moment: whoever is logged in loses it with the next page."""
    with scope(actor):
        may_administer(actor, post.office).require()
        locked = (
            Post.objects.select_for_update(of=("self",))
            .select_related("office__chain", "account")
            .get(pk=post.pk)
        )
        if locked.closed_at is not None:
            raise Refused("post_closed", username=locked.account.username, office=locked.office.name)
        locked.closed_at = at
        locked.save(update_fields=["closed_at"])
        _record_post(locked, "close_post", actor, at)
        return locked


def renew_password(
    *, actor: Actor, office: Office, account: Account, at: datetime, drop_factor: bool = False
) -> str:
    """A new one-time password for somebody who holds a post in `office` and forgot theirs.

    `drop_factor`: who has lost the telephone as well logs in without a second factor until a new one.
    Refused: not_allowed (also where the account acts for an office that is not the actor's to administer),
    account_not_in_office.
    """
    with scope(actor):
        may_administer(actor, office).require()
        locked = lock_account(account)
        if not locked.posts.filter(office=office, closed_at__isnull=True).exists():
            raise Refused("account_not_in_office", username=locked.username, office=office.name)
        may_renew_password(actor, locked).require()
        password = replace_password(account=locked, at=at, drop_factor=drop_factor)
        body: dict[str, JSON] = {"username": locked.username, "second_factor_dropped": drop_factor}
        record(chain=office.chain, verb="renew_password", actor=actor, at=at, body=body)
        return password


def open_operator(*, actor: Actor, username: str, name: str, at: datetime) -> tuple[Account, str]:
    """An account for those who keep the installation running; only from the command line."""
    with scope(actor):
        if actor.kind != "system":
            raise Refused("operator_by_command_line_only")
        password = one_time_password()
        account = create_account(
            username=username, password=password, name=name, at=at,
            one_time_until=at + ONE_TIME_VALIDITY, is_operator=True,
        )  # fmt: skip
        return account, password


def renew_operator_password(*, actor: Actor, username: str, at: datetime) -> str:
    """A new one-time password for an operator, without the second factor; only from the command line.

    Refused: operator_by_command_line_only, operator_unknown.
    """
    with scope(actor):
        if actor.kind != "system":
            raise Refused("operator_by_command_line_only")
        login = username.strip().lower()
        found = Account.objects.select_for_update().filter(username=login, is_operator=True).first()
        if found is None:
            raise Refused("operator_unknown", field="username", value=login)
        return replace_password(account=found, at=at, drop_factor=True)


def choose_password(*, actor: Actor, old: str, new: str, at: datetime) -> Account:
    """The logged-in person's own new password; it also ends the one-time password.

    No entry in a ledger: nobody's right or duty changes.
    """
    with scope(actor):
        account = Account.objects.select_for_update().get(pk=actor.account_id or 0)
        if account.one_time_until is not None and account.one_time_until <= at:
            raise Refused("one_time_password_expired", until=account.one_time_until)
        if not account.check_password(old):
            raise Refused("old_password_wrong", field="old")
        if old == new:
            raise Refused("password_not_new", field="password")
        check_password(new, account)
        account.set_password(new)
        account.one_time_until = None
        account.save(update_fields=["password", "one_time_until"])
        return account


def create_account(*, username: str, password: str, name: str, at: datetime, **fields: object) -> Account:
    """An account without posts, inside another action that records it. Refused if the name cannot be had."""
    login = username.strip().lower()
    if not re.fullmatch(USERNAME, login):
        raise Refused("username_malformed", field="username", value=username.strip())
    account = Account(username=login, name=name.strip(), created_at=at, **fields)
    check_password(password, account)
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise Refused("username_taken", field="username", value=login) from None
    return account


def replace_password(*, account: Account, at: datetime, drop_factor: bool = False) -> str:
    """A new one-time password, inside another action that has checked the right and records it."""
    if drop_factor:
        Authenticator.objects.filter(user=account).delete()
    password = one_time_password()
    account.set_password(password)
    account.one_time_until = at + ONE_TIME_VALIDITY
    account.save(update_fields=["password", "one_time_until"])
    return password


def _check_post(account: Account, office: Office, role: Role) -> None:
    """An open office, an account of offices, a role not held yet, and never judge and auditor in one."""
    if office.closed_at is not None:
        raise Refused("office_closed", field="office", office=office.name)
    if account.opened_by_id is None:
        raise Refused("account_not_of_an_office", field="username", username=account.username)
    held = {post.role for post in account.posts.filter(office=office, closed_at__isnull=True)}
    about = {"username": account.username, "office": office.name, "role": Role(role).label}
    if role in held:
        raise Refused("post_held_already", field="role", **about)
    if held and Role.AUDITOR in {role, *held}:
        raise Refused("auditor_holds_no_other_post", field="role", **about)


def _record_post(post: Post, verb: str, actor: Actor, at: datetime) -> None:
    body = {"username": post.account.username, "post": post.account.name, "role": post.role}
    record(chain=post.office.chain, verb=verb, actor=actor, at=at, body=body)
