"""A file comes in: piece by piece, resumable, inspected before it counts."""

import hashlib
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.flows.files.conftest import Send
from tests.unit.files import samples

from tidu.database.scope import PUBLIC, Actor, scope
from tidu.files import store
from tidu.files.actions import (
    CHUNK_LIMIT,
    LIFETIME,
    append_chunk,
    clean_name,
    discard_expired,
    finish_sealed_upload,
    finish_upload,
    start_upload,
)
from tidu.files.encryption import CannotUnseal
from tidu.files.limits import MEGABYTE, Limits, installed
from tidu.files.models import StoredFile, Upload
from tidu.files.queries import clean_file_of, file_breaks, open_file, ready_images, unseal, upload_offset
from tidu.law.refusals import Refused, sentence

REPORT = samples.pdf(pages=2)


def begin(firm: Actor, noon: datetime, content: bytes = REPORT, name: str = "审计报告.pdf") -> Upload:
    return start_upload(actor=firm, name=name, size=len(content), at=noon)


def test_a_file_sent_in_pieces_is_kept_under_its_digest(
    firm: Actor, noon: datetime, store_root: Path
) -> None:
    upload = begin(firm, noon)
    for offset in range(0, len(REPORT), 1000):
        upload = append_chunk(
            token=upload.token, offset=offset, chunk=REPORT[offset : offset + 1000], at=noon
        )
    file = finish_upload(token=upload.token, at=noon, sha256=hashlib.sha256(REPORT).hexdigest().upper())
    assert (file.sha256, file.size, file.kind, file.pages) == (
        hashlib.sha256(REPORT).hexdigest(),
        len(REPORT),
        "pdf",
        2,
    )
    assert (store_root / "sha256" / file.sha256[:2] / file.sha256[2:4] / file.sha256).read_bytes() == REPORT
    with open_file(file) as opened:
        assert opened.read() == REPORT


def test_a_broken_connection_is_resumed_where_it_broke(firm: Actor, noon: datetime) -> None:
    token = begin(firm, noon).token
    append_chunk(token=token, offset=0, chunk=REPORT[:1000], at=noon)
    assert upload_offset(token) == (1000, len(REPORT))
    with pytest.raises(Refused) as refusal:
        append_chunk(token=token, offset=0, chunk=REPORT[:1000], at=noon)
    assert refusal.value.values["wanted"] == 1000
    append_chunk(token=token, offset=1000, chunk=REPORT[1000:], at=noon)
    assert finish_upload(token=token, at=noon).size == len(REPORT)
    assert upload_offset(token) == (len(REPORT), len(REPORT))


def test_octets_that_never_reached_the_disk_are_asked_for_again(firm: Actor, noon: datetime) -> None:
    token = begin(firm, noon).token
    append_chunk(token=token, offset=0, chunk=REPORT[:1000], at=noon)
    store.quarantined(token).write_bytes(REPORT[:400])
    assert upload_offset(token) == (400, len(REPORT))
    append_chunk(token=token, offset=400, chunk=REPORT[400:], at=noon)
    assert finish_upload(token=token, at=noon).sha256 == hashlib.sha256(REPORT).hexdigest()


def test_a_piece_whose_transaction_failed_is_written_over(firm: Actor, noon: datetime) -> None:
    token = begin(firm, noon).token
    store.write_at(store.quarantined(token), 0, b"left behind by a piece that was never counted")
    append_chunk(token=token, offset=0, chunk=REPORT, at=noon)
    assert finish_upload(token=token, at=noon).sha256 == hashlib.sha256(REPORT).hexdigest()


def test_finishing_again_answers_the_same_file(firm: Actor, noon: datetime) -> None:
    token = begin(firm, noon).token
    append_chunk(token=token, offset=0, chunk=REPORT, at=noon)
    assert finish_upload(token=token, at=noon) == finish_upload(token=token, at=noon + 2 * LIFETIME)


