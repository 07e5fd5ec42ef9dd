"""An auditor and a firm's viewer only read: whatever action they try, they are told so and nothing changes.

The same table is tried by whoever may, so that no refusal here has another reason than the role.
"""

import importlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from tests import cases, panels, papers, pool, rounds, scene
from tests.flows.publicity.publishing import ANNOUNCEMENT, LIST, object_to, period_over, publish
from tests.plugins.beginnings import beginning

import tidu
from tidu.applications.actions import LetterText, open_case, return_for_mending, save_field
from tidu.applications.models import Case, EvidenceItem
from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.deliveries.actions import Brought
from tidu.enterprises.actions import NewMember
from tidu.enterprises.enums import MemberRole
from tidu.enterprises.models import Firm, Member
from tidu.inspections.actions import Found, Visit
from tidu.inspections.enums import InspectionResult
from tidu.law import notices
from tidu.law.calendars import legal_day
from tidu.law.drafting import Issuer, begin_from
from tidu.law.identity import demonstration_code
from tidu.law.refusals import Refused
from tidu.offices.actions import NewOffice
from tidu.offices.enums import Level, Role
from tidu.offices.models import Area, Office
from tidu.panels.enums import Finding
from tidu.panels.models import Hand
from tidu.panels.undertakings import current_digests
from tidu.programmes.freezing import notice_digest
from tidu.publicity.actions import Paper
from tidu.publicity.models import ObjectionAttachment
from tidu.titles.actions import Announced
from tidu.titles.enums import TitleKind
from tidu.titles.lists import Row

pytestmark = pytest.mark.django_db

OF_EVERYBODY = {
    "documents.make_dossier": "auditors make one too, and leave nothing but their entry; see its own tests",
    "enterprises.register_firm": "anybody may; the accounts of offices and operators are refused as such",
    "files.start_upload": "what is sent belongs to nothing until an action takes it; auditors send nothing",
    "enterprises.renew_owner_password": "by the office of the firm's area; see the tests of enterprises",
    "messages.mark_all_read": "a viewer reads the firm's messages; the database lets no auditor mark any",
    "messages.mark_read": "as above",
    "offices.choose_password": "one's own password",
    "publicity.file_objection": "anybody may object, and does so as the public",
    "records.erase_body": "the database lets only the system and operators do it; see the tests of records",
    "records.record": "a part of every action; refuses what is not in the scope of the actor",
}
"""Actions that ask for no role, and why."""

FOR_THE_SYSTEM = {
    "applications.join_opinion",
    "applications.lapse_unmended",
    "applications.let_office_read",
    "publicity.note_withdrawal",
    "titles.grant",
    "titles.lapse",
    "titles.restore",
}
"""Done by timers and as consequences, not by people."""

OF_RIGHT = frozenset({
    "account_not_in_office", "act_not_allowed", "announcement_not_allowed", "auditor_sends_nothing",
    "case_unknown", "credit_check_not_allowed", "delivery_not_allowed", "evidence_unknown",
    "draw_not_allowed", "draw_unknown", "inspection_not_allowed",
    "draft_unknown", "expert_needed", "not_allowed", "not_this_firm",
    "objection_not_allowed", "objection_unknown", "office_needed", "operator_by_command_line_only",
    "panel_act_not_allowed",
    "publicity_list_unknown", "publicity_not_allowed", "sample_not_allowed",
})  # fmt: skip
"""What is said to those who may not, whatever they bring; for some, what they may not change is not there."""


