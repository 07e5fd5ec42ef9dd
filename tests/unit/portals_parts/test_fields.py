"""A field of a form, from a fact of the vocabulary to the page."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template

from tidu.law.facts.definitions import Fact, FactKind, Option
from tidu.portals.parts.fields import Choice, Evidence, Field, field_of


def render(field: Field) -> str:
    return Template("{% load parts %}{% field field %}").render(Context({"field": field}))


def test_field_of_a_fact_takes_label_unit_and_definition() -> None:
    fact = Fact(
        "rd_expense",
        "研发费用总额",
        FactKind.MONEY,
        unit="万元",
        definition="按辅助账填写",
        source="63号附件4",
    )
    shown = render(
        field_of(fact, "126.53", name="rd_expense[2025]", period="2025 年", version=3, autosave="/save/")
    )
    assert 'data-autosave="/save/" data-version="3" data-name="rd_expense[2025]"' in shown
    assert '<span class="tag">2025 年</span>' in shown
    assert 'value="126.53"' in shown
    assert '<span class="unit">万元</span>' in shown
    assert "按辅助账填写" in shown
    assert "依据：63号附件4" in shown


@pytest.mark.parametrize(
    ("fact", "typed", "control"),
    [
        (Fact("a", "甲", FactKind.COUNT), "", "number"),
        (Fact("a", "甲", FactKind.SHARE), "", "number"),
        (Fact("a", "甲", FactKind.FLAG), "", "radio"),
        (Fact("a", "甲", FactKind.CHOICE, options=(Option("x", "一"),)), "", "radio"),
        (Fact("a", "甲", FactKind.CHOICE, options=tuple(Option(c, c) for c in "abcde")), "", "select"),
        (Fact("a", "甲", FactKind.DATE), "2026-03-06", "date"),
        (Fact("a", "甲", FactKind.DATE), "三月六日", "text"),
        (Fact("a", "甲", FactKind.TEXT, at_most=20), "", "text"),
        (Fact("a", "甲", FactKind.TEXT, at_most=500), "", "lines"),
    ],
)
def test_control_of_each_kind(fact: Fact, typed: str, control: str) -> None:
    assert field_of(fact, typed).control == control


def test_flag_may_stay_unanswered() -> None:
    shown = render(Field(name="listed", label="是否上市", kind="flag"))
    assert '<input type="radio" name="listed" value="" checked>未填' in shown


def test_options_are_sent_by_label() -> None:
    fact = Fact("a", "甲", FactKind.CHOICE, options=(Option("single", "单体报表"),))
    assert field_of(fact, "单体报表").choices == (Choice("单体报表", "单体报表"),)


def test_error_is_tied_to_its_control() -> None:
    shown = render(Field(name="a", label="甲", error="甲“-1”小于 0：请填写正数。"))
    assert 'aria-invalid="true" aria-describedby="field-a-help field-a-says"' in shown
    assert 'id="field-a-says"' in shown


def test_what_was_typed_wrongly_stays_to_be_seen() -> None:
    assert 'value="十二万&quot;"' in render(Field(name="a", label="甲", kind="money", value='十二万"'))


def test_remark_of_the_office_and_missing_paper_are_shown() -> None:
    shown = render(Field(name="a", label="甲", mend=True, why="请核对口径", evidence=[Evidence("审计报告")]))
    assert "要求补正：请核对口径" in shown
    assert "审计报告 <span" in shown
    assert "未上传" in shown


def test_saved_time_is_beijing_time() -> None:
    at = datetime(2026, 3, 6, 2, 42, tzinfo=UTC)
    assert "已保存 2026-03-06 10:42" in render(Field(name="a", label="甲", saved_at=at))


def test_bare_field_keeps_its_name_for_those_who_listen() -> None:
    shown = render(Field(name="a", label="净利润", period="2024 年", bare=True))
    assert '<label class="hide-text" for="field-a">净利润' in shown
    assert 'class="side"' not in shown
