"""批量办理 in the browser: chosen in the queue, previewed case by case, confirmed once, watched."""

import pytest
from django.test import Client
from tests import cases, scene
from tests.flows.portals_office.desk import officer, sheet_of, signed_in, source, words

from tidu.aftermath.tasks import carry_on_bulk, carry_out_bulk
from tidu.applications.actions import receive
from tidu.applications.models import BulkAct, Case
from tidu.database.scope import SYSTEM, scope
from tidu.offices.enums import Role

PASS, RECEIVE = "/office/bulk/pass_review/", "/office/bulk/receive/"
COMMENT = "材料齐全，数据与佐证一致，同意。"


@pytest.fixture
def east(round_: cases.Round) -> Client:
    return signed_in(round_.east)


def ready(round_: cases.Round, *numbers: int) -> list[Case]:
    """Cases that may be passed, their verdict met."""
    found = [cases.submitted(round_, number) for number in numbers]
    for case in found:
        receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
        cases.checked(round_, round_.east, case)
    with scope(SYSTEM):
        Case.objects.filter(pk__in=[case.pk for case in found]).update(verdict="met")
    return found


def boxes(*chosen: Case) -> list[str]:
    return [f"{case.pk}:{cases.again(case).version}" for case in chosen]


def last() -> BulkAct:
    with scope(SYSTEM):
        return BulkAct.objects.latest("pk")


def test_the_queue_leads_to_a_preview_of_what_is_ticked(round_: cases.Round, east: Client) -> None:
    first, second = ready(round_, 1, 2)
    assert f'name="case" value="{first.pk}"' in source(east.get("/office/queue/"))

    page = source(east.get(f"{PASS}?case={first.pk}"))

    assert f'value="{boxes(first)[0]}"' in page
    assert second.number not in page


def test_without_a_tick_all_that_the_filters_find_are_shown(round_: cases.Round, east: Client) -> None:
    ready(round_, 1, 2)
    cases.submitted(round_, 3)

    page = words(east.get(f"{PASS}?tab=todo&batch={round_.batch.pk}"))

    assert "共 3 件：可以审核通过 2 件，不能 1 件" in page
    assert "还缺已受理、信用查询记录。" in page
    assert "共 1 件" in words(east.get(f"{PASS}?q=第3精密"))


def test_what_may_be_done_is_ticked_what_deserves_a_look_is_not(round_: cases.Round, east: Client) -> None:
    met, unmet = ready(round_, 1, 2)
    with scope(SYSTEM):
        Case.objects.filter(pk=unmet.pk).update(verdict="unmet")

    page = source(east.get(PASS))

    (tick,) = (line for line in page.splitlines() if f'value="{boxes(met)[0]}"' in line)
    (no_tick,) = (line for line in page.splitlines() if f'value="{boxes(unmet)[0]}"' in line)
    assert tick.rstrip().endswith("checked></td>")
    assert "checked" not in no_tick
    assert "disabled" not in no_tick
    assert "结论不符合" in page


def test_a_few_are_done_before_the_page_answers(round_: cases.Round, east: Client) -> None:
    chosen = ready(round_, 1, 2)

    answer = east.post(PASS, {"case": boxes(*chosen), "comment": COMMENT})
    page = words(east.get(answer.headers["Location"]))

    assert "已全部处理" in page
    assert "2 / 2 件" in page
    assert {cases.again(case).stage for case in chosen} == {"county-recommend"}


def test_what_was_refused_says_why_and_the_others_are_done(round_: cases.Round, east: Client) -> None:
    done, moved = ready(round_, 1, 2)

    answer = east.post(PASS, {"case": [boxes(done)[0], f"{moved.pk}:1"], "comment": COMMENT})
    page = words(east.get(answer.headers["Location"]))
    table = sheet_of(east.get(f"{answer.headers['Location']}export/"))

    assert "已办 1 未办 1" in page
    assert f"案件 {moved.number} 已被他人办理" in page
    assert table[1][0] == moved.number
    assert cases.again(done).stage == "county-recommend"


def test_many_go_to_a_job_that_the_page_watches(round_: cases.Round, east: Client) -> None:
    chosen = ready(round_, *range(1, 22))

    answer = east.post(PASS, {"case": boxes(*chosen), "comment": COMMENT})
    there = answer.headers["Location"]
    before = source(east.get(there))
    carry_out_bulk(bulk_id=last().pk)
    after = source(east.get(there))

    assert "0 / 21 件" in before
    assert 'hx-trigger="every 2s"' in before
    assert 'http-equiv="refresh"' in before
    assert "21 / 21 件" in after
    assert "hx-trigger" not in after
    assert 'http-equiv="refresh"' not in after
    assert "已办完" in words(east.get("/office/bulk/"))


def test_a_job_that_was_lost_is_taken_up_by_the_timer(round_: cases.Round, east: Client) -> None:
    chosen = ready(round_, *range(1, 22))
    east.post(PASS, {"case": boxes(*chosen), "comment": COMMENT})

    carry_on_bulk(timestamp=0)

    assert last().finished_at is not None
    assert {cases.again(case).stage for case in chosen} == {"county-recommend"}


def test_without_an_opinion_nothing_happens_and_the_ticks_stay(round_: cases.Round, east: Client) -> None:
    first, second = ready(round_, 1, 2)

    answer = east.post(PASS, {"case": boxes(first), "comment": " ", "queue": "tab=todo"})

    assert answer.status_code == 422
    assert "请填写“意见" in words(answer)
    assert cases.again(first).stage == "county-review"
    assert "checked" in source(answer)
    assert second.number not in source(answer)


def test_many_are_received_at_once(round_: cases.Round, east: Client) -> None:
    fresh = [cases.submitted(round_, number) for number in (1, 2)]

    east.post(RECEIVE, {"case": boxes(*fresh)})

    with scope(SYSTEM):
        assert all(case.stages.get().received_at for case in fresh)


def test_receiving_what_was_ticked_nowhere_is_refused(round_: cases.Round, east: Client) -> None:
    assert east.post(RECEIVE, {}).status_code == 422
    assert east.get("/office/bulk/refuse/").status_code == 404


def test_another_offices_act_is_not_there(round_: cases.Round, east: Client) -> None:
    east.post(PASS, {"case": boxes(*ready(round_, 1)), "comment": COMMENT})

    for other in (round_.west, round_.city):
        client = signed_in(other)
        assert client.get(f"/office/bulk/acts/{last().pk}/").status_code == 404
        assert "还没有批量办理" in words(client.get("/office/bulk/"))


def test_an_auditor_sees_what_would_happen_and_confirms_nothing(round_: cases.Round) -> None:
    chosen = ready(round_, 1)
    auditor = officer(scene.EAST, Role.AUDITOR)

    assert auditor.get(PASS).status_code == 200
    assert auditor.post(PASS, {"case": boxes(*chosen), "comment": COMMENT}).status_code == 403
