"""What the aftermath asks of cases: whose desk an act reached, what re-reviews became, who did not mend."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from tidu.applications.enums import CaseKind, CaseStatus
from tidu.applications.models import Case, CaseStage, Correction, Letter, Reminder
from tidu.offices.models import Office


def desk_of(case_id: int, stage: str) -> CaseStage | None:
    """Where a case lay, or lies, at a stage: on whose desk and until when; the latest if handed over."""
    stages = CaseStage.objects.filter(case_id=case_id, stage=stage).select_related("office")
    return stages.order_by("-seq").first()


def desks_reached_by(letter: Letter) -> Mapping[Office, int]:
    """The offices to which a letter sent its cases, and how many each."""
    sent = CaseStage.objects.filter(letter=letter).values_list("case_id", "seq")
    reached = {(case_id, seq + 1) for case_id, seq in sent}
    stages = CaseStage.objects.filter(case_id__in=[case_id for case_id, _ in reached]).select_related(
        "office"
    )
    return Counter(stage.office for stage in stages if (stage.case_id, stage.seq) in reached)


def letter_of_chain(chain_id: int) -> Letter:
    """The letter whose ledger is this chain."""
    return Letter.objects.select_related("office", "batch").get(chain_id=chain_id)


def reminder_of_chain(chain_id: int) -> Reminder:
    """The reminder whose ledger is this chain."""
    return Reminder.objects.select_related("office", "batch__notice").get(chain_id=chain_id)


def re_reviews_of(title_ids: Iterable[int]) -> Mapping[int, Sequence[Case]]:
    """For each title the cases in which its holder applied for re-review, the oldest first."""
    found: dict[int, list[Case]] = defaultdict(list)
    for case in Case.objects.filter(title_id__in=list(title_ids), kind=CaseKind.RE_REVIEW).order_by("pk"):
        found[case.title_id or 0].append(case)
    return found


def unmended(at: datetime) -> QuerySet[Correction]:
    """Requests to mend whose time is over and which the firm has not answered."""
    waiting = Correction.objects.filter(
        answered_at__isnull=True, asked_by__lte=at, case__status=CaseStatus.RETURNED
    )
    return waiting.select_related("case__chain", "case__firm", "case__batch__notice").order_by(
        "asked_by", "pk"
    )
