"""批量办理: confirmed once, done case by case through the one door; what was refused says why."""

import json
from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django import app as jobs
from tests import cases, scene
from tests.plugins.beginnings import beginning

from tidu.aftermath.actions import follow_all
from tidu.aftermath.handlers.carrying_out_bulk import CARRY_OUT
from tidu.applications.actions import (
    carry_out_bulk,
    confirm_bulk,
    pass_review,
    receive,
    return_for_mending,
)
from tidu.applications.enums import BulkAction
from tidu.applications.models import BulkAct, BulkItem, Case
from tidu.applications.queries import bulk_acts, progress_of, prospects, queue, refused_items
from tidu.applications.queries.queue import Filters
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.refusals import Refused
from tidu.offices.actions import close_post
from tidu.offices.enums import Role
from tidu.offices.models import Post
from tidu.records.models import Entry
from tidu.records.queries import timeline

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=5)


@beginning
def ready(opened_round: cases.Round) -> list[Case]:
    """Three cases that were received and looked up."""
    return [ready_to_pass(opened_round, number) for number in (1, 2, 3)]


def ready_to_pass(round_: cases.Round, number: int) -> Case:
    case = cases.submitted(round_, number)
    receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    cases.checked(round_, round_.east, case)
    return case


def confirm(round_: cases.Round, chosen: list[Case], *, actor: Actor | None = None) -> BulkAct:
    return confirm_bulk(
        actor=actor or round_.east,
        action=BulkAction.PASS_REVIEW,
        case_versions=cases.seen(chosen),
        comment="材料齐全，同意。",
        at=round_.at,
    )


def carry_out(round_: cases.Round, bulk: BulkAct) -> BulkAct:
    return carry_out_bulk(bulk_id=bulk.pk, now=lambda: round_.at + LATER)


def standing(bulk: BulkAct) -> dict[str, str]:
    with scope(SYSTEM):
        items = BulkItem.objects.filter(bulk=bulk).select_related("case__firm").order_by("case_id")
        return {item.case.firm.name[2:4]: f"{item.state} {item.reason}".strip() for item in items}


def test_confirming_changes_no_case_and_carrying_out_passes_each(
    round_: cases.Round, ready: list[Case]
) -> None:
    bulk = confirm(round_, ready)
    assert {cases.again(case).stage for case in ready} == {"county-review"}

    finished = carry_out(round_, bulk)

    assert {cases.again(case).stage for case in ready} == {"county-recommend"}
    assert standing(bulk) == {"第1": "done", "第2": "done", "第3": "done"}
    assert finished.finished_at == round_.at + LATER


def test_each_act_bears_the_officer_the_opinion_and_the_moment_of_the_confirmation(
    round_: cases.Round, ready: list[Case]
) -> None:
    carry_out(round_, confirm(round_, ready))

    with scope(round_.east):
        entry = timeline(ready[0].chain).get(verb="pass_review")
    assert (entry.account_id, entry.office_id) == (round_.east.account_id, round_.east.office_id)
    assert (entry.at, entry.content["comment"]) == (round_.at, "材料齐全，同意。")


def test_the_act_as_a_whole_has_a_ledger_of_its_own(round_: cases.Round, ready: list[Case]) -> None:
    bulk = confirm(round_, ready)
    carry_out(round_, bulk)

    with scope(round_.east):
        first, last = Entry.objects.filter(chain=bulk.chain).order_by("seq")
    assert (first.verb, first.content["cases"]) == ("confirm_bulk", 3)
    assert (last.verb, last.content["done"], last.content["refused"]) == ("finish_bulk", 3, 0)


def test_what_moved_after_it_was_seen_is_refused_alone_with_the_reason(
    round_: cases.Round, ready: list[Case]
) -> None:
    bulk = confirm(round_, ready)
    return_for_mending(
        actor=round_.east, case_id=ready[1].pk, expected_version=None, comment="请核对从业人数。",
        fields=["employees"], evidence=[], at=round_.at,
    )  # fmt: skip

    carry_out(round_, bulk)

    found = standing(bulk)
    assert (found["第1"], found["第3"]) == ("done", "done")
    assert found["第2"].startswith("refused")
    assert f"案件 {ready[1].number} 已被他人办理，现为“退回补正”" in found["第2"]


def test_what_lacks_something_is_refused_by_the_door_itself(round_: cases.Round, ready: list[Case]) -> None:
    fresh = cases.submitted(round_, 4)

    bulk = confirm(round_, [*ready, fresh])
    carry_out(round_, bulk)

    assert "还不能“审核通过”：缺少已受理、信用查询记录" in standing(bulk)["第4"]
    with scope(round_.east):
        assert [item.case_id for item in refused_items(bulk)] == [fresh.pk]


def test_carrying_out_again_does_nothing_more(round_: cases.Round, ready: list[Case]) -> None:
    bulk = confirm(round_, ready)
    carry_out(round_, bulk)
    versions = cases.seen(ready)

    carry_out(round_, bulk)

    assert cases.seen(ready) == versions
    with scope(SYSTEM):
        assert Entry.objects.filter(chain=bulk.chain).count() == 2


class Clock:
    """Tells the time of each step, and at one of them that something outside has failed."""

    def __init__(self, at: datetime, failure: BaseException, step: int) -> None:
        self.at, self.failure, self.step, self.steps = at, failure, step, 0

    def __call__(self) -> datetime:
        self.steps += 1
        if self.steps == self.step:
            raise self.failure
        return self.at


