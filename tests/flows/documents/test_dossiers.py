"""案卷: everything about one case in one file that anybody can check, and nothing that must stay hidden."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from tests import cases, papers, scene
from tests.flows.publicity.publishing import OBJECTOR, entry_of, object_to, publish
from tests.journeys.city import City

import tidu
from tidu.applications.actions import Offline, receive, record_finding, submit
from tidu.applications.models import Case, CaseField, CaseStage, EvidenceItem
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.demonstration.papers import upload
from tidu.documents.actions import make_dossier
from tidu.documents.dossiers.making import Dossier
from tidu.files.models import StoredFile
from tidu.files.store import PIECE, keep_bytes, stored
from tidu.inspections.actions import Found, Photo, Visit, record_inspection
from tidu.inspections.enums import InspectionResult
from tidu.law.calendars import legal_day
from tidu.law.personal import HIDDEN
from tidu.law.refusals import Refused, sentence
from tidu.offices.enums import Role
from tidu.proof.dossier import archive_breaks
from tidu.publicity.actions import accept_objection
from tidu.records.actions import seal_day
from tidu.records.queries import timeline

pytestmark = pytest.mark.django_db

IDENTITY = "210203199003070018"
"""Of nobody: a number of the right shape."""
NOTES = "现场另见一台停用设备"


@pytest.fixture
def round_(db: None) -> cases.Round:
    return papers.open_round("soft")


@pytest.fixture
def case(round_: cases.Round) -> Case:
    """A firm's whole application, received, found on, visited; its papers have come."""
    return whole_case(round_)


def whole_case(round_: cases.Round, product: str = "") -> Case:
    city = City([round_.batch], round_.east, round_.west, round_.city, round_.province)
    firm = round_.firms[1] = city.firm(1)
    case = city.fill(1, 1, "2026-03-16 09:00")
    if product:
        with scope(SYSTEM):
            CaseField.objects.filter(case=case, fact="address").update(value=product)
    submit(actor=firm, case_id=case.pk, expected_version=None, declared=True, at=round_.at)
    east, at = round_.east, round_.later()
    original = upload(east, "受理登记簿.png", cases.picture(7), at)
    entered = Offline(legal_day(at), "示例东区档案室", original.pk)
    receive(actor=east, case_id=case.pk, expected_version=None, at=at, offline=entered)
    reason = f"对照社保记录{product}"
    record_finding(actor=east, case_id=case.pk, fact="employees", period=2025, value=80, reason=reason, at=at)
    cases.checked(round_, east, case)
    photo = Photo(cases.scan(east, "jpeg"))
    seen = (Found("从业人员", "86人", "86人", is_consistent=True),)
    visit = Visit(
        legal_day(at), ("股长", "科员"), InspectionResult.CONSISTENT, seen, notes=NOTES, photos=(photo,)
    )
    record_inspection(actor=east, case_id=case.pk, visit=visit, at=at)
    papers.counted(round_, papers.arrived(round_), case)
    return cases.again(case)


def auditor(round_: cases.Round) -> Actor:
    return scene.office_actor(scene.CITY, Role.AUDITOR, "city-auditor")


def made(actor: Actor, case: Case, round_: cases.Round) -> Dossier:
    return make_dossier(actor=actor, case_id=case.pk, at=round_.later())


def opened(dossier: Dossier) -> ZipFile:
    return ZipFile(BytesIO(b"".join(dossier.stream())))


def cover(archive: ZipFile) -> str:
    pages = PdfReader(BytesIO(archive.read("0-封面与目录.pdf"))).pages
    return "".join("".join(page.extract_text().split()) for page in pages).replace("\u200b", "")


def everything(archive: ZipFile) -> str:
    """Every word in the file: texts, papers, names."""
    words = list(archive.namelist())
    for name in archive.namelist():
        content = archive.read(name)
        if name.endswith(".json"):
            words.append(content.decode())
        elif name.startswith(("0-", "1-")):
            pages = PdfReader(BytesIO(content)).pages
            words.append("".join("".join(page.extract_text().split()) for page in pages))
    return "\n".join(words)


def saved(dossier: Dossier, folder: Path) -> Path:
    path = folder / "案卷.zip"
    path.write_bytes(b"".join(dossier.stream()))
    return path


