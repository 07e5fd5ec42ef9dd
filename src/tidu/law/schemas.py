"""The JSON that the law gives out and takes in, described for other programs (JSON Schema 2020-12)."""

import json
from typing import Any

from tidu.law.rulebook import read_text

SCHEMAS = ("facts-1", "verdict-1")
"""`tidu.facts/1`, a firm's facts; `tidu.verdict/1`, what a standard says of them."""


def schema(name: str) -> dict[str, Any]:
    """The schema `rulebook/schemas/<name>.json`. KeyError if there is none."""
    if name not in SCHEMAS:
        raise KeyError(name)
    found: dict[str, Any] = json.loads(read_text("schemas", f"{name}.json"))
    return found
