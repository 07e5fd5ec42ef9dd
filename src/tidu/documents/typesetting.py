"""Setting papers with Typst: a template of this room, plain data, PDF/A out.

The fonts come with the installation, so that a paper looks the same on every machine; the moment on the paper
is an argument, so that the same data give the same bytes.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst
from pylopdf_fonts_zh_cn import serif_path

PAPERS = Path(__file__).parent / "papers"
ARCHIVAL: Literal["a-2a"] = "a-2a"
"""PDF/A-2 with the tags that a screen reader needs: these papers are kept for years."""


def typeset(paper: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The paper `papers/<paper>.typ` filled with `data`, dated `at`."""
    return bytes(
        typst.compile(
            str(PAPERS / f"{paper}.typ"),
            root=str(PAPERS),
            font_paths=[str(serif_path().parent)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=ARCHIVAL,
            timestamp=at.replace(microsecond=0),
        )
    )
