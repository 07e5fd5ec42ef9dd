"""What a page weighs on a slow line: all of it at the first visit, the page alone afterwards.

Styles and scripts travel compressed under names that hold their hash, so a browser fetches them once.
"""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from tests import cases
from tests.flows.portals_office.desk import signed_in

FIRST_VISIT = 150_000
"""Octets that a first visit may take, compressed."""
AFTERWARDS = 30_000
"""Octets of any further page, compressed: four seconds on a line of 64 kbit/s."""

LINKED = re.compile(r'(?:src|href)="/static/([^"?]+)"')
IMPORTED = re.compile(r"""(?:from|import)\s+["'](\.{1,2}/[^"']+)["']""")


@pytest.fixture
def round_(db: None, monkeypatch: pytest.MonkeyPatch) -> cases.Round:
    cache.clear()
    opened = cases.open_round()
    monkeypatch.setattr("django.utils.timezone.now", lambda: opened.at)
    for number in range(1, 36):
        cases.submitted(opened, number)
    return opened


@pytest.fixture
def east(round_: cases.Round) -> Client:
    return signed_in(round_.east)


def page(client: Client, address: str) -> bytes:
    """The page as it travels."""
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    return bytes(answer.content)


def assets(text: str) -> dict[str, int]:
    """Every style and script that a page brings along, with the modules they import, compressed."""
    return {name: len(gzip.compress(path.read_bytes())) for name, path in _files(LINKED.findall(text))}


def _files(names: list[str]) -> Iterator[tuple[str, Path]]:
    seen: set[Path] = set()
    waiting = [_found(name) for name in names]
    while waiting:
        path = waiting.pop().resolve()
        if path not in seen:
            seen.add(path)
            yield path.name, path
            if path.suffix == ".js":
                waiting += [path.parent / name for name in IMPORTED.findall(path.read_text("utf-8"))]


def _found(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found)


VISITED = ("/enterprise/", "/enterprise/cases/", "/enterprise/messages/", "/", "/login/")
OFFICE = (
    "/office/",
    "/office/queue/",
    "/office/board/",
    "/office/board/cases/",
    "/office/calls/",
    "/office/bulk/pass_review/",
    "/office/colleagues/",
    "/office/messages/",
)


@pytest.mark.parametrize("address", OFFICE)
def test_a_page_of_the_office_stays_light(east: Client, address: str) -> None:
    sent = page(east, address)

    assert len(sent) <= AFTERWARDS
    assert len(sent) + sum(assets(gzip.decompress(sent).decode()).values()) <= FIRST_VISIT


def test_a_case_is_reviewed_within_the_same_weight(round_: cases.Round, east: Client) -> None:
    (case, *_) = east.get("/office/queue/").context["page_of_rows"]

    assert len(page(east, f"/office/cases/{case.pk}/")) <= AFTERWARDS


@pytest.mark.parametrize(
    "address", ["/enterprise/", "/enterprise/cases/", "/enterprise/messages/", "/", "/login/"]
)
def test_pages_of_firms_and_of_everybody_stay_light(round_: cases.Round, address: str) -> None:
    visitor = signed_in(round_.firms[1]) if address.startswith("/enterprise/") else Client()
    sent = page(visitor, address)

    assert len(sent) <= AFTERWARDS
    assert len(sent) + sum(assets(gzip.decompress(sent).decode()).values()) <= FIRST_VISIT


def test_what_is_measured_is_all_that_the_page_loads(east: Client) -> None:
    """So that the budget cannot hold because nothing was found."""
    found = assets(gzip.decompress(page(east, "/office/queue/")).decode())

    assert {"tidu.css", "office.css", "page.js", "keys.js", "clock.js", "rows.js"} <= set(found)


def test_files_are_not_compressed_again(east: Client) -> None:
    answer = east.get("/office/queue/export/", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in answer.headers
    assert b"".join(answer).startswith(b"PK")
