"""The invented province with its offices and people, and the notices that stand open in it."""

from datetime import date, datetime, timedelta

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.demonstration.people import OFFICERS, OPERATOR, PASSWORD, Officer
from tidu.law import notices
from tidu.law.calendars import start_of
from tidu.offices.actions import choose_password, load_offices, open_account, open_operator, open_post
from tidu.offices.actors import actor_for_post
from tidu.offices.models import Account, Office, Post
from tidu.programmes.actions import publish_notice
from tidu.programmes.models import Notice


def open_province(at: datetime) -> None:
    """Offices of the invented province and of the real notices, accounts in the invented ones only."""
    with scope(SYSTEM):
        load_offices(actor=SYSTEM, name="demonstration", at=at)
        for real in ("dalian", "xinjiang"):
            load_offices(actor=SYSTEM, name=real, at=at)
        for officer in OFFICERS:
            _open(officer, at)
        _, first = open_operator(actor=SYSTEM, username=OPERATOR, name="系统运维", at=at)
        settle_password(OPERATOR, first, at)


def _open(officer: Officer, at: datetime) -> None:
    office = Office.objects.get(code=officer.office)
    account, first = open_account(
        actor=SYSTEM,
        office=office,
        username=officer.username,
        name=officer.name,
        role=officer.roles[0],
        at=at,
    )
    for role in officer.roles[1:]:
        open_post(actor=SYSTEM, office=office, account=account, role=role, at=at)
    settle_password(officer.username, first, at)


def settle_password(username: str, first: str, at: datetime) -> None:
    """The one-time password is used up, so that the printed one opens the account."""
    account = Account.objects.get(username=username)
    person = Actor(kind="operator", account_id=account.pk, name=account.name)
    choose_password(actor=person, old=first, new=PASSWORD, at=at)


def officer(office_code: str) -> Actor:
    """The office acting through the account that may both prepare and sign."""
    with scope(SYSTEM):
        post = (
            Post.objects.select_related("office", "account")
            .filter(office__code=office_code, role="leader", closed_at__isnull=True)
            .earliest("pk")
        )
        return actor_for_post(post)


def publish_notices(at: datetime, demonstration_at: datetime) -> Notice:
    """The invented city's notice, full of life, and beside it the real ones as empty rounds."""
    text = notices.demonstration_notice(demonstration_at)
    invented = publish_notice(actor=officer("shili-city"), notice=text, at=at, demonstration=True)
    for real in ("dalian-2026-innovative", "xinjiang-2026-specialised-batch1"):
        loaded = notices.load(real)
        publish_notice(actor=SYSTEM, notice=loaded, at=min(_morning(loaded.issued), demonstration_at))
    return invented


def _morning(day: date) -> datetime:
    """Nine o'clock on the day that a notice was issued."""
    return start_of(day) + timedelta(hours=9)


def publish_of_province(template: str, now: datetime) -> Notice:
    """A notice of the invented province, for the next step of those who have climbed the first."""
    text = notices.demonstration_notice(now, template)
    return publish_notice(
        actor=officer("shili-province"), notice=text, at=_morning(text.issued), demonstration=True
    )
