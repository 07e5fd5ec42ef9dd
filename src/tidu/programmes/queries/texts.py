"""The frozen texts that notices and batches point to, read back as law.

A text is named by the digest of its content, so what has been read once may be kept.
"""

from functools import lru_cache

from tidu.law import notices, plain
from tidu.law.procedures import Procedure
from tidu.law.standards import Standard
from tidu.programmes.models import Batch, Notice
from tidu.records.queries import thaw

KEPT = 64


def notice_text(notice: Notice) -> notices.Notice:
    """The newest text of a notice."""
    return notice_by_digest(notice.digest)


def batch_text(batch: Batch) -> notices.Batch:
    """What the newest text of its notice says of a batch."""
    return notice_text(batch.notice).batch(batch.code)


def procedure_of(batch: Batch) -> Procedure:
    """The procedure a batch was published with."""
    return procedure_by_digest(batch.procedure_digest)


@lru_cache(maxsize=KEPT)
def notice_by_digest(digest: str) -> notices.Notice:
    """A frozen notice. It was checked when published; the rulebook may have moved on since."""
    return notices.from_json(thaw(digest))


@lru_cache(maxsize=KEPT)
def procedure_by_digest(digest: str) -> Procedure:
    """A frozen procedure."""
    return plain.read(Procedure, thaw(digest))


@lru_cache(maxsize=KEPT)
def standard_by_digest(digest: str) -> Standard:
    """A frozen standard, with the vocabulary it was frozen with."""
    return Standard.from_body(thaw(digest))