@dataclass(frozen=True)
class Try:
    """Everything that an action needs, and who may do it."""

    right: Actor
    brings: Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt: the code of its refusal, and whether anything stood otherwise afterwards."""

    code: str
    has_changed: bool


def exported() -> dict[str, Callable[..., Any]]:
    """Every action that somebody takes, by room and name."""
    found = {}
    for place in Path(next(iter(tidu.__path__))).glob("*/actions*"):
        if place.suffix in ("", ".py"):
            module = importlib.import_module(f"tidu.{place.parent.name}.actions")
            for name in getattr(module, "__all__", vars(module)):
                act = getattr(module, name)
                if is_action(act) and (place.suffix == "" or act.__module__ == module.__name__):
                    found[f"{place.parent.name}.{name}"] = act
    return found


def is_action(act: Any) -> bool:
    """A public function that takes whoever acts."""
    return inspect.isfunction(act) and act.__name__[0] != "_" and "actor" in inspect.signature(act).parameters


ACTIONS = exported()


def everything() -> str:
    """A fingerprint of all that stands in the tables of our rooms, as far as the system sees it."""
    tables = sorted(
        model._meta.db_table for model in apps.get_models() if model.__module__.startswith("tidu.")
    )
    parts = " UNION ALL ".join(
        f"(SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM \"{table}\" t)" for table in tables
    )
    with scope(SYSTEM), connection.cursor() as cursor:
        cursor.execute(parts)
        return str(cursor.fetchall())


def attempt(name: str, actor: Actor, brings: Mapping[str, Any], before: str) -> Outcome:
    """As on a page: the refusal is an answer, and what surrounds it commits. Undone afterwards."""
    code = ""
    with transaction.atomic(), scope(actor):
        try:
            ACTIONS[name](actor=actor, **brings)
        except Refused as refused:
            code = refused.code
        has_changed = everything() != before
        transaction.set_rollback(True)
    return Outcome(code, has_changed)


@beginning
def round_() -> cases.Round:
    return papers.open_round("soft")


@beginning
def tries(round_: cases.Round) -> dict[str, Try]:
    """One attempt for each action that needs a role."""
    announced = of_the_province(round_)
    return {
        **announced,
        **of_firms(round_),
        **of_desks(round_),
        **of_the_mail_room(round_),
        **of_lists(round_),
        **of_experts(round_),
        **of_panels(round_),
        **of_administrators(round_),
    }


def of_the_province(round_: cases.Round) -> dict[str, Try]:
    (case,) = cases.to_publicity(round_, (9,))
    published = publish(round_, [case])
    round_.at = period_over(published)
    ACTIONS["publicity.close_list"](actor=round_.city, list_id=published.pk, at=round_.at)
    cases.to_announcement(round_, [case], 9)
    day, scan = legal_day(round_.at), cases.scan(round_.province)
    brings = {
        "batch_id": round_.batch.pk,
        "case_versions": cases.seen([case]),
        "text": replace(ANNOUNCEMENT, announced_on=day, scan_id=scan),
        "at": round_.at,
    }
    return {"publicity.announce": Try(round_.province, brings)}


def of_firms(round_: cases.Round) -> dict[str, Try]:
    draft, mended = _draft(round_, 1), _returned(round_, 2)
    firm, other = round_.firms[1], round_.firms[2]
    newcomer = round_.firms[3] = scene.firm_actor(3)
    with scope(firm):
        registered = Firm.objects.select_related("chain").get(uscc=demonstration_code(1))
        member = Member.objects.select_related("account", "firm__chain").get(firm=registered)
        paper = EvidenceItem.objects.get(case=draft)
        next_batch = rounds.batch(round_.batch.notice, 2)
    seen = {"case_id": draft.pk, "expected_version": None}
    at = {"at": round_.at}
    value = {"fact": "employees", "period": 2025, "raw": "86", "expected_version": 0}
    colleague = NewMember(username="colleague", name="同事", role=MemberRole.EDITOR, is_employee=True)
    stated = {"source": "firm", "facts": {"values": {}}, "references": {}, "snapshot": ""}
    begun = {"firm_id": newcomer.firm_id, "batch_id": round_.batch.pk, "kind": "new"}
    pointed = {"fact": "revenue", "period": 2025, "evidence_id": paper.pk, "page": 1}
    attached = {"item": "audit_report", "file_id": cases.scan(firm), "name": "审计报告.pdf"}
    return {
        "applications.attach_evidence": Try(firm, {"case_id": draft.pk, **attached, **at}),
        "applications.copy_case": Try(firm, {"case_id": draft.pk, "batch_id": next_batch.pk, **at}),
        "applications.note_national_platform": Try(
            firm, {"case_id": draft.pk, "status": "已提交", "receipt": "1", **at}
        ),
        "applications.open_case": Try(newcomer, {**begun, **at}),
        "applications.point_to_evidence": Try(firm, {"case_id": draft.pk, **pointed, **at}),
        "applications.remove_evidence": Try(firm, {"case_id": draft.pk, "evidence_id": paper.pk, **at}),
        "applications.resubmit": Try(
            other, {"case_id": mended.pk, "expected_version": None, "declared": True, **at}
        ),
        "applications.save_field": Try(firm, {"case_id": draft.pk, **value, **at}),
        "applications.submit": Try(firm, {**seen, "declared": True, **at}),
        "applications.withdraw": Try(firm, {**seen, "reason": "暂不申报", **at}),
        "enterprises.add_member": Try(firm, {"firm": registered, "colleague": colleague, **at}),
        "enterprises.append_statement": Try(firm, {"firm": registered, **stated, **at}),
        "enterprises.change_role": Try(firm, {"member": member, "role": MemberRole.EDITOR, **at}),
        "enterprises.remove_member": Try(firm, {"member": member, **at}),
        "enterprises.renew_password": Try(firm, {"member": member, **at}),
        "enterprises.save_profile_field": Try(firm, {"firm": registered, **value, **at}),
    }


def of_desks(round_: cases.Round) -> dict[str, Try]:
    fresh = cases.submitted(round_, 4)
    ready = cases.submitted(round_, 5)
    ACTIONS["applications.receive"](actor=round_.east, case_id=ready.pk, expected_version=None, at=round_.at)
    cases.checked(round_, round_.east, ready)
    passed = cases.passed(round_, round_.east, cases.submitted(round_, 6))
    with scope(SYSTEM):
        west = Office.objects.get(code=scene.WEST)
    at, day = {"at": round_.at}, legal_day(round_.at)
    seen = {"case_id": ready.pk, "expected_version": None}
    said = {**seen, "comment": "符合条件", **at}
    letter = LetterText("示区工信〔2026〕1号", day, cases.scan(round_.east), cases.UNDRAWN)
    mend = {"fields": ["employees"], "evidence": []}
    visit = Visit(
        day, ("股长", "科员"), InspectionResult.CONSISTENT, (Found("从业人员", "86人", "86人", True),)
    )
    found = {"fact": "employees", "period": 2025, "value": 80, "reason": "对照社保记录"}
    looked = {"checked_on": day, "is_clear": True, "body": {}}
    drawn = {"batch_id": round_.batch.pk, "stage": "county-review", "rate_percent": "100"}
    sent = {"batch_id": round_.batch.pk, "case_versions": cases.seen([passed]), "letter": letter}
    east = round_.east
    called = {"batch_id": round_.batch.pk, "case_ids": [_draft(round_, 30).pk]}
    return {
        "applications.confirm_bulk": Try(
            east, {"action": "receive", "case_versions": cases.seen([fresh]), "comment": "", **at}
        ),
        "applications.pass_on": Try(east, _on_another_list(round_, fresh) | at),
        "applications.read_contacts": Try(east, {**called, **at}),
        "applications.urge_firms": Try(east, {**called, "comment": "", **at}),
        "applications.urge_offices": Try(
            round_.city, {"batch_id": round_.batch.pk, "office_ids": [west.pk], "comment": "", **at}
        ),
        "applications.assign": Try(east, {"case_id": fresh.pk, "account_id": None, **at}),
        "applications.hand_over": Try(east, {**said, "office_id": west.pk}),
        "applications.note_credit_check": Try(east, {"case_id": ready.pk, **looked, **at}),
        "applications.note_not_drawn": Try(east, {"case_ids": [fresh.pk]}),
        "applications.note_inspection": Try(
            east, {"case_id": ready.pk, "state": "planned", "body": {}, **at}
        ),
        "applications.note_papers": Try(
            east, {"case_id": ready.pk, "state": "complete", "lacking": "", "body": {}, **at}
        ),
        "applications.pass_review": Try(east, said),
        "applications.perform": Try(east, {"case_id": fresh.pk, "action": "receive", **at}),
        "applications.receive": Try(east, {"case_id": fresh.pk, "expected_version": None, **at}),
        "applications.recommend": Try(east, {**sent, **at}),
        "applications.record_finding": Try(east, {"case_id": ready.pk, **found, **at}),
        "applications.refuse": Try(east, said),
        "applications.report": Try(round_.city, {**sent, **at}),
        "applications.return_for_mending": Try(east, {**said, **mend}),
        "inspections.draw_sample": Try(east, {**drawn, **at}),
        "inspections.plan_inspection": Try(east, {"case_id": ready.pk, **at}),
        "inspections.record_credit_check": Try(
            east,
            {"case_id": ready.pk, "source": "credit_china", "checked_on": day, "result": "clear", **at},
        ),
        "inspections.record_inspection": Try(east, {"case_id": ready.pk, "visit": visit, **at}),
    }


def of_the_mail_room(round_: cases.Round) -> dict[str, Try]:
    case, other = cases.submitted(round_, 11), cases.submitted(round_, 12)
    parcel = papers.arrived(round_)
    receipt = papers.counted(round_, parcel, case)
    city, at = round_.city, {"at": round_.at}
    brought, reason = {"brought": Brought(papers.ALL)}, {"reason": "登记有误"}
    second = {"text": papers.parcel_text(round_, "SF1000000002")}
    counted = {"parcel_id": parcel.pk, "case_id": other.pk, **brought}
    return {
        "deliveries.correct_papers": Try(city, {"receipt_id": receipt.pk, **brought, **reason, **at}),
        "deliveries.correct_parcel": Try(city, {"parcel_id": parcel.pk, **second, **reason, **at}),
        "deliveries.register_papers": Try(city, {**counted, **at}),
        "deliveries.register_parcel": Try(city, {**second, **at}),
    }


def of_lists(round_: cases.Round) -> dict[str, Try]:
    contested, waiting = cases.to_publicity(round_, (7, 8))
    published = publish(round_, [contested])
    paper = Paper(cases.uploaded(PUBLIC, cases.picture(), "附件.png", round_.at), "附件.png")
    filed = object_to(round_, contested, papers=(paper,))
    accepted = object_to(round_, contested)
    city, at = round_.city, {"at": round_.at}
    ACTIONS["publicity.accept_objection"](actor=city, objection_id=accepted.pk, **at)
    with scope(city):
        attachment = ObjectionAttachment.objects.get(objection=filed)
    listed = {"batch_id": round_.batch.pk, "case_versions": cases.seen([waiting])}
    decided = {"objection_id": accepted.pk, "decision": "查无实据", **at}
    return {
        "publicity.accept_objection": Try(city, {"objection_id": filed.pk, **at}),
        "publicity.close_list": Try(city, {"list_id": published.pk, "at": published.period.upper}),
        "publicity.dismiss_objection": Try(city, decided),
        "publicity.publish_list": Try(city, {**listed, "text": LIST, **at}),
        "publicity.read_objection": Try(city, {"objection_id": filed.pk, **at}),
        "publicity.read_paper": Try(city, {"attachment_id": attachment.pk, **at}),
        "publicity.uphold_objection": Try(city, {**decided, "reason": "主导产品已停产。"}),
    }


def of_experts(round_: cases.Round) -> dict[str, Try]:
    """The province's pool: one expert only entered, one invited, one confirmed."""
    province, at = round_.province, {"at": round_.at}
    entered, *others = pool.entered(province, [pool.row(number) for number in range(1, 4)])
    invited, confirmed = pool.invited(province, others[0]), pool.confirmed(province, others[1])
    conflict = {"uscc": demonstration_code(1), "reason": "亲属任职", **at}
    one = {"expert_id": others[1].pk, **at}
    return {
        "panels.accept_invitation": Try(invited, at),
        "panels.declare_conflict": Try(confirmed, conflict),
        "panels.decline_invitation": Try(invited, {"reason": "出国访问", **at}),
        "panels.enter_experts": Try(province, {"rows": [pool.row(4)], **at}),
        "panels.invite_expert": Try(province, {"expert_id": entered.pk, "username": "expert-new", **at}),
        "panels.name_conflict": Try(province, {"expert_id": entered.pk, **conflict}),
        "panels.note_conduct": Try(province, {**one, "text": "按时"}),
        "panels.release_expert": Try(province, {**one, "reason": "调离本省"}),
        "panels.renew_expert_password": Try(province, one),
        "panels.sign_undertakings": Try(confirmed, {"digests": current_digests(), **at}),
        "panels.stay_away": Try(confirmed, {"until": legal_day(round_.at), **at}),
    }


