"""300号: 16 industries, “以下” excludes the number, medium and small need every measure."""

import pytest
from tests.unit.law.firms import WAN

from tidu.law.industries import classify
from tidu.law.sizes import SizeClass, SizeVerdict, rule_of, size

# 工信部联企业〔2011〕300号 第四条。A code of each industry, its measures, and what a firm must
# reach to be large, medium and small.
TABLE = [
    ("0111", ("revenue",), (20_000,), (500,), (50,)),
    ("3515", ("employees", "revenue"), (1_000, 40_000), (300, 2_000), (20, 300)),
    ("4710", ("revenue", "assets"), (80_000, 80_000), (6_000, 5_000), (300, 300)),
    ("5111", ("employees", "revenue"), (200, 40_000), (20, 5_000), (5, 1_000)),
    ("5211", ("employees", "revenue"), (300, 20_000), (50, 500), (10, 100)),
    ("5430", ("employees", "revenue"), (1_000, 30_000), (300, 3_000), (20, 200)),
    ("5930", ("employees", "revenue"), (200, 30_000), (100, 1_000), (20, 100)),
    ("6010", ("employees", "revenue"), (1_000, 30_000), (300, 2_000), (20, 100)),
    ("6110", ("employees", "revenue"), (300, 10_000), (100, 2_000), (10, 100)),
    ("6210", ("employees", "revenue"), (300, 10_000), (100, 2_000), (10, 100)),
    ("6410", ("employees", "revenue"), (2_000, 100_000), (100, 1_000), (10, 100)),
    ("6513", ("employees", "revenue"), (300, 10_000), (100, 1_000), (10, 50)),
    ("7010", ("revenue", "assets"), (200_000, 10_000), (1_000, 5_000), (100, 2_000)),
    ("7020", ("employees", "revenue"), (1_000, 5_000), (300, 1_000), (100, 500)),
    ("7211", ("employees", "assets"), (300, 120_000), (100, 8_000), (10, 100)),
    ("7320", ("employees",), (300,), (100,), (10,)),
]
CLASSES = [SizeClass.LARGE, SizeClass.MEDIUM, SizeClass.SMALL, SizeClass.MICRO]


def sized(code: str, measures: tuple[str, ...], values: tuple[int, ...]) -> SizeVerdict:
    """Values in 人 and 万元, as the table writes them."""
    given = dict(zip(measures, values, strict=True))
    inner = {name: number if name == "employees" else number * WAN for name, number in given.items()}
    return size(code, inner.get("employees"), inner.get("revenue"), inner.get("assets"))


@pytest.mark.parametrize(("code", "measures", "large", "medium", "small"), TABLE)
def test_each_industry_reaches_a_class_with_the_number_itself(
    code: str,
    measures: tuple[str, ...],
    large: tuple[int, ...],
    medium: tuple[int, ...],
    small: tuple[int, ...],
) -> None:
    found = [sized(code, measures, limits).size for limits in (large, medium, small)]
    assert found == CLASSES[:3]


@pytest.mark.parametrize(("code", "measures", "large", "medium", "small"), TABLE)
def test_one_measure_below_its_limit_is_one_class_lower(
    code: str,
    measures: tuple[str, ...],
    large: tuple[int, ...],
    medium: tuple[int, ...],
    small: tuple[int, ...],
) -> None:
    for place in range(len(measures)):
        for limits, lower in zip((large, medium, small), CLASSES[1:], strict=True):
            below = tuple(limit - (index == place) for index, limit in enumerate(limits))
            assert sized(code, measures, below).size is lower


def test_one_fen_below_the_limit_is_below_it() -> None:
    assert size("3515", 300, 2_000 * WAN).size is SizeClass.MEDIUM
    assert size("3515", 300, 2_000 * WAN - 1).size is SizeClass.SMALL


def test_many_people_and_little_revenue_is_not_large() -> None:
    assert size("3515", 5_000, 39_999 * WAN).size is SizeClass.MEDIUM
    assert size("3515", 5_000, 299 * WAN).size is SizeClass.MICRO


@pytest.mark.parametrize("code", ["5310", "6620", "8310", "8411", "9100"])
def test_an_industry_that_300_does_not_list_has_no_class(code: str) -> None:
    verdict = size(code, 10, 10 * WAN)
    assert (verdict.label, verdict.is_covered, verdict.size) == ("不适用", False, None)
    assert verdict.explanation.startswith(code[:3])
    assert "未列入300号" in verdict.explanation


@pytest.mark.parametrize(
    ("code", "industry"),
    [
        ("5910", "交通运输业"),
        ("5920", "仓储业"),
        ("5990", "仓储业"),
        ("7030", "其他未列明行业"),
        ("8511", "其他未列明行业"),
    ],
)
def test_a_group_may_belong_elsewhere_than_its_division(code: str, industry: str) -> None:
    rule = size(code, 10, 10 * WAN).rule
    assert rule is not None
    assert rule.label == industry


@pytest.mark.parametrize(
    ("entry", "industry"),
    [("C", "工业"), ("35", "工业"), ("3515", "工业"), ("5920", "仓储业"), ("5320", None), ("P", None)],
)
def test_every_entry_of_the_classification_has_the_rule_of_the_nearest_above_it(
    entry: str, industry: str | None
) -> None:
    rule = rule_of(entry)
    assert (rule.label if rule else None) == industry


def test_what_is_missing_leaves_the_classes_that_remain() -> None:
    verdict = size("3515", None, 2_500 * WAN)
    assert verdict.possible == (SizeClass.MEDIUM, SizeClass.SMALL, SizeClass.MICRO)
    assert (verdict.size, verdict.missing) == (None, ("employees",))
    assert SizeClass.LARGE in size("3515", None, 40_000 * WAN).possible
    assert size("3515", 5, None).size is SizeClass.MICRO
    assert size("3515", 5, None).missing == ()
    two = size("3515", None, 400 * WAN)
    assert (two.possible, two.missing) == ((SizeClass.SMALL, SizeClass.MICRO), ("employees",))


def test_no_code_and_an_unknown_code_are_open() -> None:
    assert size(None, 10, 10 * WAN).explanation == "未填所属行业代码，不能划型。"
    unknown = size("9999", 10, 10 * WAN)
    assert (unknown.label, unknown.missing) == ("待补充", ("industry_code",))
    assert "“9999”不在国民经济行业分类中" in unknown.explanation


def test_an_unlisted_class_under_a_known_group_is_accepted_with_a_note() -> None:
    classified = classify("3519")
    assert classified is not None
    assert not classified.is_listed
    verdict = size("3519", 300, 2_000 * WAN)
    assert verdict.size is SizeClass.MEDIUM
    assert "小类代码 3519 按所属中类" in verdict.explanation


def test_the_explanation_shows_values_limits_and_class() -> None:
    assert size("3515", 120, 5_250 * WAN).explanation == (
        "按300号“工业”：从业人员 120 人、营业收入 5,250.00 万元；"
        "大型企业须从业人员 ≥ 1000人且营业收入 ≥ 40000万元；"
        "中型企业须从业人员 ≥ 300人且营业收入 ≥ 2000万元；"
        "小型企业须从业人员 ≥ 20人且营业收入 ≥ 300万元。结论：小型企业。"
    )


@pytest.mark.parametrize("code", ["", "35", "351", "35155", "C515", "３５１５"])
def test_only_four_plain_digits_are_a_class(code: str) -> None:
    assert classify(code) is None
