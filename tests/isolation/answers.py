"""The table: who gets which answer from which addresses. An address that no row covers fails the test.

A row is found by the longest beginning of the address's name. Whoever a row does not name is turned away:
the public to the login, everybody else with 403.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.isolation.town import DESK, FIRM, KEPT, NOBODY, ROLES

ALL = frozenset(ROLES)
PEOPLE = ALL - {"public"}
FIRMS = FIRM | {"rival"}
OFFICES = KEPT | {"neighbour"}
OFFICERS = OFFICES - {"auditor"}
"""Everybody in an office who may do anything; an auditor only reads."""
ON_ROUTE = KEPT - {"auditor"}


@dataclass(frozen=True)
class Answers:
    """Who is let in (`ok`), led to another page, or told that there is no such thing."""

    ok: frozenset[str] = NOBODY
    elsewhere: frozenset[str] = NOBODY
    unknown: frozenset[str] = NOBODY

    def kind_for(self, role: str) -> str:
        """The answer's kind as `Answered.kind` says it."""
        for kind, roles in (("ok", self.ok), ("elsewhere", self.elsewhere), ("404", self.unknown)):
            if role in roles:
                return kind
        return "login" if role == "public" else "403"


@dataclass(frozen=True)
class Act:
    """Sending to an address: who comes in at all, and whose sending may change something."""

    comes_in: frozenset[str]
    changes: frozenset[str] = NOBODY
    unknown: frozenset[str] = NOBODY
    leads_to_login: bool = False

    def kinds_for(self, role: str) -> frozenset[str]:
        """What an empty form may be answered. Whoever comes in hears what is missing, never a fault."""
        if self.leads_to_login:
            return frozenset({"login"})
        if role in self.comes_in:
            return frozenset({"ok", "elsewhere", "403", "404", "405", "409", "422"})
        return frozenset({"404" if role in self.unknown else "login" if role == "public" else "403"})


@dataclass(frozen=True)
class Row:
    """One family of addresses. Without `get` they are not read, without `post` nothing is sent to them."""

    get: Answers | None = field(default=None)
    post: Act | None = field(default=None)


def page(ok: Iterable[str], *, unknown: Iterable[str] = (), elsewhere: Iterable[str] = ()) -> Row:
    return Row(get=Answers(frozenset(ok), frozenset(elsewhere), frozenset(unknown)))


def act(comes_in: Iterable[str], *, changes: Iterable[str] | None = None, unknown: Iterable[str] = ()) -> Row:
    known = frozenset(comes_in)
    return Row(post=Act(known, known if changes is None else frozenset(changes), frozenset(unknown)))


def form(of: Row, sent: Row) -> Row:
    """A page whose form is sent to the page itself."""
    return Row(of.get, sent.post)


_OF_FIRM = page(FIRM, unknown={"rival"})
_CHANGED_BY_OWNER = act(FIRM, changes={"owner"}, unknown={"rival"})
_OF_CASE = page(KEPT, unknown={"neighbour"})
_BY_DESK = act(ON_ROUTE, changes=DESK, unknown={"neighbour"})
_OF_EAST = DESK | {"administrator"}
"""Everybody in the district that received the parcel and who may do anything."""
_CORRECTED_BY_DESK = form(
    page(_OF_EAST, unknown=OFFICERS - _OF_EAST),
    act(_OF_EAST, changes=DESK, unknown=OFFICERS - _OF_EAST),
)
BEYOND = OFFICES - DESK - {"administrator"}
"""Other offices than the firm's district."""
_OF_OWN_DESK = page(DESK | {"administrator"}, unknown=BEYOND)
_BY_HANDLER = act({"city"}, unknown=OFFICERS - {"city"})
_BY_ADMINISTRATOR = act({"administrator"})

_ISSUERS = frozenset({"city", "province", "auditor"})
"""Of the offices that issue notices; the draft and the notice in the addresses are the city's."""
_OF_DRAFT = page({"city", "auditor"}, unknown={"province"})
_BY_DRAFTER = act({"city"}, unknown={"province"})

