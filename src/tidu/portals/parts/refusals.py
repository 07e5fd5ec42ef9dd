"""A refusal as an answer of the web: its status, and its sentence where a page has no better place for it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tidu.law.refusals import Refused, sentence
from tidu.portals.parts.errors import trouble

View = Callable[..., HttpResponseBase]

UNKNOWN = 404
MOVED = 409
NOT_ALLOWED = 403
UNACCEPTABLE = 422

STATUS = {
    "case_unknown": UNKNOWN,
    "evidence_unknown": UNKNOWN,
    "evidence_item_unknown": UNKNOWN,
    "snapshot_unknown": UNKNOWN,
    "batch_unknown": UNKNOWN,
    "member_unknown": UNKNOWN,
    "post_unknown": UNKNOWN,
    "upload_unknown": UNKNOWN,
    "page_not_viewable": UNKNOWN,
    "objection_unknown": UNKNOWN,
    "sample_unknown": UNKNOWN,
    "bulk_unknown": UNKNOWN,
    "bulk_action_unknown": UNKNOWN,
    "colleague_unknown": UNKNOWN,
    "letter_unknown": UNKNOWN,
    "parcel_unknown": UNKNOWN,
    "receipt_unknown": UNKNOWN,
    "parcel_corrected_before": MOVED,
    "receipt_corrected_before": MOVED,
    "parcel_number_taken": MOVED,
    "receipt_twice": MOVED,
    "delivery_not_allowed": NOT_ALLOWED,
    "dossier_not_allowed": NOT_ALLOWED,
    "message_unknown": UNKNOWN,
    "publicity_list_unknown": UNKNOWN,
    "entry_unknown": UNKNOWN,
    "announcement_unknown": UNKNOWN,
    "draft_unknown": UNKNOWN,
    "draft_section_unknown": UNKNOWN,
    "case_moved": MOVED,
    "draft_moved": MOVED,
    "draft_closed": MOVED,
    "draft_changed_since_shown": MOVED,
    "corrigendum_changed_since_shown": MOVED,
    "notice_moved": MOVED,
    "field_moved": MOVED,
    "upload_offset_wrong": MOVED,
    "act_not_allowed": NOT_ALLOWED,
    "auditor_sends_nothing": NOT_ALLOWED,
    "not_allowed": NOT_ALLOWED,
    "expert_needed": NOT_ALLOWED,
    "expert_unknown": UNKNOWN,
    "panel_act_not_allowed": NOT_ALLOWED,
    "draw_not_allowed": NOT_ALLOWED,
    "draw_unknown": UNKNOWN,
    "draw_moved_on": MOVED,
    "hand_unknown": UNKNOWN,
    "task_unknown": UNKNOWN,
    "opinion_given_before": MOVED,
    "not_this_firm": NOT_ALLOWED,
    "field_closed": NOT_ALLOWED,
    "evidence_closed": NOT_ALLOWED,
    "file_not_yours": NOT_ALLOWED,
    "office_needed": NOT_ALLOWED,
}


def status_of(refused: Refused) -> int:
    """409 what moved meanwhile, 403 what this person may not, 404 what is not there for them, else 422."""
    return STATUS.get(refused.code, UNACCEPTABLE)


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The refusal as a page of its own; JSON for scripts, one sentence for htmx."""
    return trouble(request, status_of(refused), sentence=sentence(refused))


def refusing(view: View) -> View:
    """The view, in which a refusal without a place on the page becomes a page of its own."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return refusal(request, refused)

    return entered
