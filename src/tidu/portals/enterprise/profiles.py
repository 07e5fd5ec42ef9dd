"""The firm's profile as a form: the newest standard that the firm's own offices use, over its own rows."""

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
from tidu.portals.enterprise.filled import FilledForm
from tidu.portals.enterprise.sections import Step, Way, count
from tidu.programmes.queries import batches_under, standard_by_digest

#: By which standard a profile is read where no notice is open: the first step of the ladder.
FIRST_STEP = "2022-innovative"


def standard_for(firm: Firm, at: datetime) -> Standard:
    """The standard of the batch that is open, or opens next, for firms of this place."""
    batch = batches_under(office_chain(firm.area.office).values(), at=at).first()
    return standard_by_digest(batch.standard_digest) if batch else load(FIRST_STEP)


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
