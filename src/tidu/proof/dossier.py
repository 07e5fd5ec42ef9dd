"""A dossier (案卷): everything about one case in one ZIP file, and how it is checked.

`清单.json` names every member with its SHA-256; `chain` and `proofs` are documents of this folder's other
formats; `snapshots` are frozen bodies, whose digests the chain's entries name; `evidence` are the files that
those bodies name. What was withheld (a text held personal data) stands under `withheld` by the digest of the
original, so that its absence is declared and not found out.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from .chain import Break
from .documents import Malformed, document_breaks

FORMAT = "tidu.dossier.1"
MANIFEST = "清单.json"
PIECE = 1 << 20


def archive_breaks(path: Path) -> list[Break]:
    """Every place where a dossier does not hold; raises :class:`Malformed` for what is no dossier."""
    try:
        with ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["format"] != FORMAT:
                raise Malformed(f"format {manifest['format']!r}")
            return [*_files(archive, manifest), *_documents(archive, manifest)]
    except (KeyError, TypeError, AttributeError, BadZipFile) as error:
        raise Malformed(f"{type(error).__name__}: {error}") from error


def _files(archive: ZipFile, manifest: Mapping[str, Any]) -> Iterator[Break]:
    """Members against the list, both ways."""
    listed = {each["path"]: each for each in manifest["files"]}
    there = archive.namelist()
    for name in sorted(set(there) - set(listed) - {MANIFEST}):
        yield Break(name, None, "file_unlisted")
    for name in sorted({name for name in there if there.count(name) > 1}):
        yield Break(name, None, "file_twice")
    for name, each in listed.items():
        if name not in there:
            yield Break(name, None, "file_missing", expected=each["sha256"])
            continue
        found = _digest(archive, name)
        if found != each["sha256"]:
            yield Break(name, None, "file", expected=each["sha256"], found=found)


def _digest(archive: ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as member:
            while piece := member.read(PIECE):
                digest.update(piece)
    except (BadZipFile, zlib.error) as error:
        return str(error)
    return digest.hexdigest()


def _documents(archive: ZipFile, manifest: Mapping[str, Any]) -> Iterator[Break]:
    """The chain and its proofs hold, and everything they name lies in the dossier."""
    for name in (manifest["chain"], *manifest["proofs"]):
        yield from document_breaks(json.loads(archive.read(name)))
    chain = json.loads(archive.read(manifest["chain"]))
    digests = {each["path"]: each["sha256"] for each in manifest["files"]}
    declared = {*manifest["withheld"]}
    snapshots = {digests.get(name, "") for name in manifest["snapshots"]} | declared
    for entry in chain["entries"]:
        named = entry["snapshot"]
        if named is not None and named not in snapshots:
            yield Break(chain["chain"], entry["seq"], "snapshot_missing", expected=named)
    papers = {digests.get(name, "") for name in manifest["evidence"]} | declared
    for name in manifest["snapshots"]:
        for paper in json.loads(archive.read(name)).get("evidence", ()):
            if paper["sha256"] not in papers:
                yield Break(name, None, "file_missing", expected=paper["sha256"])
    yield from _seals(archive, manifest, chain)


def _seals(archive: ZipFile, manifest: Mapping[str, Any], chain: Mapping[str, Any]) -> Iterator[Break]:
    """What was sealed at night is an entry of this very chain."""
    entries = {entry["digest"] for entry in chain["entries"]}
    for name in manifest["proofs"]:
        sealed = json.loads(archive.read(name))["entry"]
        if sealed["digest"] not in entries:
            yield Break(chain["chain"], sealed["seq"], "sealed", found=sealed["digest"])
