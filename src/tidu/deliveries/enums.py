"""Choices of the deliveries room."""

from django.db.models import TextChoices


class Manner(TextChoices):
    """How a parcel came."""

    COURIER = "courier", "快递邮寄"
    BY_HAND = "by_hand", "当面递交"


class PrintMatch(TextChoices):
    """What the code on a print said of it when it was received."""

    UNSEEN = "unseen", "未核对"
    LAST = "last", "与最后一次提交一致"
    OLDER = "older", "是以前提交的版本"
    OTHER = "other", "属于另一件申报"
    UNKNOWN = "unknown", "没有对应的提交"


#: Of these it is known which submission was printed.
MATCHED = (PrintMatch.LAST, PrintMatch.OLDER)
#: A form with such a print is not the one that was submitted.
WRONG_PRINT = (PrintMatch.OLDER, PrintMatch.OTHER, PrintMatch.UNKNOWN)
