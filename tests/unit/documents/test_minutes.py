"""抽取笔录 on paper: everything by which the draw is done again; names in the office's own copy alone."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader
from tests.unit.proof.draw.scene import Scene, case, frozen_input

from tidu.documents.minutes import MinutesOf, minutes
from tidu.proof import draw

AT = datetime(2026, 12, 3, 1, tzinfo=UTC)
ADDRESS = "https://tidu.example.invalid/draws/abcdefgh/record.json"
ABOUT = MinutesOf("已抽取", AT, AT, ADDRESS, "https://tidu.example.invalid/draws/verify/", is_sample=True)


def text_of(record: dict[str, object], about: MinutesOf = ABOUT) -> str:
    reader = PdfReader(BytesIO(minutes(record, about, at=AT).content))
    text = "".join(page.extract_text() for page in reader.pages)
    return "".join(text.split())


def test_paper_names_everything_by_which_the_draw_is_done_again() -> None:
    scene = Scene()
    scene.dispatch(case(3, "软件"))
    parts = {"witnesses": scene.witnesses, "reveals": scene.reveals, "drawn": scene.drawn}
    record = draw.record_document(scene.frozen, **parts, events=scene.events)  # type: ignore[arg-type]
    text = text_of(record)
    told = [record["commitment"], record["digest"], record["seed"], ADDRESS, scene.events[-1].digest]
    told += [*scene.witnesses.values(), *(one.anchor for one in scene.frozen.chains), scene.reveals.secret]
    told += [f"{one.number}{one.salt}" for one in scene.reveals.witnesses]
    told += [seat.expert for panel in scene.drawn.panels for seat in panel.members]
    told += ["示例体彩第26135期（2026-12-01）", "3、11、17、22、28+9、12", "派发1项、退出0项", "样张"]
    assert [one for one in told if one not in text] == []


def test_before_the_seed_only_what_was_committed_to_is_told() -> None:
    text = text_of(draw.record_document(frozen_input(), witnesses={}))
    assert "尚未揭示" in text
    assert "评审组专业" not in text


def test_the_overseer_signs_for_a_chain_that_he_keeps_and_for_no_other() -> None:
    holder = "示例省监督单位"
    own, other = frozen_input().chains
    frozen = replace(frozen_input(), chains=(own, replace(other, holder=holder)))
    record = draw.record_document(frozen, witnesses={})
    assert f"签字）{holder}" not in text_of(record)
    assert "由其自己保管" not in text_of(record)
    kept = text_of(record, replace(ABOUT, overseer_keeps=True))
    assert (f"签字）{holder}" in kept, "由其自己保管" in kept) == (True, True)


def test_only_the_offices_own_copy_says_who_sits_where() -> None:
    scene = Scene()
    parts = {"witnesses": scene.witnesses, "reveals": scene.reveals, "drawn": scene.drawn}
    record = draw.record_document(scene.frozen, **parts)  # type: ignore[arg-type]
    seated = scene.drawn.panels[0].members[0].expert
    inner = MinutesOf(**{**vars(ABOUT), "names": {seated: "示例专家01（E0001）"}})
    assert "示例专家01" in text_of(record, inner)
    assert "不得告知企业" in text_of(record, inner)
    assert "不得告知企业" not in text_of(record)
