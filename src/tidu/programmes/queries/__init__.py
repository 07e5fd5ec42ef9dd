"""Reading notices and batches, and who may enter one. All of it is public."""

from tidu.programmes.queries.batches import (
    batch_by_id,
    batches_under,
    closed_batches,
    deadline_of,
    deadlines_of,
    due_for_re_review,
    next_batch,
    notice_by_slug,
    open_batches,
    published_notices,
)
from tidu.programmes.queries.drafts import (
    document_of_draft,
    document_of_template,
    draft_for,
    drafts_of,
    issuer_of,
    notices_issued_by,
    sections_of_draft,
    templates_for,
)
from tidu.programmes.queries.entry import Entry, awaits_re_review, may_enter
from tidu.programmes.queries.texts import (
    batch_text,
    notice_by_digest,
    notice_text,
    procedure_by_digest,
    procedure_of,
    standard_by_digest,
)

__all__ = [
    "Entry",
    "awaits_re_review",
    "batch_by_id",
    "batch_text",
    "batches_under",
    "closed_batches",
    "deadline_of",
    "deadlines_of",
    "document_of_draft",
    "document_of_template",
    "draft_for",
    "drafts_of",
    "due_for_re_review",
    "issuer_of",
    "may_enter",
    "next_batch",
    "notice_by_digest",
    "notice_by_slug",
    "notice_text",
    "notices_issued_by",
    "open_batches",
    "procedure_by_digest",
    "procedure_of",
    "published_notices",
    "sections_of_draft",
    "standard_by_digest",
    "templates_for",
]
