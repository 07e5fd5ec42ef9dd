"""The frozen body of a standard: everything needed to judge by it years later.

It holds the document and the definitions of every fact it uses, so that a case
can point at its digest and be judged again after the rulebook has moved on.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tidu.law import plain
from tidu.law.derivation import check_derived
from tidu.law.expressions import RuleError
from tidu.law.facts import Vocabulary, VocabularyError, load_vocabulary, vocabulary_of
from tidu.law.facts.definitions import JSON
from tidu.law.facts.reading import read_derived, read_evidence, read_fact, read_section
from tidu.law.standards import reading
from tidu.law.standards.bands import StandardError
from tidu.law.standards.definition import StandardText
from tidu.law.standards.needs import facts_used
from tidu.law.standards.overlays import read_document

BODY_SCHEMA = "tidu.standard/1"


def text_of_rulebook(standard_id: str) -> StandardText:
    """The standard of the rulebook. KeyError if there is none, StandardError if it is wrong."""
    return text_of_document(read_document(standard_id), load_vocabulary())


def text_of_document(document: Mapping[str, Any], vocabulary: Vocabulary) -> StandardText:
    """The standard of a whole document in the words of a vocabulary. StandardError if it is wrong."""
    try:
        own = [read_derived(raw) for raw in document.get("derived", ())]
        text = _text(document, vocabulary.with_derived(own), {})
        body = _body(text, document)
    except (RuleError, VocabularyError) as error:
        raise StandardError(f"{document.get('id')}: {error}") from error
    return replace(text, body=body, digest=hashlib.sha256(canonical_bytes(body)).hexdigest())


def text_of_body(body: Mapping[str, JSON]) -> StandardText:
    """The standard of a frozen body. ValueError if the schema is not known here."""
    if body.get("schema") != BODY_SCHEMA:
        raise ValueError(f"not a standard: {body.get('schema')!r}")
    defined = body["vocabulary"]
    vocabulary = vocabulary_of(
        map(read_fact, defined["facts"]),
        map(read_derived, defined["derived"]),
        map(read_evidence, defined["evidence"]),
        map(read_section, defined["sections"]),
    )
    return _text(body["document"], vocabulary, body)


def canonical_bytes(body: Mapping[str, JSON]) -> bytes:
    """The one way to write a body: sorted keys, no spaces, UTF-8."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _text(document: Mapping[str, Any], vocabulary: Vocabulary, body: Mapping[str, JSON]) -> StandardText:
    reading.check_keys(document)
    dimensions = reading.read_dimensions(document)
    symbols = reading.fact_symbols(vocabulary)
    with_scores = symbols | reading.score_symbols(dimensions)
    return StandardText(
        id=document["id"],
        title=document["title"],
        confers=document["confers"],
        short=document["short"],
        jurisdiction=document["jurisdiction"],
        applications=tuple(document["applications"]),
        effective=reading.read_day(document.get("effective")),
        ended=reading.read_day(document.get("ended")),
        instrument=reading.read_instrument(document["instrument"]),
        unconfirmed=document["unconfirmed"],
        unconfirmed_words=document.get("unconfirmed_words", ""),
        root=reading.read_clauses(document, with_scores),
        dimensions=dimensions,
        indicators=reading.read_indicators(document, symbols, dimensions),
        upkeep=reading.read_upkeep(document.get("upkeep")),
        form_plan=reading.read_form_plan(document.get("form", {})),
        vocabulary=vocabulary,
        body=body,
        digest=hashlib.sha256(canonical_bytes(body)).hexdigest(),
    )


def _body(text: StandardText, document: Mapping[str, Any]) -> dict[str, JSON]:
    """The document with the definitions of what it uses, and of nothing else."""
    facts, derived = facts_used(text)
    for entry in derived:
        check_derived(text.vocabulary, entry)
    papers = dict.fromkeys((*(e for fact in facts for e in fact.evidence), *text.form_plan.also_evidence))
    sections = {fact.section for fact in facts}
    vocabulary = text.vocabulary
    return {
        "schema": BODY_SCHEMA,
        "document": dict(document),
        "vocabulary": {
            "facts": [plain.write(fact) for fact in facts],
            "derived": [plain.write(entry) for entry in derived],
            "evidence": [plain.write(vocabulary.evidence[paper]) for paper in papers],
            "sections": [plain.write(s) for s in vocabulary.sections.values() if s.id in sections],
        },
    }
