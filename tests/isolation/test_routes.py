"""Every address of the product, asked by everybody: each answer is the one that the table says.

The addresses are those of the urlconf itself; one that no row of `answers.TABLE` covers fails here until
somebody has decided who may open it. What a page may not show is marked by texts that stand nowhere else.
"""

import logging
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker
from tests.isolation import town
from tests.isolation.acts import RIGHT, Right
from tests.isolation.answers import FIRMS, OFFICES, TABLE, row_of
from tests.isolation.asking import (
    Answered,
    Askers,
    arguments_asked,
    nothing_like,
    open_browsers,
    route_names,
    undone,
    without_chance,
)
from tests.isolation.town import RIVALS, ROLES
from tests.plugins import cloning

from tidu.database.address import Addresses

pytestmark = pytest.mark.django_db

NAMES = route_names()
OWN_ACCOUNT = ("account_", "mfa_", "choose_identity")
"""Acts on nothing but the login of whoever acts; the entrance's own tests send their forms."""
SEARCHED = (
    "public-notices",
    "public-lists",
    "public-announcements",
    "public-titles",
    "enterprise-inbox",
    "office-queue",
    "office-queue-export",
    "office-inbox",
    "office-deliveries",
    "office-deliveries-export",
    "office-accounts",
)
"""Pages with a field to search in."""
MORE = {
    "office-queue": ("?tab=all", "?tab=waiting", "?tab=listed"),
    "office-queue-export": ("?tab=all",),
    "office-deliveries": ("?state=late",),
    "office-accounts": ("?state=open",),
}
"""Further words of an address under which it shows more."""


@pytest.fixture(scope="module")
def askers(
    server: Addresses,
    template: str,
    django_db_setup: None,
    shared_database: str,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Askers]:
    """The town, built once; every question asked in it is undone."""
    logging.disable(logging.WARNING)
    with (
        cloning.clone(server, template, "town") as name,
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
    ):
        cloning.point_to(name)
        yield open_browsers(town.build(), patch)
        cloning.point_to(shared_database)
    logging.disable(logging.NOTSET)


def asked(askers: Askers, role: str, name: str) -> Iterator[tuple[str, Answered]]:
    """The answers to reading an address, and to sending it an empty form.

    What only takes one of the two is asked for the other by those alone who come in.
    """
    address, row = askers.address(name), row_of(name)
    if row.get or (row.post and role in row.post.comes_in):
        for words in ("", *MORE.get(name, ())):
            yield "GET", askers.ask(role, "get", address + words)
    if row.post or lets_in(role, name):
        yield "POST", askers.ask(role, "post", address)


def leaks(askers: Askers, role: str, answer: Answered) -> list[str]:
    """What this answer tells that is kept from the role."""
    return [
        what
        for what, secret in askers.town.secrets.items()
        if secret.kept_from(role) and secret.text in answer.text
    ]


def test_every_address_stands_in_the_table_and_every_row_covers_one() -> None:
    assert [name for name in NAMES if not any(name.startswith(prefix) for prefix in TABLE)] == []
    assert [prefix for prefix in TABLE if not any(name.startswith(prefix) for name in NAMES)] == []


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_the_answers_of_the_table_and_reads_nothing_kept_from_them(
    askers: Askers, role: str
) -> None:
    wrong: dict[str, object] = {}
    unread = {what: secret.text for what, secret in askers.town.secrets.items() if role in secret.read_by}
    for name in NAMES:
        for method, answer in asked(askers, role, name):
            if problem := problem_of(role, name, method, answer):
                wrong[f"{method} {name}"] = problem
            if told := leaks(askers, role, answer):
                wrong[f"{method} {name} tells"] = told
            unread = {what: text for what, text in unread.items() if text not in answer.text}
    assert (wrong, unread) == ({}, {})


def test_a_draft_is_read_by_its_firm_alone(askers: Askers) -> None:
    draft, told = askers.town.others["draft"], set()
    for name in (name for name in NAMES if "case_id" in arguments_asked(name) and row_of(name).get):
        address, desk = askers.address(name, case_id=draft.pk), name.partition("-")[0]
        for role in {"enterprise": FIRMS, "expert": {"expert"}}.get(desk, OFFICES):
            answer = askers.ask(role, "get", address)
            assert answer.kind == "404" or role == "rival", (role, name)
            assert leaks(askers, role, answer) == [], (role, name)
            told |= {role} if askers.town.secrets[RIVALS].text in answer.text else set()
    assert told == {"rival"}


@pytest.mark.parametrize("role", ROLES)
def test_searching_for_what_one_may_not_see_answers_like_searching_for_nothing(
    askers: Askers, role: str
) -> None:
    told = []
    for what in ("the firm's case", "the firm's name", "the western case", "the western officer"):
        secret = askers.town.secrets[what]
        for name in (name for name in SEARCHED if secret.kept_from(role) and lets_in(role, name)):
            for words in ("?", *MORE.get(name, ())):
                pages = []
                for text in (secret.text, nothing_like(secret.text)):
                    answer = askers.ask(role, "get", f"{askers.address(name)}{words}&q={text}")
                    pages.append(without_chance(answer.text, text))
                told += [(what, name + words)] if pages[0] != pages[1] else []
    assert told == []


def problem_of(role: str, name: str, method: str, answer: Answered) -> str:
    """What the table says otherwise; empty if nothing."""
    row = row_of(name)
    if method == "GET":
        wanted = {row.get.kind_for(role)} if row.get else {"405"}
        may_write = False
    else:
        wanted = set(row.post.kinds_for(role)) if row.post else {"405"}
        wanted |= {"405"} if is_sent_in_pieces(name) else set()
        may_write = bool(row.post and role in row.post.changes)
    if answer.kind not in wanted:
        return f"{answer.kind}, not {' or '.join(sorted(wanted))}"
    if answer.written and not may_write:
        return f"writes {', '.join(sorted(answer.written))}"
    return ""


def lets_in(role: str, name: str) -> bool:
    """Whether the table lets the role read this address."""
    row = row_of(name)
    return bool(row.get and role in row.get.ok)


def is_sent_in_pieces(name: str) -> bool:
    """Its files come by PATCH: see the act of this name."""
    return any(right.name == name and right.piece for right in RIGHT)


def test_every_act_has_a_right_form() -> None:
    changing = {name for name in NAMES if (post := row_of(name).post) and post.changes}
    assert (
        changing - {right.name for right in RIGHT}
        == {n for n in NAMES if n.startswith(OWN_ACCOUNT)} & changing
    )


@pytest.mark.parametrize("right", RIGHT, ids=lambda right: right.id)
def test_a_right_form_changes_something_only_for_those_who_may(askers: Askers, right: Right) -> None:
    with askers.at(right.at), undone():
        right.before(askers)
        method, address, sent = right.request(askers)
        answers = {role: askers.ask(role, method, address, **sent) for role in ROLES}
    succeeded = {role for role, answer in answers.items() if answer.status < 400}
    assert {role for role, answer in answers.items() if answer.written} == set(right.by) <= succeeded
    assert {role: told for role, answer in answers.items() if (told := leaks(askers, role, answer))} == {}
