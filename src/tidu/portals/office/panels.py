"""抽取与评审: an office draws its panels step by step, sees who has answered, settles what they differ on.

`panels_urls` is what the office's portal includes under `panels/`.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from tidu.applications.opinions import QUESTION_LABELS, place_of
from tidu.law.facts import load_vocabulary
from tidu.law.refusals import Refused, sentence
from tidu.panels.actions import (
    Shown,
    dispatch_waiting,
    draw_panels,
    hand_over_links,
    moderate,
    publish_draw,
    replace_silent,
    take_commitment,
    withdraw_expert,
)
from tidu.panels.actions.dispatch import waiting_cases
from tidu.panels.drawing import input_of
from tidu.panels.lottery import drawn_numbers
from tidu.panels.models import Draw, Hand
from tidu.panels.permissions import may_read_pool
from tidu.panels.queries.custody import custody_of
from tidu.panels.queries.draws import (
    draw_of_office,
    hand_of_office,
    hands_of,
    progress_of,
)
from tidu.panels.queries.opinions import opinions_of
from tidu.panels.tallying import Said, differing
from tidu.portals.office import panelreports as reports
from tidu.portals.office.access import page, require_office
from tidu.portals.office.drawforms import ModerationForm, number_in
from tidu.portals.office.freezing import index
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.refusals import status_of

Done = Callable[[HttpRequest, Any], str]
"""Does something and says what was done."""


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def show(request: HttpRequest, draw_id: int) -> HttpResponse:
    """One draw: what is to be done next, its panels, the cases with them, chances and loads."""
    actor = current_actor_of(request)
    may_read_pool(actor).require()
    draw = draw_of_office(actor, draw_id)
    return _acted(request, draw, DRAW_ACTS, _draw)


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def hand(request: HttpRequest, hand_id: int) -> HttpResponse:
    """One case with its panel: who has answered; the opinions once all are in."""
    actor = current_actor_of(request)
    may_read_pool(actor).require()
    found = hand_of_office(actor, hand_id)
    return _acted(request, found, HAND_ACTS, _hand)


def _acted(
    request: HttpRequest,
    thing: Any,
    acts: dict[str, Done],
    shown: Callable[..., HttpResponse],
) -> HttpResponse:
    """The page, or what its form's `do` asks for and then the page again."""
    if request.method != "POST":
        return shown(request, thing)
    act = acts.get(request.POST.get("do", ""))
    if act is None:
        return shown(request, thing, status=422)
    try:
        said = act(request, thing)
    except Refused as refused:
        return shown(request, thing, refused=sentence(refused), status=status_of(refused))
    messages.success(request, said)
    return HttpResponseRedirect(request.path)


def _base(request: HttpRequest) -> dict[str, Any]:
    return {"actor": current_actor_of(request), "at": request.arrived_at}  # type: ignore[attr-defined]


def _commit(request: HttpRequest, draw: Draw) -> str:
    name, said = request.POST.get("name", ""), request.POST.get("commitment", "")
    take_commitment(draw_id=draw.pk, name=name, commitment=said, **_base(request))
    return "已登记见证单位的承诺值。"


def _seed(request: HttpRequest, draw: Draw) -> str:
    names = list(draw.witnesses.values_list("name", flat=True))
    numbers, salts = request.POST.getlist("number"), request.POST.getlist("salt")
    if len(numbers) != len(names) or len(salts) != len(names) or not all(map(_is_hex, salts)):
        raise Refused("draw_reveals_incomplete")
    witnesses = dict(zip(names, zip(numbers, salts, strict=True), strict=True))
    lottery = input_of(draw).seed.public_draw
    announced = drawn_numbers(request.POST.get("lottery", ""), lottery.numbers) if lottery else None
    draw_panels(draw_id=draw.pk, shown=Shown(witnesses, announced), **_base(request))
    return f"已抽取评审组。{_left_waiting(draw)}"


def _send(request: HttpRequest, draw: Draw) -> str:
    sent = dispatch_waiting(draw_id=draw.pk, **_base(request))
    return f"已派发 {len(sent)} 件。{_left_waiting(draw)}"


def _hand_over(request: HttpRequest, draw: Draw) -> str:
    number, link = number_in(request.POST.get("number", "")), request.POST.get("link", "")
    hand_over_links(draw_id=draw.pk, number=number, link=link, **_base(request))
    return f"监督单位已交出第 {number} 环。{_left_waiting(draw)}"


