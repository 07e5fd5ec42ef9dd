"""Facts: the vocabulary, the values of one firm, and how values are typed and shown."""

from tidu.law.facts.definitions import Derived, Evidence, Fact, FactKind, Option, Section
from tidu.law.facts.drafts import Draft, Saved, read_draft, refuse_secrets, typed_again
from tidu.law.facts.entry import (
    SCORE_SCALE,
    SHARE_SCALE,
    format_number,
    format_value,
    parse_row,
    parse_value,
)
from tidu.law.facts.reading import VocabularyError
from tidu.law.facts.values import Facts, Key, Row, Scalar, Value, value_from_json, value_to_json
from tidu.law.facts.vocabulary import Vocabulary, load_vocabulary, vocabulary_of

__all__ = [
    "SCORE_SCALE",
    "SHARE_SCALE",
    "Derived",
    "Draft",
    "Evidence",
    "Fact",
    "FactKind",
    "Facts",
    "Key",
    "Option",
    "Row",
    "Saved",
    "Scalar",
    "Section",
    "Value",
    "Vocabulary",
    "VocabularyError",
    "format_number",
    "format_value",
    "load_vocabulary",
    "parse_row",
    "parse_value",
    "read_draft",
    "refuse_secrets",
    "typed_again",
    "value_from_json",
    "value_to_json",
    "vocabulary_of",
]
