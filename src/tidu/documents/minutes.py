"""抽取笔录 on paper: what was drawn and how, and everything by which anybody draws again from the file.

All of it stands in the public record (`tidu.draw.1`), which knows experts and cases by pseudonyms alone; the
office that drew may have its own copy say who sits where. There is room to sign, and no seal.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tidu.documents.produced import PDF, Document, file_name
from tidu.documents.typesetting import typeset
from tidu.law.refusals import fill
from tidu.law.rulebook import read_toml
from tidu.panels.enums import DrawMode, Field

TITLE = "评审专家抽取和派发笔录"
NOT_YET = "尚未揭示"
SEALED = "由本系统密封代管"
KINDS = {"dispatch": "派发", "withdrawal": "退出", "conflict": "回避"}
Block = dict[str, Any]


@dataclass(frozen=True)
class MinutesOf:
    """What the paper says beside the record: moments, where the record and its check are found.

    `overseer_keeps` tells whether the second chain lies with its holder and not sealed in this system.
    `names` are given by the office's own copy alone: who stands behind a pseudonym.
    """

    state: str
    frozen_at: datetime
    drawn_at: datetime | None
    record_address: str
    check_address: str
    is_sample: bool
    overseer_keeps: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


def minutes(record: Mapping[str, Any], about: MinutesOf, *, at: datetime) -> Document:
    """The paper on one record as it stands `at` this moment."""
    frozen = record["input"]
    data = {
        "title": TITLE,
        "mark": "样张" if about.is_sample else "",
        "office": frozen["purpose"].get("office", ""),
        "digest": record["digest"],
        "inner": bool(about.names),
        "blocks": list(_blocks(record, about, at)),
        "signers": _signers(frozen, about),
    }
    name = file_name("抽取笔录", record["commitment"][:12], "内部" if about.names else "", suffix="pdf")
    return Document(name, PDF, typeset("minutes", data, at=at))


def _signers(frozen: Mapping[str, Any], about: MinutesOf) -> list[str]:
    """Who saw or kept something of the draw; an overseer who was handed nothing has nothing to sign."""
    kept = [frozen["chains"][1]["holder"]] if about.overseer_keeps else []
    return list(dict.fromkeys([*frozen["seed"]["witnesses"], *kept]))


def _blocks(record: Mapping[str, Any], about: MinutesOf, at: datetime) -> Iterator[Block]:
    yield _pairs("抽取", _what(record, about, at))
    yield _pairs("冻结和承诺", _frozen(record["input"], record["commitment"], about))
    yield _pairs("种子", list(_seed(record)))
    if record["drawn"] is not None:
        yield from _panels(record["drawn"], about.names)
        yield _pairs("派发、退出和回避", list(_events(record)))
    yield _pairs("笔录文件", _file(record, about))
    words = {"commitment": record["commitment"], "check": about.check_address}
    steps = [fill(text, words) for text in read_toml("documents", "draw-minutes")["steps"]]
    yield {"kind": "steps", "title": "怎样重做一遍", "steps": steps}


def _what(record: Mapping[str, Any], about: MinutesOf, at: datetime) -> list[tuple[str, str]]:
    purpose, frozen = record["input"]["purpose"], record["input"]
    moments = {"frozen": about.frozen_at, "drawn": about.drawn_at, "at": at}
    return [
        ("抽取单位", purpose.get("office", "")),
        ("批次", purpose.get("batch", "")),
        ("环节", purpose.get("stage", "")),
        ("抽取编号", frozen["draw"]),
        ("状态", fill("{state}（截至 {at:minute}）", {"state": about.state, **moments})),
        ("冻结时间", fill("{frozen:minute}", moments)),
        ("抽取时间", fill("{drawn:minute}", moments) if about.drawn_at else "尚未抽取"),
        *_replaced(frozen["replaces"]),
    ]


def _replaced(replaces: Mapping[str, str] | None) -> list[tuple[str, str]]:
    if replaces is None:
        return []
    return [("代替的抽取", replaces["commitment"]), ("重新抽取理由", replaces["reason"])]


def _frozen(frozen: Mapping[str, Any], commitment: str, about: MinutesOf) -> list[tuple[str, str]]:
    counted = Counter(one for each in frozen["candidates"] for one in {f["field"] for f in each["fields"]})
    fields = "、".join(f"{one.label} {counted[one.value]}" for one in Field if counted[one.value])
    return [
        ("承诺值", commitment),
        ("专家", f"{len(frozen['candidates'])} 名（{fields}；一人有几个专业的分别计）"),
        *((f"组别“{one['id']}”", _division(one)) for one in frozen["divisions"]),
        ("派发方式", DrawMode(frozen["mode"]).label),
        ("每人至多", f"{frozen['cap']} 件"),
        ("派发宽度", f"件数最少的 {frozen['width_percent']}% 的组里等可能地派，不少于两组"),
        *(
            (f"派发链：{one['holder']}", f"{kept}，共 {one['length']} 环，锚 {one['anchor']}")
            for one, kept in zip(frozen["chains"], _custody(about), strict=True)
        ),
    ]


def _custody(about: MinutesOf) -> tuple[str, str]:
    """Where the two chains lie."""
    return (SEALED, "由其自己保管") if about.overseer_keeps else (SEALED, SEALED)


def _division(division: Mapping[str, Any]) -> str:
    seats = "、".join(
        f"{one.label} {division['seats'][one.value]}" for one in Field if division["seats"].get(one.value)
    )
    sectors = "、".join(division["sectors"]) or "其他组别没有列明的"
    return f"{division['panels']} 组，每组{seats}；行业大类：{sectors}"


def _seed(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    plan, shown = record["input"]["seed"], record["reveals"]
    yield "抽取单位承诺值", plan["secret_commitment"]
    yield "抽取单位秘密数", shown["secret"] if shown else NOT_YET
    numbers = {one["name"]: one for one in (shown["witnesses"] if shown else ())}
    for name in plan["witnesses"]:
        yield f"{name}承诺值", record["witnesses"].get(name, "尚未提交")
        one = numbers.get(name)
        yield f"{name}的数和盐", f"{one['number']}　{one['salt']}" if one else NOT_YET
    if plan["public_draw"]:
        drawn = " + ".join("、".join(map(str, group)) for group in (shown or {}).get("public_draw") or ())
        yield f"{plan['public_draw']['name']}（{plan['public_draw']['date']}）", drawn or NOT_YET
    if plan["ledger_root"]:
        yield "存证根", (shown or {}).get("ledger_root") or NOT_YET
    yield "种子", record["seed"] or NOT_YET


def _panels(drawn: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Block]:
    """Who sits where after the first lottery, and who comes next, all under pseudonyms."""
    said = ["专家姓名"] if names else []
    rows = [
        [panel["id"], Field(seat["field"]).label, seat["expert"], *_named(seat["expert"], names)]
        for panel in drawn["panels"]
        for seat in panel["members"]
    ]
    yield _table("评审组", ["评审组", "专业", "专家代号", *said], rows)
    order = [
        [rest["division"], Field(rest["field"]).label, str(number), expert, *_named(expert, names)]
        for rest in drawn["substitutes"]
        for number, expert in enumerate(rest["order"], start=1)
    ]
    yield _table("候补次序", ["组别", "专业", "次序", "专家代号", *said], order)


def _named(expert: str, names: Mapping[str, str]) -> list[str]:
    return [names.get(expert, "")] if names else []


def _events(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    events: Sequence[Mapping[str, Any]] = record["events"]
    yield "事项", f"{len(events)} 项，一项连着一项"
    if record["withheld_until"] is not None:
        yield "公开", f"评审结束（现定 {record['withheld_until']} 之后）公开，此前只有各项的加盐摘要"
    else:
        counted = Counter(one["event"]["kind"] for one in events)
        yield "其中", "、".join(f"{label} {counted[kind]} 项" for kind, label in KINDS.items())
    yield "最后一项的摘要", events[-1]["digest"] if events else "没有事项"


def _file(record: Mapping[str, Any], about: MinutesOf) -> list[tuple[str, str]]:
    return [
        ("格式", f"{record['format']}，摘要算法 {record['input']['algorithm']}"),
        ("文件地址", about.record_address),
        ("文件内的摘要", record["digest"]),
    ]


def _pairs(title: str, pairs: Sequence[tuple[str, str]]) -> Block:
    return {"kind": "pairs", "title": title, "pairs": [list(pair) for pair in pairs]}


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    return {"kind": "table", "title": title, "heads": list(heads), "rows": [list(row) for row in rows]}
