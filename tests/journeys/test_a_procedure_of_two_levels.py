"""A procedure that the rulebook has never seen, from two files: a 直辖市 with districts right below it.

The notice and the procedure are written here, loaded as an operator loads them, and run by the same
actions as Dalian's and Xinjiang's. A review more is a few lines in the file.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests import scene
from tests.journeys.city import moment
from tests.journeys.region import NOTICE, Region

from tidu.applications import actions
from tidu.cli.notice import load, parse
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.notices import Change, Corrigendum
from tidu.law.refusals import Refused
from tidu.law.rulebook import read_toml, toml_stems
from tidu.offices.actions import NewOffice, open_area, open_office
from tidu.offices.enums import Level, Role
from tidu.offices.queries import office_by_code
from tidu.programmes.actions import issue_corrigendum
from tidu.programmes.models import Batch, BatchDeadline
from tidu.programmes.queries import procedure_of
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title

pytestmark = pytest.mark.django_db

PROCEDURE = """
id = "made-up-municipality"
title = "直辖市：区推荐—市初审、复审、公示、认定"
levels = [{ id = "county", title = "区" }, { id = "province", title = "市" }]

[[stages]]
id = "district-review"
level = "county"
kind = "review"
title = "区审核"
role = "clerk"
inspection = { mode = "every" }
needs.pass_review = ["receipt", "inspection"]

[[stages]]
id = "district-recommend"
level = "county"
kind = "recommend"
title = "区推荐"
role = "leader"
clock = "district-recommend"
needs.recommend = ["letter_number"]

[[stages]]
id = "city-review"
level = "province"
kind = "review"
title = "市初审"
role = "clerk"
needs.pass_review = ["receipt", "comment"]

[[stages]]
id = "city-second-review"
level = "province"
kind = "review"
title = "市复审"
role = "leader"
needs.pass_review = ["comment"]

[[stages]]
id = "city-publicity"
level = "province"
kind = "publicity"
title = "市公示"
role = "leader"
needs.clear = ["period_over", "objections_settled"]

