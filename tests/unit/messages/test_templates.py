"""The texts of messages: every act that moves a case is told, in words that can be filled."""

from string import Formatter
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from tidu.law.procedures import ACTIONS, Action
from tidu.messages.templates import Template, template_for, templates

TEMPLATES = sorted(templates().items())
PUBLIC_PAGES = {"public-title", "public-notice"}


def test_every_act_on_a_case_is_told_to_somebody() -> None:
    told = {verb for chain, verb, _ in templates() if chain == "case"}
    assert {action.value for action in Action} - told == set()


def test_what_an_office_does_is_told_to_the_firm() -> None:
    by_office = [action for action, rule in ACTIONS.items() if rule.by == "office"]
    assert [action for action in by_office if template_for("case", action.value, "firm") is None] == []


@pytest.mark.parametrize(("key", "template"), TEMPLATES, ids=["-".join(key) for key, _ in TEMPLATES])
def test_a_message_says_what_in_a_line_and_where_to_go(key: tuple[str, str, str], template: Template) -> None:
    assert template.subject
    assert template.body.endswith(("。", "{late}", "{comment}"))
    assert template.path.startswith("/")
    assert urlsplit(template.path).path.endswith("/")


@pytest.mark.parametrize(("key", "template"), TEMPLATES, ids=["-".join(key) for key, _ in TEMPLATES])
def test_a_message_says_by_whom_and_when_or_on_what_ground(
    key: tuple[str, str, str], template: Template
) -> None:
    named = {name for _, name, _, _ in Formatter().parse(template.body) if name}
    assert named & {"at", "announced_on", "announcement", "valid_from", "first_due"}


def test_there_is_no_template_for_what_nobody_needs_to_know() -> None:
    assert template_for("case", "assign", "firm") is None


@pytest.mark.parametrize(("key", "template"), TEMPLATES, ids=["-".join(key) for key, _ in TEMPLATES])
def test_a_message_leads_to_a_page_that_its_reader_may_open(
    key: tuple[str, str, str], template: Template
) -> None:
    """By the addresses themselves: /enterprise/ for firms, /office/, /expert/, or a public page."""
    values = {
        "batch_id": 7,
        "case_id": 7,
        "draw_id": 7,
        "objection_id": 7,
        "token": "3fA9-x_Q0aZk",
        "slug": "shili-2026-innovative",
    }
    page = resolve(urlsplit(template.path.format(**values)).path)
    portal = {"firm": "enterprise", "office": "office", "expert": "expert"}[key[2]]
    own = {f"{portal}-{name}" for name in ("case", "queue", "objection", "board-cases", "panel", "home")}
    assert page.url_name in own | PUBLIC_PAGES
