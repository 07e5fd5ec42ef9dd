"""Filling the profile and an application: nothing typed is lost, nothing wrong passes unsaid."""

import json

import pytest
from django.utils import timezone
from tests import scene
from tests.flows.portals_enterprise.desk import Desk, said, sit_down

from tidu.applications.actions import receive, return_for_mending
from tidu.database.scope import Actor
from tidu.demonstration.papers import paper
from tidu.offices.enums import Role
from tidu.programmes.models import Batch

pytestmark = pytest.mark.django_db

PROFILE = "/enterprise/profile/fields/"


def office() -> Actor:
    return scene.office_actor(scene.EAST, Role.LEADER, "east-desk")


def ask_to_mend(case_id: int, fields: list[str], evidence: list[str]) -> None:
    east = office()
    receive(actor=east, case_id=case_id, expected_version=None, at=timezone.now())
    return_for_mending(
        actor=east,
        case_id=case_id,
        expected_version=None,
        comment="研发费用与审计报告第 9 页不一致。",
        fields=fields,
        evidence=evidence,
        at=timezone.now(),
    )


def test_a_value_is_saved_exactly_and_comes_back_as_written(desk: Desk) -> None:
    answer = desk.save(PROFILE, "revenue.2024", "５，２５０.5 万元")
    assert answer.status_code == 200
    said_ = answer.json()
    assert (said_["version"], said_["value"], said_["findings"]) == (1, "5,250.50", [])
    assert 'value="5,250.50"' in said(desk.client.get("/enterprise/profile/statements/"))


def test_what_cannot_be_read_is_kept_and_says_why(desk: Desk) -> None:
    answer = desk.save(PROFILE, "revenue.2024", "约五千万")
    assert answer.status_code == 200
    assert answer.json()["findings"] == [
        "营业收入总额“约五千万”不是金额。请填写以万元为单位的数字，例如 1250.5；也可以写明“元”或“亿元”。"
    ]
    assert 'value="约五千万"' in said(desk.client.get("/enterprise/profile/statements/"))


def test_a_second_window_with_an_older_version_gets_both_values(desk: Desk) -> None:
    desk.save(PROFILE, "revenue.2024", "5250")
    answer = desk.save(PROFILE, "revenue.2024", "5350")
    assert answer.status_code == 409
    told = answer.json()
    assert (told["version"], told["value"]) == (1, "5,250.00")
    assert desk.save(PROFILE, "revenue.2024", "5350", told["version"]).json()["version"] == 2


def test_a_secret_is_never_stored(desk: Desk) -> None:
    answer = desk.save(PROFILE, "product_summary", "本产品为机密★级")
    assert answer.status_code == 422
    assert "机密★" not in said(desk.client.get("/enterprise/profile/products/"))


@pytest.mark.parametrize("name", ["nothing", "revenue", "revenue.x", "awards.2025", ""])
def test_a_field_that_does_not_exist_is_refused(desk: Desk, name: str) -> None:
    assert desk.save(PROFILE, name, "1").status_code == 422


def test_name_and_code_stand_as_registered(desk: Desk, batch: Batch) -> None:
    page = said(desk.client.get("/enterprise/profile/identity/"))
    assert f'value="{desk.firm.name}"' in page
    assert "由登记信息带入，不在此修改。" in page
    case_id = desk.open_case(batch)
    assert f'value="{desk.firm.uscc}"' in said(desk.client.get(f"/enterprise/cases/{case_id}/form/identity/"))


def test_a_list_is_saved_as_rows_or_stated_as_none(desk: Desk) -> None:
    rows = [{"name": "示例省科学技术奖", "level": "省级", "awarded_on": "2025-06-01"}]
    assert desk.save(PROFILE, "awards", json.dumps(rows)).json()["value_text"] == "1 行"
    assert "示例省科学技术奖" in said(desk.client.get("/enterprise/profile/research/"))
    assert desk.save(PROFILE, "awards", "无", 1).json()["value_text"] == "0 行"
    page = desk.client.get("/enterprise/profile/research/")
    listing = next(b.listing for b in page.context["blocks"] if b.listing and b.listing.fact.id == "awards")
    assert listing.is_stated_empty


