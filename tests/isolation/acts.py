"""Every act with a form that is right, so that a refusal can only be about who sends it.

`by` are those whose sending succeeds; nobody else's may change anything.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from tests import cases, panels, scene
from tests.isolation.answers import ALL, OFFICERS
from tests.isolation.asking import Askers
from tests.isolation.town import DESK, FIRM, KEPT, NOW, ROLES, later

from tidu.applications.actions import assign, withdraw
from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, scope
from tidu.enterprises.models import ProfileField
from tidu.law import notices
from tidu.law.calendars import legal_day
from tidu.law.identity import demonstration_code
from tidu.offices.actions import close_post
from tidu.offices.models import Account, Office, Post
from tidu.panels.lists import COLUMNS as EXPERT_COLUMNS
from tidu.panels.models import Expert
from tidu.programmes.actions import save_corrigendum
from tidu.programmes.freezing import notice_digest
from tidu.programmes.models import Batch, NoticeDraft
from tidu.programmes.queries import document_of_draft, issuer_of
from tidu.publicity.actions import accept_objection
from tidu.titles.enums import TitleKind
from tidu.titles.lists import COLUMNS

Words = Callable[[Askers], Mapping[str, Any]]

TODAY = legal_day(NOW).isoformat()


def _parcel(askers: "Askers") -> Mapping[str, Any]:
    """What stands on a parcel that the firm sent this morning."""
    return {
        "number": "SF7100000002",
        "manner": "courier",
        "courier": "顺丰速运",
        "source": askers.town.firm.name,
        "received_at": f"{TODAY}T09:00",
    }


@dataclass(frozen=True)
class Right:
    """A right form for an address, sent by POST or as the piece of a file by PATCH."""

    name: str
    by: frozenset[str]
    words: Words = field(default=lambda _: {})
    changed: Words = field(default=lambda _: {})
    before: Callable[[Askers], object] = field(default=lambda _: None)
    at: datetime | None = None
    piece: bool = False
    as_json: bool = False
    variant: str = ""

    @property
    def id(self) -> str:
        return f"{self.name}{self.variant}"

    def request(self, askers: Askers) -> tuple[str, str, dict[str, Any]]:
        """Method, address, and what is sent."""
        address = askers.address(self.name, **self.changed(askers))
        if self.piece:
            kind = "application/offset+octet-stream"
            return "PATCH", address, {"data": b"%", "content_type": kind, "headers": {"Upload-Offset": "0"}}
        words: Any = dict(self.words(askers))
        if self.as_json:
            return "POST", address, {"data": json.dumps(words), "content_type": "application/json"}
        return "POST", address, {"data": words}


def case_named(name: str) -> Words:
    """The act is on this case instead of the firm's own."""
    return lambda askers: {"case_id": askers.town.others[name].pk}


def seen(name: str, **more: Any) -> Words:
    """The version of this case as its page shows it, with the rest of the form."""
    return lambda askers: {"version": _now(askers.town.others[name]).version, **more}


def seen_own(**more: Any) -> Words:
    """The same of the firm's own case."""
    return lambda askers: {"version": _now(askers.town.case).version, **more}


def _now(case: Case) -> Case:
    return cases.again(case)


def _withdrawn(askers: Askers) -> None:
    withdraw(
        actor=askers.town.round_.firms[1],
        case_id=askers.town.case.pk,
        expected_version=None,
        reason="暂缓",
        at=NOW,
    )


def _address_field(askers: Askers) -> Mapping[str, Any]:
    with scope(SYSTEM):
        known = askers.town.case.fields.get(fact="address")
    return {"name": "address", "value": "示例省示例市示例东区创新路 9 号", "version": known.version}


def _profile_field(askers: Askers) -> Mapping[str, Any]:
    with scope(SYSTEM):
        known = ProfileField.objects.get(firm=askers.town.firm, fact="address")
    return {"name": "address", "value": "示例省示例市示例东区创新路 9 号", "version": known.version}


def _pointed(askers: Askers) -> Mapping[str, Any]:
    paper = askers.town.arguments["enterprise-"]["paper_id"]
    return {"paper.revenue.2025": paper, "page.revenue.2025": 1}


