"""Procedures are data: Dalian's, Xinjiang's and an invented one run through the same code."""

import pytest

from tidu.law import plain, procedures
from tidu.law.procedures import Action, Kind, Need, Position, Procedure, Status
from tidu.law.procedures.model import DRAFT
from tidu.law.refusals import Refused, sentence
from tidu.law.rulebook import read_text

XINJIANG = read_text("procedures", "xinjiang-specialised.toml")
SPECIALISED = read_text("procedures", "shili-specialised-2026.toml")

MUNICIPALITY = """
id = "municipality"
title = "直辖市两级"
levels = [{ id = "county", title = "区" }, { id = "province", title = "市" }]

[[stages]]
id = "district-review"
level = "county"
kind = "review"
title = "区初审"
role = "clerk"

[[stages]]
id = "district-recommend"
level = "county"
kind = "recommend"
title = "区推荐"
role = "leader"

[[stages]]
id = "city-review"
level = "province"
kind = "review"
title = "市审核"
role = "clerk"

[[stages]]
id = "city-publicity"
level = "province"
kind = "publicity"
title = "市公示"
role = "leader"

[[stages]]
id = "city-announce"
level = "province"
kind = "announce"
title = "市公告"
role = "leader"
"""

ONWARD = {
    Kind.REVIEW: [Action.RECEIVE, Action.PASS_REVIEW],
    Kind.PANEL: [Action.JOIN_OPINION],
    Kind.RECOMMEND: [Action.RECOMMEND],
    Kind.PUBLICITY: [Action.LIST, Action.CLEAR],
    Kind.REPORT: [Action.REPORT],
    Kind.ANNOUNCE: [Action.ANNOUNCE],
}


def walk(procedure: Procedure, present: set[str] | None = None) -> list[str]:
    """The stages that a case passes which nobody holds up."""
    position = procedure.move(DRAFT, Action.SUBMIT, present)
    passed = []
    while position.status is not Status.RECOGNISED:
        assert position.stage is not None
        passed.append(position.stage)
        for action in ONWARD[procedure.stage(position.stage).kind]:
            position = procedure.move(position, action, present)
    return passed


@pytest.mark.parametrize("source", [XINJIANG, SPECIALISED, MUNICIPALITY])
def test_a_procedure_written_in_a_file_runs_to_recognition(source: str) -> None:
    procedure = procedures.load_bytes(source.encode())
    assert walk(procedure) == [stage.id for stage in procedure.stages]


def test_dalian_goes_from_the_district_over_the_city_to_the_province() -> None:
    assert walk(procedures.load("dalian-innovative")) == [
        "county-review",
        "county-recommend",
        "city-review",
        "city-publicity",
        "city-report",
        "province-announce",
    ]


def test_a_little_giant_goes_over_the_panels_and_the_publicity_of_the_province_to_the_ministry() -> None:
    """第八条：省级初审、实地核查和公示，公示通过的推荐；部审核、抽查和认定。"""
    assert walk(procedures.load("shili-little-giant-2026")) == [
        "province-preliminary",
        "panel",
        "province-review",
        "province-publicity",
        "province-recommend",
        "ministry-review",
        "ministry-announce",
    ]


@pytest.mark.parametrize("real", ["dalian-innovative", "xinjiang-specialised"])
def test_notices_that_say_nothing_of_experts_have_no_panels(real: str) -> None:
    assert Kind.PANEL not in {stage.kind for stage in procedures.load(real).stages}


def test_stages_of_a_level_that_a_firm_has_no_office_of_are_passed_over() -> None:
    assert walk(procedures.load("dalian-innovative"), {"city", "province"}) == [
        "city-review",
        "city-publicity",
        "city-report",
        "province-announce",
    ]


def test_a_firm_without_any_office_cannot_submit() -> None:
    with pytest.raises(Refused, match="procedure_without_stage"):
        procedures.load("dalian-innovative").move(DRAFT, Action.SUBMIT, set())


def test_one_more_review_level_is_a_few_lines_of_data() -> None:
    more = MUNICIPALITY.replace(
        '[[stages]]\nid = "city-publicity"',
        '[[stages]]\nid = "second-review"\nlevel = "province"\nkind = "review"\ntitle = "市复审"\n'
        'role = "leader"\n\n[[stages]]\nid = "city-publicity"',
    )
    assert "second-review" in walk(procedures.load_bytes(more.encode()))


@pytest.mark.parametrize("source", [XINJIANG, SPECIALISED, MUNICIPALITY])
def test_a_procedure_frozen_and_read_again_is_the_same(source: str) -> None:
    procedure = procedures.load_bytes(source.encode())
    assert procedures.from_json(plain.write(procedure)) == procedure


