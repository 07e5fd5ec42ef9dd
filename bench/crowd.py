"""Many firms with a finished draft each: one made by real actions, the others copied from it row by row."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from tidu.applications.models import Case, CaseField, EvidenceItem
from tidu.database.scope import SYSTEM, scope
from tidu.demonstration.acts import apply_as
from tidu.demonstration.cast import gather, register
from tidu.demonstration.firms import invented_firms
from tidu.demonstration.world import open_province, publish_notices
from tidu.enterprises.models import Firm, Member
from tidu.law.identity import demonstration_code
from tidu.offices.models import Account
from tidu.records.actions import open_chain

#: Facts that may be any amount without making the form wrong.
HARMLESS = ("net_profit", "registered_capital")
#: Sample firms have numbers below this; the crowd begins here.
FIRST = 1000


@dataclass(frozen=True)
class Applicant:
    """One firm at its draft: who it is, and the cookie of its logged-in person."""

    case_id: int
    account_id: int
    firm_id: int
    session: str
    fields: tuple[tuple[str, int], ...]


def gather_crowd(size: int, at: datetime) -> list[Applicant]:
    """So many applicants in the batch that is open at `at`."""
    open_province(at)
    cast = gather(publish_notices(at, at))
    invented = next(firm for firm in invented_firms() if firm.shape == "strong")
    register(cast, invented, at)
    model = apply_as(cast, invented, cast.batches[3], at)
    with scope(SYSTEM):
        fields = list(CaseField.objects.filter(case=model))
        papers = list(EvidenceItem.objects.filter(case=model))
        return [_copy(model, fields, papers, number, at) for number in range(size)]


def _copy(
    model: Case, fields: list[CaseField], papers: list[EvidenceItem], number: int, at: datetime
) -> Applicant:
    account = Account.objects.create(username=f"crowd{number}", created_at=at)
    firm = Firm.objects.create(
        uscc=demonstration_code(FIRST + number),
        name=f"示例第{number}号企业",
        area=model.firm.area,
        is_demonstration=True,
        chain=open_chain(kind="firm"),
        created_at=at,
    )
    Member.objects.create(
        firm=firm, account=account, role="owner", is_employee=True, joined_at=at, name="联系人"
    )
    case = Case.objects.get(pk=model.pk)
    case.pk, case.number, case.firm, case.chain = None, f"crowd-{number}", firm, open_chain(kind="case")
    case.save(force_insert=True)
    for row in (*fields, *papers):
        row.pk, row.case = None, case
        if isinstance(row, CaseField):
            row.evidence, row.page = None, None
    CaseField.objects.bulk_create(fields)
    EvidenceItem.objects.bulk_create(papers)
    own = tuple((field.fact, field.period) for field in fields if field.fact in HARMLESS)
    return Applicant(case.pk, account.pk, firm.pk, _session(account, firm), own)


def _session(account: Account, firm: Firm) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store["identity"] = f"firm:{firm.pk}"
    store["salt"] = secrets.token_hex(4)
    store.create()
    key: str = store.session_key
    return key