def of_panels(opened: cases.Round) -> dict[str, Try]:
    """The province's two rounds with panels: one draw is frozen; of the other a case is before its panel."""
    frozen_round, round_ = (panels.open_round(notice_id=f"shili-{n}", opened=opened) for n in (1, 2))
    experts = panels.experts(round_, start=11)
    frozen = panels.frozen(frozen_round)
    draw = panels.drawn(round_)
    hand = panels.handed(round_, 31)
    talked_over, silent = _to_be_talked_over(round_), panels.handed(round_, 33)
    (task, expert), *_ = panels.tasks_of(hand)
    waited_for = panels.tasks_of(silent)[0][0]
    at, province = {"at": round_.at}, round_.province
    committed = {"name": panels.WITNESS, "commitment": "0" * 64}
    planned = {"batch_id": frozen_round.batch.pk, "stage": panels.STAGE}
    again = panels.plan(replaces=frozen.pk, reason="补充专家")
    late = {"at": round_.at + timedelta(days=9)}
    settled = {"settled": {"truth": "yes"}, "summary": "一致。"}
    return {
        "panels.dispatch_waiting": Try(province, {"draw_id": draw.pk, **at}),
        "panels.draw_panels": Try(province, {"draw_id": frozen.pk, "shown": panels.shown(), **at}),
        "panels.freeze_draw": Try(province, {**planned, "plan": again, **at}),
        "panels.hand_over_links": Try(province, {"draw_id": draw.pk, "number": 1, "link": "0" * 64, **at}),
        "panels.moderate": Try(province, {"hand_id": talked_over.pk, **settled, **at}),
        "panels.publish_draw": Try(province, {"draw_id": draw.pk, **at}),
        "panels.recuse": Try(expert, {"case_id": hand.case_id, "reason": "亲属任职", **at}),
        "panels.replace_silent": Try(
            province, {"hand_id": silent.pk, "expert_id": waited_for.expert_id, **late}
        ),
        "panels.submit_opinion": Try(expert, {"case_id": hand.case_id, "text": panels.opinion(task), **at}),
        "panels.take_commitment": Try(province, {"draw_id": frozen.pk, **committed, **at}),
        "panels.withdraw_expert": Try(
            province, {"draw_id": draw.pk, "expert_id": experts[0].pk, "reason": "出国访问", **at}
        ),
    }


