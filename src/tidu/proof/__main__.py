"""``python -m tidu.proof verify FILE``: check a published proof with nothing but this folder.

Exit status: 0 the proof holds, 1 it does not, 2 the file cannot be read as a proof.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from zipfile import is_zipfile

from .chain import Break
from .documents import Malformed, document_breaks
from .dossier import archive_breaks
from .wording import sentence

USAGE = "用法：python -m tidu.proof verify 文件.json 或 案卷.zip"


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or arguments[0] != "verify":
        sys.stderr.write(f"{USAGE}\n")
        return 2
    path = Path(arguments[1])
    try:
        found = _breaks(path)
    except (OSError, ValueError, RecursionError) as error:
        kind = "不是本程序认识的证明文件" if isinstance(error, Malformed) else "读不出该文件"
        sys.stderr.write(f"{path.name}：{kind}（{error}）\n")
        return 2
    lines = [sentence(broken) for broken in found]
    lines.append(f"{path.name}：{'核验通过' if not found else f'核验不通过，共 {len(found)} 处'}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if found else 0


def _breaks(path: Path) -> list[Break]:
    """Of a dossier, or of a single document."""
    if is_zipfile(path):
        return archive_breaks(path)
    return document_breaks(json.loads(path.read_bytes()))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
