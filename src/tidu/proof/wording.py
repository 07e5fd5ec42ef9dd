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
    "draw_digest": "抽取笔录与其摘要不符，笔录被改动",
    "draw_order": "抽取笔录的写法或次序不合规定",
    "draw_commitment": "冻结的输入与公布的承诺值不符",
    "draw_witnesses": "见证人的承诺与登记的见证人不符",
    "draw_unrevealed": "种子尚未揭示，却已有结果",
    "draw_seed": "按各方揭示的数重新合成，种子不同",
    "draw_panels": "按登记的输入和种子重新抽取，评审组不同",
    "draw_substitutes": "按登记的输入和种子重新抽取，替补次序不同",
    "draw_tries": "按登记的输入和种子重新抽取，重抽次数不同",
    "draw_event": "事项与其摘要不符，事项被改动",
    "draw_withheld": "事项该公布的没有公布，或尚未到公布的日期却已公布",
    "draw_again": "按登记的经过重做，结果不同",
    "draw_refused": "按规则不能这样抽取",
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