def test_it_holds_every_part_in_one_order(round_: cases.Round, case: Case) -> None:
    archive = opened(made(round_.east, case, round_))
    names = archive.namelist()
    assert archive.testzip() is None
    assert names[:3] == ["0-封面与目录.pdf", "1-申报表/第1次提交.pdf", "2-快照/01-第1轮提交.json"]
    with scope(round_.east):
        papers_ = EvidenceItem.objects.filter(case=case).count()
    assert len([name for name in names if name.startswith("3-佐证材料/")]) == papers_ > 5
    assert names[-1] == "清单.json"
    assert "5-存证/存证链.json" in names


def test_the_cover_tells_what_was_done_by_whom_and_when(round_: cases.Round, case: Case) -> None:
    words = cover(opened(made(round_.east, case, round_)))
    for text in (case.number, "示例东区科技和工业信息化局", "对照社保记录", "从业人员：填报86人，所见86人"):
        assert text in words
    for text in ("信用中国", NOTES, "审计报告原件1份", "SF1000000001", "制作案卷", "2026-03-1709:00"):
        assert text in words
    heads = ["一、办理经过", "三、认定意见（逐项）", "九、异议办理", "十、纸质材料", "十一、文件清单"]
    places = [words.rindex(head) for head in heads]
    assert places == sorted(places)


def test_the_same_moment_gives_the_same_bytes(round_: cases.Round, case: Case) -> None:
    dossier = made(round_.east, case, round_)
    assert b"".join(dossier.stream()) == b"".join(dossier.stream())


def test_evidence_lies_in_it_byte_for_byte(round_: cases.Round, case: Case) -> None:
    archive = opened(made(round_.east, case, round_))
    with scope(round_.east):
        item = EvidenceItem.objects.filter(case=case).select_related("file").order_by("item", "added_at")[0]
    (name,) = (name for name in archive.namelist() if "/001-" in name and name.startswith("3-"))
    assert archive.read(name) == stored(item.file.sha256).read_bytes()
    (name,) = (name for name in archive.namelist() if "线下办理原件" in name)
    assert archive.read(name) == cases.picture(7)


# ------------------------------------------------------------------ 核验


