"""Colours that stand on each other are told apart: WCAG 2.2 AA."""

import re
from pathlib import Path

import pytest

import tidu

SHEET = Path(tidu.__file__).parent / "portals/parts/static/parts/tidu.css"
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", SHEET.read_text(encoding="utf-8")))
TEXT, EDGE = 4.5, 3.0


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *[(text, ground) for text in ("ink", "muted", "blue", "act") for ground in ("paper", "wash", "head")],
        *[(status, f"{status}-wash") for status in ("ok", "no", "open", "blue", "act")],
        *[(status, "paper") for status in ("ok", "no", "open", "blue-deep")],
        ("open", "head"),
        ("muted", "act-wash"),
        ("muted", "blue-wash"),
        ("muted", "no-row"),
        ("paper", "blue"),
        ("paper", "act"),
        ("paper", "no"),
    ],
)
def test_text_is_readable_on_its_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= TEXT


def test_edge_of_a_control_is_seen() -> None:
    assert contrast("edge", "paper") >= EDGE
