"""Rules that every template and script of the house keeps, whoever writes it."""

import re
from pathlib import Path

import pytest

import tidu

HOUSE = Path(tidu.__file__).parent
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))
SCRIPTS = sorted(HOUSE.rglob("static/**/*.js"))
PARTS = HOUSE / "portals" / "parts" / "static" / "parts"

WEIGHT = 120_000
"""Bytes of our own styles and scripts, not compressed."""
DRAW_WEIGHT = 60_000
"""The draw run again in the browser: only the page that does it loads it."""
STYLE_WEIGHT = 30_000

TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
CLASSES = re.compile(r'\bclass="([^"]*)"')
HOOKS = {"lead", "verdict", "files", "name", "refused"}
"""Classes that only carry meaning for scripts and tests, or are styled through another selector."""


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_template_has_nothing_inline(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert re.findall(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_template_loads_nothing_from_elsewhere(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)=[\"'](?:https?:)?//", text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_class_of_a_template_is_in_the_stylesheet(template: Path) -> None:
    portal = next(folder.parent for folder in template.parents if folder.name == "templates")
    own = portal.glob("static/*/*.css")
    styles = "".join(path.read_text(encoding="utf-8") for path in (PARTS / "tidu.css", *own))
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", styles))
    text = TAG.sub(" ", template.read_text(encoding="utf-8"))
    # `depth-{{ depth }}` leaves `depth-`
    used = {word for words in CLASSES.findall(text) for word in words.split() if not word.endswith("-")}
    assert used - known - HOOKS == set()


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_script_builds_no_style_and_runs_no_text(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert re.findall(r"\.style\b|\beval\(|new Function|document\.write|console\.", text) == []


def test_styles_and_scripts_stay_light() -> None:
    ours = {
        path: path.stat().st_size for path in HOUSE.rglob("static/**/*") if path.suffix in {".css", ".js"}
    }
    draw = sum(size for path, size in ours.items() if path.parent.name == "draw")
    assert draw < DRAW_WEIGHT
    assert sum(ours.values()) - draw < WEIGHT
    assert (PARTS / "tidu.css").stat().st_size < STYLE_WEIGHT