def test_rows_that_are_no_rows_are_kept_and_refused(desk: Desk) -> None:
    answer = desk.save(PROFILE, "awards", '[["x"]]')
    assert answer.status_code == 200
    assert answer.json()["findings"] == ["科技奖励清单应逐行填写，收到的内容无法识别。请刷新页面后重填。"]


def test_what_contradicts_across_fields_is_said_at_the_field(desk: Desk, batch: Batch) -> None:
    case_id = desk.open_case(batch)
    year = desk.year_of(case_id)
    address = f"/enterprise/cases/{case_id}/fields/"
    desk.save(address, f"revenue.{year}", "5250")
    desk.save(address, f"main_revenue.{year}", "5350")
    state = desk.client.get(f"/enterprise/cases/{case_id}/form/statements/state/")
    found = json.loads(state.context["findings"])
    assert "主营业务收入是营业收入的一部分" in found[f"main_revenue.{year}"]["error"]
    assert "主营业务收入是营业收入的一部分" in said(
        desk.client.get(f"/enterprise/cases/{case_id}/form/statements/")
    )


def test_yuan_typed_as_ten_thousands_is_warned_of(desk: Desk, batch: Batch) -> None:
    case_id = desk.open_case(batch)
    year = desk.year_of(case_id)
    address = f"/enterprise/cases/{case_id}/fields/"
    desk.save(address, f"total_assets.{year - 1}", "5250")
    desk.save(address, f"total_assets.{year}", "52500000")
    state = desk.client.get(f"/enterprise/cases/{case_id}/form/statements/state/")
    assert (
        "请核对两年的单位是否一致" in json.loads(state.context["findings"])[f"total_assets.{year}"]["warning"]
    )


def test_the_form_counts_what_is_filled_and_the_verdict_follows(desk: Desk, filled: int) -> None:
    page = desk.client.get(f"/enterprise/cases/{filled}/form/statements/")
    assert [step.label for step in page.context["way"].steps if not step.is_done] == []
    assert page.context["verdict"]["outcome"] == "met"


def test_a_viewer_reads_and_does_not_write(batch: Batch) -> None:
    viewer = sit_down(3, role="viewer")
    page = said(viewer.client.get("/enterprise/profile/identity/"))
    assert "您是查看人，不能填写" in page
    assert "data-autosave" not in page
    assert viewer.save(PROFILE, "address", "示例路 1 号").status_code == 403


def test_a_form_of_another_firm_is_not_there(desk: Desk, batch: Batch) -> None:
    case_id = desk.open_case(batch)
    stranger = sit_down(4)
    for path in ("", "form/", "form/identity/", "form/identity/state/", "review/", "retype/", "receipt/"):
        assert stranger.client.get(f"/enterprise/cases/{case_id}/{path}").status_code == 404, path
    assert stranger.save(f"/enterprise/cases/{case_id}/fields/", "address", "x").status_code == 404


def test_only_what_was_marked_can_be_mended(desk: Desk, filled: int) -> None:
    case_id = filled
    desk.submit(case_id)
    year = desk.year_of(case_id)
    ask_to_mend(case_id, [f"rd_expense:{year}"], ["audit_report"])
    start = desk.client.get(f"/enterprise/cases/{case_id}/form/")
    assert start.headers["Location"].endswith("/form/statements/")
    page = said(desk.client.get(start.headers["Location"]))
    assert "研发费用与审计报告第 9 页不一致。" in page
    assert page.count("data-autosave=") == 1
    address = f"/enterprise/cases/{case_id}/fields/"
    assert desk.save(address, f"rd_expense.{year}", "430", 1).status_code == 200
    assert desk.save(address, f"revenue.{year}", "9000", 1).status_code == 403
    assert desk.upload(case_id, "audit_report", "专项.pdf", paper("专项说明", "示例")).status_code == 200
    assert desk.upload(case_id, "business_licence", "执照.pdf").status_code == 403
    assert desk.submit(case_id).status_code == 302
    assert desk.client.get(f"/enterprise/cases/{case_id}/").context["case"].status == "in_review"
