"""What may be done to notices and their drafts."""

from tidu.programmes.actions.correcting import save_corrigendum
from tidu.programmes.actions.drafting import (
    begin_draft,
    discard_draft,
    publish_draft,
    save_section,
)
from tidu.programmes.actions.publishing import issue_corrigendum, publish_notice

__all__ = [
    "begin_draft",
    "discard_draft",
    "issue_corrigendum",
    "publish_draft",
    "publish_notice",
    "save_corrigendum",
    "save_section",
]
