"""Reading drafts of notices: an office its own, its auditors likewise, nobody else any."""

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from tidu.database.scope import Actor
from tidu.law import drafting, notices
from tidu.law.drafting import Document, Issuer
from tidu.law.refusals import Refused
from tidu.law.rulebook import read_toml
from tidu.offices.models import Office
from tidu.programmes.models import CorrigendumDraft, DraftSection, Notice, NoticeDraft
from tidu.programmes.queries.texts import notice_text

BLANK = "blank"


@dataclass(frozen=True)
class Template:
    """What a draft may begin with: nothing, a notice of the rulebook, or one's own earlier notice."""

    key: str
    title: str
    kind: str


def drafts_of(actor: Actor) -> QuerySet[NoticeDraft]:
    """The drafts of the actor's office: open ones first, the newest work on top."""
    own = NoticeDraft.objects.filter(office_id=actor.office_id or 0)
    is_closed = Q(notice__isnull=False) | Q(discarded_at__isnull=False)
    closed = ExpressionWrapper(is_closed, BooleanField())
    return own.select_related("notice", "opened_by").order_by(closed, "-saved_at", "-pk")


def draft_for(actor: Actor, draft_id: int) -> NoticeDraft:
    """One draft of the actor's office. Refused("draft_unknown")."""
    own = NoticeDraft.objects.select_related("office", "notice").filter(office_id=actor.office_id or 0)
    found = own.filter(pk=draft_id).first()
    if found is None:
        raise Refused("draft_unknown", value=draft_id)
    return found


def sections_of_draft(draft: NoticeDraft) -> dict[str, DraftSection]:
    """Every section with its version and who saved it last."""
    rows = DraftSection.objects.filter(draft=draft).select_related("saved_by")
    found = {row.section: row for row in rows}
    return {one.id: found[one.id] for one in drafting.form() if one.id in found}


def document_of_draft(draft: NoticeDraft, issuer: Issuer) -> Document:
    """The draft as one document."""
    return drafting.document_of({n: row.body for n, row in sections_of_draft(draft).items()}, issuer)


def issuer_of(office: Office) -> Issuer:
    """The office as the issuer of a notice. Refused("issuer_in_no_chain")."""
    return Issuer.of(office.code)


def notices_issued_by(office_id: int) -> QuerySet[Notice]:
    """What an office has published, the newest first."""
    return Notice.objects.filter(office_id=office_id).prefetch_related("batches")


def corrigendum_typed(notice: Notice) -> CorrigendumDraft | None:
    """What has been typed of the next corrigendum; None where nothing was, or for whoever may not see it."""
    return CorrigendumDraft.objects.select_related("saved_by").filter(notice=notice).first()


def templates_for(office_id: int) -> list[Template]:
    """What the office may begin a draft with."""
    own = notices_issued_by(office_id).values_list("slug", "title")
    return [
        Template(BLANK, "空白", ""),
        *(Template(f"notice:{slug}", title, "本单位发布过的通知") for slug, title in own),
        *(
            Template(f"rulebook:{name}", _rulebook_title(name), "规则库的通知")
            for name in notices.notice_ids()
        ),
    ]


def document_of_template(key: str, issuer: Issuer, office_id: int) -> tuple[Document, str]:
    """The document a draft begins with, and the template's title. Refused("draft_template_unknown")."""
    template = next((one for one in templates_for(office_id) if one.key == key), None)
    if template is None:
        raise Refused("draft_template_unknown", field="template", value=key)
    kind, _, name = key.partition(":")
    if kind == BLANK:
        return drafting.begin_blank(issuer), template.title
    if kind == "rulebook":
        return drafting.begin_from(notices.load(name), issuer), template.title
    published = notices_issued_by(office_id).get(slug=name)
    return drafting.begin_from(notice_text(published), issuer), template.title


def _rulebook_title(name: str) -> str:
    data = read_toml("notices", name)
    return f"{data['issuer_name']}：{data['title']}"
