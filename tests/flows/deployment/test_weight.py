"""What a page weighs on a slow line: all of it at the first visit, the page alone afterwards.

Styles and scripts travel compressed under names that hold their hash, so a browser fetches them once.
"""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import basename, dirname, join, normpath

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
def round_(opened_round: cases.Round, monkeypatch: pytest.MonkeyPatch) -> cases.Round:
    """Lists fill their pages."""
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: opened_round.at)
    for number in range(1, 36):
        cases.submitted(opened_round, number)
    return opened_round


def page(client: Client, address: str) -> bytes:
    """The page as it travels."""
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    return bytes(answer.content)


def assets(text: str) -> dict[str, int]:
    """Every style and script that a page brings along, with the modules they import, compressed."""
    return {name: len(gzip.compress(_found(name).read_bytes())) for name in _files(LINKED.findall(text))}


def _files(names: list[str]) -> Iterator[str]:
    """By the names under which a browser asks for them, which need not stand in one folder."""
    seen: set[str] = set()
    waiting = names
    while waiting:
        name = normpath(waiting.pop())
        if name not in seen:
            seen.add(name)
            yield name
            if name.endswith(".js"):
                imported = IMPORTED.findall(_found(name).read_text("utf-8"))
                waiting += [join(dirname(name), other) for other in imported]


def _found(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found)


OF_OFFICES = (
    "/office/",
    "/office/queue/",
    "/office/board/",
    "/office/board/cases/",
    "/office/calls/",
    "/office/bulk/pass_review/",
    "/office/colleagues/",
    "/office/messages/",
)
OF_FIRMS = ("/enterprise/", "/enterprise/cases/", "/enterprise/messages/")
OF_EVERYBODY = ("/", "/login/", "/standards/", "/standards/2022-specialised/", "/check/2022-specialised/")


def test_every_page_stays_light(round_: cases.Round, subtests: pytest.Subtests) -> None:
    east, firm = signed_in(round_.east), signed_in(round_.firms[1])
    visits = ((east, OF_OFFICES), (firm, OF_FIRMS), (Client(), OF_EVERYBODY))
    for client, addresses in visits:
        for address in addresses:
            with subtests.test(address=address):
                sent = page(client, address)
                assert len(sent) <= AFTERWARDS
                assert len(sent) + sum(assets(gzip.decompress(sent).decode()).values()) <= FIRST_VISIT

    (row, *_) = east.get("/office/queue/").context["rows"]
    assert len(page(east, f"/office/cases/{row.case.pk}/")) <= AFTERWARDS

    with subtests.test("all that the page loads is measured"):
        files = assets(gzip.decompress(page(east, "/office/queue/")).decode())
        assert {"tidu.css", "office.css", "page.js", "keys.js", "clock.js", "rows.js"} <= {
            basename(name) for name in files
        }


def test_files_are_not_compressed_again(opened_round: cases.Round) -> None:
    east = signed_in(opened_round.east)
    answer = east.get("/office/queue/export/", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in answer.headers
    assert b"".join(answer).startswith(b"PK")
