"""``./tidu office``: what the operator does to offices and areas, in the words of the terminal."""

import pytest
from tests import scene

from tidu.cli.office import act, parse
from tidu.database.scope import SYSTEM, scope
from tidu.offices.models import Area, Office
from tidu.records.queries import timeline

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def offices(db: None) -> None:
    scene.open_offices()


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = act(parse(list(words)))
    shown = capsys.readouterr()
    return code, shown.err if code else shown.out


def test_an_office_is_opened_serves_an_area_gives_it_back_and_is_closed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    opened = said(
        capsys, "open", "shili-new", "示例新区经济发展局", "--level", "county", "--under", scene.CITY
    )
    assert opened == (0, "已新设机构“示例新区经济发展局”（shili-new）。请为其开立账号管理员。\n")
    assert said(capsys, "area", "shili-new-area", "示例新区", "--office", "shili-new")[0] == 0
    code, refused = said(capsys, "close", "shili-new")
    assert code == 1
    assert "示例新区经济发展局" in refused
    assert said(capsys, "move", "shili-new-area", "--to", scene.EAST)[0] == 0
    assert said(capsys, "close", "shili-new") == (0, "已停用机构“示例新区经济发展局”（shili-new）。\n")
    with scope(SYSTEM):
        office = Office.objects.select_related("parent", "chain").get(code="shili-new")
        assert (office.parent.code, office.is_demonstration) == (scene.CITY, True)  # type: ignore[union-attr]
        assert Area.objects.get(code="shili-new-area").office.code == scene.EAST
        assert [entry.verb for entry in timeline(office.chain)] == [
            "open_office", "open_area", "move_area", "close_office",
        ]  # fmt: skip


def test_what_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "close", "nowhere")[0] == 1
    code, refused = said(capsys, "move", "nowhere", "--to", scene.EAST)
    assert code == 1
    assert "nowhere" in refused
