"""Everybody and everything that a page may show or must not: the scene of the walk over all addresses.

One round of the invented city, in which the firm's case (the object in the addresses) was looked at, checked
on site and returned for mending; beside it a rival's draft, a neighbour's case, cases at other stages, a list
with a sealed objection, an announced title. What must not leak is marked by texts found nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests import cases, panels, papers, rounds, scene
from tests.flows.publicity.publishing import OBJECTOR, announced, entry_of, object_to, period_over, publish
from tests.journeys.city import City

from tidu.aftermath.actions import follow_all
from tidu.applications.actions import (
    LetterText,
    confirm_bulk,
    receive,
    recommend,
    record_finding,
    resubmit,
    return_for_mending,
    save_field,
    submit,
)
from tidu.applications.models import Case, CaseField, EvidenceItem, Letter, Snapshot
from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.deliveries.models import Parcel
from tidu.demonstration.papers import paper, upload
from tidu.enterprises.actions import NewMember, add_member
from tidu.enterprises.enums import MemberRole
from tidu.enterprises.models import Firm, Member
from tidu.files.actions import start_upload
from tidu.inspections.actions import Found, Photo, Visit, draw_sample, record_credit_check, record_inspection
from tidu.inspections.enums import CreditResult, CreditSource, InspectionResult
from tidu.inspections.models import CreditCheck, Inspection, InspectionPhoto, Sample
from tidu.law.calendars import legal_day, parse_moment
from tidu.law.drafting import Issuer, begin_from
from tidu.law.standards import load
from tidu.messages.models import Message
from tidu.offices.actions import open_operator
from tidu.offices.enums import Role
from tidu.offices.models import Account, Post
from tidu.panels.actions import submit_opinion
from tidu.panels.models import Draw, Task
from tidu.programmes.actions import begin_draft
from tidu.programmes.models import NoticeDraft
from tidu.publicity.actions import Paper, close_list
from tidu.publicity.models import Announcement, ObjectionAttachment, PublicityList
from tidu.records.actions import seal_day
from tidu.titles.models import Title

EARLIER = parse_moment("2026-02-03 10:00")
"""When the first firm, which holds its title by now, applied."""
NOW = parse_moment("2026-03-20 10:00")
"""What the clock of the pages shows."""

ROLES: Mapping[str, str] = {
    "public": "",
    "owner": "firm-1",
    "viewer": "firm-1-viewer",
    "rival": "firm-2",
    "clerk": "east-clerk",
    "leader": "shili-east-signs",
    "neighbour": "shili-west-signs",
    "city": "shili-city-signs",
    "province": "shili-province-signs",
    "auditor": "city-auditor",
    "administrator": "east-accounts",
    "expert": "panel-expert",
    "operator": "operator",
}
"""Who asks, and under which login name. `viewer` may only look at the firm of `owner`."""

NOBODY: frozenset[str] = frozenset()
DESK = frozenset({"clerk", "leader"})
ROUTE = DESK | {"city", "province", "auditor"}
"""Those to whom the firm's case goes."""
KEPT = ROUTE | {"administrator"}
"""Everybody in an office of the route, whatever the post there is for."""
FIRM = frozenset({"owner", "viewer"})


@dataclass(frozen=True)
class Secret:
    """A text found nowhere else; who reads it somewhere, and who besides may come across it."""

    text: str
    read_by: frozenset[str]
    may_read: frozenset[str] = frozenset()

    def kept_from(self, role: str) -> bool:
        return role not in self.read_by | self.may_read


TELEPHONE, COLLEAGUE, COLLEAGUES_TELEPHONE = "000-71110001", "查看人甲乙", "000-72220002"
RIVALS_REVENUE = "7654.32"
INSPECTORS_NOTES, INSPECTORS_SUMMARY = "门卫登记与企业所述有出入", "车间与申报一致见附图"
CREDIT_NOTE, REASON, MEND = "二〇二四年曾列入后已移出", "对照审计报告第二页认定", "请补传完整审计报告甲"
RIVALS = "a rival's figure"
DRAFT = "尚未公开的复核安排甲乙"
PARCEL, ENCLOSED = "SF7100000001", "随件夹带的别家公文"
LETTER = "东科工信〔2026〕10号"
OBJECTORS_PAPER = "异议人甲乙丙的证明.png"
COLLEAGUES_OPINION = "附注与申报不一致甲乙"