def test_the_quarantined_copy_goes_when_the_row_is_sure_to_stay(
    send: Send, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, store_root: Path
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send("审计报告.pdf", REPORT)
    assert list((store_root / "quarantine").iterdir()) == []


def test_the_same_octets_are_kept_once_for_each_who_sent_them(send: Send, firm: Actor) -> None:
    assert send("审计报告.pdf", REPORT) == send("年报.pdf", REPORT)
    assert StoredFile.objects.count() == 1
    assert sorted(Upload.objects.values_list("name", flat=True)) == ["审计报告.pdf", "年报.pdf"]


def test_what_was_found_clean_before_still_obeys_narrower_limits(send: Send) -> None:
    send("审计报告.pdf", REPORT)
    with pytest.raises(Refused, match="file_too_many_pages"):
        send("审计报告.pdf", REPORT, limits=Limits(pages=1))


# What is refused


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("审计报告.pdf", 0, "file_empty"),
        ("审计报告.pdf", 50 * MEGABYTE + 1, "file_too_large"),
        ("审计报告.doc", 10, "file_type_not_accepted"),
        ("审计报告", 10, "file_type_not_accepted"),
        ("木马.pdf.exe", 10, "file_type_not_accepted"),
        ("机密★10年.pdf", 10, "secrecy_mark_in_file_name"),
        (" ", 10, "file_without_name"),
        (".pdf", 10, "file_type_not_accepted"),
        ("长." + "长" * 200, 10, "file_without_name"),
    ],
)
def test_name_and_size_are_judged_before_anything_is_sent(
    firm: Actor, noon: datetime, name: str, size: int, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        start_upload(actor=firm, name=name, size=size, at=noon)
    assert refusal.value.code == code
    assert sentence(refusal.value)
    assert not Upload.objects.exists()


def test_a_notice_narrows_what_is_accepted(firm: Actor, noon: datetime) -> None:
    limits = installed().narrowed(formats=["pdf", "JPG", "dwg"], megabytes=2)
    start_upload(actor=firm, name="扫描.jpeg", size=2 * MEGABYTE, at=noon, limits=limits)
    with pytest.raises(Refused, match="file_type_not_accepted"):
        start_upload(actor=firm, name="截图.png", size=10, at=noon, limits=limits)
    with pytest.raises(Refused, match="file_too_large"):
        start_upload(actor=firm, name="扫描.pdf", size=2 * MEGABYTE + 1, at=noon, limits=limits)


@pytest.mark.parametrize(
    ("content", "code"),
    [(samples.image("PNG"), "file_mislabelled"), (samples.pdf(pages=4), "file_too_many_pages")],
    ids=["mislabelled", "too many pages"],
)
def test_a_refused_file_leaves_nothing(
    firm: Actor, noon: datetime, store_root: Path, content: bytes, code: str
) -> None:
    token = begin(firm, noon, content).token
    append_chunk(token=token, offset=0, chunk=content, at=noon)
    with pytest.raises(Refused, match=code):
        finish_upload(token=token, at=noon, limits=Limits(pages=3))
    assert not StoredFile.objects.exists()
    assert [path for path in store_root.rglob("*") if path.is_file()] == []
    assert upload_offset(token) == (0, len(content))


def test_what_arrived_damaged_is_refused(firm: Actor, noon: datetime) -> None:
    token = begin(firm, noon).token
    append_chunk(token=token, offset=0, chunk=REPORT, at=noon)
    with pytest.raises(Refused, match="upload_damaged"):
        finish_upload(token=token, at=noon, sha256="0" * 64)


def test_an_upload_neither_stops_short_nor_runs_over(firm: Actor, noon: datetime) -> None:
    token = begin(firm, noon).token
    append_chunk(token=token, offset=0, chunk=REPORT[:-1], at=noon)
    with pytest.raises(Refused, match="upload_incomplete"):
        finish_upload(token=token, at=noon)
    with pytest.raises(Refused, match="upload_longer_than_declared"):
        append_chunk(token=token, offset=len(REPORT) - 1, chunk=b"xx", at=noon)
    with pytest.raises(Refused, match="chunk_too_large"):
        append_chunk(token=token, offset=0, chunk=bytes(CHUNK_LIMIT + 1), at=noon)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=1)])
def test_an_upload_expires_to_the_second(firm: Actor, noon: datetime, late: timedelta) -> None:
    token = begin(firm, noon).token
    append_chunk(token=token, offset=0, chunk=b"%PDF", at=noon + LIFETIME - timedelta(seconds=1))
    with pytest.raises(Refused, match="upload_expired"):
        append_chunk(token=token, offset=4, chunk=b"-1.7", at=noon + LIFETIME + late)


def test_what_nobody_finished_is_cleared_away(
    firm: Actor, noon: datetime, send: Send, store_root: Path
) -> None:
    send("审计报告.pdf", REPORT)
    for name in ("旧.pdf", "新.pdf"):
        at = noon if name == "旧.pdf" else noon + LIFETIME
        token = start_upload(actor=firm, name=name, size=9, at=at).token
        append_chunk(token=token, offset=0, chunk=b"%PDF", at=at)
    assert discard_expired(at=noon + LIFETIME + timedelta(seconds=1)) == 1
    assert discard_expired(at=noon + LIFETIME + timedelta(seconds=1)) == 0
    assert dict(Upload.objects.values_list("name", "received")) == {
        "审计报告.pdf": len(REPORT),
        "旧.pdf": 0,
        "新.pdf": 4,
    }


