"""Choices of a list that bear the same title are told apart; the others keep theirs."""

from tidu.portals.office.choices import batch_choices, told_apart
from tidu.programmes.models import Batch, Notice

FIRST = "2026年第一批"


def test_batches_of_one_title_are_told_apart_by_the_title_they_lead_to_or_by_their_notice() -> None:
    innovative = Notice(title="创新型通知", title_kind="innovative")
    city, province = (Notice(title=f"{who}通知", title_kind="specialised") for who in ("市", "省"))
    batches = [
        Batch(pk=number, title=title, notice=notice)
        for number, (title, notice) in enumerate(
            [(FIRST, innovative), (FIRST, city), (FIRST, province), ("2026年第二批", innovative)], start=1
        )
    ]

    assert batch_choices(batches) == [
        (1, "2026年第一批（创新型中小企业）"),
        (2, "2026年第一批（市通知）"),
        (3, "2026年第一批（省通知）"),
        (4, "2026年第二批"),
    ]


def test_what_no_name_tells_apart_bears_its_longest() -> None:
    assert told_apart(
        {"a": ("审核", "审核（甲）"), "b": ("审核", "审核（甲）"), "c": ("公示", "公示（甲）")}
    ) == [
        ("a", "审核（甲）"),
        ("b", "审核（甲）"),
        ("c", "公示"),
    ]
