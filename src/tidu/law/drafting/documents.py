"""The document of a draft: how it begins, and how its sections make one notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tidu.law import notices, plain
from tidu.law.chains import Chain, load_chain
from tidu.law.drafting.form import form
from tidu.law.notices import Notice
from tidu.law.refusals import Refused
from tidu.law.rulebook import toml_stems

Document = dict[str, Any]

_FIXED = ("issuer", "offices", "demonstration")
_EMPTY: Mapping[str, str] = {"number": "", "phone": "", "evidence_note": ""}
_PLATFORM = {"name": "优质中小企业梯度培育平台", "address": "https://zjtx.miit.gov.cn"}
_REMINDERS = ["申报、复核不收取任何费用。", "企业无须通过任何中介机构申报。", "涉密信息不得填报。"]


@dataclass(frozen=True)
class Issuer:
    """The office in whose name a notice is drafted; `offices` is the chain in which it stands."""

    code: str
    name: str
    phone: str
    offices: str
    demonstration: bool = False

    @classmethod
    def of(cls, code: str) -> "Issuer":
        """The office as the rulebook knows it. Refused("issuer_in_no_chain")."""
        for stem in toml_stems("offices"):
            chain = load_chain(stem)
            for office in chain.offices:
                if office.code == code:
                    phone = office.phones[0] if office.phones else ""
                    return cls(code, office.name, phone, chain.id, chain.demonstration)
        raise Refused("issuer_in_no_chain", value=code)

    @property
    def chain(self) -> Chain:
        """The offices over and under it."""
        return load_chain(self.offices)

    @property
    def fixed(self) -> Document:
        """What of a notice follows from who issues it."""
        said: Document = {"issuer": self.code, "offices": self.offices}
        return said | ({"demonstration": True} if self.demonstration else {})


def sections_of(document: Mapping[str, Any]) -> dict[str, Document]:
    """The document cut into the sections of the form."""
    return {one.id: {key: document[key] for key in one.keys if key in document} for one in form()}


def document_of(bodies: Mapping[str, Mapping[str, Any]], issuer: Issuer) -> Document:
    """The sections put together, with what follows from the issuer; lists that nobody filled are empty."""
    typed = {key: value for one in form() for key, value in bodies.get(one.id, {}).items()}
    lists: Document = {block.name: [] for one in form() for block in one.blocks if block.kind == "rows"}
    return plain.arrange(Notice, {**lists, **_EMPTY, **typed, **issuer.fixed})


def begin_blank(issuer: Issuer) -> Document:
    """A draft in which nothing is decided: the platform, the reminders, and every point to be settled."""
    typed: Document = {
        "issuer_name": issuer.name,
        "phone": issuer.phone,
        "platform": dict(_PLATFORM),
        "reminders": list(_REMINDERS),
        "directory": _directory(issuer),
        "readings": standard_readings(),
    }
    return document_of(sections_of(typed), issuer)


def begin_from(notice: Notice, issuer: Issuer) -> Document:
    """A draft after an earlier notice: its rules stay, what was only its own is left to be typed anew."""
    typed = notices.to_json(notice)
    for own in ("id", "number", "issued", "banner", "transcription", "source", "version", "amendments"):
        typed.pop(own, None)
    for batch in typed["batches"]:
        batch.pop("moved", None)
    if notice.offices != issuer.offices:
        typed["directory"] = _directory(issuer)
        typed["deliveries"] = [_to(issuer, one) for one in typed.get("deliveries", [])]
        typed.pop("seats", None)
    typed |= {"issuer_name": issuer.name, "phone": issuer.phone or notice.phone}
    return document_of(sections_of(typed), issuer)


def standard_readings() -> list[Document]:
    """Every point that a notice must settle, as the rulebook's notices read it, resting on no sentence."""
    found: dict[str, Document] = {}
    for notice_id in notices.notice_ids():
        for reading in notices.to_json(notices.load(notice_id))["readings"]:
            if reading["id"] in notices.READINGS and reading["id"] not in found:
                found[reading["id"]] = {**reading, "sentences": [], "stated": False}
    return [found[name] for name in notices.READINGS if name in found]


def _to(issuer: Issuer, delivery: Document) -> Document:
    """Papers go to whoever issues the notice; another office's addresses are not carried along."""
    elsewhere = ("postal", "mailbox")
    return {**{key: value for key, value in delivery.items() if key not in elsewhere}, "office": issuer.code}


def _directory(issuer: Issuer) -> list[Document]:
    """The offices that firms turn to, with the telephones of the chain."""
    return [
        {"office": office.code, "name": office.name, "phones": list(office.phones)}
        for office in issuer.chain.offices
        if office.places
    ]