@dataclass
class Town:
    """What stands in the addresses, and the cases of the acts by name."""

    round_: cases.Round
    firm: Firm
    case: Case
    secrets: dict[str, Secret] = field(default_factory=dict)
    others: dict[str, Case] = field(default_factory=dict)
    arguments: dict[str, dict[str, object]] = field(default_factory=dict)
    task: Task | None = None

    def arguments_of(self, name: str) -> dict[str, object]:
        """What stands in the address of this name; the longest beginning says most."""
        found: dict[str, object] = {}
        for prefix in sorted(self.arguments, key=len):
            if name.startswith(prefix):
                found |= self.arguments[prefix]
        return found


def build() -> Town:
    """Everything, by the product's own actions."""
    round_ = papers.open_round("soft")
    round_.at = EARLIER
    others: dict[str, Case] = {}
    announcement = _announce(round_, others)
    round_.at = cases.SUBMITTED
    case = _open_firm(round_, 1, "open")
    town = Town(round_, _firm_of(round_.firms[1]), case, others=others)
    _open_accounts(town)
    _bring_to_mending(town)
    others["draft"] = _open_firm(round_, 2, "draft")
    _place_others(town)
    parcel = _receive_papers(town)
    draft = _draft(town)
    publicity = _publish(town)
    follow_all(round_.at)
    _put_before_experts(town)
    with scope(SYSTEM):
        seal_day(day=legal_day(EARLIER), at=round_.at)
        _name_arguments(town, publicity, announcement)
        town.arguments["office-notice"] = {
            "draft_id": draft.pk,
            "section_id": "basics",
            "slug": round_.batch.notice.slug,
        }
        town.arguments["office-"] |= {"parcel_id": parcel.pk, "receipt_id": parcel.receipts.get().pk}
        _name_secrets(town)
        Account.objects.update(one_time_until=None)
    return town


def account_of(role: str) -> Account:
    return Account.objects.get(username=ROLES[role])


# ------------------------------------------------------------------ cases


def _announce(round_: cases.Round, others: dict[str, Case]) -> Announcement:
    """The seventh firm's title; two more on the same list wait for the city's report, for the province."""
    announced_, reported, cleared = listed = cases.to_publicity(round_, (7, 11, 12))
    published = publish(round_, listed)
    round_.at = period_over(published)
    close_list(actor=round_.city, list_id=published.pk, at=round_.at)
    cases.to_announcement(round_, [announced_, reported], 7)
    made = announced(round_, [announced_])
    others |= {"reported": reported, "cleared": cleared}
    return made


def _open_firm(round_: cases.Round, number: int, how: str) -> Case:
    """A firm whose form and papers are whole; submitted or left as a draft."""
    city = City([round_.batch], round_.east, round_.west, round_.city, round_.province)
    actor = round_.firms[number] = city.firm(number)
    case = city.fill(number, 1, "2026-03-16 09:00")
    marker = ("contact_telephone", 0, TELEPHONE) if how == "open" else ("revenue", 2025, RIVALS_REVENUE)
    _type(actor, case, *marker)
    if how == "open":
        submit(actor=actor, case_id=case.pk, expected_version=None, declared=True, at=round_.at)
    return cases.again(case)


def _firm_of(actor: Actor) -> Firm:
    with scope(actor):
        return Firm.objects.get(pk=actor.firm_id or 0)


def _type(actor: Actor, case: Case, fact: str, period: int, raw: str) -> None:
    with scope(actor):
        known = CaseField.objects.get(case=case, fact=fact, period=period)
        save_field(
            actor=actor,
            case_id=case.pk,
            fact=fact,
            period=period,
            raw=raw,
            expected_version=known.version,
            at=cases.SUBMITTED,
        )