[[stages]]
id = "city-announce"
level = "province"
kind = "announce"
title = "市认定"
role = "leader"
needs.announce = ["letter_number"]
"""


def notice() -> dict[str, Any]:
    """Xinjiang's text in its plain form, with the municipality's offices, procedure and one deadline."""
    text = read_toml("notices", NOTICE)
    return text | {
        "id": "made-up-municipality-2026",
        "issuer": scene.PROVINCE,
        "procedure": "made-up-municipality",
        "offices": "demonstration",
        "directory": [],
        "papers": [],
        "deliveries": [],
        "demonstration": True,
        "deadlines": [
            {
                "id": "district-recommend",
                "stage": "district-recommend",
                "title": "区推荐",
                "sentence": "S2.2.1",
                "within": 10,
                "after": "window",
                "mode": "hard",
            }
        ],
    }


def published(tmp_path: Path) -> Batch:
    """`./tidu notice load notice.json --procedure procedure.toml`."""
    said, ruled = tmp_path / "notice.json", tmp_path / "procedure.toml"
    said.write_text(json.dumps(notice(), ensure_ascii=False), encoding="utf-8")
    ruled.write_text(PROCEDURE, encoding="utf-8")
    assert load(parse(["load", str(said), "--procedure", str(ruled)])) == 0
    with scope(SYSTEM):
        return Batch.objects.select_related("notice__office").get(notice__slug="made-up-municipality-2026")


@pytest.fixture
def city(tmp_path: Path) -> Region:
    """The municipality with one district, which it opened below itself."""
    scene.open_offices()
    district = NewOffice("made-up-district", "示例直属区科技局", Level.COUNTY, is_demonstration=True)
    with scope(SYSTEM):
        above = office_by_code(scene.PROVINCE)
        below = open_office(actor=SYSTEM, office=district, parent=above, at=scene.AT)
        open_area(actor=SYSTEM, code="made-up-district", name="示例直属区", office=below, at=scene.AT)
    municipality = scene.office_actor(scene.PROVINCE, Role.LEADER, "municipality")
    return Region(
        batches=[published(tmp_path)],
        east=scene.office_actor("made-up-district", Role.LEADER, "district"),
        west=municipality,
        bureau=municipality,
        province=municipality,
    )


def enter(city: Region) -> Any:
    city.firm(1, area_code="made-up-district")
    city.hold(1)
    return city.enter(1, "2026-02-10 09:00")


def test_the_rulebook_does_not_know_the_procedure() -> None:
    assert "made-up-municipality" not in toml_stems("procedures")


def test_a_firm_goes_from_its_district_through_two_reviews_of_the_city_to_its_title(city: Region) -> None:
    case = enter(city)
    assert city.now(case).stage == "district-review"
    actions.receive(actor=city.east, case_id=case.pk, expected_version=None, at=moment("2026-02-20 09:00"))
    with pytest.raises(Refused, match="act_incomplete"):
        pass_on(city.east, case.pk, "2026-02-20 10:00")
    city.inspect(city.east, case, "2026-02-21 10:00")
    pass_on(city.east, case.pk, "2026-02-21 11:00")
    city.recommend(city.east, [case], "2026-03-10 10:00")

    actions.receive(
        actor=city.province, case_id=case.pk, expected_version=None, at=moment("2026-03-11 09:00")
    )
    pass_on(city.province, case.pk, "2026-03-11 10:00")
    assert city.now(case).stage == "city-second-review"
    pass_on(city.province, case.pk, "2026-03-12 10:00")
    city.recognise(city.publicise([case], "2026-03-13 10:00"), [case], "2026-03-23 10:00")
    assert city.status(case) == "recognised"
    with scope(SYSTEM):
        title = Title.objects.get(firm=case.firm, kind=TitleKind.SPECIALISED)
        stages = list(city.now(case).stages.values_list("stage", flat=True))
    assert title.validity.lower == date(2026, 3, 23)
    assert stages == [stage.id for stage in procedure_of(city.batches[0]).stages]


def test_its_hard_deadline_is_kept_and_moved_by_a_corrigendum_like_any_other(city: Region) -> None:
    case = enter(city)
    actions.receive(actor=city.east, case_id=case.pk, expected_version=None, at=moment("2026-02-20 09:00"))
    city.inspect(city.east, case, "2026-02-21 10:00")
    pass_on(city.east, case.pk, "2026-02-21 11:00")
    with pytest.raises(Refused, match="deadline_over"):
        city.recommend(city.east, [case], "2026-03-15 24:00")
    longer = Corrigendum(
        "示更〔2026〕1号", "顺延", (Change("batches.2026-1.moved.district-recommend", "2026-03-20 24:00"),)
    )
    issue_corrigendum(
        actor=city.province, notice_id=city.batches[0].notice_id, corrigendum=longer,
        at=moment("2026-03-16 09:00"),
    )  # fmt: skip
    city.recommend(city.east, [case], "2026-03-16 10:00")
    with scope(SYSTEM):
        assert BatchDeadline.objects.get(batch=city.batches[0]).at == moment("2026-03-20 24:00")


def test_another_procedure_than_the_notice_names_is_not_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said, ruled = tmp_path / "notice.json", tmp_path / "procedure.toml"
    said.write_text(json.dumps(notice(), ensure_ascii=False), encoding="utf-8")
    ruled.write_text(PROCEDURE.replace("made-up-municipality", "made-up-village"), encoding="utf-8")
    assert load(parse(["load", str(said), "--procedure", str(ruled)])) == 1
    assert "没有代码为“made-up-municipality”的程序" in capsys.readouterr().err


def pass_on(office: Actor, case_id: int, at: str) -> None:
    actions.pass_review(actor=office, case_id=case_id, expected_version=None, comment="同意", at=moment(at))
