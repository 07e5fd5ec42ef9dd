"""What a notice asks firms for on paper, against what was counted."""

from dataclasses import replace

import pytest

from tidu.law.notices import Paper, load
from tidu.law.notices.papers import Counted, papers_asked, papers_lacking

BOUND = Paper("bound", "申请书和佐证材料", "S1", "recommend", "bound", copies=2, by_firm=True)
AUDIT = Paper("audit", "审计报告原件", "S1", "recommend", "original", by_firm=True)
LETTER = Paper("letter", "推荐文件", "S1", "recommend", "letter")
RE_REVIEW = replace(BOUND, id="only-re-review", kinds=("re_review",))
WHOLE = Counted(1, is_original=True, is_apart=True)


def test_only_what_firms_hand_in_for_their_kind_is_asked_of_one() -> None:
    notice = replace(load("dalian-2026-innovative"), papers=(BOUND, AUDIT, LETTER, RE_REVIEW))
    assert papers_asked(notice, "new") == (BOUND, AUDIT)
    assert papers_asked(notice, "re_review") == (BOUND, AUDIT, RE_REVIEW)


def test_dalian_asks_firms_for_no_paper() -> None:
    """线下无需提交纸质材料 (三（一）1)."""
    assert papers_asked(load("dalian-2026-innovative"), "new") == ()


@pytest.mark.parametrize(
    ("counted", "lacking"),
    [
        ({}, ("申请书和佐证材料：应交 2 份，未收到", "审计报告原件：应交 1 份，未收到")),
        ({"bound": [Counted(2)], "audit": [WHOLE]}, ()),
        ({"bound": [Counted(1), Counted(1)], "audit": [WHOLE]}, ()),
        ({"bound": [Counted(3)], "audit": [WHOLE]}, ()),
        ({"bound": [Counted(1)], "audit": [WHOLE]}, ("申请书和佐证材料：应交 2 份，收到 1 份",)),
        (
            {"bound": [Counted(1), Counted(1, defects="未盖章")], "audit": [WHOLE]},
            ("申请书和佐证材料：应交 2 份，收到 2 份，其中 1 份不合要求（未盖章）",),
        ),
        ({"bound": [Counted(2), Counted(1, defects="未盖章")], "audit": [WHOLE]}, ()),
        (
            {"bound": [Counted(2)], "audit": [Counted(1, is_original=True)]},
            ("审计报告原件：应交 1 份，收到 1 份，其中 1 份不合要求（没有单独放置）",),
        ),
        (
            {"bound": [Counted(2)], "audit": [Counted(1)]},
            ("审计报告原件：应交 1 份，收到 1 份，其中 1 份不合要求（不是原件）",),
        ),
        ({"bound": [Counted(2)], "audit": [Counted(1), WHOLE]}, ()),
    ],
)
def test_what_is_lacking(counted: dict[str, list[Counted]], lacking: tuple[str, ...]) -> None:
    assert papers_lacking((BOUND, AUDIT), counted) == lacking
