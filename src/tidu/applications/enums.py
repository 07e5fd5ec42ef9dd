"""Choices of the applications room; the moves between them are `tidu.law.procedures`' table."""

from django.db.models import TextChoices


class CaseKind(TextChoices):
    """What the firm asks for. City-level 复核 (a second check) is a stage, not this 复核."""

    NEW = "new", "新申报"
    RE_REVIEW = "re_review", "复核"


class CaseStatus(TextChoices):
    """Where a case stands, whatever the number of levels."""

    DRAFT = "draft", "填报中"
    IN_REVIEW = "in_review", "审核中"
    RETURNED = "returned", "退回补正"
    PASSED = "passed", "审核通过，待下一环节"
    LISTED = "listed", "公示中"
    SUSPENDED = "suspended", "公示异议核实中"
    RECOGNISED = "recognised", "已公告"
    NOT_RECOGNISED = "not_recognised", "不予通过"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "逾期失效"


#: The case waits for somebody; it can still move.
LIVE = (
    CaseStatus.IN_REVIEW,
    CaseStatus.RETURNED,
    CaseStatus.PASSED,
    CaseStatus.LISTED,
    CaseStatus.SUSPENDED,
)
#: The case waits for the office that holds it.
TODO = (CaseStatus.IN_REVIEW, CaseStatus.PASSED, CaseStatus.SUSPENDED)
#: The case has ended in this batch for good.
ENDED = (CaseStatus.RECOGNISED, CaseStatus.NOT_RECOGNISED, CaseStatus.WITHDRAWN, CaseStatus.LAPSED)


class StageKind(TextChoices):
    """What a stage does."""

    REVIEW = "review", "审核"
    PANEL = "panel", "专家评审"
    RECOMMEND = "recommend", "推荐"
    PUBLICITY = "publicity", "公示"
    REPORT = "report", "报送备案"
    ANNOUNCE = "announce", "公告"


class InspectionState(TextChoices):
    """What the inspections room has told of one stage; blank when none was asked."""

    PLANNED = "planned", "待核查"
    DONE = "done", "已核查"
    SPARED = "spared", "未抽中"


class PapersState(TextChoices):
    """How much of what the notice asks for on paper one office has received for a case."""

    MISSING = "missing", "未收到"
    INCOMPLETE = "incomplete", "不齐"
    COMPLETE = "complete", "已收齐"


class SnapshotKind(TextChoices):
    """What froze the snapshot."""

    SUBMISSION = "submission", "提交"
    DECISION = "decision", "决定"
    OPINION = "opinion", "专家组意见"


class LetterKind(TextChoices):
    """What a formal letter (正式文件) does."""

    RECOMMEND = "recommend", "推荐"
    REPORT = "report", "报送备案"


class BulkAction(TextChoices):
    """Acts on single cases that an officer may confirm for many at once (批量办理)."""

    RECEIVE = "receive", "受理"
    PASS_REVIEW = "pass_review", "审核通过"


class BulkState(TextChoices):
    """What became of one case of them."""

    WAITING = "waiting", "待处理"
    DONE = "done", "已办"
    REFUSED = "refused", "未办"
