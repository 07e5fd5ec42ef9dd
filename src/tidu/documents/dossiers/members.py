"""What a dossier consists of: what is made for it, and what lies in the store already."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tidu.applications.contents import notice_of
from tidu.applications.models import Case, EvidenceItem
from tidu.applications.queries import snapshots_of
from tidu.applications.queries.contents import every_paper_of, stages_of
from tidu.documents.forms import submitted_form
from tidu.documents.produced import safe_name
from tidu.files.models import StoredFile
from tidu.files.queries import is_there, pieces_of, stored_files
from tidu.inspections.queries import credit_checks_of, inspections_of
from tidu.law.personal import hide, hide_in
from tidu.proof.canonical import canonical_bytes
from tidu.records.models import Entry
from tidu.records.queries import chain_proof, inclusion_proof, last_sealed, thaw_many, timeline

CHAIN, SEAL = "5-存证/存证链.json", "5-存证/封存证明.json"


@dataclass(frozen=True)
class Member:
    """One file of a dossier: its bytes if they were made for it, else the stored file they lie in."""

    path: str
    title: str
    sha256: str
    size: int
    content: bytes | None = None
    file: StoredFile | None = None

    @property
    def is_there(self) -> bool:
        return self.file is None or is_there(self.file)

    def pieces(self) -> Iterator[bytes]:
        """The bytes; those of a stored file are never held whole."""
        if self.content is not None:
            yield self.content
        elif self.file is not None:
            yield from pieces_of(self.file)


def made(path: str, title: str, content: bytes) -> Member:
    return Member(path, title, hashlib.sha256(content).hexdigest(), len(content), content=content)


def kept(path: str, title: str, file: StoredFile) -> Member:
    return Member(path, title, file.sha256, file.size, file=file)


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


@dataclass(frozen=True)
class Snapshots:
    """The frozen bodies, and the digests of those of which a part is hidden."""

    members: tuple[Member, ...]
    withheld: tuple[str, ...]


def snapshots(case: Case) -> Snapshots:
    """Each frozen body word for word, so that its digest can be computed; unless a part is hidden."""
    rows = list(snapshots_of(case))[::-1]
    bodies = thaw_many(row.digest for row in rows)
    members, withheld = [], []
    for number, row in enumerate(rows, start=1):
        body = bodies[row.digest]
        shown = hide_in(body)
        stem = f"2-快照/{number:02d}-第{row.round}轮{row.get_kind_display()}"
        title = f"第 {row.round} 轮{row.get_kind_display()}的快照"
        if shown == body:
            members.append(made(f"{stem}.json", title, canonical_bytes(body)))
        else:
            withheld.append(row.digest)
            members.append(made(f"{stem}（部分隐去）.json", f"{title}（部分隐去）", canonical_bytes(shown)))
    return Snapshots(tuple(members), tuple(withheld))


def forms(case: Case) -> Iterator[Member]:
    """The form of each submission as a paper."""
    rounds = [row.round for row in snapshots_of(case) if row.kind == "submission"]
    for round_ in sorted(rounds):
        paper = submitted_form(case, round_, discreet=True)
        yield made(f"1-申报表/第{round_}次提交.pdf", f"第 {round_} 次提交的申报表", paper.content)


def evidence(case: Case) -> Iterator[Member]:
    """Every paper that was ever uploaded, under the item of the notice it belongs to."""
    titles = {item.id: item.title for item in notice_of(case).evidence}
    for number, item in enumerate(every_paper_of(case), start=1):
        title = titles.get(item.item, item.item)
        name = f"{number:03d}-{safe_name(hide(item.name))}"
        yield kept(f"3-佐证材料/{safe_name(title)}/{name}", _evidence_title(title, item), item.file)


def _evidence_title(title: str, item: EvidenceItem) -> str:
    taken_out = "（后来撤下）" if item.removed_at is not None else ""
    return f"{title}：{hide(item.name)}{taken_out}"


def scans(case: Case) -> Iterator[Member]:
    """Scans of letters, look-ups and acts done on paper, and photos of visits, each once."""
    seen: set[str] = set()
    for number, (title, file) in enumerate(_scans(case), start=1):
        if file.sha256 not in seen:
            seen.add(file.sha256)
            yield kept(f"4-办理材料/{number:03d}-{safe_name(title)}.{file.kind}", title, file)


def _scans(case: Case) -> Iterator[tuple[str, StoredFile]]:
    for stage in stages_of(case).select_related("letter__scan"):
        if stage.letter is not None and stage.letter.scan is not None:
            yield f"{stage.letter.get_kind_display()}文件 {stage.letter.number}", stage.letter.scan
    for check in credit_checks_of(case).order_by("recorded_at", "pk"):
        if check.scan is not None:
            yield f"{check.get_source_display()}查询 {check.checked_on}", check.scan
    for visit in inspections_of(case):
        for photo in visit.photos.all():
            yield f"实地核查照片 {visit.visited_on}", photo.file
    yield from _scans_of_acts(case)


def _scans_of_acts(case: Case) -> Iterator[tuple[str, StoredFile]]:
    """The originals of what was done on paper and entered afterwards."""
    entered = [offline for entry in timeline(case.chain) if (offline := (entry.content or {}).get("offline"))]
    files = stored_files(offline["scan"] for offline in entered if offline["scan"] is not None)
    for offline in entered:
        if offline["scan"] in files:
            yield f"线下办理原件 {offline['event_on']}", files[offline["scan"]]


def ledger(case: Case) -> Iterator[Member]:
    """The chain with its bodies, and the proof that its newest sealed entry was, if any night has come."""
    proof = chain_proof(case.chain, bodies=True, withhold=_is_personal)
    yield made(CHAIN, "存证链", as_json(proof))
    sealed = last_sealed(case.chain)
    if sealed is not None:
        yield made(SEAL, "封存证明", as_json(inclusion_proof(sealed)))


def _is_personal(entry: Entry) -> bool:
    content = entry.content
    return bool(hide_in(content) != content)


def those_there(members: Iterable[Member]) -> tuple[list[Member], list[Member]]:
    """The members whose bytes are there, and those whose are gone from the store."""
    found: list[Member] = []
    gone: list[Member] = []
    for member in members:
        (found if member.is_there else gone).append(member)
    return found, gone