def _bring_to_mending(town: Town) -> None:
    """Received, looked up, drawn, visited, found on, returned, mended, returned again: the firm's turn."""
    round_, case, east = town.round_, town.case, town.round_.east
    receive(actor=east, case_id=case.pk, expected_version=None, at=round_.later())
    record_credit_check(
        actor=east,
        case_id=case.pk,
        source=CreditSource.CREDIT_CHINA,
        checked_on=legal_day(round_.at),
        result=CreditResult.CLEAR,
        note=CREDIT_NOTE,
        scan_id=upload(east, "查询结果.png", cases.picture(), round_.at).pk,
        at=round_.at,
    )
    draw_sample(actor=east, batch_id=round_.batch.pk, stage="county-review", rate_percent="100", at=round_.at)
    record_inspection(actor=east, case_id=case.pk, visit=_visit(round_), at=round_.at)
    record_finding(
        actor=east, case_id=case.pk, fact="employees", period=2025, value=80, reason=REASON, at=round_.at
    )
    _ask_to_mend(round_, case)
    _type(round_.firms[1], case, "address", 0, "示例省示例市示例东区创新路 8 号")
    resubmit(actor=round_.firms[1], case_id=case.pk, expected_version=None, declared=True, at=round_.at)
    receive(actor=east, case_id=case.pk, expected_version=None, at=round_.at)
    _ask_to_mend(round_, case)
    town.case = cases.again(case)


def _ask_to_mend(round_: cases.Round, case: Case) -> None:
    return_for_mending(
        actor=round_.east,
        case_id=case.pk,
        expected_version=None,
        comment=MEND,
        fields=["address"],
        evidence=["audit_report"],
        at=round_.at,
    )


def _visit(round_: cases.Round) -> Visit:
    return Visit(
        visited_on=legal_day(round_.at),
        inspectors=("股长", "科员"),
        result=InspectionResult.CONSISTENT,
        findings=(Found("从业人员", "86人", "86人", is_consistent=True),),
        summary=INSPECTORS_SUMMARY,
        notes=INSPECTORS_NOTES,
        photos=(Photo(upload(round_.east, "现场.png", cases.picture(120), round_.at).pk),),
    )


def _place_others(town: Town) -> None:
    """Cases that only stand where the acts need one; what they state does not matter."""
    round_ = town.round_
    town.others |= {
        "fresh": cases.submitted(round_, 3),
        "checked": cases.submitted(round_, 4),
        "passed": cases.passed(round_, round_.east, cases.submitted(round_, 5)),
        "western": cases.submitted(round_, 6, area_code=scene.WEST),
    }
    checked = town.others["checked"]
    receive(actor=round_.east, case_id=checked.pk, expected_version=None, at=round_.at)
    cases.checked(round_, round_.east, checked)
    town.others["not looked up"] = recommended = cases.passed(
        round_, round_.east, cases.submitted(round_, 10)
    )
    _recommend(round_, recommended)
    cases.passed(round_, round_.city, recommended)


def _recommend(round_: cases.Round, case: Case) -> None:
    """By a letter whose scan can be opened."""
    scan = upload(round_.east, "推荐文件.pdf", paper("推荐文件", "示例东区"), round_.at)
    letter = LetterText(LETTER, legal_day(round_.at), scan.pk, cases.UNDRAWN)
    recommend(
        actor=round_.east,
        batch_id=round_.batch.pk,
        case_versions=cases.seen([case]),
        letter=letter,
        at=round_.at,
    )


def _publish(town: Town) -> PublicityList:
    """Two firms on a list that is open; to one of them there is an objection against the district."""
    round_ = town.round_
    *listed, town.others["to list"] = cases.to_publicity(round_, (8, 9, 13))
    town.others["listed"], town.others["contested"] = listed
    published = publish(round_, listed)
    cases.checked(round_, round_.province, town.others["reported"])
    upload = cases.uploaded(PUBLIC, cases.picture(), "附件.png", round_.at)
    object_to(
        round_,
        listed[1],
        complained_office_id=round_.east.office_id,
        papers=(Paper(upload, OBJECTORS_PAPER),),
    )
    return published


