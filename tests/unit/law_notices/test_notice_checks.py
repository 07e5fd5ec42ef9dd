"""What stands against publishing a notice, each problem with its place and its sentence."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from tidu.law import notices
from tidu.law.calendars import format_moment, parse_moment
from tidu.law.notices import times
from tidu.law.refusals import Refused, sentence
from tidu.law.rulebook import read_toml

Edit = Callable[[dict[str, Any]], None]

DALIAN = read_toml("notices", "dalian-2026-innovative")


def edited(edit: Edit) -> notices.Notice:
    data = deepcopy(DALIAN)
    edit(data)
    return notices.from_json(data)


def named(data: dict[str, Any], name: str, wanted: str) -> dict[str, Any]:
    return next(item for item in data[name] if item["id"] == wanted)


def without(name: str, wanted: str) -> Edit:
    return lambda data: data.update({name: [item for item in data[name] if item["id"] != wanted]})


def setting(name: str, wanted: str, key: str, value: object) -> Edit:
    return lambda data: named(data, name, wanted).update({key: value})


def doubling(name: str) -> Edit:
    return lambda data: data[name].append(deepcopy(data[name][0]))


def test_dalians_notice_has_no_problem() -> None:
    assert list(notices.problems(edited(lambda data: None))) == []


@pytest.mark.parametrize(
    ("edit", "code", "field"),
    [
        (doubling("readings"), "notice_id_twice", "readings.recommend_counting"),
        (doubling("batches"), "notice_id_twice", "batches.2026-1"),
        (without("sentences", "S4.4"), "notice_sentence_unknown", "readings.recommend_mode.sentences"),
        (without("readings", "publicity_days"), "reading_missing", "readings.publicity_days"),
        (
            setting("readings", "publicity_days", "value", "5"),
            "reading_of_wrong_kind",
            "readings.publicity_days",
        ),
        (
            setting("readings", "publicity_days", "value", True),
            "reading_of_wrong_kind",
            "readings.publicity_days",
        ),
        (
            setting("readings", "publicity_days", "value", 0),
            "reading_out_of_bounds",
            "readings.publicity_days",
        ),
        (
            setting("readings", "publicity_days", "value", 61),
            "reading_out_of_bounds",
            "readings.publicity_days",
        ),
        (
            lambda data: named(data, "readings", "publicity_days").pop("most"),
            "reading_without_bounds",
            "readings.publicity_days",
        ),
        (
            setting("readings", "recommend_mode", "value", "never"),
            "reading_not_a_choice",
            "readings.recommend_mode",
        ),
        (
            setting("deadlines", "county-recommend", "mode", "@nowhere"),
            "deadline_reading_unknown",
            "deadlines.county-recommend.mode",
        ),
        (
            setting("batches", "2026-1", "standard", "2031-any"),
            "notice_standard_unknown",
            "batches.2026-1.standard",
        ),
        (
            setting("batches", "2026-1", "re_reviews", []),
            "batch_without_re_reviews",
            "batches.2026-1.re_reviews",
        ),
        (
            setting("batches", "2026-1", "closes", "2026-03-30 24:00"),
            "batch_not_its_quarter",
            "batches.2026-1",
        ),
        (
            setting("batches", "2026-1", "closes", "2026-04-11 24:00"),
            "deadline_before_window_closes",
            "deadlines.county-recommend",
        ),
        (lambda data: data.update(batches=[]), "notice_without_batches", "batches"),
        (lambda data: data.update(issuer="nowhere"), "notice_office_unknown", "issuer"),
        (lambda data: data.update(seats={"ministry": "dalian"}), "notice_level_unknown", "seats.ministry"),
        (without("evidence", "audit_report"), "notice_fact_unproven", "evidence"),
        (setting("evidence", "audit_report", "id", "seal"), "notice_evidence_unknown", "evidence.seal"),
        (
            setting("evidence", "audit_report", "when", ["revenue"]),
            "notice_evidence_without_claim",
            "evidence.audit_report",
        ),
        (setting("conditions", "size", "facts", ["weight"]), "notice_fact_unknown", "conditions.size.facts"),
        (without("deadlines", "county-recommend"), "stage_without_deadline", "deadlines"),
        (setting("deadlines", "county-recommend", "stage", "city-report"), "notice_deadline_misplaced", None),
        (without("papers", "announcement-list"), "stage_without_paper", "papers"),
        (setting("papers", "announcement-list", "stage", "city-review"), "notice_paper_misplaced", None),
        (
            setting("papers", "announcement-list", "stage", "nowhere"),
            "paper_of_no_stage",
            "papers.announcement-list",
        ),
        (
            setting("papers", "announcement-list", "deadline", "nowhere"),
            "notice_deadline_unknown",
            "papers.announcement-list",
        ),
        (
            setting("papers", "announcement-list", "delivery", "nowhere"),
            "notice_delivery_unknown",
            "papers.announcement-list",
        ),
        (
            setting("papers", "announcement-list", "design", "nowhere"),
            "paper_design_unknown",
            "papers.announcement-list",
        ),
        (
            setting("papers", "announcement-list", "copies", 0),
            "paper_without_copies",
            "papers.announcement-list",
        ),
        (lambda data: data.update(procedure="nowhere"), "procedure_unknown", None),
        (lambda data: data.update(offices="nowhere"), "chain_unknown", None),
    ],
)
def test_a_problem_is_named_with_its_place(edit: Edit, code: str, field: str | None) -> None:
    found = {problem.code: problem for problem in notices.problems(edited(edit))}
    assert code in found
    assert field is None or found[code].field == field
    assert sentence(found[code])


def test_all_problems_are_shown_at_once() -> None:
    def edit(data: dict[str, Any]) -> None:
        without("readings", "publicity_days")(data)
        setting("batches", "2026-1", "standard", "2031-any")(data)

    assert [p.code for p in notices.problems(edited(edit))] == ["reading_missing", "notice_standard_unknown"]


@pytest.mark.parametrize(
    ("edit", "code", "field"),
    [
        (lambda data: data.update(colour="red"), "file_key_unknown", "colour"),
        (lambda data: data.pop("title"), "file_key_missing", "title"),
        (setting("batches", "2026-1", "opens", 20260101), "file_value_malformed", "batches[0].opens"),
        (setting("batches", "2026-1", "kinds", ["gift"]), "file_choice_unknown", "batches[0].kinds[0]"),
        (setting("batches", "2026-1", "kinds", "new"), "file_value_malformed", "batches[0].kinds"),
        (setting("readings", "inspectors", "value", 2.5), "file_value_malformed", "readings[12].value"),
        (setting("papers", "announcement-list", "copies", True), "file_value_malformed", "papers[3].copies"),
        (lambda data: data.update(platform="zjtx"), "file_value_malformed", "platform"),
        (lambda data: data.update(seats=[]), "file_value_malformed", "seats"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_the_path(edit: Edit, code: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        edited(edit)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert sentence(refused.value)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"title = ", b"{", b"[1]"])
def test_bytes_that_are_no_notice_are_refused(content: bytes) -> None:
    with pytest.raises(Refused, match=r"notice_unreadable|file_key"):
        notices.load(content)


def test_a_notice_that_is_not_in_the_rulebook_is_refused() -> None:
    with pytest.raises(Refused, match="notice_unknown"):
        notices.load("nowhere")


def test_a_seat_lets_an_office_act_at_another_level_than_its_own() -> None:
    seated = edited(lambda data: data.update(seats={"province": "dalian"}))
    above = {"county": "dalian-gaoxin", "city": "dalian", "province": "liaoning"}
    assert seated.office_at("province", above) == "dalian"
    assert seated.office_at("county", above) == "dalian-gaoxin"
    assert seated.office_at("ministry", above) is None


XINJIANG = read_toml("notices", "xinjiang-2026-specialised-batch1")


def xinjiang(edit: Edit) -> notices.Notice:
    data = deepcopy(XINJIANG)
    edit(data)
    return notices.from_json(data)


@pytest.mark.parametrize(
    ("edit", "code", "field"),
    [
        (
            setting("deadlines", "county-recommend", "within", 10),
            "deadlines_out_of_order",
            "deadlines.prefecture-recommend",
        ),
        (
            setting("deliveries", "region", "office", "nowhere"),
            "notice_office_unknown",
            "deliveries.region.office",
        ),
        (
            setting("deliveries", "region", "mailbox_sentence", "S9"),
            "notice_sentence_unknown",
            "deliveries.region.mailbox_sentence",
        ),
        (without("evidence", "niche_note"), "notice_fact_unproven", "evidence"),
    ],
)
def test_a_problem_of_xinjiangs_notice_is_named_with_its_place(edit: Edit, code: str, field: str) -> None:
    assert list(notices.problems(xinjiang(lambda data: None))) == []
    found = {problem.code: problem for problem in notices.problems(xinjiang(edit))}
    assert found[code].field == field
    assert sentence(found[code])


def test_what_another_standard_must_prove_is_not_asked_of_dalian() -> None:
    assert "niche_note" not in {item["id"] for item in DALIAN["evidence"]}
    assert list(notices.problems(edited(lambda data: None))) == []


# Other ways of setting a time


def test_an_advisory_deadline_is_ours_and_stands_among_all_of_the_batch() -> None:
    notice = xinjiang(lambda data: None)
    rule, batch = notice.rule("county-recommend"), notice.batch("2026-1")
    found = times.deadline_by(notice, batch, rule)
    assert (found.mode, found.reading) == ("advisory", "本系统理解")
    assert format_moment(found.at, ends=True) == "2026-03-06 24:00"
    assert [one.id for one in times.all_deadlines(notice, batch)] == [
        "county-recommend", "prefecture-recommend", "prefecture-papers",
    ]  # fmt: skip


@pytest.mark.parametrize(("rest_day", "until"), [("stay", "2026-03-08 24:00"), ("roll", "2026-03-09 24:00")])
def test_before_a_day_of_rest_stays_or_rolls_as_read(rest_day: str, until: str) -> None:
    notice = xinjiang(setting("readings", "recommend_rest_day", "value", rest_day))
    at = times.moment_of(notice, notice.batch("2026-1"), notice.rule("prefecture-recommend"))
    assert format_moment(at, ends=True) == until


def hard_before(data: dict[str, Any]) -> None:
    """As Xinjiang writes it: 于2026年4月12日前, 过期不予受理."""
    rule = named(data, "deadlines", "county-recommend")
    del rule["within"], rule["after"]
    rule |= {"before": "2026-04-12", "mode": "hard"}
    data["batches"] = data["batches"][:1]


@pytest.mark.parametrize(("includes", "until"), [(True, "2026-04-12 24:00"), (False, "2026-04-11 24:00")])
def test_before_a_day_is_a_sunday_all_the_same_and_includes_it_as_read(includes: bool, until: str) -> None:
    def edit(data: dict[str, Any]) -> None:
        hard_before(data)
        setting("readings", "before_includes_day", "value", includes)(data)

    notice = edited(edit)
    assert list(notices.problems(notice)) == []
    rule, batch = notice.rule("county-recommend"), notice.batch("2026-1")
    assert date(2026, 4, 12).weekday() == 6
    assert format_moment(times.moment_of(notice, batch, rule), ends=True) == until
    assert times.mode_of(notice, rule) == "hard"


@pytest.mark.parametrize(
    ("batch", "rest_day", "counting", "until"),
    [
        ("2026-3", "stay", "calendar", "2026-10-10 24:00"),
        ("2026-3", "roll", "calendar", "2026-10-10 24:00"),  # a Saturday that is worked
        ("2026-3", "stay", "working", "2026-10-20 24:00"),
        ("2026-1", "stay", "working", "2026-04-15 24:00"),
    ],
)
def test_ten_days_as_read(batch: str, rest_day: str, counting: str, until: str) -> None:
    def edit(data: dict[str, Any]) -> None:
        setting("readings", "recommend_rest_day", "value", rest_day)(data)
        setting("readings", "recommend_counting", "value", counting)(data)

    notice = edited(edit)
    at = times.moment_of(notice, notice.batch(batch), notice.rule("county-recommend"))
    assert format_moment(at, ends=True) == until


def test_a_period_that_ends_on_a_rest_day_rolls_to_the_next_working_day() -> None:
    def edit(data: dict[str, Any]) -> None:
        setting("readings", "recommend_rest_day", "value", "roll")(data)
        setting("deadlines", "county-recommend", "within", 4)(data)

    notice = edited(edit)
    at = times.moment_of(notice, notice.batch("2026-1"), notice.rule("county-recommend"))
    # 4 April 2026 is 清明节, 7 April the first working day after it
    assert format_moment(at, ends=True) == "2026-04-07 24:00"


def test_a_deadline_in_a_year_without_calendar_is_open_and_the_notice_stands() -> None:
    def edit(data: dict[str, Any]) -> None:
        setting("readings", "recommend_counting", "value", "working")(data)
        data["batches"] = data["batches"][:1]
        data["batches"][0] |= {"quarter": "2099Q1", "opens": "2099-01-01 00:00", "closes": "2099-03-31 24:00"}

    notice = edited(edit)
    assert list(notices.problems(notice)) == []
    with pytest.raises(Refused, match="calendar_year_unknown"):
        times.moment_of(notice, notice.batches[0], notice.rule("county-recommend"))


def test_days_after_the_window_follow_the_window_and_not_the_quarter() -> None:
    def edit(data: dict[str, Any]) -> None:
        setting("deadlines", "county-recommend", "after", "window")(data)
        setting("batches", "2026-1", "closes", "2026-04-15 24:00")(data)

    notice = edited(edit)
    at = times.moment_of(notice, notice.batch("2026-1"), notice.rule("county-recommend"))
    assert format_moment(at, ends=True) == "2026-04-25 24:00"


def test_mending_is_asked_until_the_tenth_day_after_the_request() -> None:
    notice = edited(lambda data: None)
    asked = parse_moment("2026-03-20 17:30")
    assert format_moment(notices.mending_deadline(notice, asked), ends=True) == "2026-03-30 24:00"


@pytest.mark.parametrize(
    ("first", "until"), [("next_day", "2026-05-22 24:00"), ("same_day", "2026-05-21 24:00")]
)
def test_publicity_counts_the_day_of_publication_or_not(first: str, until: str) -> None:
    notice = edited(setting("readings", "publicity_first_day", "value", first))
    window = notices.publicity_window(notice, parse_moment("2026-05-15 09:00"))
    assert format_moment(window.closes, ends=True) == until
    assert window.opens == parse_moment("2026-05-15 09:00")


@pytest.mark.parametrize(
    ("starts", "validity"),
    [
        ("announcement", (date(2026, 5, 20), date(2029, 5, 20))),
        ("next_year", (date(2027, 1, 1), date(2030, 1, 1))),
    ],
)
def test_a_title_is_valid_for_three_years_as_read(starts: str, validity: tuple[date, date]) -> None:
    notice = edited(setting("readings", "title_starts", "value", starts))
    assert notices.title_validity(notice, date(2026, 5, 20)) == validity
