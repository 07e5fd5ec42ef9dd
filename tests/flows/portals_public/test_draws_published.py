"""Draws as the public finds them: the list, and a record that can be done again from the file alone."""

import json
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader
from tests import panels, scene

from tidu.proof.draw import record_breaks

pytestmark = pytest.mark.django_db


def test_anybody_downloads_the_record_of_a_draw_and_does_it_again() -> None:
    round_ = panels.open_round()
    panels.experts(round_)
    draw = panels.drawn(round_)
    panels.handed(round_)
    client = Client()
    page = client.get("/draws/").content.decode()
    assert draw.commitment in page
    path = f"/draws/{draw.chain.token}/record.json"
    assert path in page
    document = json.loads(client.get(path).content)
    assert list(record_breaks(document)) == []
    assert [event["event"] for event in document["events"]] == [None]
    paper = paper_text(client.get(path.replace(".json", ".pdf")).content)
    assert [one for one in (draw.commitment, document["digest"], path) if one not in paper] == []
    told = json.dumps(document, ensure_ascii=False) + page + paper
    assert [name for name in panels.names() if name in told] == []
    assert client.get("/draws/00000000000000000000000000000000/record.json").status_code == 404
    assert scene.queries_of(client, "/draws/") <= scene.MOST_QUERIES


def paper_text(content: bytes) -> str:
    """What a PDF says, without its line breaks."""
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return "".join(text.replace("\u200b", "").split())
