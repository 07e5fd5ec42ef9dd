"""A sheet of experts: every row says by itself what is wrong in it."""

from typing import Any

import pytest

from tidu.law.refusals import Refused
from tidu.panels.enums import Field
from tidu.panels.lists import COLUMNS, MOST_ROWS, Result, Row, read_list

AREAS = {"示例东区": 1, "shili-east": 1}
GOOD: dict[str, Any] = {
    "name": "示例专家01",
    "field": "产业",
    "sectors": "35、36",
    "area": "示例东区",
    "employer": "示例第1研究所",
    "employer_uscc": "",
    "served": "示例甲公司，示例乙公司",
    "most_cases": 12.0,
}


def read(*rows: dict[str, Any]) -> list[Result]:
    return read_list([list(COLUMNS.values()), *([row[name] for name in COLUMNS] for row in rows)], AREAS)


def test_a_row_is_read() -> None:
    (result,) = read(GOOD)
    served = ("示例甲公司", "示例乙公司")
    assert result.row == Row(
        2, "示例专家01", Field.INDUSTRY, ("35", "36"), 1, "示例第1研究所", "", served, 12
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "没有填写“姓名”"),
        ({"name": "长" * 61}, "最多 60 个字"),
        ({"employer": "（机密★三年）"}, "密级标志"),
        ({"field": "文学"}, "不是专业类别"),
        ({"sectors": "3500"}, "不是国民经济行业大类"),
        ({"sectors": ""}, "产业专家须填写行业大类"),
        ({"field": "财务"}, "其他类别的专家不填"),
        ({"area": "外省"}, "不是本系统的地区"),
        ({"employer_uscc": "1"}, "应为 18 位"),
        ({"most_cases": 0}, "同时承担上限“0”不正确"),
    ],
)
def test_what_is_wrong_is_said_with_its_remedy(changes: dict[str, Any], said: str) -> None:
    (result,) = read(GOOD | changes)
    assert result.row is None
    assert len(result.problems) == 1
    assert said in result.problems[0]


def test_a_good_row_stands_beside_a_wrong_one_and_empty_rows_are_passed_over() -> None:
    empty = dict.fromkeys(COLUMNS, None)
    wrong, good = GOOD | {"area": "", "field": ""}, GOOD
    results = read(wrong, empty, good)
    found = [(one.number, one.row is None, len(one.problems)) for one in results]
    assert found == [(2, True, 2), (4, False, 0)]


def test_a_sheet_must_have_every_column_some_rows_and_not_too_many() -> None:
    for sheet, code in (
        ([list(COLUMNS.values())[:-1]], "expert_list_columns"),
        ([list(COLUMNS.values())], "expert_list_empty"),
        ([list(COLUMNS.values()), *[["x"]] * (MOST_ROWS + 1)], "expert_list_too_long"),
    ):
        with pytest.raises(Refused, match=code):
            read_list(sheet, AREAS)
