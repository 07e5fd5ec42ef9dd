"""Every problem of a draft: where it stands, what it says, what blocks publishing and what does not."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from tidu.law import drafting, notices
from tidu.law.drafting import Document, Issuer, Problem, place_of, problems_of
from tidu.law.procedures import Level
from tidu.law.refusals import Refused

ISSUER = Issuer.of("shili-province")


def draft(**changed: Any) -> Document:
    """After Xinjiang's notice, whole; with something typed otherwise."""
    made = drafting.begin_from(notices.load("xinjiang-2026-specialised-batch1"), ISSUER)
    return {**deepcopy(made), "id": "shili-2026-specialised", "issued": "2026-02-03", **changed}


def row(document: Document, block: str, index: int = 0, **changed: Any) -> Document:
    rows = list(document[block])
    rows[index] = {**rows[index], **changed}
    return {**document, block: rows}


def blocking(document: Document) -> dict[str, Problem]:
    return {one.refused.code: one for one in problems_of(document) if one.blocks}


def remarks(document: Document) -> dict[str, Problem]:
    return {one.refused.code: one for one in problems_of(document) if not one.blocks}


def test_a_draft_after_a_good_notice_has_no_problem() -> None:
    assert blocking(draft()) == {}


@pytest.mark.parametrize("number", ["13800000000", "138 0000 0000", "+86 13912345678", "138-0000-0000"])
def test_a_mobile_number_is_refused_in_every_place(number: str) -> None:
    for changed, where in (
        ({"phone": number}, "phone"),
        ({"platform": {**draft()["platform"], "phone": number}}, "platform.phone"),
    ):
        found = blocking(draft(**changed))
        assert found["contact_is_mobile"].place.name == where
    listed = blocking(row(draft(), "directory", 1, phones=["000-00000103", number]))
    assert listed["contact_is_mobile"].place.name == "directory.1.phones"


@pytest.mark.parametrize("number", ["83686040", "0991-4523449", "024-86906657", "400-123-4567", "12381"])
def test_an_offices_telephone_is_not(number: str) -> None:
    assert blocking(draft(phone=number)) == {}


@pytest.mark.parametrize("number", ["八三六八", "1234", "https://x"])
def test_what_is_no_telephone_is_refused(number: str) -> None:
    assert "contact_no_telephone" in blocking(draft(phone=number))


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        ({"batches": []}, "notice_without_batches", "batches"),
        ({"sentences": []}, "notice_without_sentences", "sentences"),
        ({"kinds": []}, "notice_without_kinds", "kinds"),
        ({"id": "示例"}, "notice_id_malformed", "id"),
        ({"deadlines": []}, "stage_without_deadline", "deadlines"),
        ({"papers": []}, "stage_without_paper", "papers"),
        ({"evidence": []}, "notice_fact_unproven", "evidence"),
        ({"procedure": "nowhere"}, "procedure_unknown", "procedure"),
    ],
)
def test_what_a_notice_must_have(changed: Document, code: str, where: str) -> None:
    assert blocking(draft(**changed))[code].place.name == where


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        ({"closes": "2026-02-05 00:00"}, "window_ends_before_it_opens", "batches.0.closes"),
        ({"closes": "2026-03-20 24:00"}, "deadline_before_window_closes", "deadlines.2"),
        ({"standard": "2031-any"}, "notice_standard_unknown", "batches.0.standard"),
        ({"re_reviews": []}, "batch_without_re_reviews", "batches.0.re_reviews"),
    ],
)
def test_a_batch_out_of_order(changed: Document, code: str, where: str) -> None:
    assert blocking(row(draft(), "batches", **changed))[code].place.name == where


def test_kinds_and_batches_must_agree() -> None:
    without = draft(kinds=[kind for kind in draft()["kinds"] if kind["id"] == "new"])
    assert blocking(without)["batch_kind_not_offered"].place.name == "batches.0.kinds"
    index = next(n for n, kind in enumerate(draft()["kinds"]) if kind["id"] == "re_review")
    other = row(draft(), "kinds", index, holds=["innovative"])
    assert blocking(other)["re_review_without_title"].place.name == f"kinds.{index}.holds"


