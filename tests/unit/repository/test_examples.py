"""The examples that the documents give do what the documents say, and without the web."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FENCED = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
DOCUMENTS = ("README.md", "docs/law.md")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_example_gives_what_stands_below_it(document: str) -> None:
    examples = FENCED.findall((ROOT / document).read_text("utf-8"))
    known: dict[str, object] = {}
    for number, text in enumerate(examples, start=1):
        test = doctest.DocTestParser().get_doctest(text, known, f"{document} {number}", document, None)
        assert test.examples, f"{document}: example {number} has no >>>"
        said: list[str] = []
        result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(
            test, out=said.append, clear_globs=False
        )
        known = test.globs
        assert result.failed == 0, "".join(said)
    assert examples


def test_the_law_is_read_and_judges_without_the_web_or_a_database() -> None:
    program = (
        "import sys; from datetime import date\n"
        "from tidu.law.facts import Facts; from tidu.law.standards import load\n"
        "facts = Facts.of({'revenue': {2025: 1}}, year=2025, as_of=date(2026, 3, 1))\n"
        "print(load('2022-specialised').judge(facts).outcome)\n"
        "print(sorted({'django', 'psycopg', 'polars', 'duckdb'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
    )
    assert done.stdout.splitlines() == ["open", "[]"]
