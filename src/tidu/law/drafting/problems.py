"""Everything that stands against publishing a draft, and what its office should look at once more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tidu.law import notices, plain
from tidu.law.drafting.form import form
from tidu.law.drafting.patching import patched
from tidu.law.drafting.places import Place, place_of
from tidu.law.notices import Known, Notice
from tidu.law.refusals import Refused, say, sentence


@dataclass(frozen=True)
class Problem:
    """One thing: where, what is wrong, by which rule, and what helps. What `blocks` must be put right."""

    refused: Refused
    place: Place
    blocks: bool

    @property
    def sentence(self) -> str:
        """The Chinese sentence; of what cannot be read, in the words of the form."""
        code, values = self.refused.code, self.refused.values
        said = _IN_A_FORM.get(code)
        if said is None:
            return sentence(self.refused)
        return say(said, {**values, "label": self.place.label, "choices": _choices(self)})


_PLACES = {"procedure_unknown": "procedure"}
"""Where something is chosen whose absence is found out only when it is looked up."""

_IN_A_FORM = {
    "file_key_missing": "draft_entry_missing",
    "file_value_malformed": "draft_entry_malformed",
    "file_choice_unknown": "draft_choice_unknown",
}


def problems_of(document: Mapping[str, Any], known: Known | None = None) -> list[Problem]:
    """What is wrong with a draft, in the order of its form.

    What cannot be read is left out of all further checks; what follows only from that is not said.
    """
    faults = list(_unreadable(document))
    whole = patched(document, faults)
    found = [Problem(fault, place_of(document, fault.field), True) for fault in faults]
    if whole is not None:
        notice = notices.from_json(whole.document)
        checked = [*((one, True) for one in notices.problems(notice, known))]
        if not faults:
            checked += [(one, False) for one in notices.cautions(notice, known)]
        for one, blocks in checked:
            if not whole.is_consequence(one):
                found.append(Problem(one, place_of(document, one.field or _PLACES.get(one.code)), blocks))
        found = list({(one.refused.code, one.place.name, one.sentence): one for one in found}.values())
    order = [one.id for one in form()]
    return sorted(found, key=lambda problem: (not problem.blocks, order.index(problem.place.section.id)))


def readable(document: Mapping[str, Any]) -> Notice | None:
    """The notice as far as it can be read, for looking at; None if nothing can be made of it."""
    whole = patched(document, list(_unreadable(document)))
    return notices.from_json(whole.document) if whole else None


def _unreadable(document: Mapping[str, Any]) -> Iterator[Refused]:
    yield from plain.faults(Notice, document)
    for name in ("title", "issuer_name"):
        if document.get(name) == "":
            yield Refused("file_key_missing", field=name, value=name)


def _choices(problem: Problem) -> list[str]:
    """The options in the form's words."""
    given = problem.refused.values.get("choices", [])
    name = problem.place.name.rpartition(".")[2]
    columns = [column for block in problem.place.section.blocks for column in block.columns]
    words = next((column.words for column in columns if column.name == name and column.words), {})
    return [words.get(str(one), str(one)) for one in given] if isinstance(given, list) else []