def test_a_procedure_whose_last_stage_no_office_stands_for_is_out_of_reach() -> None:
    """An office above the ministry announces in this procedure; there is none."""
    known = notices.Known.in_rulebook()
    usual = known.procedure("xinjiang-specialised")
    last = replace(usual.stages[-1], level="state")
    levels = (*usual.levels, Level("state", "国家级"))
    higher = replace(usual, levels=levels, stages=(*usual.stages[:-1], last))
    found = problems_of(draft(), known.with_procedure(higher))
    (one,) = [problem for problem in found if problem.refused.code == "stage_without_office"]
    assert (one.place.name, one.blocks) == ("procedure", True)
    assert "由国家级办理" in one.sentence


def test_a_reading_outside_its_bounds_is_refused_at_its_row() -> None:
    index = next(n for n, one in enumerate(draft()["readings"]) if one["id"] == "publicity_days")
    found = blocking(row(draft(), "readings", index, value=90))
    assert found["reading_out_of_bounds"].place.name == f"readings.{index}"


def test_one_thing_missing_hides_no_other_problem() -> None:
    found = blocking({**draft(phone="13800000000"), "issued": "", "batches": draft()["batches"]})
    assert set(found) == {"day_unreadable", "contact_is_mobile"}


def test_a_row_that_cannot_be_read_causes_no_further_complaint() -> None:
    found = blocking(row(draft(), "batches", closes="三月"))
    assert set(found) == {"moment_unreadable"}
    found = blocking(row(draft(), "sentences", 1, text=7))
    assert set(found) == {"file_value_malformed"}


def test_what_says_nothing_yet_is_named_by_its_label() -> None:
    nothing = drafting.begin_blank(ISSUER)
    said = [one.sentence for one in problems_of(nothing) if one.refused.code == "file_key_missing"]
    assert "标题没有填写，通知必须写明。请填写。" in said
    assert not [one for one in said if "file" in one or "文件" in one]


def test_sentences_that_nothing_follows_from_are_remarked() -> None:
    left = remarks(draft())["notice_sentences_unused"]
    assert "S2.2.3" in left.sentence
    quiet = draft(sentences=[{**one, "flow": False} for one in draft()["sentences"]])
    assert "notice_sentences_unused" not in remarks(quiet)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"issued": "2026-03-06"}, "batch_over_before_issue"),
        ({"headings": {"S9": "九、其他"}}, "notice_heading_unused"),
        ({"directory": []}, "offices_without_telephone"),
    ],
)
def test_what_an_office_should_look_at_once_more(changed: Document, code: str) -> None:
    assert code in remarks(draft(**changed))
    assert blocking(draft(**changed)) == {}


def test_batches_that_overlap_and_kinds_that_nobody_takes_are_remarked() -> None:
    first = draft()["batches"][0]
    twice = draft(batches=[first, {**first, "id": "2026-9", "title": "另一批"}])
    assert "batches_overlap" in remarks(twice)
    only_new = row(draft(), "batches", kinds=["new"])
    assert "kind_in_no_batch" in remarks(only_new)
    nobody = row(draft(), "batches", kinds=[])
    assert "batch_for_nobody" in remarks(nobody)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("title", "标题"),
        ("platform.phone", "申报平台“技术支持电话”"),
        ("batches[0].closes", "批次“2026年第一批”的“申报截止”"),
        ("batches.2026-1", "批次“2026年第一批”"),
        ("batches.2026-1.closes", "批次“2026年第一批”的“申报截止”"),
        ("headings", "标题和序号"),
        ("sentences.S1.1", "句子“申报（复核）企业应符合《中小企业划型标准…”"),
        (None, "基本信息"),
    ],
)
def test_a_path_is_said_in_an_officers_words(path: str | None, label: str) -> None:
    assert place_of(draft(), path).label == label


def test_an_office_that_stands_in_no_chain_cannot_draft() -> None:
    with pytest.raises(Refused, match="issuer_in_no_chain"):
        Issuer.of("nowhere")
