"""OpenFisca and zen-engine on the same firms, run by a Python of their own, and where they answer wrongly.

They are no packages of ours: they stand in an environment of their own (`bench/peers/environment.py`).
"""

import json
import subprocess
from pathlib import Path
from typing import Any

import polars as pl

from bench.peers.environment import PeersMissing, peers_python

ZEN_FIRMS = 2_000

Row = dict[str, Any]


def other_engines(at: Path, prepared: pl.DataFrame, results: pl.DataFrame) -> list[Row]:
    """Seconds, firms per second and errors of each, or that there is none; `at` is a folder."""
    try:
        python = peers_python()
    except PeersMissing as missing:
        return [{"way": "openfisca, zen", "missing": str(missing)}]
    is_whole = _known_in_full(prepared)
    few = prepared.with_row_index("place").filter(is_whole).head(ZEN_FIRMS)
    all_known = pl.repeat(True, few.height, eager=True)
    rows: list[Row] = []
    for name, script, more, firms, right, whole in (
        ("openfisca_float32", "openfisca_form.py", ["32"], prepared, results, is_whole),
        ("openfisca_float64", "openfisca_form.py", ["64"], prepared, results, is_whole),
        ("zen", "zen_form.py", [], few.drop("place"), results[few["place"]], all_known),
    ):
        firms.write_parquet(at / "asked.parquet")
        told = _run(python, script, at / "asked.parquet", at / "answered.parquet", *more)
        found = pl.read_parquet(at / "answered.parquet")
        rows.append({"way": name, "firms": firms.height, **_rounded(told, firms.height)})
        rows[-1] |= _errors(right, found, whole)
    return rows


def _known_in_full(prepared: pl.DataFrame) -> pl.Series:
    """Of which firms nothing is missing and every count is certain."""
    is_certain = ~pl.any_horizontal(pl.all().is_null())
    counts = [name.removesuffix(".least") for name in prepared.columns if name.endswith(".least")]
    is_exact = pl.all_horizontal(pl.col(f"{name}.least") == pl.col(f"{name}.most") for name in counts)
    return prepared.select(is_certain & is_exact).to_series()


def _rounded(told: dict[str, float], firms: int) -> Row:
    return {k: round(v, 3) for k, v in told.items()} | {"firms_per_second": round(firms / told["seconds"])}


def _run(python: Path, script: str, *arguments: object) -> dict[str, float]:
    command = [str(python), str(Path(__file__).parent / "peers" / script), *map(str, arguments)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def _errors(results: Any, found: Any, is_whole: Any) -> Row:
    """Wrong scores and verdicts, of firms of whom everything is known (precision alone) and of the others.

    Right is what is certain: `score.least`, in which the provincial indicator counts nothing, and a verdict
    that is not open. `passed_though_open` pass although what is missing could still fail them.
    """
    wrong_score = found["score"] != results["score.least"]
    outcome, verdict = results["outcome"], found["verdict"]
    is_wrong = (verdict != outcome) & outcome.is_not_null()
    is_rash = outcome.is_null() & verdict & ~is_whole
    return {
        "wrong_scores_complete": int((wrong_score & is_whole).sum()),
        "wrong_scores_incomplete": int((wrong_score & ~is_whole).sum()),
        "wrong_verdicts_complete": int((is_wrong & is_whole).sum()),
        "wrong_verdicts_incomplete": int((is_wrong & ~is_whole).sum()),
        "passed_though_open": int(is_rash.sum()),
    }
