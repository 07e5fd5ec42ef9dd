"""Draws as the public finds them: the list, and a record that can be done again from the file alone."""

import json

import pytest
from django.test import Client
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
    told = json.dumps(document, ensure_ascii=False) + page
    assert [name for name in panels.names() if name in told] == []
    assert client.get("/draws/00000000000000000000000000000000/record.json").status_code == 404
    assert scene.queries_of(client, "/draws/") <= scene.MOST_QUERIES
