"""From the last look to the receipt, and everything that a firm may do with its case afterwards."""

import pytest
from django.utils import timezone
from tests import scene
from tests.flows.portals_enterprise.desk import Desk, said
from tests.plugins.beginnings import beginning

from tidu.applications.actions import receive, refuse
from tidu.offices.enums import Role
from tidu.programmes.models import Batch

pytestmark = pytest.mark.django_db


@beginning
def submitted(desk: Desk, filled: int) -> int:
    assert desk.submit(filled).status_code == 302
    return filled


def at(case_id: int, rest: str = "") -> str:
    return f"/enterprise/cases/{case_id}/{rest}"


def status(desk: Desk, case_id: int) -> str:
    return str(desk.client.get(at(case_id)).context["case"].status)


def test_the_last_look_names_everything_that_is_missing_with_its_place(desk: Desk, case_id: int) -> None:
    page = desk.client.get(at(case_id, "review/"))
    year = desk.year_of(case_id)
    assert f'href="/enterprise/cases/{case_id}/form/statements/#field-revenue-{year}"' in said(page)
    assert f'href="/enterprise/cases/{case_id}/form/evidence/#item-audit_report"' in said(page)
    assert page.context["can_submit"] is False
    for part in ("不收费，不需要中介", "000-00000102", "准确性、真实性、合法性、有效性"):
        assert part in said(page)


def test_an_incomplete_form_is_not_submitted(desk: Desk, case_id: int) -> None:
    answer = desk.submit(case_id)
    assert answer.status_code == 422
    assert "还不能提交" in said(answer)
    assert status(desk, case_id) == "draft"


def test_without_the_declaration_nothing_is_submitted(desk: Desk, filled: int) -> None:
    answer = desk.submit(filled, declared=False)
    assert answer.status_code == 422
    assert "尚未签署声明" in said(answer)
    assert status(desk, filled) == "draft"


def test_an_unmet_standard_warns_and_lets_it_submit(desk: Desk, case_id: int) -> None:
    """坚持企业自愿原则."""
    desk.fill(case_id, "weak")
    page = desk.client.get(at(case_id, "review/"))
    assert "未达标也可以自愿申报，由主管部门审核" in said(page)
    assert desk.submit(case_id).status_code == 302
    assert status(desk, case_id) == "in_review"


def test_the_receipt_carries_number_moment_and_fingerprint(desk: Desk, submitted: int) -> None:
    page = desk.client.get(at(submitted, "receipt/"))
    assert page.context["case"].number in said(page)
    assert page.context["snapshot"].digest in said(page)
    assert "示例东区科技和工业信息化局" in said(page)


def test_submitting_twice_changes_nothing(desk: Desk, submitted: int) -> None:
    version = desk.client.get(at(submitted)).context["case"].version
    again = desk.client.post(at(submitted, "submit/"), {"version": version, "declared": "on"})
    assert again.status_code == 403
    assert len(desk.client.get(at(submitted)).context["submissions"]) == 1


def test_a_page_that_is_too_old_does_not_submit(desk: Desk, filled: int) -> None:
    answer = desk.client.post(at(filled, "submit/"), {"version": 99, "declared": "on"})
    assert answer.status_code == 409
    assert status(desk, filled) == "draft"


def test_what_was_submitted_stays_as_it_was(desk: Desk, submitted: int) -> None:
    page = desk.client.get(at(submitted, "submitted/1/"))
    assert "当时提交的内容" in said(page)
    assert "精密轴承" in said(page)
    assert desk.client.get(at(submitted, "submitted/2/")).status_code == 404


def test_the_sheet_for_retyping_copies_numbers_without_separators(desk: Desk, submitted: int) -> None:
    words = said(desk.client.get(at(submitted, "retype/")))
    assert 'data-copy="6837.00"' in words
    assert "6,837.00" in words


def test_the_form_is_closed_once_submitted(desk: Desk, submitted: int) -> None:
    assert desk.client.get(at(submitted, "form/identity/")).headers["Location"] == at(submitted)
    assert desk.save(at(submitted, "fields/"), "address", "示例路 2 号", 1).status_code == 403


def test_withdrawing_needs_the_version_seen_and_is_told(desk: Desk, submitted: int) -> None:
    version = desk.client.get(at(submitted)).context["case"].version
    assert desk.client.post(at(submitted, "withdraw/"), {"version": version - 1}).status_code == 409
    answer = desk.client.post(at(submitted, "withdraw/"), {"version": version, "reason": "补充研发投入"})
    assert answer.status_code == 302
    page = desk.client.get(at(submitted))
    assert page.context["case"].status == "withdrawn"
    assert "补充研发投入" in said(page)


def test_a_withdrawn_case_is_taken_up_again_in_its_batch(desk: Desk, submitted: int, batch: Batch) -> None:
    version = desk.client.get(at(submitted)).context["case"].version
    desk.client.post(at(submitted, "withdraw/"), {"version": version})
    answer = desk.client.post(at(submitted, "copy/"), {"batch": batch.pk})
    new = int(answer.headers["Location"].split("/")[3])
    page = desk.client.get(at(new, "review/"))
    assert page.context["can_submit"] is True


def test_a_refused_case_shows_why_and_is_not_changed_in_its_batch(
    desk: Desk, submitted: int, batch: Batch
) -> None:
    east = scene.office_actor(scene.EAST, Role.LEADER, "east-refuses")
    receive(actor=east, case_id=submitted, expected_version=None, at=timezone.now())
    refuse(
        actor=east, case_id=submitted, expected_version=None, comment="研发费用佐证不足。", at=timezone.now()
    )
    page = desk.client.get(at(submitted))
    assert "研发费用佐证不足。" in said(page)
    assert page.context["copy_doors"] == []
    answer = desk.client.post(at(submitted, "copy/"), {"batch": batch.pk})
    assert answer.status_code == 422
    assert "在原批次不可修改" in said(answer)


def test_what_the_national_platform_says_is_kept(desk: Desk, submitted: int) -> None:
    words = {"status": "已提交", "receipt": "ZJTX-000001"}
    assert desk.client.post(at(submitted, "national/"), words).status_code == 302
    page = said(desk.client.get(at(submitted)))
    assert "ZJTX-000001" in page
    assert "登记国家平台状态" in page


def test_the_way_shows_every_office_in_order(desk: Desk, submitted: int) -> None:
    stages = desk.client.get(at(submitted)).context["stages"]
    assert [(stage["label"], stage["state"]) for stage in stages][:3] == [
        ("企业申报", "done"),
        ("区级审核", "now"),
        ("区级推荐", "ahead"),
    ]


def test_a_second_application_in_the_batch_leads_to_the_first(
    desk: Desk, submitted: int, batch: Batch
) -> None:
    answer = desk.client.post("/enterprise/cases/begin/", {"batch": batch.pk, "kind": "new"})
    assert answer.status_code == 422
    assert "正在办理" in said(answer)


def test_a_closed_batch_takes_nobody(desk: Desk, batches: list[Batch]) -> None:
    answer = desk.client.post("/enterprise/cases/begin/", {"batch": batches[0].pk, "kind": "new"})
    assert answer.status_code == 422
    assert "过期不予受理" in said(answer)