def _ticked(name: str, sender: str, **more: Any) -> Words:
    """A case for an act on many, with a scan that the sender has sent before."""

    def words(askers: Askers) -> Mapping[str, Any]:
        case = _now(askers.town.others[name])
        file = cases.scan(getattr(askers.town.round_, sender))
        return {"case": f"{case.pk}:{case.version}", "scan": f"{file}/扫描件.pdf", **more}

    return words


def _stage(stage: str) -> Words:
    return lambda _: {"stage_id": stage}


def _office(code: str) -> int:
    with scope(SYSTEM):
        return Office.objects.get(code=code).pk


def _clerks_post() -> Post:
    with scope(SYSTEM):
        return Post.objects.select_related("office", "account").get(account__username="east-clerk")


def _box(askers: Askers, name: str) -> str:
    case = _now(askers.town.others[name])
    return f"{case.pk}:{case.version}"


def _called(askers: Askers) -> Mapping[str, Any]:
    """The rival's draft, from the call list."""
    return {"batch": askers.town.round_.batch.pk, "case": askers.town.others["draft"].pk}


def _assigned(askers: Askers) -> None:
    round_, case = askers.town.round_, askers.town.others["checked"]
    assign(actor=round_.east, case_id=case.pk, account_id=_clerks_post().account_id, at=NOW)


def _closed(_: Askers) -> None:
    close_post(actor=SYSTEM, post=_clerks_post(), at=NOW)


def _accepted(askers: Askers) -> None:
    objection: Any = askers.town.arguments["office-"]["objection_id"]
    accept_objection(actor=askers.town.round_.city, objection_id=objection, at=NOW)


def _shown_draft(askers: Askers) -> Mapping[str, Any]:
    """What whoever signs was shown of the draft."""
    with scope(SYSTEM):
        draft = NoticeDraft.objects.select_related("office").get()
        text = notices.from_json(document_of_draft(draft, issuer_of(draft.office)))
    return {"seen": notice_digest(text), "confirmed": "on"}


def _notice_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("通知.toml", b'title = "' + "另一份通知".encode() + b'"')


def _earlier_title(askers: Askers) -> Mapping[str, Any]:
    """One title of the firm, as the province announced it three years ago."""
    return {
        "uscc": askers.town.firm.uscc,
        "name": askers.town.firm.name,
        "kind": TitleKind.INNOVATIVE.label,
        "announcement": "示省工信公告〔2023〕1号",
        "announced_on": "2023-05-01",
        "batch_code": "2023-1",
        "batch_label": "2023年度第一批",
        "valid_from": "2023-05-01",
        "valid_until": "2026-04-30",
    }


def _shown_list(askers: Askers) -> Mapping[str, Any]:
    """What the province was shown of a list with this title, sealed."""
    title, book, content = _earlier_title(askers), Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.append(list(COLUMNS.values()))
    sheet.append([title[field] for field in COLUMNS])
    book.save(content)
    file = SimpleUploadedFile("名单.xlsx", content.getvalue())
    shown = askers.ask("province", "post", askers.address("office-title-preview"), {"file": file})
    found = re.search('name="sealed" value="([^"]+)"', shown.text)
    assert found, shown.text
    return {"sealed": found[1]}


def _invited_again(askers: Askers) -> None:
    """The expert has not answered the invitation yet."""
    with scope(askers.town.round_.province):
        Expert.objects.filter(account__username=ROLES["expert"]).update(state="invited")


NEW_EXPERT = {
    "name": "示例专家99",
    "field": "finance",
    "area": "示例西区",
    "employer": "示例第99研究所",
    "most_cases": "30",
}


def _shown_experts(askers: Askers) -> Mapping[str, Any]:
    """The sheet as it was shown to the province."""
    target = BytesIO()
    book = Workbook()
    assert book.active
    book.active.append(list(EXPERT_COLUMNS.values()))
    book.active.append(["示例专家98", "财务", "", "示例西区", "示例第98研究所"])
    book.save(target)
    file = SimpleUploadedFile("专家.xlsx", target.getvalue())
    page = askers.ask("province", "post", askers.address("office-expert-preview"), {"file": file}).text
    found = re.search('name="sealed" value="([^"]+)"', page)
    assert found
    return {"sealed": found[1]}