def _to_be_talked_over(round_: cases.Round) -> Hand:
    hand = panels.handed(round_, 32)
    for (task, expert), truth in zip(panels.tasks_of(hand), Finding, strict=True):
        text = panels.opinion(task, truth=truth)
        ACTIONS["panels.submit_opinion"](actor=expert, case_id=hand.case_id, text=text, at=round_.at)
    return hand


def of_administrators(round_: cases.Round) -> dict[str, Try]:
    accounts = scene.office_actor(scene.CITY, Role.ADMINISTRATOR, "city-accounts")
    ACTIONS["offices.open_operator"](actor=SYSTEM, username="keeper", name="运维", at=round_.at)
    account, post = scene.open_post(scene.EAST, Role.CLERK, "east-clerk")
    with scope(SYSTEM):
        offices = {one.code: one for one in Office.objects.select_related("chain", "parent")}
        area = Area.objects.select_related("office").get(code=scene.EAST)
        firm = Firm.objects.select_related("area__office", "chain").get(uscc=demonstration_code(1))
    at = {"at": round_.at}
    east, west, city = offices[scene.EAST], offices[scene.WEST], offices[scene.CITY]
    new = NewOffice("shili-new", "示例新区经济发展局", Level.COUNTY, is_demonstration=True)
    apart = ACTIONS["offices.open_office"](
        actor=SYSTEM, office=replace(new, code="shili-apart", level=Level.PROVINCE), parent=None, **at
    )
    title = Announced(
        firm, TitleKind.INNOVATIVE, offices[scene.PROVINCE], "示省工信公告〔2025〕1号",
        legal_day(round_.at - timedelta(days=300)), "2025-1", "2025年第一批",
    )  # fmt: skip
    listed = Row(
        2, firm.uscc, firm.name, title.kind, title.number, title.on, title.batch_code, title.batch_label,
        title.on, title.on + timedelta(days=1000),
    )  # fmt: skip
    days = {"valid_from": title.on, "valid_until": title.on + timedelta(days=1000)}
    text = replace(rounds.notice_of_shili(), id="shili-second")
    change = notices.Change("readings.mending_days", 20)
    corrected = notices.Corrigendum("示工信更正〔2026〕1号", "给企业留足时间。", (change,))
    opened = {"office": east, "username": "newcomer", "name": "经办岗", "role": Role.CLERK}
    held = {"office": east, "account": account}
    return {
        "offices.close_office": Try(accounts, {"office": west, **at}),
        "offices.close_post": Try(accounts, {"post": post, **at}),
        "offices.load_offices": Try(SYSTEM, {"name": "dalian", **at}),
        "offices.move_area": Try(accounts, {"area": area, "office": west, **at}),
        "offices.open_account": Try(accounts, {**opened, **at}),
        "offices.open_area": Try(accounts, {"code": "shili-new", "name": "新区", "office": east, **at}),
        "offices.open_office": Try(accounts, {"office": new, "parent": city, **at}),
        "offices.place_office": Try(SYSTEM, {"office": apart, "parent": offices[scene.MINISTRY], **at}),
        "offices.open_operator": Try(SYSTEM, {"username": "second-operator", "name": "运维", **at}),
        "offices.renew_operator_password": Try(SYSTEM, {"username": "keeper", **at}),
        "offices.open_post": Try(accounts, {**held, "role": Role.LEADER, **at}),
        "offices.renew_password": Try(accounts, {**held, **at}),
        **of_drafts(round_),
        "programmes.issue_corrigendum": Try(
            round_.city, {"notice_id": round_.batch.notice_id, "corrigendum": corrected, **at}
        ),
        "programmes.publish_notice": Try(round_.city, {"notice": text, **at}),
        "titles.enter_existing_titles": Try(
            round_.province, {"office": offices[scene.PROVINCE], "rows": [listed], **at}
        ),
        "titles.enter_existing_title": Try(round_.province, {"announced": title, **days, **at}),
    }


