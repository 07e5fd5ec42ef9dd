"""Choices of the panels room; the values are stored, the labels are shown."""

from django.db.models import TextChoices


class Field(TextChoices):
    """For what an expert sits on a panel (第十条: 产业专家和财务专家)."""

    INDUSTRY = "industry", "产业"
    FINANCE = "finance", "财务"
    TECHNOLOGY = "technology", "技术"
    PROPERTY = "property", "知识产权"


class ExpertState(TextChoices):
    """How an expert stands in the pool; only a confirmed one can be drawn."""

    ENTERED = "entered", "已录入，未邀请"
    INVITED = "invited", "已邀请，待确认"
    CONFIRMED = "confirmed", "在库"
    DECLINED = "declined", "已谢绝"
    LEFT = "left", "已退出"


#: An account was opened for the expert.
WITH_ACCOUNT = (ExpertState.INVITED, ExpertState.CONFIRMED, ExpertState.DECLINED)
#: The expert takes part no more.
GONE = (ExpertState.DECLINED, ExpertState.LEFT)


class Oath(TextChoices):
    """What each expert signs before anything else; the texts are in rulebook/panels."""

    AVOIDANCE = "avoidance", "回避承诺"
    SECRECY = "secrecy", "保密承诺"
    INTEGRITY = "integrity", "廉洁承诺"


class Ground(TextChoices):
    """Why an expert does not judge a firm: said by somebody, or found by rule."""

    DECLARED = "declared", "本人申报"
    NAMED = "named", "主管部门提出"
    EMPLOYER = "employer", "工作单位即申报企业"
    HOLDER = "holder", "工作单位为申报企业的控股股东或实际控制人"
    AREA = "area", "与申报企业同一地区"
    SERVICE = "service", "曾在申报企业或其控股股东任职、为其服务"


#: Grounds that somebody says; the others are found anew at each draw and dispatch.
SAID = (Ground.DECLARED, Ground.NAMED)


class DrawState(TextChoices):
    """How far a draw has come."""

    FROZEN = "frozen", "已冻结，待揭示"
    DRAWN = "drawn", "已抽取"
    PUBLISHED = "published", "评审结束，派发已公开"
    REPLACED = "replaced", "已由重新抽取代替"


#: A draw that its cases still look to; one for each stage of a batch.
CURRENT = (DrawState.FROZEN, DrawState.DRAWN)


class DrawMode(TextChoices):
    """When cases go to panels."""

    INSTANT = "instant", "即时派发"
    BATCH = "batch", "成批派发"


class DaysCounted(TextChoices):
    """Which days the time for an opinion is counted in."""

    CALENDAR = "calendar", "自然日"
    WORKING = "working", "工作日"


class EventKind(TextChoices):
    """What happens in a draw after its panels are drawn; the words are those of the record."""

    DISPATCH = "dispatch", "派发"
    WITHDRAWAL = "withdrawal", "退出"
    CONFLICT = "conflict", "回避"


class HandState(TextChoices):
    """How a case stands with its panel."""

    OPEN = "open", "评审中"
    MODERATION = "moderation", "待会商"
    JOINED = "joined", "意见已汇入"
    CALLED_BACK = "called_back", "已改派"


class TaskEnd(TextChoices):
    """Why an expert no longer has a case before him."""

    ANSWERED = "answered", "意见已汇入"
    CONFLICT = "conflict", "回避"
    REPLACED = "replaced", "由候补替换"
    CALLED_BACK = "called_back", "案件已改派"


class Finding(TextChoices):
    """What an expert answers."""

    YES = "yes", "符合"
    NO = "no", "不符合"
    UNSURE = "unsure", "不能判断"
