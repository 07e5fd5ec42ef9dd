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
    SERVICE = "service", "曾在申报企业任职或为其服务"


#: Grounds that somebody says; the others are found anew at each draw and dispatch.
SAID = (Ground.DECLARED, Ground.NAMED)
