"""Publishing a notice, and correcting it. What is published is frozen; nothing is taken back."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import connection

from tidu.database.scope import Actor, scope
from tidu.law import notices
from tidu.law.procedures import Procedure
from tidu.law.refusals import Refused
from tidu.offices.queries import office_by_code
from tidu.programmes.actions.correcting import clear_corrigendum
from tidu.programmes.freezing import freeze_notice, freeze_procedure, freeze_standard
from tidu.programmes.models import Batch, BatchDeadline, Notice, NoticeVersion
from tidu.programmes.permissions import may_publish
from tidu.programmes.queries.texts import notice_text, procedure_by_digest
from tidu.proof.canonical import JSON
from tidu.records.actions import open_chain, record


def publish_notice(
    *,
    actor: Actor,
    notice: notices.Notice,
    at: datetime,
    banner: str = "",
    demonstration: bool = False,
    procedure: Procedure | None = None,
) -> Notice:
    """Publish a notice: freeze its text, its procedure and standards, open its batches, set their deadlines.

    `procedure` is the one that the notice names where it stands in a file of its own and not in
    the rulebook. A window may have opened before the notice is published.
    Refused("not_allowed"), ("notice_published_already"), ("office_unknown"), ("procedure_unknown").
    """
    with scope(actor):
        issuer = office_by_code(notice.issuer)
        may_publish(actor, issuer).require()
        _one_at_a_time(notice.id)
        _refuse_published(notice)
        published = Notice.objects.create(
            slug=notice.id,
            office=issuer,
            title_kind=notice.title_kind,
            issued_on=notice.issued,
            published_at=at,
            is_demonstration=demonstration or notice.demonstration,
            banner=banner or notice.banner,
            chain=open_chain(kind="notice"),
            **_as_it_stands(notice),
        )
        NoticeVersion.objects.create(
            notice=published, version=published.version, digest=published.digest, published_at=at
        )
        _write_batches(published, notice, freeze_procedure(notice.procedure, procedure))
        _record(actor, "publish_notice", published, notice, at)
        return published


def issue_corrigendum(
    *,
    actor: Actor,
    notice_id: int,
    corrigendum: notices.Corrigendum,
    at: datetime,
    expected_version: int | None = None,
    typed_version: int | None = None,
) -> Notice:
    """Publish the next version of a notice. It may lengthen a time, never shorten one (the law checks).

    `expected_version` is the version of the notice that whoever signs was shown, `typed_version` that of
    what was typed of the corrigendum, which ends with this.
    Refused("not_allowed"), ("notice_moved"), ("draft_moved"), and what notices.amend refuses.
    """
    with scope(actor):
        found = Notice.objects.select_related("office", "chain")
        may_publish(actor, found.get(pk=notice_id).office).require()
        published = found.select_for_update(of=("self",)).get(pk=notice_id)
        if expected_version not in (None, published.version):
            raise Refused("notice_moved", title=published.title, version=published.version)
        former = notice_text(published)
        procedure = published.batches.all()[0].procedure_digest
        known = notices.Known.in_rulebook().with_procedure(procedure_by_digest(procedure))
        amended = notices.amend(former, corrigendum, at=at, known=known)
        for field, value in _as_it_stands(amended).items():
            setattr(published, field, value)
        if amended.banner != former.banner:
            published.banner = amended.banner
        published.save()
        amendment = amended.amendments[-1]
        NoticeVersion.objects.create(
            notice=published,
            version=published.version,
            digest=published.digest,
            published_at=at,
            number=amendment.number,
            reason=amendment.reason,
            changes=[asdict(change) for change in amendment.changes],
        )
        _write_batches(published, amended, procedure)
        clear_corrigendum(actor=actor, notice=published, expected_version=typed_version, at=at)
        _record(actor, "issue_corrigendum", published, amended, at, amendment=amendment)
        return published


def _as_it_stands(text: notices.Notice) -> dict[str, str | int]:
    """What the newest text decides of a notice's row."""
    return {
        "title": text.title,
        "number": text.number,
        "version": text.version,
        "digest": freeze_notice(text),
    }


def _refuse_published(text: notices.Notice) -> None:
    published = Notice.objects.filter(slug=text.id).first()
    if published is not None:
        raise Refused(
            "notice_published_already",
            field="notice",
            notice=text.id,
            title=published.title,
            at=published.published_at,
        )


def _write_batches(published: Notice, text: notices.Notice, procedure: str) -> None:
    """Open the batches of a first version; move windows and deadlines of a later one.

    `procedure` is its digest. What a batch was opened with stays frozen as it was then, unless the
    new version names another standard.
    """
    former = {batch.code: batch for batch in published.batches.all()}
    stages = procedure_by_digest(procedure).stages
    for position, of_law in enumerate(text.batches, start=1):
        batch = former.get(of_law.id) or Batch(notice=published, code=of_law.id)
        if batch.standard != of_law.standard:
            batch.standard, batch.standard_digest = of_law.standard, freeze_standard(of_law.standard)
        batch.procedure, batch.procedure_digest = text.procedure, procedure
        batch.title, batch.position = of_law.title, position
        batch.opens_at, batch.closes_at = of_law.opens, of_law.closes
        batch.save()
        _write_deadlines(batch, notices.deadlines(text, of_law, stages))


def _write_deadlines(batch: Batch, deadlines: Sequence[notices.Deadline]) -> None:
    for one in deadlines:
        BatchDeadline.objects.update_or_create(
            batch=batch, stage=one.stage, defaults={"at": one.at, "mode": one.mode}
        )


def _record(
    actor: Actor,
    verb: str,
    published: Notice,
    text: notices.Notice,
    at: datetime,
    amendment: notices.Amendment | None = None,
) -> None:
    batches: list[JSON] = [
        {"code": one.id, "opens_at": one.opens, "closes_at": one.closes, "standard": one.standard}
        for one in text.batches
    ]
    body: dict[str, JSON] = {
        "notice": published.slug,
        "title": published.title,
        "number": published.number,
        "version": published.version,
        "batches": batches,
        "corrigendum": amendment.number if amendment else None,
        "reason": amendment.reason if amendment else "",
    }
    record(chain=published.chain, verb=verb, actor=actor, at=at, body=body, snapshot=published.digest)


def _one_at_a_time(slug: str) -> None:
    """Until the transaction ends nobody else publishes a notice of this id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('tidu.notice:' || %s, 0))", [slug])