def test_what_an_act_must_bring_along_is_declared_by_the_stage() -> None:
    stage = procedures.load("dalian-innovative").stage("county-recommend")
    assert stage.needs_for(Action.RECOMMEND) == (Need.LETTER_NUMBER, Need.LETTER_FILE, Need.SUMMARY_TABLES)
    assert stage.needs_for(Action.WITHDRAW) == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            'level = "county"\nkind = "review"',
            'level = "village"\nkind = "review"',
            "procedure_level_unknown",
        ),
        (
            'id = "city-review"\nlevel = "province"',
            'id = "district-review"\nlevel = "province"',
            "procedure_name_twice",
        ),
        (
            'id = "city-publicity"\nlevel = "province"',
            'id = "city-publicity"\nlevel = "county"',
            "stage_goes_down",
        ),
        (
            'kind = "review"\ntitle = "区初审"',
            'kind = "report"\ntitle = "区初审"',
            "procedure_begins_without_review",
        ),
        ('kind = "announce"', 'kind = "report"', "procedure_ends_without_announcement"),
        ('kind = "publicity"', 'kind = "announce"', "announcement_before_the_end"),
        ('title = "区推荐"', 'title = "区推荐"\nneeds.announce = ["comment"]', "stage_action_impossible"),
        (
            'title = "区初审"',
            'title = "区初审"\nneeds.pass_review = ["inspection"]',
            "stage_needs_no_inspection",
        ),
        (
            'title = "区初审"',
            'title = "区初审"\nneeds.pass_review = ["panel_opinion"]',
            "stage_needs_no_panel",
        ),
        ('kind = "recommend"', 'kind = "panel"', "panel_without_decision"),
        ('kind = "publicity"', 'kind = "panel"', "panel_without_decision"),
        ('title = "区初审"', 'title = "区初审"\nneeds.pass_review = ["seal"]', "file_choice_unknown"),
        ('title = "区初审"', 'title = "区初审"\nneeds.dance = []', "file_choice_unknown"),
        (
            'title = "区初审"',
            'title = "区初审"\ntells.pass_review = "nothing_like_it"',
            "stage_message_unknown",
        ),
        (
            'title = "区初审"',
            'title = "区初审"\ntells.announce = "prepare_papers"',
            "stage_action_impossible",
        ),
        ('title = "市" }', 'title = "市" }, { id = "ministry", title = "部" }', "level_without_stage"),
        ('kind = "review"\ntitle = "区初审"', 'kind = "draw"\ntitle = "区初审"', "file_choice_unknown"),
        ('role = "clerk"', 'role = "clerk"\ncolour = "red"', "file_key_unknown"),
        ('title = "区初审"\n', "", "file_key_missing"),
    ],
)
def test_a_procedure_that_cannot_be_followed_is_refused(old: str, new: str, code: str) -> None:
    source = MUNICIPALITY.replace(old, new, 1)
    assert source != MUNICIPALITY
    with pytest.raises(Refused) as refused:
        procedures.load_bytes(source.encode())
    assert refused.value.code == code
    assert sentence(refused.value)


def test_a_procedure_without_stages_is_refused() -> None:
    with pytest.raises(Refused, match="procedure_without_stage"):
        procedures.from_json({"id": "none", "title": "无", "levels": [], "stages": []})


def test_a_procedure_that_is_not_in_the_rulebook_is_refused() -> None:
    with pytest.raises(Refused, match="procedure_unknown"):
        procedures.load("nowhere")


def test_the_diagram_shows_each_stage_and_each_end_once() -> None:
    picture = procedures.diagram(procedures.load("dalian-innovative"))
    lines = picture.splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "    draft --> county_review__in_review: 提交" in lines
    assert "    county_review__in_review --> county_review__returned: 退回补正" in lines
    assert "    city_publicity__suspended --> not_recognised: 异议成立，移出名单" in lines
    assert "    province_announce__passed --> recognised: 公告" in lines
    assert lines.count("    recognised --> [*]") == 1
    assert len(lines) == len(set(lines))


def test_a_position_says_what_may_be_done_there() -> None:
    procedure = procedures.load("dalian-innovative")
    assert procedure.actions_at(Position("county-review", Status.IN_REVIEW)) == (
        Action.RECEIVE,
        Action.RETURN_FOR_MENDING,
        Action.PASS_REVIEW,
        Action.REFUSE,
        Action.HAND_OVER,
        Action.WITHDRAW,
    )
