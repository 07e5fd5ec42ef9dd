"""Dalian's notice of 2 February 2026, as far as pure law can hold it: deadlines, periods, moves.

Tests are named after the sentence they prove. That the product does what a sentence says is proved in
tests/journeys/test_dalian_2026_innovative.py; the last tests make sure that no sentence is left out there.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tidu.law import notices, procedures
from tidu.law.calendars import format_moment, parse_moment, quarter_window
from tidu.law.chains import load_chain
from tidu.law.notices import Batch, Notice
from tidu.law.procedures import TERMINAL, Action, Kind, Need, Position, Status
from tidu.law.refusals import Refused, sentence
from tidu.law.rulebook import read_text, read_toml

NOTICE = notices.load("dalian-2026-innovative")
PROCEDURE = procedures.load(NOTICE.procedure)
RECOMMEND = PROCEDURE.stage("county-recommend")


def conditions_of(sentence_id: str) -> dict[str, tuple[tuple[str, ...], str]]:
    return {c.id: (c.decided_by, c.effect) for c in NOTICE.conditions if c.sentence == sentence_id}


def recommend_by(notice: Notice, batch_id: str) -> notices.Deadline:
    found = notices.deadline(notice, notice.batch(batch_id), RECOMMEND)
    assert found is not None
    return found


def written(at: datetime) -> str:
    return format_moment(at, ends=True)


# 一、申报条件


def test_s1_1_registered_in_dalian_legal_person_proper_accounts() -> None:
    assert conditions_of("S1.1") == {
        "registered-here": (("area",), "block"),
        "legal-person": (("declaration", "office"), "decide"),
        "proper-accounts": (("declaration", "office"), "decide"),
    }


def test_s1_3_lists_products_and_incidents_are_declared_and_then_checked() -> None:
    assert conditions_of("S1.3") == {
        "not-on-lists": (("declaration", "credit_check"), "decide"),
        "products-permitted": (("declaration", "office"), "decide"),
        "no-major-incident": (("declaration", "credit_check", "office"), "decide"),
    }


def test_s1_3_credit_is_checked_in_both_reviews_and_again_before_publicity_and_announcement() -> None:
    checked = {stage.id for stage in PROCEDURE.stages if stage.credit_check}
    assert checked == {"county-review", "city-review", "city-publicity", "province-announce"}
    for stage_id, action in (
        ("county-review", Action.PASS_REVIEW),
        ("city-review", Action.PASS_REVIEW),
        ("city-publicity", Action.LIST),
        ("province-announce", Action.ANNOUNCE),
    ):
        assert Need.CREDIT_CHECK in PROCEDURE.stage(stage_id).needs_for(action)


def test_s1_4_an_unmet_standard_warns_and_lets_the_firm_submit() -> None:
    assert conditions_of("S1.4") == {"standard": (("standard",), "warn")}


# 二、申报时间


def test_s2_1_four_batches_each_for_applications_and_re_reviews() -> None:
    assert [(batch.id, batch.quarter) for batch in NOTICE.batches] == [
        ("2026-1", "2026Q1"),
        ("2026-2", "2026Q2"),
        ("2026-3", "2026Q3"),
        ("2026-4", "2026Q4"),
    ]
    assert {batch.kinds for batch in NOTICE.batches} == {("new", "re_review")}


@pytest.mark.parametrize("batch", NOTICE.batches, ids=lambda batch: batch.id)
def test_s2_2_a_window_runs_from_the_first_days_0000_to_the_last_days_2400(batch: Batch) -> None:
    assert batch.quarter is not None
    assert batch.window == quarter_window(batch.quarter)
    last_second = batch.closes - timedelta(seconds=1)
    assert [one for one in NOTICE.batches if last_second in one.window] == [batch]
    assert batch.closes not in batch.window


def test_s2_2_the_first_window_opened_before_the_notice_was_issued() -> None:
    assert NOTICE.issued == date(2026, 2, 2)
    assert written(NOTICE.batch("2026-1").opens) == "2025-12-31 24:00"


# 三、组织实施


def test_s3_0_2_acts_done_on_paper_carry_their_letter() -> None:
    by_letter = {
        stage.id for stage in PROCEDURE.stages for needs in stage.needs.values() if Need.LETTER_FILE in needs
    }
    assert by_letter == {"county-recommend", "city-report", "province-announce"}


def test_s3_1_1_1_firms_upload_evidence_and_hand_in_no_paper() -> None:
    assert [item.id for item in NOTICE.evidence if item.needed == "always"] == [
        "signed_form",
        "business_licence",
        "social_insurance",
        "audit_report",
        "product_note",
    ]
    assert not [paper for paper in NOTICE.papers if paper.by_firm]
    assert NOTICE.evidence_note.endswith("为本系统理解。")


def test_s3_1_1_2_what_was_refused_cannot_be_changed_in_its_batch() -> None:
    for stage in PROCEDURE.stages:
        assert PROCEDURE.actions_at(Position(stage.id, Status.NOT_RECOGNISED)) == ()


def test_s3_1_1_2_being_returned_for_mending_is_not_being_refused() -> None:
    returned = PROCEDURE.move(Position("county-review", Status.IN_REVIEW), Action.RETURN_FOR_MENDING)
    assert returned.status not in TERMINAL
    assert PROCEDURE.move(returned, Action.RESUBMIT) == Position("county-review", Status.IN_REVIEW)


def test_s3_1_2_1_districts_review_inspect_by_sample_and_recommend_by_letter() -> None:
    review = PROCEDURE.first_stage()
    assert (review.level, review.kind, review.inspection.mode) == ("county", Kind.REVIEW, "sample")
    assert Need.INSPECTION in review.needs_for(Action.PASS_REVIEW)
    assert PROCEDURE.next_stage(review.id) == RECOMMEND
    assert Need.LETTER_NUMBER in RECOMMEND.needs_for(Action.RECOMMEND)


def test_s3_1_2_2_the_city_checks_a_second_time_publicises_and_reports() -> None:
    city = [(stage.id, stage.kind) for stage in PROCEDURE.stages if stage.level == "city"]
    assert city == [
        ("city-review", Kind.REVIEW),
        ("city-publicity", Kind.PUBLICITY),
        ("city-report", Kind.REPORT),
    ]


def test_s3_1_2_2_only_a_list_without_open_objection_is_reported() -> None:
    needs = PROCEDURE.stage("city-publicity").needs_for(Action.CLEAR)
    assert needs == (Need.PERIOD_OVER, Need.OBJECTIONS_SETTLED)
    suspended = Position("city-publicity", Status.SUSPENDED)
    assert Action.CLEAR not in PROCEDURE.actions_at(suspended)
    assert PROCEDURE.move(suspended, Action.STRIKE).status is Status.NOT_RECOGNISED
    assert PROCEDURE.move(suspended, Action.RESUME).status is Status.LISTED


def test_s3_1_2_2_publicity_lasts_five_working_days_from_the_next_day() -> None:
    window = notices.publicity_window(NOTICE, parse_moment("2026-04-30 15:00"))
    # 劳动节 1 to 5 May 2026, 9 May is worked in exchange
    assert written(window.closes) == "2026-05-11 24:00"
    assert NOTICE.reading("publicity_days").mark == "本系统理解"


def test_s3_1_3_the_province_announces_and_inspects_afterwards() -> None:
    last = PROCEDURE.stages[-1]
    assert (last.level, last.kind) == ("province", Kind.ANNOUNCE)
    assert (last.inspection.mode, last.inspection.blocks) == ("sample", False)
    assert PROCEDURE.move(Position(last.id, Status.PASSED), Action.ANNOUNCE).status is Status.RECOGNISED


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_s3_2_1_each_batch_of_2023_is_re_reviewed_in_the_corresponding_batch(number: int) -> None:
    assert NOTICE.corresponding_batch(f"2023-{number}").id == f"2026-{number}"


def test_s3_2_1_a_title_of_another_year_is_not_re_reviewed_here() -> None:
    with pytest.raises(Refused) as refused:
        NOTICE.corresponding_batch("2024-1")
    assert sentence(refused.value).startswith("2024-1 批次公告的企业不在")


def test_s3_2_1_re_review_is_for_holders_and_application_for_others() -> None:
    assert (NOTICE.kind("re_review").holds, NOTICE.kind("new").lacks) == (("innovative",), ("innovative",))


@pytest.mark.parametrize(
    ("valid_until", "lapses"),
    [("2026-02-01", "2026-03-31 24:00"), ("2026-05-01", "2026-04-30 24:00")],
)
def test_s3_2_2_a_title_not_applied_for_lapses_with_the_window_or_its_validity(
    valid_until: str, lapses: str
) -> None:
    batch = NOTICE.batch("2026-1")
    at = notices.lapse_if_not_applied(NOTICE, batch, date.fromisoformat(valid_until))
    assert written(at) == lapses


def test_s3_2_2_a_title_whose_re_review_failed_lapses_with_the_decision() -> None:
    refused_at = datetime(2026, 4, 8, 2, 0, tzinfo=UTC)
    assert notices.lapse_if_refused(NOTICE, refused_at, date(2026, 5, 1)) == refused_at


def test_s3_3_1_data_are_updated_by_31_may_that_day_included() -> None:
    assert written(notices.update_deadline(NOTICE)) == "2026-05-31 24:00"


@pytest.mark.parametrize(("misses", "follows"), [(0, "none"), (1, "monitor"), (2, "cancel"), (3, "cancel")])
def test_s3_3_2_the_first_miss_is_monitored_and_the_second_cancels(misses: int, follows: str) -> None:
    assert NOTICE.upkeep is not None
    assert NOTICE.upkeep.consequence(misses) == follows


@pytest.mark.parametrize(
    ("changed", "until"), [("2026-03-15", "2026-06-15 24:00"), ("2026-11-30", "2027-02-28 24:00")]
)
def test_s3_3_3_a_major_change_is_reported_within_three_months(changed: str, until: str) -> None:
    assert written(notices.change_deadline(NOTICE, date.fromisoformat(changed))) == until


# 四、工作要求


def test_s4_2_1_only_what_was_reviewed_is_recommended() -> None:
    assert Action.RECOMMEND not in PROCEDURE.actions_at(Position("county-review", Status.IN_REVIEW))
    passed = PROCEDURE.move(Position("county-review", Status.IN_REVIEW), Action.PASS_REVIEW)
    assert passed == Position("county-recommend", Status.PASSED)


def test_s4_3_2_a_batch_that_has_not_opened_may_change_to_a_new_standard() -> None:
    change = notices.Corrigendum(
        "大工信更正〔2026〕1号", "新标准发布", (notices.Change("batches.2026-4.standard", "2022-innovative"),)
    )
    amended = notices.amend(NOTICE, change, at=parse_moment("2026-09-30 23:59"))
    assert [batch.standard for batch in amended.batches][2:] == [
        "2022-innovative-liaoning",
        "2022-innovative",
    ]
    with pytest.raises(Refused, match="corrigendum_changes_open_standard"):
        notices.amend(NOTICE, change, at=parse_moment("2026-10-01 00:00"))


@pytest.mark.parametrize(
    ("batch", "until"),
    [
        ("2026-1", "2026-04-10 24:00"),
        ("2026-2", "2026-07-10 24:00"),
        ("2026-3", "2026-10-10 24:00"),
        ("2026-4", "2027-01-10 24:00"),
    ],
)
def test_s4_4_districts_recommend_within_ten_days_after_the_quarter(batch: str, until: str) -> None:
    found = recommend_by(NOTICE, batch)
    assert (written(found.at), found.mode, found.reading) == (until, "soft", "本系统理解")
    assert found.sentence == NOTICE.sentence("S4.4").text


def test_s4_4_the_very_midnight_is_late() -> None:
    found = recommend_by(NOTICE, "2026-1")
    assert not found.is_late(found.at - timedelta(seconds=1))
    assert found.is_late(found.at)
    assert found.hours_left(found.at - timedelta(hours=30)) == 30


def test_s4_4_a_letter_and_two_summary_tables_are_due() -> None:
    due = [NOTICE.paper(paper) for paper in RECOMMEND.papers]
    assert [(paper.form, paper.annex, paper.kinds) for paper in due] == [
        ("letter", None, ("new", "re_review")),
        ("table", 3, ("new",)),
        ("table", 4, ("re_review",)),
    ]


def test_s4_5_thirteen_units_with_their_office_numbers() -> None:
    offices = load_chain("dalian")
    assert len(NOTICE.directory) == 13
    for contact in NOTICE.directory:
        office = offices.office(contact.office)
        assert (contact.name, contact.phones) == (office.name, office.phones)
        assert offices.above(office.code) == {"county": office.code, "city": "dalian", "province": "liaoning"}


def test_s4_5_no_mobile_number_stands_in_the_directory() -> None:
    assert not [
        phone for contact in NOTICE.directory for phone in contact.phones if re.fullmatch(r"1\d{10}", phone)
    ]


# The whole notice, word for word


LAW_ONLY = {"S3.3.1", "S3.3.2", "S3.3.3"}
"""年度更新、重大变化: the law computes by when and what follows, the tests above prove that and no more.

