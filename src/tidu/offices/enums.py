"""Choices of the offices room; the values are stored, the labels are shown."""

from django.db.models import TextChoices


class Level(TextChoices):
    """Where an office stands in the chain 县 → 市/州 → 省 → 部."""

    COUNTY = "county", "县级"
    CITY = "city", "市级"
    PROVINCE = "province", "省级"
    MINISTRY = "ministry", "部级"


LOWEST_FIRST = (Level.COUNTY, Level.CITY, Level.PROVINCE, Level.MINISTRY)


class Role(TextChoices):
    """What an account may do in the office where it holds a post."""

    CLERK = "clerk", "经办"
    LEADER = "leader", "签发"
    ADMINISTRATOR = "administrator", "账号管理"
    AUDITOR = "auditor", "审计（只读）"
