"""The standards as everybody reads them: every number of the file stands on the page."""

import hashlib
import html
import json
import tomllib
from typing import Any

import pytest
from django.test import Client
from tests import rounds, scene
from tests.flows.portals_public.conftest import stand_at, text_of

from tidu.database.scope import SYSTEM, scope
from tidu.law.schemas import SCHEMAS, schema
from tidu.law.sizes import SizeClass, size
from tidu.law.standards import load, standard_ids
from tidu.law.standards.trials import what_if
from tidu.programmes.models import Batch
from tidu.records.actions import freeze

WAN = 1_000_000
"""分 in a 万元."""

pytestmark = pytest.mark.django_db


def unescaped(response: Any) -> str:
    return html.unescape(text_of(response))


def test_the_catalogue_names_every_standard_its_document_and_how_certain_it_is(visitor: Client) -> None:
    shown = unescaped(visitor.get("/standards/"))
    for standard in map(load, standard_ids()):
        assert f'/standards/{standard.id}/">{standard.title}</a>' in shown
        assert standard.instrument.number in shown
    assert shown.count("按63号推定") == 3
    assert "适用哪一套由通知指定" in shown


def test_the_limits_of_size_are_those_that_firms_are_sized_by(visitor: Client) -> None:
    shown = unescaped(visitor.get("/standards/"))
    for limit in ("从业人员 ≥ 1,000 人", "营业收入 ≥ 40,000 万元", "资产总额 ≥ 120,000 万元"):
        assert limit in shown
    assert size("3515", 1_000, 40_000 * WAN).size is SizeClass.LARGE
    assert size("3515", 999, 40_000 * WAN).size is SizeClass.MEDIUM


def test_a_standard_stands_beside_the_rounds_that_name_it(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.open_offices()
    named = rounds.publish()
    stand_at(monkeypatch, rounds.PUBLISHED)
    digest = named.batches.all()[0].standard_digest
    (standard_id,) = [one for one in standard_ids() if load(one).digest == digest]
    for address in ("/standards/", f"/standards/{standard_id}/"):
        assert f'href="/notices/{named.slug}/"' in text_of(visitor.get(address))
    assert f'href="/standards/{standard_id}/"' in text_of(visitor.get(f"/notices/{named.slug}/"))


def test_the_text_of_an_earlier_round_is_still_read_after_the_rulebook_has_moved_on(visitor: Client) -> None:
    scene.open_offices()
    (batch, *_) = rounds.publish().batches.all()
    earlier = what_if(load("2022-innovative"), "以前", {"title": "创新型中小企业评价标准（旧）"})
    body = {**earlier.body, "document": {**earlier.body["document"], "id": "2022-innovative"}}
    with scope(SYSTEM):
        digest = freeze(body, public=True)
        Batch.objects.filter(pk=batch.pk).update(standard_digest=digest)
    shown = unescaped(visitor.get(f"/standards/2022-innovative/{digest}/"))
    assert "这是以往批次所用的文本" in shown
    assert f'href="/notices/{batch.notice.slug}/"' in shown
    assert f'href="/standards/2022-innovative/{digest}/standard.json"' in shown
    assert visitor.get(f"/standards/2022-specialised/{digest}/").status_code == 404


@pytest.mark.parametrize("standard_id", standard_ids())
def test_a_page_shows_every_condition_band_and_source_of_its_standard(
    standard_id: str, visitor: Client
) -> None:
    standard, shown = load(standard_id), unescaped(visitor.get(f"/standards/{standard_id}/"))
    for clause in standard.root:
        assert clause.label in shown
        assert clause.rule in shown
        assert clause.citation.text in shown
    for indicator in standard.indicators:
        assert indicator.measure_text in shown
        assert all(f"{band.text}</td>" in shown for band in indicator.bands)
    assert standard.digest in shown
    assert len(shown) > 10_000


def test_the_ends_of_bands_say_whether_they_hold_the_number(visitor: Client) -> None:
    shown = unescaped(visitor.get("/standards/2022-innovative/"))
    for ends in ("≥ 3%，< 5%", "≤ 55%", "> 55%，≤ 75%", "> 75%", "< 0%"):
        assert f'<span class="rule">{ends}</span>' in shown


def test_an_overlay_tells_what_it_changes(visitor: Client) -> None:
    shown = unescaped(visitor.get("/standards/guangdong-specialised/"))
    assert "评价得分 >= 60分" in shown
    assert "评价得分 >= 70分" in shown
    assert "改了什么" in shown
    assert 'href="/standards/2022-specialised/"' in shown


def test_the_text_is_the_file_and_the_frozen_bytes_have_the_digest(visitor: Client) -> None:
    file = visitor.get("/standards/2022-specialised/standard.toml")
    assert tomllib.loads(file.content.decode())["id"] == "2022-specialised"
    digest = load("2022-specialised").digest
    frozen = visitor.get(f"/standards/2022-specialised/{digest}/standard.json")
    assert hashlib.sha256(frozen.content).hexdigest() == digest


def test_the_formats_are_described_for_other_programs(visitor: Client) -> None:
    for name in SCHEMAS:
        assert json.loads(visitor.get(f"/schemas/{name}.json").content) == schema(name)
    assert visitor.get("/schemas/verdict-2.json").status_code == 404


def test_a_text_that_no_round_froze_is_not_there(visitor: Client) -> None:
    for address in ("/standards/2099/", f"/standards/2022-specialised/{'0' * 64}/", "/check/2099/"):
        assert visitor.get(address).status_code == 404