def _next_round(askers: Askers) -> None:
    """Another batch of the province, for which nothing is drawn yet."""
    panels.open_round(notice_id="shili-next", opened=askers.town.round_)


def _to_be_frozen(askers: Askers) -> Mapping[str, Any]:
    """The form with which the province freezes its pool for that batch."""
    with scope(SYSTEM):
        batch = Batch.objects.get(notice__slug="shili-next")
    seats = {"panels": 2, "industry": 2, "finance": 1, "technology": 0, "property": 0}
    rules = {"mode": "instant", "cap": 40, "days": 7}
    bodies = {"witnesses": panels.WITNESS, "overseer": panels.OVERSEER}
    return {"where": f"{batch.pk}:{panels.STAGE}", **seats, **rules, **bodies}


def _seated(askers: Askers) -> Mapping[str, Any]:
    """Whoever has the case before him and has not answered."""
    assert askers.town.task
    return {"expert": askers.town.task.expert_id, "reason": "出国访问"}


def _corrected(askers: Askers) -> None:
    """What changes has been shown to the city for publishing."""
    round_ = askers.town.round_
    save_corrigendum(
        actor=round_.city, notice_id=round_.batch.notice_id, typed=CORRECTED, expected_version=0, at=NOW
    )


def _opinion(askers: Askers) -> Mapping[str, Any]:
    """An answer to everything that the expert is asked."""
    assert askers.town.task
    text = panels.opinion(askers.town.task)
    said: dict[str, Any] = {f"answer-{question}": finding for question, finding in text.answers.items()}
    for fact, one in text.judged.items():
        said |= {f"finding-{fact}": one.finding, f"reason-{fact}": one.reason, f"page-{fact}": one.page or ""}
    return said


CORRECTED = {"reason": "给企业留足时间", "readings.mending_days": "20"}
FILE = {"name": "材料.pdf", "size": 10}
CONTENT = {"name": "异议人丁", "contact": "000-00008888", "text": "请核实该企业主导产品。"}

