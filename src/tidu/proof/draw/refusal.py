"""Why a draw or a dispatch is refused: the rule that cannot be kept, and its values."""

from __future__ import annotations

RULES = {
    "form": "{where}：写法不合规定（{reason}）",
    "twice": "{what} {name} 出现了两次",
    "unknown": "{what}中的 {name} 不在名单上",
    "panels_few": "组别“{division}”只有 {panels} 个评审组：须有两个以上，派发才有随机可言",
    "no_field": "组别“{division}”的评审组没有{field}专家：每组至少各有一名产业专家和财务专家（第十条）",
    "sector_twice": "领域“{sector}”同时归入“{division}”和“{other}”两个组别",
    "sector_unknown": "案件 {case} 的领域“{sector}”没有对应的组别",
    "seed_alone": "种子只有抽取单位自己的秘密数：至少还要一名见证人的数或一次指定日期的公开摇奖",
    "public_draw_early": "公开摇奖的日期 {date} 不晚于冻结日期 {frozen_on}：号码可能已经知道",
    "chains_one_holder": "两条派发链都由“{holder}”保管：须由两个单位分别保管",
    "short": "{classes}共需 {needed} 名专家，符合且未满负荷的只有 {available} 名",
    "apart": "组别“{division}”的 {panels} 个评审组容不下：有 {size} 名专家同属一个回避组，每组至多一名，"
    "而至少要用其中 {forced} 名",
    "cases_cap": "组别“{division}”已知 {cases} 件，评审组在负荷上限之内最多承担 {room} 件",
    "too_tight": "组别“{division}”重抽 {tries} 次都不合规定，最常见的障碍：{hindrance}；"
    "请增加专家、减少评审组或放宽名额",
    "secret_short": "抽取单位的秘密数只有 {octets} 个字节，至少要 {least} 个：太短可以试出来",
    "secret": "抽取单位的秘密数与承诺值不符",
    "witness": "见证人“{name}”的数与其承诺值不符，或尚未揭示",
    "public_draw": "公开摇奖的号码与登记的格式不符（{reason}）",
    "ledger_root": "存证根与登记的不符：登记为{planned}混入",
    "link": "第 {number} 次派发：“{holder}”揭示的一环与其派发链接不上",
    "links_spent": "派发链共 {length} 环，已经用完",
    "no_panel": "案件 {case} 没有可派的评审组：{conflicts} 组有利害关系，{full} 组已到负荷上限",
    "unplaced": "本批有案件派不下去：{case} 的可派评审组已满或有利害关系",
    "one_case": "即时派发每次一件，收到 {count} 件",
    "already": "案件 {case} 已派给 {panel}，没有新的利害关系，不能重派",
    "not_seated": "专家 {expert} 不在任何评审组",
    "no_reason": "须写明理由",
}
"""By rule, a sentence in Chinese with the values in braces."""


class DrawRefused(ValueError):
    """The draw would break a rule; ``rule`` is a key of :data:`RULES`, ``values`` fill its sentence."""

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(RULES[rule].format(**values))
        self.rule = rule
        self.values = values

    @property
    def sentence(self) -> str:
        """What stands in the way, in Chinese."""
        return str(self)
