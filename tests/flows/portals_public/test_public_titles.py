"""Looking a title up, and checking its history with nothing but the verifier."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests import scene
from tests.flows.portals_public.conftest import stand_at, text_of
from tests.flows.titles.announcing import LAST_DAY, enter

import tidu.proof
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.enterprises.models import Firm
from tidu.law.calendars import end_of, legal_day
from tidu.offices.enums import Role
from tidu.offices.models import Office
from tidu.records.actions import seal_day
from tidu.titles.actions import lapse
from tidu.titles.models import Title

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Office:
    return scene.open_offices()[scene.PROVINCE]


@pytest.fixture
def registrar(province: Office) -> Actor:
    return scene.office_actor(scene.PROVINCE, Role.LEADER)


@pytest.fixture
def firm(province: Office, monkeypatch: pytest.MonkeyPatch) -> Firm:
    stand_at(monkeypatch, scene.AT)
    return scene.register(1)[0]


@pytest.fixture
def title(registrar: Actor, firm: Firm, province: Office) -> Title:
    return enter(registrar, firm, province)


def address(title: Title) -> str:
    return f"/titles/{title.token}/"


ALONE = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); runpy.run_module('proof', run_name='__main__')"
)


def verified(saved: bytes, folder: Path) -> str:
    """What the stand-alone verifier says, run by an interpreter that knows nothing but its folder."""
    path = folder / "proof.json"
    path.write_bytes(saved)
    source = str(Path(tidu.proof.__file__).parents[1])
    command = [sys.executable, "-I", "-S", "-c", ALONE, source, "verify", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("words", ["精密制造", "91990000"])
def test_title_is_found_by_name_and_by_code(title: Title, visitor: Client, words: str) -> None:
    shown = text_of(visitor.get("/titles/", {"q": words}))
    assert address(title) in shown
    assert '<span class="pill ok">有效</span>' in shown


def test_title_page_says_what_it_is_and_that_it_counts(title: Title, visitor: Client) -> None:
    shown = text_of(visitor.get(address(title)))
    for words in (
        title.firm.name,
        title.firm.uscc,
        title.batch_label,
        title.announcement,
        title.announced_by.name,
    ):
        assert words in shown
    assert '<span class="pill ok">有效</span>' in shown


def test_title_past_its_last_day_no_longer_counts(
    title: Title, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_at(monkeypatch, end_of(LAST_DAY) - timedelta(seconds=1))
    assert '<span class="pill ok">有效</span>' in text_of(visitor.get(address(title)))
    stand_at(monkeypatch, end_of(LAST_DAY))
    shown = text_of(visitor.get(address(title)))
    assert '<span class="pill no">有效期已满</span>' in shown
    assert "pill ok" not in shown


def test_lapsed_title_says_from_which_day_and_why(title: Title, visitor: Client) -> None:
    with scope(SYSTEM):
        lapse(actor=SYSTEM, title_id=title.pk, on=legal_day(scene.AT), reason="未按期申请复核", at=scene.AT)
    shown = text_of(visitor.get(address(title)))
    assert '<span class="pill no">自动失效</span>' in shown
    assert "未按期申请复核" in shown


def test_proof_holds_for_the_stand_alone_verifier_and_fails_when_altered(
    title: Title, visitor: Client, tmp_path: Path
) -> None:
    saved = visitor.get(f"{address(title)}proof.json").content
    assert verified(saved, tmp_path) == "proof.json：核验通过\n"
    altered = saved.replace(title.announcement.encode(), "示省工信公告〔2099〕99号".encode())
    assert altered != saved
    assert "正文被改动" in verified(altered, tmp_path)


def test_entry_that_was_sealed_has_a_path_to_the_root_that_is_published(
    title: Title, visitor: Client, tmp_path: Path
) -> None:
    assert visitor.get(f"{address(title)}sealed-1.json").status_code == 404
    with scope(SYSTEM):
        root = seal_day(day=legal_day(scene.AT), at=scene.AT)
    saved = visitor.get(f"{address(title)}sealed-1.json").content
    assert verified(saved, tmp_path) == "proof.json：核验通过\n"
    assert json.loads(saved)["root"]["digest"] == root.digest
    assert root.digest in text_of(visitor.get("/roots/"))
    assert verified(visitor.get("/roots/roots.json").content, tmp_path) == "proof.json：核验通过\n"


def test_one_character_is_too_little_to_search(title: Title, visitor: Client) -> None:
    shown = text_of(visitor.get("/titles/", {"q": "示"}))
    assert "至少输入两个字" in shown
    assert address(title) not in shown


def test_mistyped_code_is_told(title: Title, visitor: Client) -> None:
    mistyped = title.firm.uscc[:-1] + ("0" if title.firm.uscc[-1] != "0" else "1")
    shown = text_of(visitor.get("/titles/", {"q": mistyped}))
    assert "没有查到称号" in shown
    assert "校验" in shown


def test_firm_without_a_title_is_not_found(firm: Firm, visitor: Client) -> None:
    assert "没有查到称号" in text_of(visitor.get("/titles/", {"q": firm.name}))


def test_unknown_token_is_not_found(province: Office, visitor: Client) -> None:
    for part in ("", "proof.json", "sealed-1.json"):
        assert visitor.get(f"/titles/nobodys-token/{part}").status_code == 404


def test_look_up_takes_the_same_queries_for_one_title_and_fifty(
    title: Title, registrar: Actor, province: Office, visitor: Client
) -> None:
    look_up = "/titles/?q=%E7%A4%BA%E4%BE%8B"
    for_one = scene.queries_of(visitor, look_up)
    for number in range(2, 51):
        enter(registrar, scene.register(number)[0], province)
    assert scene.queries_of(visitor, look_up) == for_one <= scene.MOST_QUERIES
    assert visitor.get(look_up).context["rows"].paginator.count == 50
