"""Checks of a notice that need nothing but the notice and its procedure: who acts, for whom, whom to call."""

import re
from collections.abc import Iterator

from tidu.law.chains import load_chain
from tidu.law.notices.known import Known
from tidu.law.notices.model import Notice
from tidu.law.procedures import Stage
from tidu.law.refusals import Refused

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_OFFICE_PHONE = re.compile(r"(0\d{2,3}-)?\d{7,8}(-\d{1,6})?|(400|800)-?\d{3}-?\d{4}|\d{5}")
_MOBILE = re.compile(r"(\+?86)?1[3-9]\d{9}")
_DASHES = re.compile(r"[\s—–－-]+")


def without_parts(notice: Notice, known: Known) -> Iterator[Refused]:  # noqa: ARG001 - one shape for all
    """A notice has an address, a text, and says who may apply."""
    if not _ID.fullmatch(notice.id):
        yield Refused("notice_id_malformed", field="id", value=notice.id)
    if not notice.kinds:
        yield Refused("notice_without_kinds", field="kinds")
    if not notice.sentences:
        yield Refused("notice_without_sentences", field="sentences")


def unfit_kinds(notice: Notice, known: Known) -> Iterator[Refused]:  # noqa: ARG001
    """Batches take kinds that the notice opens; what is re-reviewed is a title of this kind."""
    offered = {kind.id: kind for kind in notice.kinds}
    for batch in notice.batches:
        for name in batch.kinds:
            kind = offered.get(name)
            if kind is None:
                label = {"new": "申报", "re_review": "复核"}[name]
                where = f"batches.{batch.id}.kinds"
                yield Refused("batch_kind_not_offered", field=where, batch=batch.title, value=label)
            elif kind.recognised == "named" and not batch.re_reviews:
                where = f"batches.{batch.id}.re_reviews"
                yield Refused("batch_without_re_reviews", field=where, batch=batch.title)
    re_review = offered.get("re_review")
    if re_review is not None and notice.title_kind not in re_review.holds:
        yield Refused("re_review_without_title", field="kinds.re_review.holds", title=re_review.title)


def out_of_reach(notice: Notice, known: Known) -> Iterator[Refused]:
    """A case that begins at some office of the chain can come to the last stage."""
    procedure = known.procedure(notice.procedure)
    last = procedure.stages[-1]
    if not _has_office(notice, last):
        level = procedure.level(last.level).title
        yield Refused("stage_without_office", field="procedure", stage=last.title, level=level)


def stages_passed_over(notice: Notice, known: Known) -> Iterator[Stage]:
    """The stages whose level has no office in the chain: cases go on to the next one."""
    for stage in known.procedure(notice.procedure).stages[:-1]:
        if not _has_office(notice, stage):
            yield stage


def _has_office(notice: Notice, stage: Stage) -> bool:
    chain = load_chain(notice.offices)
    ways = [chain.above(office.code) for office in chain.offices if office.places]
    return any(notice.issuer in way.values() and notice.office_at(stage.level, way) for way in ways)


def unfit_telephones(notice: Notice, known: Known) -> Iterator[Refused]:  # noqa: ARG001
    """A notice is read by everybody: offices' telephones stand in it, nobody's mobile."""
    numbers = [("phone", notice.phone), ("platform.phone", notice.platform.phone)]
    numbers += [
        (f"directory.{one.office}.phones", number) for one in notice.directory for number in one.phones
    ]
    for where, number in numbers:
        if number and (problem := _telephone_problem(number, where)) is not None:
            yield problem


def _telephone_problem(number: str, where: str) -> Refused | None:
    plain = _DASHES.sub("-", number.strip())
    if _MOBILE.fullmatch(plain.replace("-", "")):
        return Refused("contact_is_mobile", field=where, value=number)
    return (
        None if _OFFICE_PHONE.fullmatch(plain) else Refused("contact_no_telephone", field=where, value=number)
    )