def test_anybody_can_check_it_with_the_proof_folder_alone(
    round_: cases.Round, case: Case, tmp_path: Path
) -> None:
    with scope(SYSTEM):
        seal_day(day=legal_day(round_.at), at=round_.at)
    path = saved(made(round_.east, case, round_), tmp_path)
    source = Path(next(iter(tidu.__path__))).parent
    command = [sys.executable, "-S", "-m", "tidu.proof", "verify", str(path)]
    checked = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout.strip()) == (0, "案卷.zip：核验通过")
    with ZipFile(path) as archive:
        assert "5-存证/封存证明.json" in archive.namelist()


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same archive after somebody has had his hands on it."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    other = path.with_name("改动.zip")
    with ZipFile(other, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return other


def first(members: dict[str, bytes], beginning: str) -> str:
    return next(name for name in members if name.startswith(beginning))


def alter_a_paper(members: dict[str, bytes]) -> None:
    members[first(members, "3-")] += b" "


def leave_a_paper_out_of_file_and_list(members: dict[str, bytes]) -> None:
    """Every copy of it: the same bytes may prove two things."""
    content = members[first(members, "3-")]
    out = [name for name in members if members[name] == content]
    listed = json.loads(members["清单.json"])
    listed["files"] = [each for each in listed["files"] if each["path"] not in out]
    listed["evidence"] = [name for name in listed["evidence"] if name not in out]
    for name in out:
        del members[name]
    members["清单.json"] = json.dumps(listed, ensure_ascii=False).encode()


def put_a_paper_in(members: dict[str, bytes]) -> None:
    members["3-佐证材料/后补.pdf"] = b"%PDF"


def rewrite_the_chain(members: dict[str, bytes]) -> None:
    chain = json.loads(members["5-存证/存证链.json"])
    chain["entries"][1]["body"] = chain["entries"][1]["body"].replace("draft", "drawn")
    members["5-存证/存证链.json"] = json.dumps(chain, ensure_ascii=False).encode()


def rewrite_a_snapshot_and_the_list(members: dict[str, bytes]) -> None:
    name = first(members, "2-")
    members[name] = members[name].replace(b'"round":1', b'"round":2')
    listed = json.loads(members["清单.json"])
    for each in listed["files"]:
        if each["path"] == name:
            each["sha256"] = hashlib.sha256(members[name]).hexdigest()
    members["清单.json"] = json.dumps(listed, ensure_ascii=False).encode()


ALTERED: list[tuple[Callable[[dict[str, bytes]], None], set[str]]] = [
    (alter_a_paper, {"file"}),
    (leave_a_paper_out_of_file_and_list, {"file_missing"}),
    (put_a_paper_in, {"file_unlisted"}),
    (rewrite_the_chain, {"file", "body"}),
    (rewrite_a_snapshot_and_the_list, {"snapshot_missing"}),
]


def test_whatever_is_altered_shows(
    round_: cases.Round, case: Case, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    path = saved(made(round_.east, case, round_), tmp_path)
    assert archive_breaks(path) == []
    for change, what in ALTERED:
        with subtests.test(change.__name__):
            assert {broken.what for broken in archive_breaks(rewritten(path, change))} == what


# ------------------------------------------------------------------ 谁可以


def test_making_one_is_remembered_by_name_of_the_office(round_: cases.Round, case: Case) -> None:
    who = auditor(round_)
    archive = opened(made(who, case, round_))
    with scope(round_.city):
        entry = list(timeline(case.chain))[-1]
    assert (entry.verb, entry.actor_kind, entry.account_id) == ("dossier", "auditor", who.account_id)
    chain = json.loads(archive.read("5-存证/存证链.json"))
    assert chain["entries"][-1]["digest"] == entry.digest


def test_an_auditor_and_an_office_that_had_the_case_may(round_: cases.Round, case: Case) -> None:
    for actor in (auditor(round_), round_.east):
        assert made(actor, case, round_).name.startswith(f"案卷-{case.number}-")


def test_nobody_else_may_and_nothing_is_recorded(round_: cases.Round, case: Case) -> None:
    """The city has not had the case yet; the west never will; the firm has its own papers."""
    refused = {}
    for who, actor in (("city", round_.city), ("firm", round_.firms[1]), ("west", round_.west)):
        with pytest.raises(Refused) as problem:
            made(actor, case, round_)
        refused[who] = problem.value.code
        assert sentence(problem.value)
    assert refused == {"city": "dossier_not_allowed", "firm": "dossier_not_allowed", "west": "case_unknown"}
    with scope(round_.east):
        assert "dossier" not in [entry.verb for entry in timeline(case.chain)]


# ------------------------------------------------------------------ 不入案卷


def test_who_objected_is_in_no_part_of_it(round_: cases.Round) -> None:
    (case,) = cases.to_publicity(round_, (1,))
    published = publish(round_, [case])
    objection = object_to(round_, case, complained_office_id=round_.east.office_id)
    accept_objection(actor=round_.city, objection_id=objection.pk, at=round_.later())
    with scope(SYSTEM):
        assert entry_of(case).list_id == published.pk
        assert CaseStage.objects.filter(case=case, office_id=round_.city.office_id or 0).exists()
    archive = opened(made(round_.city, case, round_))
    said = everything(archive)
    assert "受理异议，暂停公示" in said
    for hidden in (OBJECTOR.name, OBJECTOR.contact, OBJECTOR.text, objection.token):
        assert hidden not in said


def test_identity_numbers_that_somebody_typed_are_hidden_and_the_rest_still_holds(
    round_: cases.Round, tmp_path: Path
) -> None:
    case = whole_case(round_, f"示例东区{IDENTITY}号")
    with scope(SYSTEM):
        item = EvidenceItem.objects.filter(case=case)[0]
        EvidenceItem.objects.filter(pk=item.pk).update(name=f"证明{IDENTITY}.pdf")
        told = [entry for entry in timeline(case.chain) if IDENTITY in str(entry.content)]
    assert told
    dossier = made(round_.east, case, round_)
    said = everything(opened(dossier))
    assert IDENTITY not in said
    assert HIDDEN in said
    assert "2-快照/01-第1轮提交（部分隐去）.json" in opened(dossier).namelist()
    assert archive_breaks(saved(dossier, tmp_path)) == []


def test_personal_names_of_officers_are_in_no_part_of_it(round_: cases.Round, case: Case) -> None:
    said = everything(opened(made(round_.east, case, round_)))
    assert "签发岗" not in said
    assert "shili-east-signs" not in said


def test_large_evidence_is_never_held_whole(round_: cases.Round, case: Case) -> None:
    sha256 = keep_bytes(b"0" * (5 * PIECE))
    with scope(SYSTEM):
        large = StoredFile.objects.create(sha256=sha256, size=5 * PIECE, kind="pdf", created_at=round_.at)
        item = EvidenceItem.objects.filter(case=case).order_by("item", "added_at")[0]
        EvidenceItem.objects.filter(pk=item.pk).update(file=large)
    dossier = made(round_.east, case, round_)
    lengths = [len(piece) for piece in dossier.stream()]
    assert sum(lengths) > 5 * PIECE
    assert max(lengths) < 2 * PIECE