def test_a_worker_that_dies_leaves_the_rest_to_the_next_one(round_: cases.Round, ready: list[Case]) -> None:
    """The process is gone after the first case; what was done stays done, once."""
    bulk = confirm(round_, ready)

    with pytest.raises(SystemExit):
        carry_out_bulk(bulk_id=bulk.pk, now=Clock(round_.at, SystemExit(), step=2))
    assert list(standing(bulk).values()) == ["done", "waiting", "waiting"]

    carry_out(round_, bulk)

    assert list(standing(bulk).values()) == ["done", "done", "done"]
    with scope(SYSTEM):
        assert Entry.objects.filter(verb="pass_review").count() == 3


def test_a_fault_stops_its_own_case_only_and_is_told(round_: cases.Round, ready: list[Case]) -> None:
    bulk = confirm(round_, ready)

    with pytest.raises(OSError, match="the disk is full"):
        carry_out_bulk(bulk_id=bulk.pk, now=Clock(round_.at, OSError("the disk is full"), step=1))

    assert list(standing(bulk).values()) == ["waiting", "done", "done"]
    assert carry_out(round_, bulk).finished_at is not None


def test_confirming_queues_the_job_that_carries_it_out(round_: cases.Round, ready: list[Case]) -> None:
    bulk = confirm(round_, ready)

    follow_all(round_.at)

    (job,) = jobs.job_manager.list_jobs(task=CARRY_OUT)
    assert json.loads(str(job.task_kwargs)) == {"bulk_id": bulk.pk}


def test_what_was_confirmed_is_done_even_if_the_post_is_closed_meanwhile(
    round_: cases.Round, ready: list[Case]
) -> None:
    bulk = confirm(round_, ready)
    with scope(SYSTEM):
        post = Post.objects.select_related("office", "account").get(account_id=round_.east.account_id or 0)
    close_post(actor=SYSTEM, post=post, at=round_.at)

    carry_out(round_, bulk)

    assert set(standing(bulk).values()) == {"done"}


def test_many_are_received_at_once(round_: cases.Round) -> None:
    fresh = [cases.submitted(round_, number) for number in (1, 2)]
    bulk = confirm_bulk(
        actor=round_.east, action="receive", case_versions=cases.seen(fresh), comment="", at=round_.at
    )
    carry_out(round_, bulk)

    with scope(SYSTEM):
        assert {stage.received_at for case in fresh for stage in case.stages.all()} == {round_.at}


# ------------------------------------------------------------------ who, and what not


def test_cases_of_another_district_cannot_even_be_confirmed(round_: cases.Round, ready: list[Case]) -> None:
    with pytest.raises(Refused, match="bulk_case_unknown"):
        confirm(round_, ready, actor=round_.west)


def test_the_city_that_only_reads_cannot_either(round_: cases.Round, ready: list[Case]) -> None:
    with pytest.raises(Refused, match="bulk_case_unknown"):
        confirm(round_, ready, actor=round_.city)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"comment": " "}, "comment_missing"),
        ({"case_versions": {}}, "no_case_chosen"),
        ({"case_versions": dict.fromkeys(range(1, 1002), 1)}, "bulk_too_many"),
    ],
)
def test_what_cannot_be_confirmed(
    round_: cases.Round, ready: list[Case], changed: dict[str, object], code: str
) -> None:
    said = {"comment": "同意。", "case_versions": cases.seen(ready), **changed}

    with pytest.raises(Refused, match=code):
        confirm_bulk(actor=round_.east, action="pass_review", at=round_.at, **said)  # type: ignore[arg-type]


def test_who_administers_accounts_confirms_nothing(round_: cases.Round, ready: list[Case]) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        confirm(round_, ready, actor=scene.office_actor(scene.EAST, Role.ADMINISTRATOR))


def test_acts_of_an_office_are_seen_by_nobody_else(round_: cases.Round, ready: list[Case]) -> None:
    bulk = confirm(round_, ready)

    with scope(round_.east):
        assert [(one.pk, vars(one)["cases"]) for one in bulk_acts()] == [(bulk.pk, 3)]
        assert progress_of(bulk).waiting == 3
    for actor in (round_.west, round_.city, round_.firms[1]):
        with scope(actor):
            assert not bulk_acts().exists()
            assert not BulkItem.objects.exists()
            assert not Entry.objects.filter(chain=bulk.chain).exists()


# ------------------------------------------------------------------ beforehand


def test_the_preview_says_what_the_door_will_say(round_: cases.Round, ready: list[Case]) -> None:
    fresh = cases.submitted(round_, 4)
    passed = ready_to_pass(round_, 5)
    pass_review(actor=round_.east, case_id=passed.pk, expected_version=None, comment="同意", at=round_.at)

    with scope(round_.east):
        found = {
            one.case.pk: one
            for one in prospects(
                round_.east, BulkAction.PASS_REVIEW, list(queue(round_.east, Filters(tab="all")))
            )
        }

    assert all(found[case.pk].answer for case in ready)
    assert found[fresh.pk].answer.reason == "还缺已受理、信用查询记录。"
    assert "不能审核通过" in found[passed.pk].answer.reason


def test_a_case_that_does_not_meet_the_standard_is_not_ticked_beforehand(
    round_: cases.Round, ready: list[Case]
) -> None:
    with scope(SYSTEM):
        for case, verdict in zip(ready, ("met", "unmet", "open"), strict=True):
            Case.objects.filter(pk=case.pk).update(verdict=verdict)

    with scope(round_.east):
        found = prospects(
            round_.east, BulkAction.PASS_REVIEW, list(queue(round_.east, Filters()).order_by("pk"))
        )

    assert [(one.is_chosen, one.doubts) for one in found] == [
        (True, ()),
        (False, ("结论不符合",)),
        (False, ("结论待补充",)),
    ]
