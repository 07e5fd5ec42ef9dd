"""An officer's finding on one fact (认定): what it is, and why; the verdict follows it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from tidu.applications.actions import record_finding
from tidu.applications.contents import Submitted, reference_year, standard_of
from tidu.applications.models import Case
from tidu.applications.permissions import may_act_in_office
from tidu.applications.queries import case_for
from tidu.law.calendars import legal_day
from tidu.law.facts import Fact, FactKind, format_value, read_draft, value_from_json
from tidu.law.refusals import Refused, sentence
from tidu.portals.office.access import page, require_office
from tidu.portals.office.addresses import carried, case_url
from tidu.portals.office.findings import Stated, text_of
from tidu.portals.office.forms import ReasonForm
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.fields import Field, field_of
from tidu.portals.parts.refusals import status_of
from tidu.programmes.queries import procedure_by_digest

CLEAR = "missing"
"""The box that finds a fact not proved: it counts as missing, never as zero."""


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def record(request: HttpRequest, case_id: int, fact_id: str, period: int) -> HttpResponse:
    """The page of one fact; a POST records the finding."""
    actor = current_actor_of(request)
    case = case_for(actor, case_id)
    fact = standard_of(case).vocabulary.facts.get(fact_id)
    if fact is None or fact.per_year != bool(period):
        raise Http404(fact_id)
    form, field, status = ReasonForm(request.POST or None), _field(fact, request.POST), 200
    if request.method == "POST":
        field, status = _record(request, case, fact, period, form, field)
        if status == 200:
            messages.success(request, f"已登记对“{fact.label}”的认定。")
            return HttpResponseRedirect(case_url(case, carried(request)))
    return page(request, "finding", _words(request, case, fact, period, form, field), status=status)


def _record(
    request: HttpRequest, case: Case, fact: Fact, period: int, form: ReasonForm, field: Field
) -> tuple[Field, int]:
    """Record it, or say at the field or at the reason what does not hold."""
    try:
        value = _value(request, case, fact, period)
    except Refused as refused:
        return _field(fact, request.POST, error=sentence(refused)), 422
    if not form.is_valid():
        return field, 422
    try:
        record_finding(
            actor=current_actor_of(request),
            case_id=case.pk,
            fact=fact.id,
            period=period,
            value=value,
            reason=form.cleaned_data["reason"],
            at=request.arrived_at,  # type: ignore[attr-defined]
        )
    except Refused as refused:
        form.refuse(refused)
        return field, status_of(refused)
    return field, 200


def _value(request: HttpRequest, case: Case, fact: Fact, period: int) -> Any:
    """What was found, as it is stored. A list keeps the rows that stay ticked."""
    if request.POST.get(CLEAR):
        return None
    if fact.kind is FactKind.TABLE:
        row = Submitted(case, at=request.arrived_at).fields.get((fact.id, period))  # type: ignore[attr-defined]
        kept = {int(number) for number in request.POST.getlist("rows") if number.isdecimal()}
        return [one for number, one in enumerate((row.value if row else None) or []) if number in kept]
    draft = read_draft(fact, request.POST.get(fact.id, ""), today=legal_day(request.arrived_at))  # type: ignore[attr-defined]
    if draft.findings:
        raise draft.findings[0]
    if draft.value is None:
        raise Refused("finding_without_value", field=fact.id, label=fact.label)
    return draft.value


def _field(fact: Fact, said: Any, *, error: str = "") -> Field:
    """The control; what the page says of the fact above it is not said again beside it."""
    return field_of(fact, said.get(fact.id, ""), required=False, error=error, help="", source="")


def _words(
    request: HttpRequest, case: Case, fact: Fact, period: int, form: forms.Form, field: Field
) -> dict[str, Any]:
    stated = Stated.of(Submitted(case, at=request.arrived_at))  # type: ignore[attr-defined]
    cell, row = stated.cell(fact, period), stated.fields.get((fact.id, period))
    return {
        "case": case,
        "fact": fact,
        "cell": cell,
        "form": form,
        "field": field,
        "rows": _rows(fact, cell.finding.value if cell.finding else None, row),
        "heads": [column.label for column in fact.columns],
        "earlier": [text_of(fact, one.value) or "不予认可（按未填计）" for one in [cell.finding] if one],
        "may_act": may_act_in_office(
            current_actor_of(request), case, procedure_by_digest(case.procedure_digest)
        )
        if case.stage
        else None,
        "year": reference_year(case),
        "queue": carried(request),
        "back": case_url(case, carried(request)),
    }


def _rows(fact: Fact, found: Any, row: Any) -> list[dict[str, Any]]:
    """The rows that the firm listed; ticked are those that count now."""
    if fact.kind is not FactKind.TABLE or row is None or not row.value:
        return []
    counted = row.value if found is None else found
    return [
        {
            "number": number,
            "cells": [format_value(column, one.get(column.id)) for column in fact.columns],
            "counts": stored in counted,
        }
        for number, (stored, one) in enumerate(zip(row.value, value_from_json(fact, row.value), strict=True))
    ]
