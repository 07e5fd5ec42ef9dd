"""The fiscal years that a form asks for: a value of another would be kept, shown nowhere and never judged."""

from collections.abc import Mapping
from functools import lru_cache

from tidu.applications.contents import reference_year
from tidu.applications.models import Case
from tidu.law.refusals import Refused
from tidu.programmes.queries import standard_by_digest


def check_period(case: Case, fact: str, period: int) -> None:
    """Refused("period_not_asked") for a year that the form does not show; 0 (a fact of now) always fits."""
    if period and reference_year(case) - period not in _years_back(case.standard_digest).get(fact, ()):
        raise Refused("period_not_asked", field=fact, value=period)


@lru_cache(maxsize=64)
def _years_back(standard_digest: str) -> Mapping[str, tuple[int, ...]]:
    """How many years before 上年 each fact of the form is asked for."""
    sections = standard_by_digest(standard_digest).form()
    return {field.fact.id: field.years_back for section in sections for field in section.fields}
