"""As whom to log in to the demonstration. All posts and names are invented."""

from dataclasses import dataclass

from tidu.offices.enums import Role

#: Everybody's password in a demonstration, and only there: the site says so on its first page.
PASSWORD = "tidu-yanshi-2026"  # noqa: S105


@dataclass(frozen=True)
class Officer:
    """An account that the seed opens in an office; its further posts in the same office."""

    username: str
    office: str
    name: str
    roles: tuple[Role, ...]


OFFICERS: tuple[Officer, ...] = (
    Officer("buji", "shili-ministry", "示例部企业处", (Role.LEADER, Role.CLERK)),
    Officer("sheng", "shili-province", "省厅企业处", (Role.LEADER, Role.CLERK)),
    Officer("sheng-zhanghao", "shili-province", "省厅账号管理", (Role.ADMINISTRATOR,)),
    Officer("sheng-shenji", "shili-province", "省厅审计", (Role.AUDITOR,)),
    Officer("shi", "shili-city", "市局企业科", (Role.LEADER, Role.CLERK)),
    Officer("shi-jingban", "shili-city", "市局经办", (Role.CLERK,)),
    Officer("shi-zhanghao", "shili-city", "市局账号管理", (Role.ADMINISTRATOR,)),
    Officer("dongqu", "shili-east", "东区企业股", (Role.LEADER, Role.CLERK)),
    Officer("dongqu-jingban", "shili-east", "东区经办", (Role.CLERK,)),
    Officer("xiqu", "shili-west", "西区企业股", (Role.LEADER, Role.CLERK)),
    Officer("xian", "shili-county", "示例县产业股", (Role.LEADER, Role.CLERK)),
    Officer("gangqu", "shili-harbour", "港区经发局", (Role.LEADER, Role.CLERK)),
    Officer("gaoxinqu", "shili-hightech", "高新区经发局", (Role.LEADER, Role.CLERK)),
)
OPERATOR = "yunwei"
EXPERTS = ("zhuanjia01", "zhuanjia02")
"""Of the experts in the province's pool, those who log in: one sits on each of the two panels."""


def firm_username(index: int) -> str:
    """The login name of an invented firm's own employee."""
    return f"firm{index:02d}"


#: Who is worth a look, for the table printed at the start: login name, who it is, what to see.
GUIDE: tuple[tuple[str, str, str], ...] = (
    ("firm00", "企业（创新型已公告，专精特新填报中）", "阶梯、称号、下一级还差什么"),
    ("firm04", "企业（专精特新，地市初核通过）", "请准备纸质材料"),
    ("firm52", "企业（填报中）", "填报页：逐项自动保存、实时结论、上传佐证"),
    ("firm47", "企业（退回补正）", "只开放被标出的栏目"),
    ("dongqu", "东区（经办、签发）", "待办、案件页、推荐"),
    ("shi", "示例市局（经办、签发）", "市级复核、公示、异议、进度板"),
    (
        "sheng",
        "示例省厅（经办、签发）",
        "备案公告；专精特新审核；双随机抽取与评审，一件待会商；“通知”里有一份草稿",
    ),
    ("buji", "示例部（审核、签发）", "小巨人：一家已推荐到部，待审核、抽查、认定；推荐之前只看各地件数"),
    *((name, "评审专家（随机分组）", "随机派发来的案件：佐证逐页、逐项意见、申报回避") for name in EXPERTS),
    ("shi-zhanghao", "示例市局账号管理", "开户、停用"),
    ("sheng-shenji", "示例省厅审计", "只读；专家抽中机会、负荷和评审尺度"),
    (OPERATOR, "系统运维", "运行状态，看不到案件"),
)


def table() -> str:
    """The printed table of people to log in as."""
    width = max(len(name) for name, _, _ in GUIDE)
    lines = [f"  {name.ljust(width)}  {who}　{what}" for name, who, what in GUIDE]
    return "\n".join([f"可用以下账号登录，口令都是 {PASSWORD}：", *lines, ""])
