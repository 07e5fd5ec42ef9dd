"""The state of a queue as words of the address, so that it can be kept, sent and come back to."""

import re

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from tidu.applications.models import Case
from tidu.applications.queries import Filters
from tidu.applications.queries.queue import TABS
from tidu.law.procedures import Kind, Stage
from tidu.programmes.models import Batch

WORDS = ("tab", "q", "batch", "stage", "kind", "verdict", "status", "area", "mine")
"""Everything of the address that chooses cases; the page of the list is not among them."""


def filters_of(words: QueryDict) -> Filters:
    """The filters that an address asks for; what it does not understand is left out."""
    said = {name: words.get(name, "").replace("\0", "").strip() for name in WORDS}
    return Filters(
        tab=said["tab"] if said["tab"] in TABS else "todo",
        search=said["q"],
        batch=int(said["batch"]) if re.fullmatch(r"\d{1,9}", said["batch"], re.ASCII) else None,
        stage=said["stage"],
        kind=said["kind"],
        verdict=said["verdict"],
        status=said["status"],
        mine=said["mine"] == "1",
        unassigned=said["mine"] == "0",
        area=said["area"],
    )


def queue_words(words: QueryDict) -> str:
    """The words of a queue, written so that a case page can carry them along as `queue`."""
    kept = QueryDict(mutable=True)
    for name in WORDS:
        if words.get(name):
            kept[name] = str(words[name])
    return kept.urlencode()


def carried(request: HttpRequest) -> str:
    """The queue from which this case was entered, as it came along in the address or the form."""
    stated = request.POST.get("queue") or request.GET.get("queue") or ""
    return queue_words(QueryDict(stated))


def case_url(case: Case | int, queue: str = "", *, fragment: str = "") -> str:
    """A case's page, with the queue it belongs to."""
    address = reverse("office-case", args=[case if isinstance(case, int) else case.pk])
    if queue:
        words = QueryDict(mutable=True)
        words["queue"] = queue
        address = f"{address}?{words.urlencode()}"
    return f"{address}#{fragment}" if fragment else address


def queue_url(queue: str = "") -> str:
    """The list itself."""
    address = reverse("office-queue")
    return f"{address}?{queue}" if queue else address


def stage_url(batch: Batch, stage: Stage) -> str:
    """Where the cases at a stage are worked on: one by one from the queue, or many at once."""
    if stage.kind not in (Kind.REVIEW, Kind.PANEL):
        return reverse("office-sending", args=[batch.pk, stage.id])
    words = {"batch": str(batch.pk), "stage": stage.id}
    if stage.kind is Kind.PANEL:
        words["tab"] = "experts"
    return f"{reverse('office-queue')}?{urlencode(words)}"
