"""The readable part of a dossier: a table for each thing that was done to the case. Texts only.

Objections are told by what followed from them in the case's own ledger; who objected, and with which
words, is sealed with the office that handles them and never opened for a dossier.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tidu.applications.contents import standard_of
from tidu.applications.models import Case, Finding
from tidu.applications.opinions import CONCLUSION_LABELS, QUESTION_LABELS, Conclusion
from tidu.applications.queries import snapshots_of
from tidu.applications.queries.contents import corrections_of, findings_made, stages_of
from tidu.deliveries.models import Receipt, ReceivedPaper
from tidu.deliveries.queries import papers_of_case, receipts_of
from tidu.deliveries.standing import asked_of
from tidu.documents.histories import history_of
from tidu.inspections.models import InspectionFinding
from tidu.inspections.queries import credit_checks_of, inspections_of
from tidu.law.facts import format_value, value_from_json
from tidu.law.personal import hide
from tidu.law.refusals import BEIJING, fill
from tidu.publicity.queries import announcement_of, entries_of
from tidu.records.queries import thaw_many, timeline

OBJECTIONS = {
    "suspend": "受理异议，暂停公示",
    "resume": "异议不成立，恢复公示",
    "strike": "异议成立，移出名单",
}

INTERNAL = "内部记录仅供主管部门和审计查阅，不向企业提供。"


@dataclass(frozen=True)
class Section:
    """One table: its title, the columns with their relative widths, rows of text, a note below."""

    title: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str]]
    note: str = ""
    none: str = "无。"

    def data(self) -> dict[str, Any]:
        """As the template takes it; nothing personal stays in any text."""
        return {
            "title": self.title,
            "heads": [head for head, _ in self.columns],
            "widths": [width for _, width in self.columns],
            "rows": [[hide(cell) for cell in row] for row in self.rows],
            "note": hide(self.note),
            "none": self.none,
        }


TIME, OFFICE = ("时间", 1.25), ("单位", 1.7)


def minute(at: datetime | None) -> str:
    """`2026-03-16 09:00` in Beijing: short, and never broken."""
    return "" if at is None else f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def end(at: datetime | None) -> str:
    return "" if at is None else fill("{at:end}", {"at": at})


def day(on: date | None) -> str:
    return "" if on is None else on.isoformat()


def sections_of(case: Case) -> Iterable[Section]:
    """Everything that happened, in the order in which an auditor asks for it."""
    yield _history(case)
    yield _submissions(case)
    yield _findings(case)
    yield _corrections(case)
    yield _inspections(case)
    yield _credit(case)
    yield _letters(case)
    yield _publicity(case)
    yield _objections(case)
    yield _papers(case)


def _history(case: Case) -> Section:
    steps = history_of(timeline(case.chain), procedure_digest=case.procedure_digest)[::-1]
    rows = [
        (
            minute(step.at),
            step.title,
            step.actor or "系统",
            _joined(step.note, step.comment),
        )
        for step in steps
    ]
    columns = [TIME, ("办理", 1.1), OFFICE, ("说明", 3)]
    return Section("办理经过", columns, rows, "读自存证链，逐条可以核验。时间为到达时间（北京时间）。")


def _joined(*parts: str) -> str:
    return "；".join(filter(None, parts))


def _submissions(case: Case) -> Section:
    rows = list(snapshots_of(case))[::-1]
    bodies = thaw_many(row.digest for row in rows)
    lines = [
        (
            minute(row.at),
            f"第 {row.round} 轮{row.get_kind_display()}",
            _outcome(bodies[row.digest]),
            row.digest,
        )
        for row in rows
    ]
    return Section("提交与冻结", [TIME, ("内容", 1), ("当时的结论", 1.3), ("SHA-256", 3)], lines)


def _outcome(body: dict[str, Any]) -> str:
    """What stood at that moment: the verdict by the standard, or what the panel found."""
    return _panel(body["opinion"]) if "opinion" in body else _verdict(body["verdict"])


def _panel(opinion: dict[str, Any]) -> str:
    found = {one["question"]: CONCLUSION_LABELS[Conclusion(one["conclusion"])] for one in opinion["answers"]}
    return "，".join(f"{label}：{found[question]}" for question, label in QUESTION_LABELS.items())


def _verdict(verdict: dict[str, Any]) -> str:
    points = verdict["points"]
    if not points["full"]:
        return str(verdict["outcome_label"])
    low, high = points["low"], points["high"]
    score = str(low) if low == high else f"{low}～{high}"
    return f"{verdict['outcome_label']}，{score} 分"


def _findings(case: Case) -> Section:
    rows = [
        (minute(one.at), one.office.name, _fact(case, one), _value(case, one), one.reason)
        for one in findings_made(case)
    ]
    columns = [TIME, OFFICE, ("事项", 1.4), ("认定", 1), ("理由", 2)]
    return Section("认定意见（逐项）", columns, rows, "同一事项以最新一次为准。")


def _fact(case: Case, finding: Finding) -> str:
    fact = standard_of(case).vocabulary.facts.get(finding.fact)
    label = fact.label if fact else finding.fact
    return f"{finding.period}年{label}" if finding.period else label


def _value(case: Case, finding: Finding) -> str:
    fact = standard_of(case).vocabulary.facts.get(finding.fact)
    if fact is None:
        return str(finding.value)
    return f"{format_value(fact, value_from_json(fact, finding.value))} {fact.unit}".strip()


def _corrections(case: Case) -> Section:
    rows = [
        (minute(one.requested_at), one.office.name, one.comment, end(one.asked_by), minute(one.answered_at))
        for one in corrections_of(case)
    ]
    columns = [TIME, OFFICE, ("要求", 2.4), ("请于此前", 1.2), ("重新提交", 1.2)]
    return Section("退回补正", columns, rows)


def _inspections(case: Case) -> Section:
    rows = []
    for visit in inspections_of(case):
        found = [_seen(one) for one in visit.findings.all()]
        note = f"内部记录：{visit.note.text}" if hasattr(visit, "note") else ""
        said = _joined(*found, visit.summary, note)
        result = visit.get_result_display() or visit.get_status_display()
        rows.append((day(visit.visited_on), visit.office.name, "、".join(visit.inspectors), result, said))
    columns = [("日期", 1), OFFICE, ("人员", 0.9), ("结论", 0.9), ("所见", 3)]
    return Section("实地核查", columns, rows, INTERNAL if rows else "")


def _seen(found: InspectionFinding) -> str:
    return f"{found.item}：填报{found.stated}，所见{found.seen}{_because(found.note)}"


def _because(note: str) -> str:
    return f"（{note}）" if note else ""


def _credit(case: Case) -> Section:
    rows = [
        (day(one.checked_on), one.office.name, one.get_source_display(), one.get_result_display(), one.note)
        for one in credit_checks_of(case).order_by("recorded_at", "pk")
    ]
    return Section("信用查询", [("日期", 1), OFFICE, ("系统", 1.5), ("结果", 1), ("说明", 1.6)], rows)


def _letters(case: Case) -> Section:
    sent = [stage.letter for stage in stages_of(case).select_related("letter__office") if stage.letter]
    rows = [
        (
            day(one.issued_on),
            one.office.name,
            one.get_kind_display(),
            one.number,
            "逾期" if one.is_late else "",
        )
        for one in sent
    ]
    return Section("推荐与报送文件", [("日期", 1), OFFICE, ("类型", 0.8), ("文号", 1.8), ("期限", 0.6)], rows)


def _publicity(case: Case) -> Section:
    rows = [
        (
            minute(one.list.published_at),
            one.list.office.name,
            f"公示：{one.list.title}（至 {end(one.list.period.upper)}）",
            one.get_status_display(),
        )
        for one in entries_of(case.pk)
    ]
    announced = announcement_of(case.pk)
    if announced is not None:
        begins = announced.entries.get(case_id=case.pk).valid_from
        what = f"公告：{announced.title} {announced.number}，有效期自 {day(begins)}"
        rows.append((day(announced.announced_on), announced.office.name, what, "已公告"))
    return Section("公示与公告", [TIME, OFFICE, ("名单或公告", 3), ("结果", 0.9)], rows)


def _objections(case: Case) -> Section:
    rows = [
        (minute(entry.at), entry.actor_name, OBJECTIONS[entry.verb], (entry.content or {}).get("comment", ""))
        for entry in timeline(case.chain)
        if entry.verb in OBJECTIONS
    ]
    note = "异议人的身份和异议原文依规保密，由受理单位密封保存，不入案卷。"
    return Section("异议办理", [TIME, OFFICE, ("结果", 1.6), ("说明", 2.4)], rows, note)


def _papers(case: Case) -> Section:
    titles = {paper.id: paper.title for paper in asked_of(case)}
    rows = [
        (
            minute(one.received_at),
            one.office.name,
            str(one.parcel),
            _joined(*(_copies(titles, paper) for paper in one.papers.all())),
            _joined(one.get_match_display() if one.code else "", _lateness(one), one.note),
        )
        for one in receipts_of(case)
    ]
    state = [
        f"{one.office.name}：{one.get_state_display()}{_because(one.lacking)}" for one in papers_of_case(case)
    ]
    columns = [TIME, OFFICE, ("收件", 1.1), ("材料", 2.2), ("核对", 1.4)]
    return Section("纸质材料", columns, rows, "；".join(state))


def _copies(titles: Mapping[str, str], paper: ReceivedPaper) -> str:
    return f"{titles.get(paper.paper, paper.paper)} {paper.copies} 份{_because(paper.defects)}"


def _lateness(receipt: Receipt) -> str:
    if receipt.is_refused:
        return f"逾期，不予受理（{receipt.rule}）"
    return "逾期" if receipt.is_late else ""