def of_drafts(round_: cases.Round) -> dict[str, Try]:
    """What the city has drafted and not published."""
    city, at = round_.city, {"at": round_.at}
    document = begin_from(replace(rounds.notice_of_shili(), id="shili-third"), Issuer.of(scene.CITY))
    document |= {"id": "shili-third", "issued": "2026-03-01"}
    draft = ACTIONS["programmes.begin_draft"](actor=city, document=document, template="空白", **at)
    seen = notice_digest(notices.from_json(document))
    body = {"section": "directory", "body": {"directory": []}, "expected_version": 1}
    return {
        "programmes.begin_draft": Try(city, {"document": document, "template": "空白", **at}),
        "programmes.discard_draft": Try(city, {"draft_id": draft.pk, **at}),
        "programmes.publish_draft": Try(city, {"draft_id": draft.pk, "seen": seen, **at}),
        "programmes.save_corrigendum": Try(
            city,
            {
                "notice_id": round_.batch.notice_id,
                "typed": {"reason": "平台维护"},
                "expected_version": 0,
                **at,
            },
        ),
        "programmes.save_section": Try(city, {"draft_id": draft.pk, **body, **at}),
    }


def _draft(round_: cases.Round, number: int) -> Case:
    firm = round_.firms[number] = scene.firm_actor(number)
    assert firm.firm_id is not None
    case = open_case(actor=firm, firm_id=firm.firm_id, batch_id=round_.batch.pk, kind="new", at=round_.at)
    save_field(
        actor=firm, case_id=case.pk, fact="revenue", period=2025, raw="5250", expected_version=0, at=round_.at
    )
    ACTIONS["applications.attach_evidence"](
        actor=firm, case_id=case.pk, item="business_licence", file_id=cases.scan(firm, "png"),
        name="营业执照.png", at=round_.at,
    )  # fmt: skip
    return case


