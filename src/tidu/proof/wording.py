"""What a break means, in a sentence for the person who finds it."""

from __future__ import annotations

from .chain import Break

BREAKS = {
    "algorithm": "本机不能计算该记录所用的摘要算法，无法核验",
    "chain": "条目被移到了别的链上",
    "sequence": "序号不连续，有条目缺失、重复或换位",
    "previous": "与前一条目的摘要接不上",
    "body": "正文与登记的摘要不符，正文被改动",
    "half_erased": "正文与盐值只缺其一，不是按规则删去的",
    "erased": "正文已不在，但没有删去正文的记录",
    "entry": "条目内容与其摘要不符，条目被改动",
    "length": "条目数与链头登记的不符，有条目被删去或添加",
    "head": "最后一条的摘要与链头登记的不符",
    "snapshot": "快照内容与其摘要不符，快照被改动",
    "snapshot_missing": "条目所指的快照不存在",
    "sealed": "封存之后条目的摘要变了，或条目不见了",
    "sealed_count": "已封存的条目数与当日的根登记的不符",
    "tree": "已封存的各条目算不出当日登记的根",
    "root": "每日根与其摘要不符，根被改动",
    "root_previous": "每日根与前一日的根接不上",
    "inclusion": "证明路径到不了登记的根",
    "population": "名单与登记的摘要不符",
    "population_order": "名单未按规定排序，或有重复",
    "drawn": "按登记的名单、比例和种子重新抽取，结果不同",
    "file": "文件内容与其摘要不符，文件被改动",
    "file_size": "文件大小与登记的不符",
    "file_missing": "登记的文件不在存储中",
    "file_unlisted": "案卷中有清单没有列出的文件",
    "file_twice": "案卷中同名文件有两份",
}


def sentence(broken: Break) -> str:
    """One line: where, what, and both values when there are two."""
    where = broken.chain if broken.seq is None else f"{broken.chain} 第 {broken.seq} 条"
    line = f"{where}：{BREAKS[broken.what]}"
    if broken.expected or broken.found:
        line += f"（应为 {broken.expected or '无'}，实为 {broken.found or '无'}）"
    return line