TABLE: Mapping[str, Row] = {
    # ---------------------------------------------------------------- everybody
    "public-": page(ALL),
    "public-check-form": form(page(ALL), act(ALL, changes=NOBODY)),
    "public-object": form(page(ALL), act(ALL)),
    "public-object-paper": act(ALL),
    "public-objections": form(page(ALL), act(ALL, changes=NOBODY)),
    "public-objection-received": page(ALL),
    # ---------------------------------------------------------------- the entrance
    "account_login": form(page({"public"}, elsewhere=PEOPLE), act(ALL)),
    "account_inactive": page(ALL),
    "account_reauthenticate": form(page(PEOPLE), act(PEOPLE)),
    "account_logout": form(page(PEOPLE), Row(post=Act(NOBODY, leads_to_login=True))),
    "account_signup": form(page(ALL), act(ALL)),
    "account_reset_password": page(ALL),
    "account_change_password": form(page(PEOPLE), act(PEOPLE)),
    "choose_identity": form(page((), elsewhere=PEOPLE), act(PEOPLE)),
    "mfa_index": form(page(PEOPLE), act(PEOPLE, changes=NOBODY)),
    "mfa_authenticate": form(page((), elsewhere=PEOPLE), act(PEOPLE)),
    "mfa_reauthenticate": form(page((), elsewhere=PEOPLE), act(PEOPLE)),
    "mfa_activate_totp": form(page((), elsewhere=PEOPLE), act(PEOPLE)),
    "mfa_deactivate_totp": form(page((), unknown=PEOPLE), act(NOBODY, unknown=PEOPLE)),
    "mfa_view_recovery_codes": form(page((), unknown=PEOPLE), act(PEOPLE, changes=NOBODY)),
    "mfa_generate_recovery_codes": form(page((), elsewhere=PEOPLE), act(PEOPLE)),
    "mfa_download_recovery_codes": form(page((), unknown=PEOPLE), act(NOBODY, unknown=PEOPLE)),
    # ---------------------------------------------------------------- the firm
    "enterprise-home": page(FIRMS),
    "enterprise-checklist": page(FIRMS),
    "enterprise-profile": page((), elsewhere=FIRMS),
    "enterprise-profile-s": page(FIRMS),
    "enterprise-profile-save": act(FIRMS, changes={"owner", "rival"}),
    "enterprise-members": form(page(FIRMS), act(FIRMS, changes={"owner", "rival"})),
    "enterprise-member": act(FIRM, changes={"owner"}, unknown={"rival"}),
    "enterprise-inbox": page(FIRMS),
    "enterprise-inbox-read-all": act(FIRMS),
    "enterprise-message": act(FIRM, unknown={"rival"}),
    "enterprise-cases": page(FIRMS),
    "enterprise-case": _OF_FIRM,
    "enterprise-case-begin": act(FIRMS, changes={"owner", "rival"}),
    "enterprise-case-withdraw": _CHANGED_BY_OWNER,
    "enterprise-case-copy": _CHANGED_BY_OWNER,
    "enterprise-case-national": _CHANGED_BY_OWNER,
    "enterprise-case-form": page({"owner"}, elsewhere={"viewer"}, unknown={"rival"}),
    "enterprise-case-form-start": page((), elsewhere=FIRM, unknown={"rival"}),
    "enterprise-case-state": _OF_FIRM,
    "enterprise-case-save": act(FIRMS, changes={"owner"}),
    "enterprise-case-review": page({"owner"}, elsewhere={"viewer"}, unknown={"rival"}),
    "enterprise-case-submit": _CHANGED_BY_OWNER,
    "enterprise-receipt": _OF_FIRM,
    "enterprise-snapshot": _OF_FIRM,
    "enterprise-retype": _OF_FIRM,
    "enterprise-point": _CHANGED_BY_OWNER,
    "enterprise-upload": _CHANGED_BY_OWNER,
    "enterprise-paper": _OF_FIRM,
    "enterprise-paper-remove": _CHANGED_BY_OWNER,
    # ---------------------------------------------------------------- the offices
    "office-home": page(OFFICES),
    "office-queue": page(OFFICES),
    "office-case": _OF_CASE,
    "office-next": page((), elsewhere=KEPT, unknown={"neighbour"}),
    "office-case-receive": _BY_DESK,
    "office-case-pass": _BY_DESK,
    "office-case-return": _BY_DESK,
    "office-case-refuse": _BY_DESK,
    "office-case-hand-over": _BY_DESK,
    "office-case-assign": _BY_DESK,
    "office-case-national": act(ON_ROUTE, changes=ON_ROUTE - {"administrator"}, unknown={"neighbour"}),
    "office-finding": form(_OF_CASE, _BY_DESK),
    "office-credit": form(_OF_CASE, _BY_DESK),
    "office-credit-scan": _OF_CASE,
    "office-credit-many": act(OFFICERS, changes={"city"}),
    "office-plan": _BY_DESK,
    "office-visit": form(_OF_CASE, _BY_DESK),
    "office-inspection": _OF_CASE,
    "office-inspections": page(OFFICES),
    "office-photo": _OF_CASE,
    "office-paper": _OF_CASE,
    "office-dossier": act(KEPT, changes=DESK | {"auditor"}, unknown={"neighbour"}),
    "office-snapshot": _OF_CASE,
    "office-batch": page(OFFICES),
    "office-letter-scan": _OF_CASE,
    "office-form": _OF_CASE,
    "office-draft-paper": page(OFFICES),
    "office-letter-paper": _OF_CASE,
    "office-sending": form(page(OFFICES), act(OFFICERS, changes={"leader"})),
    "office-draw": form(page(OFFICES), act(OFFICERS, changes=DESK | {"neighbour"})),
    "office-sample": _OF_CASE,
    "office-lists": page(OFFICES),
    "office-list": page({"city", "auditor"}, unknown=OFFICES - {"city", "auditor"}),
    "office-list-close": _BY_HANDLER,
    "office-objections": page(OFFICES),
    "office-objection": page({"city"}, unknown=OFFICES - {"city"}),
    "office-objection-": _BY_HANDLER,
    "office-deliveries": page(OFFICES),
    "office-delivery": page(_OF_EAST, unknown=OFFICES - _OF_EAST),
    "office-delivery-new": form(page(OFFICERS), act(OFFICERS, changes=OFFICERS - {"administrator"})),
    "office-delivery-correct": _CORRECTED_BY_DESK,
    "office-delivery-papers": act(_OF_EAST, changes=DESK, unknown=OFFICERS - _OF_EAST),
    "office-receipt-correct": _CORRECTED_BY_DESK,
    "office-board": page(OFFICES),
    "office-board-urge": act(OFFICERS, changes={"city", "province"}),
    "office-daily": page(OFFICES),
    "office-calls": page(OFFICES),
    "office-calls-contacts": act(OFFICERS, changes=DESK | {"city", "province"}),
    "office-calls-urge": act(OFFICERS, changes=DESK | {"city", "province"}),
    "office-bulk": form(page(OFFICES), act(OFFICERS, changes=DESK)),
    "office-bulk-acts": page(OFFICES),
    "office-bulk-act-": _OF_OWN_DESK,
    "office-bulk-act": _OF_OWN_DESK,
    "office-colleagues": page(OFFICES),
    "office-colleague": form(_OF_OWN_DESK, act(OFFICERS, changes=DESK, unknown=BEYOND - {"auditor"})),
    "office-inbox": page(OFFICES),
    "office-inbox-read": act(OFFICERS),
    "office-message": act(DESK | {"administrator"}, unknown=OFFICERS - DESK - {"administrator"}),
    "office-directory": page(OFFICES),
    "office-upload": act(OFFICERS),
    "office-accounts": page({"administrator"}),
    "office-account-": _BY_ADMINISTRATOR,
    # ---------------------------------------------------------------- notices: those who issue any
    "office-notices": page(_ISSUERS),
    "office-notice-begin": act(_ISSUERS - {"auditor"}),
    "office-notice-import": act(_ISSUERS - {"auditor"}),
    "office-notice-draft": _OF_DRAFT,
    "office-notice-preview": _OF_DRAFT,
    "office-notice-file": _OF_DRAFT,
    "office-notice-section": form(_OF_DRAFT, _BY_DRAFTER),
    "office-notice-publish": form(_OF_DRAFT, _BY_DRAFTER),
    "office-notice-discard": _BY_DRAFTER,
    "office-notice-corrigendum": form(_OF_DRAFT, _BY_DRAFTER),
    # ---------------------------------------------------------------- titles: those who announce any
    "office-titles": page({"province"}),
    "office-title-": act({"province"}),
    "office-title-preview": act({"province"}, changes=NOBODY),
    # ---------------------------------------------------------------- the pool of experts, and panels
    "office-experts": form(
        page(OFFICES - {"administrator"}), act(OFFICERS, changes=OFFICERS - {"administrator"})
    ),
    "office-expert": form(
        page({"province"}, unknown=OFFICES - {"province", "administrator"}),
        act({"province"}, unknown=OFFICERS - {"province", "administrator"}),
    ),
    "office-experts-table": page(OFFICES - {"administrator"}),
    "office-expert-preview": act(OFFICERS, changes=NOBODY),
    "office-expert-confirm": act(OFFICERS, changes={"province"}),
    "office-panels": form(page(OFFICES - {"administrator"}), act(OFFICERS, changes={"province"})),
    "office-panel": form(
        page({"province"}, unknown=OFFICES - {"province", "administrator"}),
        act({"province"}, unknown=OFFICERS - {"province", "administrator"}),
    ),
    "office-panel-fairness": page({"province"}, unknown=OFFICES - {"province", "administrator"}),
    "office-panel-minutes": page({"province"}, unknown=OFFICES - {"province", "administrator"}),
    # ---------------------------------------------------------------- experts
    "expert-": page({"expert"}),
    "expert-paper": page((), unknown={"expert"}),
    "expert-accept": act({"expert"}),
    "expert-decline": act({"expert"}),
    # whoever has signed once signs nothing more
    "expert-sign": act({"expert"}, changes=NOBODY),
    "expert-absence": act({"expert"}),
    "expert-conflict": act({"expert"}),
    "expert-opinion": act({"expert"}),
    "expert-recuse": act({"expert"}),
    "expert-reminders-read": act({"expert"}, changes=NOBODY),
    # ---------------------------------------------------------------- the operator
    "operator-home": page({"operator"}),
    "operator-administrator": act({"operator"}),
}


def row_of(name: str) -> Row:
    """The row of an address; what the table says nothing of is closed."""
    found = [prefix for prefix in TABLE if name.startswith(prefix)]
    return TABLE[max(found, key=len)] if found else Row()
