"""OpenFisca and zen-engine on the same firms, run by a Python of their own, and where they answer wrongly.

They are no packages of ours. The environment `peers` stands in the benchmark's home, with the packages
OpenFisca-Core, zen-engine and polars.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import polars as pl

ZEN_FIRMS = 2_000

Row = dict[str, Any]


def other_engines(at: Path, prepared: pl.DataFrame, results: pl.DataFrame) -> list[Row]:
    """Seconds, firms per second and errors of each, or that it is not installed; `at` is a folder."""
    python = Path(os.environ["TIDU_HOME"]) / "peers" / "bin" / "python"
    names = ("openfisca_float32", "openfisca_float64", "zen")
    if not python.exists():
        return [{"way": name, "seconds": f"not installed ({python})"} for name in names]
    prepared.write_parquet(at / "prepared.parquet")
    certain = ~pl.any_horizontal(pl.all().is_null())
    exact = pl.all_horizontal(
        pl.col(name) == pl.col(name.removesuffix("least") + "most")
        for name in prepared.columns
        if name.endswith(".least")
    )
    is_whole = prepared.select(certain & exact).to_series()
    rows = []
    for name, width in (("openfisca_float32", 32), ("openfisca_float64", 64)):
        told = _run(python, "openfisca_form.py", at / "prepared.parquet", at / f"{name}.parquet", str(width))
        found = pl.read_parquet(at / f"{name}.parquet")
        rows.append({"way": name, **_rounded(told, prepared.height), **_errors(results, found, is_whole)})
    chosen = prepared.with_row_index("place").filter(is_whole).head(ZEN_FIRMS)
    chosen.drop("place").write_parquet(at / "few.parquet")
    told = _run(python, "zen_form.py", at / "few.parquet", at / "zen.parquet")
    found, of_them = pl.read_parquet(at / "zen.parquet"), results[chosen["place"]]
    rows.append({"way": "zen", "firms": ZEN_FIRMS, **_rounded(told, ZEN_FIRMS)})
    rows[-1] |= _errors(of_them, found, pl.repeat(True, ZEN_FIRMS, eager=True))
    return rows


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
