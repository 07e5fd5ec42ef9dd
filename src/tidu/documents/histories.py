"""A case's timeline (经过), read from its ledger: each entry as a step that `{% timeline %}` draws."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tidu.law.facts import load_vocabulary
from tidu.law.procedures import ACTIONS, Action
from tidu.programmes.queries import procedure_by_digest
from tidu.records.models import Entry

OTHER_VERBS: Mapping[str, str] = {
    "open": "建立申请",
    "assign": "分派经办",
    "pass_on": "转交经办",
    "read_contact": "查看联系方式",
    "record_finding": "登记认定",
    "plan_inspection": "列为实地核查对象",
    "record_inspection": "登记实地核查",
    "record_credit_check": "登记信用查询",
    "note_national_platform": "登记国家平台状态",
    "receive_papers": "收到纸质材料",
    "correct_papers": "更正收件登记",
    "dossier": "制作案卷",
}
STATES: Mapping[str, str] = {
    "refuse": "no",
    "strike": "no",
    "lapse": "no",
    "withdraw": "no",
    "pass_review": "ok",
    "join_opinion": "ok",
    "recommend": "ok",
    "clear": "ok",
    "announce": "ok",
    "return_for_mending": "waits",
    "suspend": "waits",
}
CREDIT_SOURCES = {"credit_china": "信用中国", "credit_publicity": "国家企业信用信息公示系统"}
CREDIT_RESULTS = {"clear": "无异常", "abnormal": "列入经营异常名录", "dishonest": "列入严重失信主体名单"}
PAPERS = {"missing": "未收到", "incomplete": "不齐", "complete": "已收齐"}
INSPECTION_RESULTS = {"consistent": "与填报一致", "inconsistent": "与填报不一致"}


@dataclass(frozen=True)
class HistoryStep:
    """One link of the chain as a line of the timeline."""

    at: datetime
    title: str
    actor: str
    note: str
    comment: str
    state: str


def history_of(entries: Iterable[Entry], *, procedure_digest: str) -> list[HistoryStep]:
    """The steps, newest first; the stage's name comes from the procedure the case was opened under."""
    stages = _stage_titles(procedure_digest)
    return [_step(entry, stages) for entry in entries][::-1]


def _step(entry: Entry, stages: Mapping[str, str]) -> HistoryStep:
    body = entry.content or {}
    return HistoryStep(
        at=entry.at,
        title=title_of(entry.verb, body),
        actor=entry.actor_name,
        note="，".join(_notes(entry, body, stages)),
        comment=str(body.get("comment") or ""),
        state=STATES.get(entry.verb, ""),
    )


def title_of(verb: str, body: Mapping[str, Any]) -> str:
    """What was done, in the words of the table of actions."""
    if verb == "hand_over" and body.get("to_office"):
        return f"移交{body['to_office']}"
    if verb in OTHER_VERBS:
        return OTHER_VERBS[verb]
    try:
        return ACTIONS[Action(verb)].label
    except ValueError:
        return verb


def _notes(entry: Entry, body: Mapping[str, Any], stages: Mapping[str, str]) -> Iterable[str]:
    if body.get("stage") in stages and entry.actor_kind == "office":
        yield stages[body["stage"]]
    for key, write in _DETAILS.items():
        if body.get(key):
            yield write(body)
    if offline := body.get("offline"):
        yield f"线下办理补录：{_day(offline['event_on'])}办理，来源 {offline['source']}"


def _marked(body: Mapping[str, Any]) -> str:
    """The marked fields by their labels."""
    facts = load_vocabulary().facts
    labels = dict.fromkeys(
        facts[mark.split(":")[0]].label for mark in body["fields"] if mark.split(":")[0] in facts
    )
    return f"标出 {len(body['fields'])} 项：{'、'.join(labels)}"


def _papers(body: Mapping[str, Any]) -> str:
    """Where the case stands on paper after this receipt."""
    if body.get("refused"):
        return f"逾期收到，不予受理（{body['rule']}）"
    late = "，逾期收到" if body.get("late") else ""
    return f"{PAPERS[body['papers']]}{late}" + (f"：{body['lacking']}" if body.get("lacking") else "")


def _fact(body: Mapping[str, Any]) -> str:
    fact = load_vocabulary().facts.get(body["fact"])
    period = f"{body['period']}年" if body.get("period") else ""
    return f"{period}{fact.label if fact else body['fact']}"


_DETAILS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "letter": lambda body: f"文号 {body['letter']}",
    "number": lambda body: f"文号 {body['number']}",
    "fields": _marked,
    "evidence": lambda body: f"标出材料 {len(body['evidence'])} 类",
    "fact": _fact,
    "source": lambda body: CREDIT_SOURCES.get(body["source"], body["source"]),
    "checked_on": lambda body: f"{_day(body['checked_on'])}查询",
    "visited_on": lambda body: f"{_day(body['visited_on'])}现场核查",
    "result": lambda body: {**CREDIT_RESULTS, **INSPECTION_RESULTS}.get(body["result"], body["result"]),
    "list": lambda body: f"“{body['list']}”",
    "status": lambda body: str(body["status"]),
    "parcel": lambda body: f"收件 {body['parcel']}",
    "papers": _papers,
}


def _day(text: str) -> str:
    on = date.fromisoformat(text)
    return f"{on.month}月{on.day}日"


def _stage_titles(procedure_digest: str) -> Mapping[str, str]:
    return {stage.id: stage.title for stage in procedure_by_digest(procedure_digest).stages}
