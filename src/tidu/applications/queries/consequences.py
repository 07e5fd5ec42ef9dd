"""What the aftermath asks about cases: whose desk an act brought a case to, and what became of re-reviews."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tidu.applications.enums import CaseKind
from tidu.applications.models import Case, CaseStage, Letter
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


def re_reviews_of(title_ids: Iterable[int]) -> Mapping[int, Sequence[Case]]:
    """For each title the cases in which its holder applied for re-review, the oldest first."""
    found: dict[int, list[Case]] = defaultdict(list)
    for case in Case.objects.filter(title_id__in=list(title_ids), kind=CaseKind.RE_REVIEW).order_by("pk"):
        found[case.title_id or 0].append(case)
    return found
