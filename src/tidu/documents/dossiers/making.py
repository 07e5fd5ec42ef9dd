"""Putting a dossier together: members gathered, the cover written last and placed first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tidu.applications.models import Case
from tidu.documents.dossiers import members
from tidu.documents.dossiers.archive import zipped
from tidu.documents.dossiers.members import Member, Snapshots, as_json, made
from tidu.documents.dossiers.sections import minute, sections_of
from tidu.documents.produced import file_name
from tidu.documents.typesetting import typeset
from tidu.proof.canonical import moment_text
from tidu.proof.dossier import FORMAT, MANIFEST

ZIP = "application/zip"
COVER = "0-封面与目录.pdf"


@dataclass(frozen=True)
class Dossier:
    """A dossier, gathered; it can be sent after the scope in which it was made has ended."""

    name: str
    members: tuple[Member, ...]
    at: datetime

    def stream(self) -> Iterator[bytes]:
        """The file, a piece at a time."""
        return zipped(self.members, at=self.at)


def dossier_of(case: Case, *, made_by: str, at: datetime) -> Dossier:
    """Everything that the actor in scope may read of a case."""
    frozen = members.snapshots(case)
    papers, gone = members.those_there(members.evidence(case))
    scans, lost = members.those_there(members.scans(case))
    inside = [*members.forms(case), *frozen.members, *papers, *scans, *members.ledger(case)]
    cover = made(COVER, "封面与目录", _cover(case, inside, [*gone, *lost], made_by, at))
    whole = [cover, *inside]
    listed = made(MANIFEST, "清单", as_json(_manifest(case, whole, frozen, papers, gone, at)))
    name = file_name("案卷", case.number, case.firm.name, suffix="zip")
    return Dossier(name, (*whole, listed), at)


def _manifest(
    case: Case,
    whole: Sequence[Member],
    frozen: Snapshots,
    papers: Sequence[Member],
    gone: Sequence[Member],
    at: datetime,
) -> dict[str, Any]:
    """What `python -m tidu.proof verify` reads."""
    return {
        "format": FORMAT,
        "case": case.number,
        "made_at": moment_text(at),
        "files": [{"path": one.path, "sha256": one.sha256, "size": one.size} for one in whole],
        "chain": members.CHAIN,
        "proofs": [one.path for one in whole if one.path == members.SEAL],
        "snapshots": [one.path for one in frozen.members],
        "evidence": [one.path for one in papers],
        "withheld": [*frozen.withheld, *(one.sha256 for one in gone)],
    }


def _cover(case: Case, inside: Sequence[Member], gone: Sequence[Member], made_by: str, at: datetime) -> bytes:
    data = {
        "title": f"案卷 {case.number}",
        "number": case.number,
        "sample": case.firm.is_demonstration,
        "cover": [{"label": label, "value": value} for label, value in _facts(case, made_by, at).items()],
        "sections": [section.data() for section in sections_of(case)],
        "files": [
            {"path": one.path, "title": one.title, "size": _size(one.size), "sha256": one.sha256}
            for one in inside
        ],
        "gone": [{"title": one.title, "sha256": one.sha256} for one in gone],
        "manifest": MANIFEST,
    }
    return typeset("dossier", data, at=at)


def _facts(case: Case, made_by: str, at: datetime) -> dict[str, str]:
    return {
        "案号": case.number,
        "企业名称": case.firm.name,
        "统一社会信用代码": case.firm.uscc,
        "属地": case.firm.area.name,
        "通知": case.batch.notice.title,
        "批次": f"{case.batch.title}　{case.get_title_kind_display()}{case.get_kind_display()}",
        "状态": f"{case.get_status_display()}{'：' + case.reason if case.reason else ''}",
        "首次提交": minute(case.submitted_at),
        "制作单位": made_by,
        "制作时间": minute(at),
    }


def _size(octets: int) -> str:
    if octets >= 1 << 20:
        return f"{octets / (1 << 20):.1f} MB"
    return f"{max(1, round(octets / 1024))} kB"
