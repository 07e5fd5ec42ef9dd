"""What an overlay changes, told by the standards themselves; and standards side by side."""

import pytest

from tidu.law.standards import base_of, differences, load, overlays_of, side_by_side, standard_ids
from tidu.law.standards.side_by_side import entries_of


def said(standard: str) -> set[tuple[str, str]]:
    return {(one.kind, one.label) for one in differences(standard)}


def test_a_standard_of_its_own_changes_nothing() -> None:
    assert base_of("2022-specialised") == ""
    assert differences("2022-specialised") == ()


def test_guangdong_raises_the_pass_line_and_nothing_else() -> None:
    (raised,) = differences("guangdong-specialised")
    assert (raised.kind, raised.label) == ("changed", "评价得分70分以上")
    assert "评价得分 >= 60分" in raised.before
    assert "评价得分 >= 70分" in raised.after
    assert "粤工信规字〔2024〕5号" in raised.after


def test_the_notice_of_2025_adds_a_line_and_takes_away_another() -> None:
    assert said("2022-little-giant-2025") >= {
        ("added", "上年度营业收入不低于5000万元（不足的暂不接收）"),
        ("dropped", load("2022-little-giant").clause("research_small").label),
    }
    assert said("2022-little-giant-2025-re-review") == {
        ("dropped", load("2022-little-giant").clause("growth").label)
    }


def test_sichuan_puts_three_indicators_in_the_place_of_the_one_that_waits() -> None:
    assert sorted(kind for kind, _ in said("sichuan-specialised")) == ["added", "added", "added", "dropped"]


def test_another_certainty_alone_is_a_difference() -> None:
    title = next(one for one in differences("2026-specialised-re-review") if "称号" in one.label)
    assert "二手来源" in title.before
    assert "来源不明" in title.after


def test_an_unconfirmed_overlay_changes_no_value() -> None:
    assert {name: differences(name) for name in standard_ids() if load(name).unconfirmed} == {
        "2022-innovative-liaoning": (),
        "liaoning-specialised": (),
        "xinjiang-specialised": (),
    }


def test_overlays_are_known_to_their_base() -> None:
    assert set(overlays_of("2022-specialised")) == {
        "guangdong-specialised",
        "liaoning-specialised",
        "sichuan-specialised",
        "xinjiang-specialised",
    }
    with pytest.raises(KeyError):
        base_of("2099")


def test_every_word_of_the_comparison_is_a_standards_own() -> None:
    compared = side_by_side("2026")
    for topic in compared.topics:
        for standard, lines in topic.cells:
            own = [entry.label for entry in entries_of(standard).values()]
            own += [entry.definition for entry in standard.vocabulary.derived.values()]
            own += [standard.confers, "有效期"]
            assert all(any(line.startswith(words) for words in own if words) for line in lines), topic.label
    shown = {f"{one.standard.id}:{one.clause.id}" for mistake in compared.mistakes for one in mistake.shown}
    assert "2026-specialised:title" in shown


def test_the_five_sets_of_2026_stand_side_by_side() -> None:
    compared = side_by_side("2026")
    assert {one.instrument.number.split("；")[0] for one in compared.standards} == {
        "国科发政〔2017〕115号",
        "工信部企业〔2022〕63号",
        "工信部企业〔2026〕2号",
    }
    assert {one.confers for one in compared.standards} == {load(one).confers for one in standard_ids()}
