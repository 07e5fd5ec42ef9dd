"""The form of a case (自评表, 申请书) as a paper: as it stands, or as it was submitted.

The scope in which it is made decides whose case may be read; the case itself was found before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tidu.applications.contents import facts_of, notice_of, standard_of
from tidu.applications.models import Case
from tidu.applications.prints import print_code
from tidu.applications.queries.contents import papers_of, submitted_body
from tidu.documents.barcodes import bars
from tidu.documents.contents import sections_of
from tidu.documents.produced import PDF, Document, file_name
from tidu.documents.typesetting import typeset
from tidu.documents.verdicts import verdict_of
from tidu.law.facts import Facts
from tidu.law.notices import Notice
from tidu.law.personal import hide_in
from tidu.law.refusals import fill

SHOWN_OF_A_DIGEST = 16
INSTRUCTIONS = (
    "本表由企业在线填报的内容生成，页脚的核验码取自系统记录的内容摘要，收件时据此核对版本；提交后的内容不因重新打印而改变。",
    "金额以万元为单位。“未填”表示没有填写，不等于零。",
    "涉密信息不得填报；国防专利只填数量。",
    "企业自愿申报。认定工作不收取任何费用，没有委托任何单位或个人代办。",
)


@dataclass(frozen=True)
class Filled:
    """What one print is of: the facts, the verdict on them, the papers, and when."""

    facts: Facts
    verdict: Mapping[str, Any]
    evidence: Sequence[Mapping[str, str]]
    at: datetime
    round: int = 0
    digest: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether it was printed before any submission froze it."""
        return not self.digest


def draft_form(case: Case, *, at: datetime) -> Document:
    """The form as it stands now, marked 草稿."""
    facts = facts_of(case, at=at, with_findings=False)
    papers = papers_of(case)
    evidence = [{"item": one.item, "name": one.name, "sha256": one.file.sha256} for one in papers]
    return _paper(case, Filled(facts, standard_of(case).judge(facts).as_json(), evidence, at))


def submitted_form(case: Case, round_: int | None = None, *, discreet: bool = False) -> Document:
    """The form as it was submitted in a round, the last one unless named. Refused("snapshot_unknown").

    `discreet`: identity numbers that a firm has typed somewhere are not shown.
    """
    snapshot, body = submitted_body(case, round_ or case.round)
    body = hide_in(body) if discreet else body
    facts = Facts.from_json(body["facts"], standard_of(case).vocabulary)
    said = body["verdict"], body["evidence"]
    return _paper(case, Filled(facts, *said, snapshot.at, snapshot.round, snapshot.digest))


def _paper(case: Case, filled: Filled) -> Document:
    notice = notice_of(case)
    title = _title(notice)
    data = {
        "title": title,
        "annex": _annex(notice),
        "notice": f"（{case.batch.title}）",
        "number": case.number,
        "code": print_code(filled.digest),
        "barcode": _barcode(filled.digest),
        "draft": filled.is_draft,
        "sample": case.firm.is_demonstration,
        "cover": _cover(case, filled),
        "instructions": INSTRUCTIONS,
        "sections": sections_of(standard_of(case).form(), filled.facts),
        "verdict": verdict_of(dict(filled.verdict)),
        "evidence": _evidence(notice, filled),
        "declaration": notice.choice("declaration"),
        "declared": _declared(filled),
    }
    stem = (title, case.firm.name, case.number, "草稿" if filled.is_draft else f"第{filled.round}次提交")
    return Document(file_name(*stem, suffix="pdf"), PDF, typeset("self-evaluation", data, at=filled.at))


def _barcode(digest: str) -> dict[str, Any]:
    """The code as bars for a scanner; none on a draft, which is matched to nothing."""
    width, drawn = bars(print_code(digest).replace("-", "")) if digest else (0, [])
    return {"width": width, "bars": drawn}


def _title(notice: Notice) -> str:
    """As the notice calls the form that firms fill (自评表, 申请书)."""
    return notice.form_title or "申报表"


def _annex(notice: Notice) -> str:
    """The number of the annex that is the form, where it is one."""
    return next((f"附件{one.number}" for one in notice.annexes if one.title == notice.form_title), "")


def _cover(case: Case, filled: Filled) -> list[dict[str, str]]:
    made = "（草稿，尚未提交）" if filled.is_draft else fill("{at:day}", {"at": filled.at})
    pairs = {
        "企业名称（盖章）": case.firm.name,
        "统一社会信用代码": case.firm.uscc,
        "属地": case.firm.area.name,
        "推荐单位": case.firm.area.office.name,
        "申报类型": case.get_kind_display(),
        "填报日期": made,
    }
    return [{"label": label, "value": value} for label, value in pairs.items()]


def _evidence(notice: Notice, filled: Filled) -> list[dict[str, str]]:
    titles = {item.id: item.title for item in notice.evidence}
    return [
        {
            "item": titles.get(paper["item"], paper["item"]),
            "name": paper["name"],
            "digest": paper["sha256"][:SHOWN_OF_A_DIGEST],
        }
        for paper in filled.evidence
    ]


def _declared(filled: Filled) -> str:
    if filled.is_draft:
        return "提交时须在线作出以上声明。"
    return fill("企业已于 {at:minute} 提交时在线作出以上声明。", {"at": filled.at})