def _receive_papers(town: Town) -> Parcel:
    """The firm handed its papers in at the district, with a letter of another's."""
    round_ = town.round_
    parcel = papers.arrived(
        round_,
        PARCEL,
        at_office=round_.east,
        source_office_id=None,
        source_firm_id=town.firm.pk,
        enclosed=ENCLOSED,
    )
    papers.counted(round_, parcel, town.case, at_office=round_.east)
    return parcel


def _put_before_experts(town: Town) -> None:
    """Another firm's case lies before a panel of the province: one of it has answered, one is to answer."""
    round_ = panels.open_round(opened=town.round_)
    panels.experts(round_)
    panels.drawn(round_)
    hand = panels.handed(round_, 21)
    (answered, colleague), (waited_for, expert), _ = panels.tasks_of(hand)
    text = replace(panels.opinion(answered), comment=COLLEAGUES_OPINION)
    submit_opinion(actor=colleague, case_id=hand.case_id, text=text, at=round_.at)
    Account.objects.filter(pk=expert.account_id or 0).update(username=ROLES["expert"])
    town.others["before experts"] = waited_for.case
    town.task = waited_for


def _task(town: Town) -> Task:
    assert town.task
    return town.task


def _draft(town: Town) -> NoticeDraft:
    """What the city has not published yet, ready but for its signature."""
    text = replace(rounds.notice_of_shili(), id="shili-unpublished")
    document = begin_from(text, Issuer.of(scene.CITY))
    document |= {"id": text.id, "issued": "2026-03-19", "title": DRAFT}
    return begin_draft(actor=town.round_.city, document=document, template="空白", at=town.round_.at)


# ------------------------------------------------------------------ people, addresses, secrets


def _open_accounts(town: Town) -> None:
    round_ = town.round_
    scene.open_post(scene.EAST, Role.CLERK, "east-clerk")
    scene.open_post(scene.EAST, Role.ADMINISTRATOR, "east-accounts")
    scene.open_post(scene.CITY, Role.AUDITOR, "city-auditor")
    open_operator(actor=SYSTEM, username="operator", name="运维", at=scene.AT)
    colleague = NewMember(
        "firm-1-viewer", COLLEAGUE, MemberRole.VIEWER, COLLEAGUES_TELEPHONE, is_employee=True
    )
    add_member(actor=round_.firms[1], firm=town.firm, colleague=colleague, at=round_.at)


def _upload(role: str, town: Town) -> str:
    """The token of an upload that the role has begun."""
    actor = {"owner": town.round_.firms[1], "leader": town.round_.east, "public": PUBLIC}[role]
    with scope(actor):
        return start_upload(actor=actor, name="已开始.pdf", size=10, at=NOW).token


def _bulk(town: Town) -> int:
    """An act on many that the eastern district has confirmed."""
    east, fresh = town.round_.east, town.others["fresh"]
    seen = cases.seen([fresh])
    return confirm_bulk(actor=east, action="receive", case_versions=seen, comment="", at=NOW).pk