def test_octets_of_which_no_row_speaks_are_cleared_away_as_well(firm: Actor, noon: datetime) -> None:
    """A page that failed took its rows with it, not what it had put on the disk."""
    orphan = store.quarantined("0" * 32)
    store.write_at(orphan, 0, b"%PDF")
    os.utime(orphan, (noon.timestamp(), noon.timestamp()))
    assert discard_expired(at=noon + LIFETIME) == 0
    assert discard_expired(at=noon + LIFETIME + timedelta(seconds=1)) == 1
    assert not orphan.exists()


def test_what_the_public_sends_bears_its_name_in_no_row(noon: datetime, db: None) -> None:
    with scope(PUBLIC):
        upload = begin(PUBLIC, noon, name="王某某的工资条.pdf")
        append_chunk(token=upload.token, offset=0, chunk=REPORT, at=noon)
        kept = Upload.objects.get()
        assert (kept.name, kept.sent_as) == ("附件.pdf", "王某某的工资条.pdf")
        assert "工资条".encode() not in bytes(kept.sealed_name or b"")
        with pytest.raises(Refused) as refusal:
            finish_sealed_upload(token=upload.token, at=noon, context="objection:0f", sha256="0" * 64)
    assert "“王某某的工资条.pdf”在传送中有损" in sentence(refusal.value)


def test_an_auditor_sends_nothing(noon: datetime, db: None) -> None:
    with pytest.raises(Refused) as refusal:
        begin(Actor(kind="auditor", account_id=9, office_id=1), noon)
    assert sentence(refusal.value) == ("审计账号只能查看，不能上传“审计报告.pdf”。请由本单位的经办人员上传。")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\我的文档\\审计报告.pdf", "审计报告.pdf"),
        ("../../etc/审计报告.pdf", "审计报告.pdf"),
        ("审计\u202e报告\x00\n.pdf", "审计报告.pdf"),
        ("e\u0301.pdf", "\u00e9.pdf"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


# Afterwards


def test_a_file_is_found_by_who_sent_it(send: Send, firm: Actor) -> None:
    file = send("审计报告.pdf", REPORT)
    assert clean_file_of(firm, file.pk) == file
    with pytest.raises(Refused, match="file_not_yours"):
        clean_file_of(Actor(kind="firm", account_id=9, firm_id=4), file.pk)
    with pytest.raises(Refused, match="file_not_yours"):
        clean_file_of(firm, file.pk + 1)


def test_pictures_are_told_from_other_files(send: Send) -> None:
    photo, report = send("现场.jpg", samples.image("JPEG")), send("审计报告.pdf", REPORT)
    assert ready_images([photo.pk, report.pk, 0]) == {photo.pk}


def test_a_sealed_file_is_kept_unreadable_and_opens_in_its_context(
    send: Send, store_root: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        file = send("举证.pdf", REPORT, finish=finish_sealed_upload, context="objection:0f")
    assert (file.kind, file.pages) == ("sealed", None)
    assert all(b"%PDF" not in path.read_bytes() for path in store_root.rglob("*") if path.is_file())
    assert unseal(file, context="objection:0f") == REPORT
    with pytest.raises(CannotUnseal):
        unseal(file, context="objection:10")


def test_a_sealing_that_is_rolled_back_can_be_done_again(send: Send, firm: Actor, noon: datetime) -> None:
    upload = begin(firm, noon)
    append_chunk(token=upload.token, offset=0, chunk=REPORT, at=noon)
    for context in ("objection:0f", "objection:10"):
        with transaction.atomic():
            file = finish_sealed_upload(token=upload.token, at=noon, context=context)
            assert unseal(file, context=context) == REPORT
            transaction.set_rollback(True)
    assert Upload.objects.get().file is None
    assert finish_upload(token=upload.token, at=noon).kind == "pdf"


def test_verification_finds_an_altered_and_a_missing_file(send: Send, store_root: Path) -> None:
    altered, missing = send("审计报告.pdf", REPORT), send("现场.jpg", samples.image("JPEG"))
    send("说明.docx", samples.docx())
    assert list(file_breaks()) == []
    path = store.stored(altered.sha256)
    path.chmod(0o600)
    path.write_bytes(REPORT + b"\n")
    store.stored(missing.sha256).unlink()
    assert [(broken.chain, broken.what) for broken in file_breaks()] == [
        (f"文件 {altered.pk}", "file"),
        (f"文件 {altered.pk}", "file_size"),
        (f"文件 {missing.pk}", "file_missing"),
    ]