RIGHT = (
    # ---------------------------------------------------------------- everybody
    Right("public-object", ALL, lambda _: CONTENT),
    Right("public-object-papers", ALL, lambda _: FILE, as_json=True),
    Right("public-object-paper", ALL, piece=True),
    # ---------------------------------------------------------------- the firm
    Right("enterprise-profile-save", frozenset({"owner", "rival"}), _profile_field),
    Right(
        "enterprise-members",
        frozenset({"owner", "rival"}),
        lambda _: {"name": "新同事", "username": "new-colleague", "role": "editor", "is_employee": "on"},
    ),
    Right("enterprise-member", frozenset({"owner"}), lambda _: {"do": "remove"}),
    Right("enterprise-inbox-read-all", FIRM),
    Right("enterprise-message", FIRM),
    Right(
        "enterprise-case-begin",
        frozenset({"owner"}),
        lambda askers: {"batch": askers.town.round_.batch.pk, "kind": "new"},
        before=_withdrawn,
    ),
    Right("enterprise-case-withdraw", frozenset({"owner"}), seen_own(reason="暂缓")),
    Right(
        "enterprise-case-copy",
        frozenset({"owner"}),
        lambda askers: {"batch": askers.town.round_.batch.pk},
        before=_withdrawn,
    ),
    Right("enterprise-case-national", frozenset({"owner"}), lambda _: {"status": "审核中", "receipt": "1"}),
    Right("enterprise-case-save", frozenset({"owner"}), _address_field),
    Right("enterprise-case-submit", frozenset({"owner"}), seen_own(declared="on")),
    Right("enterprise-point", frozenset({"owner"}), _pointed),
    Right("enterprise-upload", frozenset({"owner"}), lambda _: FILE, as_json=True),
    Right("enterprise-upload-piece", frozenset({"owner"}), piece=True),
    Right("enterprise-paper-remove", frozenset({"owner"})),
    # ---------------------------------------------------------------- the offices, one case
    Right("office-case-receive", DESK, seen("fresh"), case_named("fresh")),
    Right("office-case-pass", DESK, seen("checked", comment="符合条件"), case_named("checked")),
    Right(
        "office-case-return", DESK, seen("checked", comment="请补正", marks="address"), case_named("checked")
    ),
    Right("office-case-refuse", DESK, seen("checked", comment="不符合条件"), case_named("checked")),
    Right(
        "office-case-hand-over",
        DESK,
        lambda askers: {
            **seen("checked", comment="注册地在西区")(askers),
            "office": _office(scene.WEST),
        },
        case_named("checked"),
    ),
    Right(
        "office-case-assign",
        DESK,
        lambda _: {"account": Account.objects.get(username="east-clerk").pk},
        case_named("checked"),
    ),
    Right(
        "office-case-national",
        KEPT - {"auditor", "administrator"},
        lambda _: {"status": "审核中"},
        case_named("checked"),
    ),
    Right(
        "office-finding",
        DESK,
        lambda _: {"employees": "80", "reason": "参保人数证明第一页"},
        lambda askers: {**case_named("checked")(askers), "fact_id": "employees"},
    ),
    Right(
        "office-credit",
        DESK,
        lambda _: {
            "credit_china-made": "on",
            "credit_china-checked_on": TODAY,
            "credit_china-result": "clear",
        },
        case_named("checked"),
    ),
    Right("office-plan", DESK, changed=case_named("checked")),
    Right(
        "office-visit",
        DESK,
        lambda _: {
            "visited_on": TODAY,
            "inspectors": "股长\n科员",
            "result": "consistent",
            "item": "从业人员",
            "stated": "86人",
            "seen": "86人",
            "consistent": "yes",
            "note": "",
        },
        case_named("checked"),
    ),
    Right("office-dossier", DESK | {"auditor"}),
    # ---------------------------------------------------------------- the offices, paper
    Right("office-delivery-new", OFFICERS - {"administrator"}, _parcel),
    Right("office-delivery-correct", DESK, lambda askers: {**_parcel(askers), "reason": "看错单号"}),
    Right("office-delivery-papers", DESK, lambda _: {"all": "1"}, case_named("checked")),
    Right(
        "office-receipt-correct",
        DESK,
        lambda _: {"copies-application-papers": "1", "reason": "数错一份"},
    ),
    # ---------------------------------------------------------------- the offices, many cases
    Right(
        "office-sending",
        frozenset({"leader"}),
        _ticked(
            "passed", "east", number="东科工信〔2026〕11号", issued_on=TODAY, undrawn_reason=cases.UNDRAWN
        ),
    ),
    Right(
        "office-sending",
        frozenset({"city"}),
        _ticked("to list", "city", title="拟公告名单公示"),
        _stage("city-publicity"),
        variant=": list",
    ),
    Right(
        "office-sending",
        frozenset({"city"}),
        _ticked("cleared", "city", number="示市工信〔2026〕11号", issued_on=TODAY),
        _stage("city-report"),
        variant=": report",
    ),
    Right(
        "office-sending",
        frozenset({"province"}),
        _ticked("reported", "province", number="示省工信公告〔2026〕11号", title="公告", announced_on=TODAY),
        _stage("province-announce"),
        variant=": announce",
    ),
    Right(
        "office-credit-many",
        frozenset({"city"}),
        lambda askers: {"looked_up": "1", "check": askers.town.others["not looked up"].pk},
        _stage("city-publicity"),
    ),
    Right("office-bulk", DESK, lambda askers: {"case": _box(askers, "fresh")}),
    Right(
        "office-bulk",
        DESK,
        lambda askers: {"case": _box(askers, "checked"), "comment": "符合条件"},
        lambda _: {"action": "pass_review"},
        variant=": pass",
    ),
    Right(
        "office-board-urge",
        frozenset({"city", "province"}),
        lambda askers: {"batch": askers.town.round_.batch.pk, "office": _office(scene.EAST)},
    ),
    Right("office-calls-urge", DESK | {"city", "province"}, _called),
    Right("office-calls-contacts", DESK | {"city", "province"}, _called),
    Right(
        "office-colleague",
        DESK,
        lambda askers: {"which": "all", "to": askers.town.round_.east.account_id},
        before=_assigned,
    ),
    Right("office-draw", DESK | {"neighbour"}, lambda _: {"rate_percent": "50"}),
    Right("office-list-close", frozenset({"city"}), at=later(20)),
    Right("office-objection-read", frozenset({"city"})),
    Right("office-objection-paper", frozenset({"city"})),
    Right("office-objection-accept", frozenset({"city"})),
    Right(
        "office-objection-uphold",
        frozenset({"city"}),
        lambda _: {"decision": "情况属实", "reason": "主导产品已停产"},
        before=_accepted,
    ),
    Right("office-objection-dismiss", frozenset({"city"}), lambda _: {"decision": "情况不属实"}),
    Right("office-inbox-read", OFFICERS),
    Right("office-message", DESK | {"administrator"}),
    Right("office-upload", OFFICERS, lambda _: FILE, as_json=True),
    Right("office-upload-piece", frozenset({"leader"}), piece=True),
    # ---------------------------------------------------------------- notices
    Right("office-notice-begin", frozenset({"city", "province"}), lambda _: {"template": "blank"}),
    Right("office-notice-import", frozenset({"city", "province"}), lambda _: {"file": _notice_file()}),
    Right("office-notice-section", frozenset({"city"}), lambda _: {"version": 1, "title": "改过的标题"}),
    Right("office-notice-publish", frozenset({"city"}), _shown_draft),
    Right("office-notice-discard", frozenset({"city"})),
    Right(
        "office-notice-corrigendum",
        frozenset({"city"}),
        lambda _: {**CORRECTED, "seen": 1, "version": 1, "shown": 1, "do": "issue"},
        before=_corrected,
    ),
    # ---------------------------------------------------------------- titles from earlier announcements
    Right("office-title-enter", frozenset({"province"}), _earlier_title),
    Right("office-title-confirm", frozenset({"province"}), _shown_list),
    # ---------------------------------------------------------------- accounts
    Right(
        "office-account-open",
        frozenset({"administrator"}),
        lambda _: {"office": scene.EAST, "role": "clerk", "name": "经办", "username": "new-clerk"},
    ),
    Right(
        "office-account-firm",
        frozenset({"administrator"}),
        lambda _: {"uscc": demonstration_code(1), "username": "firm-1"},
    ),
    Right("office-account-close", frozenset({"administrator"})),
    Right("office-account-reopen", frozenset({"administrator"}), before=_closed),
    Right("office-account-password", frozenset({"administrator"})),
    # ---------------------------------------------------------------- the pool of experts, and panels
    Right("office-experts", OFFICERS - {"administrator"}, lambda _: {"do": "enter", **NEW_EXPERT}),
    Right(
        "office-expert",
        frozenset({"province"}),
        lambda _: {"do": "note", "text": "按期提交，理由充分。"},
    ),
    Right("office-expert-confirm", frozenset({"province"}), _shown_experts),
    Right("office-panels", frozenset({"province"}), _to_be_frozen, before=_next_round),
    Right(
        "office-panel",
        frozenset({"province"}),
        lambda askers: {"do": "withdraw", **_seated(askers)},
        at=panels.SUBMITTED + timedelta(days=1),
    ),
    Right(
        "office-panel-case",
        frozenset({"province"}),
        lambda askers: {"do": "replace", **_seated(askers)},
        at=panels.SUBMITTED + timedelta(days=8),
    ),
    # ---------------------------------------------------------------- experts
    Right("expert-accept", frozenset({"expert"}), before=_invited_again),
    Right("expert-decline", frozenset({"expert"}), lambda _: {"reason": "出国访问"}, before=_invited_again),
    Right("expert-absence", frozenset({"expert"}), lambda _: {"until": TODAY}),
    Right(
        "expert-conflict",
        frozenset({"expert"}),
        lambda _: {"uscc": demonstration_code(1), "reason": "亲属任职"},
    ),
    Right("expert-opinion", frozenset({"expert"}), _opinion),
    Right("expert-recuse", frozenset({"expert"}), lambda _: {"reason": "亲属任职"}),
    Right(
        "operator-administrator",
        frozenset({"operator"}),
        lambda _: {"office": scene.WEST, "username": "west-accounts"},
    ),
)