def _name_arguments(town: Town, publicity: PublicityList, announcement: Announcement) -> None:
    case, batch = town.case, town.round_.batch
    paper = EvidenceItem.objects.filter(case=case, item="audit_report").get()
    inspection = Inspection.objects.get(case=case)
    attachment = ObjectionAttachment.objects.get()
    firm_letter = Message.objects.filter(firm=town.firm).first()
    office_letter = Message.objects.filter(office__code=scene.EAST).first()
    assert firm_letter
    assert office_letter
    town.arguments = {
        "enterprise-": {
            "case_id": case.pk,
            "batch_id": batch.pk,
            "section_id": "identity",
            "item_id": "audit_report",
            "token": _upload("owner", town),
            "paper_id": paper.pk,
            "number": 1,
            "member_id": Member.objects.get(name=COLLEAGUE).pk,
            "message_id": firm_letter.pk,
        },
        "office-": {
            "case_id": case.pk,
            "fact_id": "revenue",
            "period": 2025,
            "check_id": CreditCheck.objects.get(case=case).pk,
            "inspection_id": inspection.pk,
            "photo_id": InspectionPhoto.objects.get().pk,
            "evidence_id": paper.pk,
            "snapshot_id": Snapshot.objects.filter(case=case).latest("pk").pk,
            "batch_id": batch.pk,
            "letter_id": Letter.objects.get(number=LETTER).pk,
            "stage_id": "county-recommend",
            "paper": "recommendation-table.xlsx",
            "objection_id": attachment.objection_id,
            "attachment_id": attachment.pk,
            "sample_id": Sample.objects.get().pk,
            "message_id": office_letter.pk,
            "action": "receive",
            "bulk_id": _bulk(town),
            "account_id": Account.objects.get(username="east-clerk").pk,
            "post_id": Post.objects.get(account__username="east-clerk").pk,
            "field": "scan",
            "token": _upload("leader", town),
        },
        "office-list": {"token": publicity.token},
        "office-draw": {"stage_id": "county-review"},
        "public-draw-": {"token": Draw.objects.get().chain.token},
        "office-expert": {"expert_id": _task(town).expert_id},
        "office-panel": {"draw_id": Draw.objects.get().pk, "hand_id": _task(town).hand_id},
        "expert-": {"case_id": town.others["before experts"].pk, "evidence_id": paper.pk},
        "public-notice": {"slug": batch.notice.slug, "version": 1},
        "public-list": {"token": publicity.token, "form": "xlsx"},
        "public-object": {
            "token": publicity.token,
            "position": entry_of(town.others["listed"]).position,
            "upload": _upload("public", town),
        },
        "public-announcement": {"token": announcement.token, "form": "xlsx"},
        "public-title": {"token": Title.objects.get().token, "seq": 1},
        "public-standard": {"standard": "2022-specialised", "digest": load("2022-specialised").digest},
        "public-check": {"standard": "2022-specialised"},
        "public-schema": {"name": "verdict-1"},
    }


def _name_secrets(town: Town) -> None:
    offices = frozenset(ROUTE)
    town.secrets = {
        "the firm's telephone": Secret(TELEPHONE, FIRM | KEPT),
        "the firm's name": Secret(town.firm.name, FIRM | KEPT),
        "the firm's case": Secret(town.case.number, FIRM | KEPT),
        "a colleague's name": Secret(COLLEAGUE, FIRM),
        "a colleague's telephone": Secret(COLLEAGUES_TELEPHONE, FIRM),
        RIVALS: Secret("7,654.32", NOBODY, frozenset({"rival"})),
        "the figure as it was typed": Secret(RIVALS_REVENUE, NOBODY, frozenset({"rival"})),
        "the inspectors' notes": Secret(INSPECTORS_NOTES, KEPT),
        "the inspectors' summary": Secret(INSPECTORS_SUMMARY, FIRM | KEPT),
        "the note to a look-up": Secret(CREDIT_NOTE, KEPT),
        "an officer's reason": Secret(REASON, FIRM | KEPT),
        "what is to be mended": Secret(MEND, FIRM | KEPT),
        "who objected": Secret(OBJECTOR.name, frozenset({"city"})),
        "how to reach them": Secret(OBJECTOR.contact, frozenset({"city"})),
        "what they said": Secret(OBJECTOR.text, frozenset({"city"})),
        "what they sent": Secret(OBJECTORS_PAPER, frozenset({"city"})),
        "the parcel's number": Secret(PARCEL, FIRM | KEPT),
        "what lay in the parcel": Secret(ENCLOSED, DESK | {"administrator"}),
        "the western case": Secret(
            town.others["western"].number, frozenset({"neighbour", "city", "province", "auditor"})
        ),
        "an expert's name": Secret("示例专家0", frozenset({"province"})),
        "a colleague's opinion": Secret(COLLEAGUES_OPINION, NOBODY),
        "the case before the experts": Secret(
            town.others["before experts"].firm.name, offices | {"administrator", "expert"}
        ),
        "what is not published": Secret(DRAFT, frozenset({"city", "auditor"})),
        "the western officer": Secret("shili-west-signs", NOBODY, frozenset({"neighbour"})),
        "the clerk's login name": Secret("east-clerk", frozenset({"administrator"}), offices),
    }


def later(days: int) -> datetime:
    """So many days after the clock."""
    return NOW + timedelta(days=days)