def _left_waiting(draw: Draw) -> str:
    """What still waits after an act that sends whatever can go, and what it may wait for."""
    waiting = len(waiting_cases(draw))
    if not waiting:
        return "没有案件在等候派发。"
    return (
        f"仍有 {waiting} 件等候：须由监督单位交出下一环，或各组都须回避，或期限所在年份的工作日历尚未载入。"
    )


def _publish(request: HttpRequest, draw: Draw) -> str:
    publish_draw(draw_id=draw.pk, **_base(request))
    return "已公开完整的抽取笔录。"


def _withdraw(request: HttpRequest, draw: Draw) -> str:
    reason = request.POST.get("reason", "")
    found = withdraw_expert(draw_id=draw.pk, expert_id=_number(request), reason=reason, **_base(request))
    return "已由候补接替。" if found else "已登记退出，没有候补可以接替。"


def _replace(request: HttpRequest, found: Hand) -> str:
    replace_silent(hand_id=found.pk, expert_id=_number(request), **_base(request))
    return "已由候补接替。"


def _settle(request: HttpRequest, found: Hand) -> str:
    form = ModerationForm(request.POST, differing=_differing(found))
    if not form.is_valid():
        raise Refused("moderation_unreadable")
    moderate(hand_id=found.pk, settled=form.settled, summary=form.cleaned_data["summary"], **_base(request))
    return "会商结论已记录，专家组意见已汇入案件。"


DRAW_ACTS: dict[str, Done] = {
    "commit": _commit,
    "seed": _seed,
    "send": _send,
    "publish": _publish,
    "links": _hand_over,
    "withdraw": _withdraw,
}
HAND_ACTS: dict[str, Done] = {"replace": _replace, "moderate": _settle}


def _draw(request: HttpRequest, draw: Draw, *, refused: str = "", status: int = 200) -> HttpResponse:
    progress, hands = progress_of(draw) if draw.seed else None, list(hands_of(draw))
    words = {
        "draw": draw,
        "witnesses": list(draw.witnesses.all()),
        "lottery": input_of(draw).seed.public_draw,
        "seats": progress.seats if progress else (),
        "hands": hands,
        "with_panels": sum(hand.ended_at is None for hand in hands),
        "waiting": waiting_cases(draw) if draw.state == "drawn" else [],
        "fair": progress.fair if progress else None,
        "custody": custody_of(draw) if draw.state == "drawn" else None,
        "refused": refused,
    }
    return page(request, "panels/draw", words, status=status)


def _hand(request: HttpRequest, found: Hand, *, refused: str = "", status: int = 200) -> HttpResponse:
    said = opinions_of(found)
    words = {
        "hand": found,
        "tasks": list(found.tasks.select_related("expert").order_by("expert__number")),
        "opinions": [(number, _lines(one)) for number, one in enumerate(said, start=1)],
        "form": ModerationForm(differing=_differing(found)) if found.state == "moderation" else None,
        "refused": refused,
        "now": request.arrived_at,  # type: ignore[attr-defined]
    }
    return page(request, "panels/hand", words, status=status)


def _lines(said: Said) -> list[tuple[str, str, str, str]]:
    """One expert's opinion in words: what was asked, the finding, why, in which paper on which page."""
    answers = [(QUESTION_LABELS[one], finding.label, "", "") for one, finding in said.answers.items()]
    judged = [
        (_label(fact), one.finding.label, one.reason, place_of(one.paper.name if one.paper else "", one.page))
        for fact, one in said.judged.items()
    ]
    comment = [("说明", "", said.comment, "")] if said.comment else []
    return [*answers, *judged, *comment]


def _differing(found: Hand) -> list[tuple[str, str]]:
    return [(name, _label(name)) for name in differing(opinions_of(found))]


def _label(name: str) -> str:
    labels = {question.value: label for question, label in QUESTION_LABELS.items()}
    return labels.get(name) or load_vocabulary().fact(name).label


def _number(request: HttpRequest) -> int:
    return number_in(request.POST.get("expert", ""))


def _is_hex(text: str) -> bool:
    return bool(text) and len(text) % 2 == 0 and not set(text) - set("0123456789abcdef")


panels_urls = [
    path("", index, name="office-panels"),
    path("<int:draw_id>/", show, name="office-panel"),
    path("<int:draw_id>/record.pdf", reports.paper, name="office-panel-minutes"),
    path("<int:draw_id>/fairness/", reports.fairness, name="office-panel-fairness"),
    path("cases/<int:hand_id>/", hand, name="office-panel-case"),
]
