"""Chinese names of what a draw is made of."""

from __future__ import annotations

FIELD_NAMES = {"industry": "产业", "finance": "财务", "technology": "技术", "property": "知识产权"}

HINDRANCES = {
    "apart": "同一回避组的专家落在同一评审组",
    "clash": "申明不得同组的专家落在同一评审组",
    "conflict": "有已知案件与每个评审组都有利害关系",
    "cap": "评审组剩余的负荷不够承担已知案件",
}
"""Why a deal was thrown away."""
