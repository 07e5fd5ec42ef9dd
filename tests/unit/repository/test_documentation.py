"""The documents keep up with the source."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
VARIABLE = re.compile(r"TIDU_[A-Z_]*[A-Z]|DATABASE_URL")


def test_every_environment_variable_is_explained() -> None:
    sources = [
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "tests" / "plugins").glob("*.py"),
        ROOT / "tests/settings.py",
    ]
    used = {
        name for path in sources for name in re.findall(rf'"({VARIABLE.pattern})"', path.read_text("utf-8"))
    }
    explained = set(VARIABLE.findall((ROOT / "docs" / "operations.md").read_text("utf-8")))
    assert used - explained == set()
    assert explained - used == set()


def test_the_index_lists_every_decision_by_its_title() -> None:
    folder = ROOT / "docs" / "adr"
    titles = {
        f"| [{path.name[:4]}]({path.name}) | {path.read_text('utf-8').splitlines()[0].split(' ', 2)[2]} |"
        for path in folder.glob("[0-9]*.md")
    }
    index = (folder / "README.md").read_text("utf-8").splitlines()
    assert {line for line in index if line.startswith("| [")} == titles
