"""The floor is Chromium 86, as old office machines have it: nothing that we ship needs a newer one.

Features that came later are looked for by the way they are written. What an older browser passes over
without harm (a colour of a scrollbar, a hint) is not among them.
"""

import re
from pathlib import Path

import pytest

import tidu

HOUSE = Path(tidu.__file__).parent
STYLES = sorted(HOUSE.rglob("static/**/*.css"))
SCRIPTS = sorted(HOUSE.rglob("static/**/*.js"))
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))

NEWER_STYLE = {
    ":has()": r":has\(",
    ":is() and :where()": r":(?:is|where)\(",
    "nesting": r"^\s*&",
    "@layer, @container, @scope": r"@(?:layer|container|scope|starting-style)\b",
    "color-mix(), oklch() and their like": r"\b(?:color-mix|oklch|oklab|lch|lab|light-dark)\(",
    "inset": r"(?<![\w-])inset(?:-block|-inline)?\s*:",
    "aspect-ratio": r"(?<![\w(-])aspect-ratio\s*:",
    "dvh, svh, lvh": r"\d(?:dvh|svh|lvh|dvw|svw)\b",
    "ranges in media queries": r"@media[^{]*\((?:width|height)\s*[<>]",
    "subgrid": r"\bsubgrid\b",
    "overflow: clip": r"overflow(?:-[xy])?\s*:\s*clip",
    "translate, rotate, scale as properties": r"(?<=[;{\s])(?:translate|rotate|scale)\s*:",
}
"""Chromium 87 and later, by name."""
NEWER_SCRIPT = {
    ".at()": r"\.at\(",
    "Object.hasOwn, Object.groupBy": r"Object\.(?:hasOwn|groupBy)\b",
    "structuredClone": r"\bstructuredClone\b",
    "findLast": r"\.findLast(?:Index)?\(",
    "toSorted, toReversed, with": r"\.(?:toSorted|toReversed|toSpliced)\(",
    "static blocks": r"\bstatic\s*\{",
    "await outside a function": r"^await\b",
    "regular expressions with d or v": r"\(/\S+/[gimsuy]*[dv][gimsuy]*(?=[.,;)\s])",
    "AbortSignal.timeout, AbortSignal.any": r"AbortSignal\.(?:timeout|any)\b",
    "crypto.randomUUID": r"\brandomUUID\b",
    "Array.fromAsync": r"Array\.fromAsync\b",
    "Promise.withResolvers": r"withResolvers\b",
    "URL.canParse": r"URL\.canParse\b",
    "private in": r"#\w+\s+in\b",
    "popover": r"\b(?:showPopover|togglePopover)\b",
    "import attributes": r"\bimport\b[^;]*\bwith\s*\{",
    "Error causes": r"new \w*Error\([^)]*\bcause\s*:",
}

SAMPLES = {
    ":has()": "form:has(input) { }",
    ":is() and :where()": "a:is(.x, .y) { }",
    "nesting": "  & .x { }",
    "@layer, @container, @scope": "@layer base { }",
    "color-mix(), oklch() and their like": "a { color: color-mix(in srgb, red, blue); }",
    "inset": "a { inset: 0; }",
    "aspect-ratio": "a { aspect-ratio: 1; }",
    "dvh, svh, lvh": "a { height: 100dvh; }",
    "ranges in media queries": "@media (width >= 700px) { }",
    "subgrid": "a { grid-template-rows: subgrid; }",
    "overflow: clip": "a { overflow: clip; }",
    "translate, rotate, scale as properties": "a { rotate: 90deg; }",
    ".at()": "rows.at(-1)",
    "Object.hasOwn, Object.groupBy": "Object.hasOwn(a, b)",
    "structuredClone": "structuredClone(a)",
    "findLast": "rows.findLast(one)",
    "toSorted, toReversed, with": "rows.toSorted()",
    "static blocks": "static { }",
    "await outside a function": "await load();",
    "regular expressions with d or v": "text.match(/x/gd)",
    "AbortSignal.timeout, AbortSignal.any": "AbortSignal.timeout(1)",
    "crypto.randomUUID": "crypto.randomUUID()",
    "Array.fromAsync": "Array.fromAsync(rows)",
    "Promise.withResolvers": "Promise.withResolvers()",
    "URL.canParse": "URL.canParse(text)",
    "private in": "#known in one",
    "popover": "one.showPopover()",
    "import attributes": 'import data from "x.json" with { type: "json" };',
    "Error causes": 'new Error("x", { cause: error })',
}
"""How each would look, so that no search here finds nothing because it looks for nothing."""


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def without_comments(path: Path) -> str:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"(?m)(?<!:)//.*$", "", text) if path.suffix == ".js" else text


def newer(text: str, features: dict[str, str]) -> list[str]:
    return [name for name, pattern in features.items() if re.search(pattern, text, re.MULTILINE)]


@pytest.mark.parametrize("style", STYLES, ids=name_of)
def test_a_stylesheet_needs_nothing_newer_than_the_floor(style: Path) -> None:
    assert newer(without_comments(style), NEWER_STYLE) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_a_script_needs_nothing_newer_than_the_floor(script: Path) -> None:
    assert newer(without_comments(script), NEWER_SCRIPT) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_page_needs_no_newer_elements(template: Path) -> None:
    text = template.read_text("utf-8")
    assert re.findall(r"\spopover(?:target)?\b=?|\sinert\b|<search\b|\sshadowrootmode\b", text) == []


@pytest.mark.parametrize("name", [*NEWER_STYLE, *NEWER_SCRIPT])
def test_each_search_finds_what_it_is_for(name: str) -> None:
    features = NEWER_STYLE if name in NEWER_STYLE else NEWER_SCRIPT
    assert name in newer(SAMPLES[name], features)
