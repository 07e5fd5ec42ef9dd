"""By when an office must be done with a case, what being late means, and which part of it is our reading."""

from functools import lru_cache

from tidu.applications.models import Case
from tidu.law.notices import Deadline, deadline_if_known
from tidu.programmes.models import Batch
from tidu.programmes.queries import notice_by_digest, procedure_by_digest

MODES = {"hard": "过期不予受理", "soft": "逾期可办，记为逾期", "advisory": "内部安排，逾期不作记录"}


def clock_of(case: Case) -> Deadline | None:
    """The deadline that runs for the office that holds the case; None if the notice sets it no time."""
    if case.due_at is None or not case.stage:
        return None
    return _clock(case.batch.notice.digest, case.batch.code, case.procedure_digest, case.stage)


def clock_of_stage(batch: Batch, stage: str) -> Deadline | None:
    """The deadline that runs from a stage on, for every case of a batch."""
    return _clock(batch.notice.digest, batch.code, batch.procedure_digest, stage)


@lru_cache(maxsize=512)
def _clock(notice_digest: str, batch_code: str, procedure_digest: str, stage_id: str) -> Deadline | None:
    """The first clock from this stage on at its level. All of it is named by digests, so it may be kept."""
    notice = notice_by_digest(notice_digest)
    procedure = procedure_by_digest(procedure_digest)
    stage = procedure.stage(stage_id)
    for following in procedure.stages[procedure.stages.index(stage) :]:
        if following.level != stage.level:
            return None
        found = deadline_if_known(notice, notice.batch(batch_code), following)
        if found is not None:
            return found
    return None
