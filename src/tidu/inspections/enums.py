"""Choices of the inspections room."""

from django.db.models import TextChoices


class InspectionStatus(TextChoices):
    """An inspection is planned, then done. A drawn one is never struck out again."""

    PLANNED = "planned", "待核查"
    DONE = "done", "已核查"


class InspectionResult(TextChoices):
    """What the inspectors found on the whole."""

    CONSISTENT = "consistent", "与填报一致"
    INCONSISTENT = "inconsistent", "与填报不一致"


class CreditSource(TextChoices):
    """Where the credit record was looked up; a check is complete when both were."""

    CREDIT_CHINA = "credit_china", "信用中国"
    CREDIT_PUBLICITY = "credit_publicity", "国家企业信用信息公示系统"


class CreditResult(TextChoices):
    """What the look-up said."""

    CLEAR = "clear", "无异常"
    ABNORMAL = "abnormal", "列入经营异常名录"
    DISHONEST = "dishonest", "列入严重失信主体名单"
