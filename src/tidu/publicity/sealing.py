"""What an objection says, sealed before it reaches the database and opened only for who handles it."""

from dataclasses import dataclass

from tidu.files import queries as files
from tidu.files.encryption import seal, unseal
from tidu.files.limits import Limits, installed
from tidu.proof.canonical import canonical_bytes, parse_canonical
from tidu.publicity.models import Objection, ObjectionAttachment

MOST_PAPERS = 5


@dataclass(frozen=True)
class Content:
    """Who objects, how to reach them, and what they say. A unit names itself in `name`."""

    name: str
    contact: str
    text: str


@dataclass(frozen=True)
class Paper:
    """A paper that comes with an objection: the token of its upload, and its name, which is sealed too."""

    upload: str
    name: str


@dataclass(frozen=True)
class OpenedPaper:
    """A paper opened for the office that handles the objection."""

    name: str
    content: bytes


def paper_limits() -> Limits:
    """What may be sent along with an objection."""
    return installed().narrowed(formats=("pdf", "jpg", "jpeg", "png"), megabytes=20)


def context_of(token: str) -> str:
    """Ties a ciphertext to its objection: moved to another one it no longer opens."""
    return f"objection:{token}"


def seal_content(content: Content, token: str) -> bytes:
    """The ciphertext that the database keeps."""
    said = {"name": content.name.strip(), "contact": content.contact.strip(), "text": content.text.strip()}
    return seal(canonical_bytes(said), context=context_of(token))


def open_content(objection: Objection) -> Content:
    """What was filed, opened."""
    return Content(**parse_canonical(unseal(bytes(objection.sealed), context=context_of(objection.token))))


def seal_name(name: str, token: str) -> bytes:
    """A file's name may name its writer: it is sealed as well."""
    return seal(name.encode(), context=context_of(token))


def open_paper(attachment: ObjectionAttachment) -> OpenedPaper:
    """A paper, opened."""
    context = context_of(attachment.objection.token)
    name = unseal(bytes(attachment.sealed_name), context=context).decode()
    return OpenedPaper(name=name, content=files.unseal(attachment.file, context=context))
