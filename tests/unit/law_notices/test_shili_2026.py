"""The invented notices of 示例省 under 2号: 专精特新 by the province, 小巨人 by the ministry."""

from dataclasses import replace

import pytest

from tidu.law import notices, procedures, standards
from tidu.law.calendars import parse_moment
from tidu.law.notices import Notice, PanelTerms, panel_terms
from tidu.law.procedures import Kind
from tidu.law.refusals import sentence

SPECIALISED = notices.load("shili-2026-specialised")
GIANT = notices.load("shili-2026-little-giant")


def said_of(notice: Notice) -> dict[str, str]:
    return {one.code: sentence(one) for one in notices.cautions(notice)}


def with_reading(notice: Notice, name: str, value: int) -> Notice:
    readings = tuple(replace(one, value=value) if one.id == name else one for one in notice.readings)
    return replace(notice, readings=readings)


@pytest.mark.parametrize("notice", [SPECIALISED, GIANT], ids=lambda notice: notice.id)
def test_they_are_sound_and_say_that_they_are_invented(notice: Notice) -> None:
    assert list(notices.problems(notice)) == []
    assert said_of(notice) == {}
    assert notice.demonstration
    assert "虚构" in notice.title
    assert "虚构" in notice.banner
    assert not [
        word
        for word in ("新疆", "大连", "辽宁", "gov.cn")
        if word in str(notices.to_json(notice)).replace(notice.platform.address, "")
    ]


def test_the_notice_chooses_the_new_standards() -> None:
    """第七条附件1，第八条附件2。"""
    assert SPECIALISED.batches[0].standard == "2026-specialised"
    assert GIANT.batches[0].standard == "2026-little-giant"
    assert {standards.load(one.batches[0].standard).confers for one in (SPECIALISED, GIANT)} == {
        "专精特新中小企业",
        "专精特新“小巨人”企业",
    }


def test_who_may_apply() -> None:
    """科技型或创新型，有其一即可；“小巨人”由有效期内的专精特新中小企业申报。"""
    assert SPECIALISED.kind("new").holds == ("innovative", "technology")
    assert GIANT.kind("new").holds == ("specialised",)


def test_both_have_panels_with_industry_and_finance_experts() -> None:
    """第十条。人数未见规定，都是本系统理解。"""
    for notice in (SPECIALISED, GIANT):
        kinds = [stage.kind for stage in procedures.load(notice.procedure).stages]
        assert kinds.count(Kind.PANEL) == 1
        assert panel_terms(notice) == PanelTerms(panels=2, experts=3, industry=1, finance=1, days=10)
        assert all(notice.reading(name).editable for name in ("panels_least", "panel_experts"))


def test_a_notice_that_says_nothing_of_panels_is_read_the_same_way() -> None:
    assert panel_terms(notices.load("xinjiang-2026-specialised-batch1")) == PanelTerms()


@pytest.mark.parametrize(
    ("name", "value", "codes"),
    [
        ("panels_least", 1, {"reading_out_of_bounds", "panels_too_few"}),
        ("panel_finance", 0, {"reading_out_of_bounds", "panel_without_kind"}),
        ("panel_industry", 3, {"panel_too_small"}),
    ],
)
def test_panels_that_the_measures_do_not_allow_are_refused(name: str, value: int, codes: set[str]) -> None:
    found = list(notices.problems(with_reading(SPECIALISED, name, value)))
    assert {one.code for one in found} == codes
    assert all(sentence(one) for one in found)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [("2026-03-20 00:00", "2026-04-20 24:00"), ("2026-06-10 00:00", "2026-07-01 24:00")],
)
def test_little_giants_outside_the_second_quarter_are_remarked_and_not_refused(
    opens: str, closes: str
) -> None:
    """第八条：原则上每年第二季度。"""
    moved = replace(GIANT.batches[0], opens=parse_moment(opens), closes=parse_moment(closes), moved={})
    later = replace(GIANT, batches=(moved,), issued=moved.opens.date(), deadlines=())
    assert "第八条：原则上每年第二季度" in said_of(later)["batch_out_of_season"]
    found = {one.code for one in notices.problems(later)}
    assert "batch_out_of_season" not in found


def test_the_province_chooses_its_own_time_for_its_own_title() -> None:
    batch = replace(
        SPECIALISED.batches[0],
        opens=parse_moment("2026-09-01 00:00"),
        closes=parse_moment("2026-09-30 24:00"),
    )
    assert "batch_out_of_season" not in said_of(replace(SPECIALISED, batches=(batch,)))
