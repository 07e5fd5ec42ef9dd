"""Choices of the titles room."""

from django.db.models import TextChoices


class TitleKind(TextChoices):
    """The titles of the gradient; tier 1 is 科技型 or 创新型."""

    TECHNOLOGY = "technology", "科技型中小企业"
    INNOVATIVE = "innovative", "创新型中小企业"
    SPECIALISED = "specialised", "专精特新中小企业"
    LITTLE_GIANT = "little_giant", "专精特新“小巨人”企业"


class TitleStatus(TextChoices):
    """Whether a title counts; a title past its last day has ended without any act."""

    IN_FORCE = "in_force", "有效"
    LAPSED = "lapsed", "自动失效"
    CANCELLED = "cancelled", "取消认定"
