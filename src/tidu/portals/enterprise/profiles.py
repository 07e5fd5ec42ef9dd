"""The firm's profile as a form: the newest standard that the firm's own offices use, over its own rows."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse

from tidu.database.scope import Actor
from tidu.enterprises.models import Firm
from tidu.enterprises.permissions import may_write_profile
from tidu.enterprises.queries import facts_from_rows, profile_fields, registered_facts
from tidu.law.calendars import legal_day
from tidu.law.checks import check, unread
from tidu.law.facts import Facts
from tidu.law.standards import Standard, load
from tidu.offices.queries import office_chain
from tidu.portals.enterprise import ladder
from tidu.portals.enterprise.filled import FilledForm
from tidu.portals.enterprise.sections import Step, Way, count
from tidu.programmes.models import Batch
from tidu.programmes.queries import batches_under, standard_by_digest
from tidu.titles.enums import TitleKind
from tidu.titles.queries import held

#: By which national standard a firm looks at itself where no notice of its place is open.
NATIONAL: Mapping[TitleKind, str] = {
    ladder.FIRST: "2022-innovative",
    ladder.SECOND: "2026-specialised",
    ladder.THIRD: "2026-little-giant",
}


def standard_of_tier(tier: TitleKind, batches: Iterable[Batch]) -> Standard:
    """The standard of the batch that is open, or opens next, for this title; else the national one."""
    batch = next((one for one in batches if one.notice.title_kind == tier), None)
    return standard_by_digest(batch.standard_digest) if batch else load(NATIONAL[tier])


def standard_for(firm: Firm, at: datetime) -> Standard:
    """The standard of the firm's next step."""
    batches = batches_under(office_chain(firm.area.office).values(), at=at)
    return standard_of_tier(ladder.goal_of(held(firm, at=at)), batches)


def own_facts(firm: Firm, at: datetime) -> Facts:
    """What the profile says, by whatever standard it is to be judged."""
    return _facts(firm, [(f.fact, f.period, f.value, f.raw) for f in profile_fields(firm)], at)


def profile_form(firm: Firm, actor: Actor, standard: Standard, at: datetime) -> FilledForm:
    """The profile as it stands. 上年 is the fiscal year before this one."""
    fields = list(profile_fields(firm))
    return FilledForm(
        standard=standard,
        facts=(facts := _facts(firm, [(f.fact, f.period, f.value, f.raw) for f in fields], at)),
        rows={(field.fact, field.period): field for field in fields},
        save_url=reverse("enterprise-profile-save"),
        checks=[*unread([(f.fact, f.period, f.raw) for f in fields], at), *check(facts, at=at)],
        is_open=bool(may_write_profile(actor, firm)),
    )


def _facts(firm: Firm, rows: list[tuple[str, int, object, str]], at: datetime) -> Facts:
    """What the profile says; name and code stand as registered."""
    day = legal_day(at)
    facts = facts_from_rows(rows, year=day.year - 1, as_of=day)
    for fact, value in registered_facts(firm).items():
        facts = facts.with_value(fact, None, value)
    return facts


def profile_way(filled: FilledForm, current: str) -> Way:
    """The profile's sections."""
    steps = []
    for one in filled.standard.form():
        done, total = count(one, filled.facts)
        section = one.section
        url = reverse("enterprise-profile-section", args=[section.id])
        steps.append(Step(section.id, section.label, url, done, total, section.id == current))
    return Way(steps)