No action of the product updates a firm's data for the year, counts a miss or takes a major change yet:
that is the life of a title, which comes with a later version. Whoever builds it takes the sentence out here.
"""


def sentences_named(names: Iterable[str]) -> set[str]:
    """Which sentences tests are named after: `test_s3_1_2_2_…` is after S3.1.2.2."""
    named = (re.match(r"test_(s\d+(?:_\d)+)_", name) for name in names)
    return {match[1].upper().replace("_", ".") for match in named if match}


def test_every_sentence_that_bears_on_the_flow_is_done_by_the_product_or_owned_up_to() -> None:
    journey = Path(__file__).parents[2] / "journeys" / "test_dalian_2026_innovative.py"
    walked = sentences_named(re.findall(r"^def (test_\w+)", journey.read_text("utf-8"), re.MULTILINE))
    flow = {one.id for one in NOTICE.sentences if one.flow}
    assert flow - walked == LAW_ONLY
    assert sentences_named(globals()) >= LAW_ONLY


def test_sentences_and_headings_together_are_the_body_of_the_notice() -> None:
    body = "".join(read_text("notices", "dalian-2026-innovative.txt").split())
    body = body[body.index("各区市县（先导区）中小企业主管部门：") : body.index("中山区科工信局82565782")]
    said, waiting = "", dict(NOTICE.headings)
    for one in NOTICE.sentences:
        for start in [key for key in waiting if f"{one.id}.".startswith(f"{key}.")]:
            said += waiting.pop(start)
        said += one.text
    assert "".join(said.split()) == body
    assert waiting == {}


def test_each_reading_of_ours_is_marked_and_editable() -> None:
    assert {reading.mark for reading in NOTICE.readings} == {"本系统理解"}
    assert all(reading.editable and reading.note and reading.sentences for reading in NOTICE.readings)


def test_the_notice_frozen_and_read_again_is_the_same_as_its_file() -> None:
    frozen = notices.to_json(NOTICE)
    assert notices.from_json(frozen) == NOTICE
    assert frozen == read_toml("notices", "dalian-2026-innovative")
