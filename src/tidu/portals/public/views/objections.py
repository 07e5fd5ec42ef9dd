"""Objecting to a firm on a list, and asking later how that stands.

Whoever is logged in, an objection is the public's: it is filed in the public's scope, and its query code
goes to the browser and into no session, so that neither the objection nor its papers are ever tied to an
account.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.decorators import rate_limit
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tidu.database.scope import PUBLIC, scope
from tidu.files.actions import inspect_waiting
from tidu.files.models import Upload
from tidu.files.queries import waiting_upload
from tidu.law.refusals import Refused
from tidu.portals.parts import uploads
from tidu.portals.parts.refusals import status_of
from tidu.portals.public import codes
from tidu.portals.public.forms import ObjectionForm, StandingForm
from tidu.portals.public.pages import arrived_at, page, public
from tidu.programmes.queries import notice_text
from tidu.publicity.actions import Content, Paper, file_objection
from tidu.publicity.enums import PENDING
from tidu.publicity.models import PublicityEntry
from tidu.publicity.queries import entry_on, objection_standing, offices_to_complain_of
from tidu.publicity.sealing import MOST_PAPERS, paper_limits

View = Callable[..., HttpResponse]


def anonymous(view: View) -> View:
    """Runs as the public, whoever is logged in."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with scope(PUBLIC):
            return view(request, *args, **kwargs)

    return entered


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("name", "contact", "text", "office")
@rate_limit(action="objection")  # type: ignore[untyped-decorator]
@public
@anonymous
def object_to(request: HttpRequest, token: str, position: int) -> HttpResponse:
    """The form, and what comes of it: a query code that is shown once the objection stands."""
    entry = entry_on(token, position)
    form = _form(request, entry)
    if request.method != "POST":
        return _page(request, entry, form, [])
    papers: list[Upload] = []
    try:
        papers += _papers(request)
        if form.is_valid():
            code = _file(request, entry, form, papers)
            filed = HttpResponseRedirect(reverse("public-objection-received"))
            codes.hand_over(filed, code, at=arrived_at(request))
            return filed
    except Refused as refused:
        form.refuse(refused)
        return _page(request, entry, form, papers, status=status_of(refused))
    return _page(request, entry, form, papers, status=422)


@never_cache
@require_safe
@public
def received(request: HttpRequest) -> HttpResponse:
    """The query code of the objection that was just filed."""
    return page(request, "received", {"token": codes.handed_over(request, at=arrived_at(request))})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="objection_standing")  # type: ignore[untyped-decorator]
@public
def standing(request: HttpRequest) -> HttpResponse:
    """Where an objection stands. The code comes by POST, so that it is in no address and no log."""
    form = StandingForm(request.POST or None)
    found, status = None, 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            found = objection_standing(form.cleaned_data["token"])
        except Refused as refused:
            form.refuse(refused)
            status = 404
    return page(request, "standing", {"form": form, "found": found}, status=status)


@require_POST
@rate_limit(action="objection_paper")  # type: ignore[untyped-decorator]
@anonymous
def paper_begin(request: HttpRequest, token: str, position: int) -> HttpResponse:  # noqa: ARG001
    """Begin to send a paper along."""
    return uploads.begin(request, limits=paper_limits(), actor=PUBLIC)


@require_http_methods(["HEAD", "PATCH"])
@anonymous
def paper_piece(request: HttpRequest, token: str, position: int, upload: str) -> HttpResponse:  # noqa: ARG001
    """Go on with it; when it is whole it is looked into, and sealed only with the objection itself."""
    if request.method == "HEAD":
        return uploads.offset(upload)
    return uploads.collect(
        request,
        upload,
        lambda whole, at: {
            "paper": inspect_waiting(token=whole.token, at=at, limits=paper_limits()).token,
            "name": whole.sent_as,
        },
    )


def _form(request: HttpRequest, entry: PublicityEntry) -> ObjectionForm:
    notice = notice_text(entry.list.batch.notice)
    return ObjectionForm(
        request.POST or None,
        offices=offices_to_complain_of(entry),
        real_name=notice.flag("objection_real_name"),
    )


def _papers(request: HttpRequest) -> list[Upload]:
    """What was sent before by script, and what comes with the form itself."""
    sent = [waiting_upload(token) for token in request.POST.getlist("paper")]
    files: list[UploadedFile[Any]] = request.FILES.getlist("files")
    if len(sent) + len(files) > MOST_PAPERS:
        raise Refused("objection_papers_too_many", value=len(sent) + len(files), most=MOST_PAPERS)
    return sent + [_taken(request, file) for file in files]


def _taken(request: HttpRequest, file: UploadedFile[Any]) -> Upload:
    at, limits = arrived_at(request), paper_limits()
    upload = uploads.collect_whole(PUBLIC, file, at=at, limits=limits)
    return inspect_waiting(token=upload.token, at=at, limits=limits)


def _file(request: HttpRequest, entry: PublicityEntry, form: ObjectionForm, papers: list[Upload]) -> str:
    said = form.cleaned_data
    objection = file_objection(
        actor=PUBLIC,
        entry_id=entry.pk,
        content=Content(name=said["name"], contact=said["contact"], text=said["text"]),
        complained_office_id=int(said["office"]) if said["office"] else None,
        papers=[Paper(upload=one.token, name=one.sent_as) for one in papers],
        at=arrived_at(request),
    )
    return objection.token


def _page(
    request: HttpRequest,
    entry: PublicityEntry,
    form: ObjectionForm,
    papers: list[Upload],
    *,
    status: int = 200,
) -> HttpResponse:
    period, limits = entry.list.period, paper_limits()
    words = {
        "entry": entry,
        "form": form,
        "papers": papers,
        "is_open": period.lower <= arrived_at(request) < period.upper and entry.status in PENDING,
        "most_papers": MOST_PAPERS,
        "most_megabytes": limits.megabytes,
        "most_octets": limits.octets,
    }
    return page(request, "object", words, status=status)