def _on_another_list(round_: cases.Round, case: Case) -> dict[str, Any]:
    """The case lies with a colleague; from there it goes to nobody."""
    colleague = scene.office_actor(scene.EAST, Role.CLERK, "on-leave").account_id
    ACTIONS["applications.assign"](actor=round_.east, case_id=case.pk, account_id=colleague, at=round_.at)
    return {"from_account_id": colleague, "to_account_id": None, "case_ids": None}


def _returned(round_: cases.Round, number: int) -> Case:
    case = cases.submitted(round_, number)
    ACTIONS["applications.receive"](actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    return return_for_mending(
        actor=round_.east, case_id=case.pk, expected_version=None, comment="请核对。",
        fields=["employees"], evidence=[], at=round_.at,
    )  # fmt: skip


def auditor_for(one: Try, round_: cases.Round) -> Actor:
    """The auditor of the office that may; for what a firm does, the auditor of its district."""
    office = one.right if one.right.office_id else round_.east
    return replace(office, kind="auditor", roles=frozenset({Role.AUDITOR.value}))


def viewer_for(one: Try, round_: cases.Round) -> Actor:
    """The viewer of the firm that may; for what an office does, of the firm whose case it is."""
    firm = one.right if one.right.firm_id else round_.firms[1]
    if one.right.office_id and "case_id" in one.brings:
        with scope(SYSTEM):
            firm_id = Case.objects.get(pk=one.brings["case_id"]).firm_id
        firm = next(actor for actor in round_.firms.values() if actor.firm_id == firm_id)
    return replace(firm, roles=frozenset({MemberRole.VIEWER.value}))


def test_those_who_may_are_let_in(round_: cases.Round, tries: dict[str, Try]) -> None:
    before = everything()
    outcomes = {name: attempt(name, one.right, one.brings, before) for name, one in tries.items()}
    assert set(ACTIONS) == set(tries) | set(OF_EVERYBODY) | FOR_THE_SYSTEM
    assert {name: one.code for name, one in outcomes.items() if one.code in OF_RIGHT} == {}


@pytest.mark.parametrize("who", [auditor_for, viewer_for])
def test_those_who_only_read_are_told_so_and_nothing_changes(
    round_: cases.Round, tries: dict[str, Try], who: Callable[[Try, cases.Round], Actor]
) -> None:
    before = everything()
    outcomes = {name: attempt(name, who(one, round_), one.brings, before) for name, one in tries.items()}
    assert [name for name, one in outcomes.items() if one.has_changed] == []
    assert {name: one.code for name, one in outcomes.items() if one.code not in OF_RIGHT} == {}
