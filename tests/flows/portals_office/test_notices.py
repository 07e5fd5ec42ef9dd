"""A notice in the browser: drafted, checked, seen as a firm, published, corrected; by its office alone."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import rounds, scene
from tests.flows.portals_office.desk import officer, source, words

from tidu.database.scope import SYSTEM, scope
from tidu.law import drafting, notices
from tidu.law.drafting import Issuer
from tidu.offices.enums import Role
from tidu.offices.models import Office
from tidu.portals.office.notices.panels import Cell
from tidu.programmes.actions import begin_draft
from tidu.programmes.models import DraftSection, Notice, NoticeDraft
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db

XINJIANG = "rulebook:xinjiang-2026-specialised-batch1"
INDEX = "/office/notices/"
SECTIONS = ("basics", "text", "kinds", "conditions", "rounds", "papers", "evidence", "directory", "readings")
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def offices(opened_offices: dict[str, Office]) -> None:
    cache.clear()


@pytest.fixture
def leader() -> Client:
    """Who signs at the province."""
    return officer(scene.PROVINCE)


@pytest.fixture
def draft(leader: Client) -> str:
    """The address of a draft of the province after Xinjiang's notice."""
    return begun(leader, XINJIANG)


def begun(client: Client, template: str) -> str:
    answer = client.post(f"{INDEX}begin/", {"template": template})
    assert answer.status_code == 302
    return str(answer.headers["Location"]).removesuffix("basics/")


def typed(client: Client, address: str) -> dict[str, Any]:
    """Everything that stands in the form of a section, as a browser would send it."""
    context = client.get(address).context
    form: dict[str, Any] = {"version": context["version"]}
    for panel in context["panels"]:
        form |= {f"{row.name}.was": row.was for row in panel.rows}
        cells = [*panel.cells, *panel.more, *(c for row in panel.rows for c in (*row.cells, *row.more))]
        form |= {c.name: ticked(c) if c.control == "choices" else c.value for c in cells}
    return form


def ticked(cell: Cell) -> list[str]:
    """What is chosen, in the order in which the boxes stand."""
    return [value for value, _ in cell.options if value in cell.chosen]


def save(client: Client, address: str, **changed: Any) -> Any:
    """The section with some controls changed: dots in their names are written as two underscores."""
    return client.post(address, typed(client, address) | named(changed))


def named(changed: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("__", "."): value for name, value in changed.items()}


def made_ready(client: Client, draft: str) -> None:
    save(client, f"{draft}basics/", id="shili-2026-specialised", issued="2026-02-03")


def blocking(client: Client, draft: str) -> list[str]:
    return [found.problem.refused.code for found in client.get(draft).context["errors"]]


# ------------------------------------------------------------------ drafting


def test_a_draft_begins_with_an_earlier_notice_and_lacks_only_what_is_its_own(
    leader: Client, draft: str
) -> None:
    shown = words(leader.get(draft))
    assert "需改正 2 处" in shown
    assert "基本信息 · 网址代码" in shown
    assert "成文日期没有填写，通知必须写明。请填写。" in shown
    basics = typed(leader, f"{draft}basics/")
    assert basics["issuer_name"] == "示例省工业和信息化厅"
    assert (basics["id"], basics["number"], basics["issued"]) == ("", "", "")


def test_every_template_and_the_blank_one_open_in_every_section(leader: Client) -> None:
    for template in ("blank", "rulebook:dalian-2026-innovative", XINJIANG):
        draft = begun(leader, template)
        assert [part for part in SECTIONS if leader.get(f"{draft}{part}/").status_code != 200] == []


def test_an_unknown_template_is_refused(leader: Client) -> None:
    assert leader.post(f"{INDEX}begin/", {"template": "rulebook:nowhere"}).status_code == 422
    assert leader.post(f"{INDEX}begin/").status_code == 422


def test_what_is_saved_again_unchanged_stays_the_same_notice(leader: Client, draft: str) -> None:
    made_ready(leader, draft)
    before = as_notice(leader, draft)
    for part in SECTIONS:
        assert save(leader, f"{draft}{part}/").status_code == 302
    assert as_notice(leader, draft) == before


def as_notice(client: Client, draft: str) -> notices.Notice:
    return notices.from_json(drafting.read_file(client.get(f"{draft}notice.toml").content))


def test_what_cannot_be_read_is_kept_as_typed_and_said_at_its_place(leader: Client, draft: str) -> None:
    made_ready(leader, draft)
    save(leader, f"{draft}rounds/", batches__0__closes="三月六日", deadlines__0__within="十天")
    page = leader.get(f"{draft}rounds/")
    assert 'value="三月六日"' in source(page)
    assert "“三月六日”不是时间。请按 2026-03-31 24:00 的格式填写" in words(page)
    assert 'value="十天"' in source(page)
    assert "的“或在几日内”填写为“十天”：应为整数。请改正。" in words(page)
    assert blocking(leader, draft) == ["moment_unreadable", "file_value_malformed"]


def test_days_may_be_typed_as_notices_write_them(leader: Client, draft: str) -> None:
    save(
        leader, f"{draft}rounds/", batches__0__opens="2026年2月5日 00:00", batches__0__closes="2026/3/5 24:00"
    )
    form = typed(leader, f"{draft}rounds/")
    assert (form["batches.0.opens"], form["batches.0.closes"]) == ("2026-02-05 00:00", "2026-03-05 24:00")


def test_rows_are_added_moved_and_removed_by_buttons(leader: Client, draft: str) -> None:
    address = f"{draft}basics/"
    first = [row.label for row in rows_of(leader, address, "basis")]
    added = save(leader, address, do="add:basis")
    assert added.headers["Location"] == f"{address}#at-basis-{len(first)}"
    save(leader, address, **{f"basis__{len(first)}__title": "省级方案"}, do=f"up:basis:{len(first)}")
    assert [row.label for row in rows_of(leader, address, "basis")] == [
        *first[:-1],
        "依据“省级方案”",
        first[-1],
    ]
    save(leader, address, do=f"remove:basis:{len(first) - 1}")
    assert [row.label for row in rows_of(leader, address, "basis")] == first


def rows_of(client: Client, address: str, block: str) -> list[Any]:
    panels = client.get(address).context["panels"]
    return list(next(panel.rows for panel in panels if panel.block.name == block))


def test_a_removed_point_to_be_settled_comes_back_by_adding(leader: Client, draft: str) -> None:
    address = f"{draft}readings/"
    index = next(row.index for row in rows_of(leader, address, "readings") if row.was == "publicity_days")
    save(leader, address, do=f"remove:readings:{index}")
    assert "reading_missing" in blocking(leader, made(leader, draft))
    save(leader, address, do="add:readings")
    assert rows_of(leader, address, "readings")[-1].was == "publicity_days"
    assert "reading_missing" not in blocking(leader, draft)


def made(client: Client, draft: str) -> str:
    made_ready(client, draft)
    return draft


def test_a_heading_typed_twice_loses_neither(leader: Client, draft: str) -> None:
    address = f"{draft}text/"
    count = len(rows_of(leader, address, "headings"))
    save(leader, address, **{f"headings__{count}__key": "S1", f"headings__{count}__value": "又一个标题"})
    labels = {cell.value for row in rows_of(leader, address, "headings") for cell in row.cells}
    assert {"S1", "S1′", "又一个标题"} <= labels


def test_a_secrecy_mark_is_refused_and_stored_nowhere(leader: Client, draft: str) -> None:
    answer = save(leader, f"{draft}basics/", title="机密★10年 关于某事的通知")
    assert answer.status_code == 422
    assert "机密★10年" in words(answer)
    assert "机密" not in leader.get(f"{draft}notice.toml").content.decode()


# ------------------------------------------------------------------ by script


def test_a_script_saves_and_hears_what_is_wrong(leader: Client, draft: str) -> None:
    form = typed(leader, f"{draft}basics/") | {"phone": "13800000000"}
    made_ready(leader, draft)
    form["version"] += 1
    said = leader.post(
        f"{draft}basics/", form | {"id": "shili-1", "issued": "2026-02-03"}, headers=JSON
    ).json()
    assert said["version"] == form["version"] + 1
    assert said["errors"] == {
        "at-phone": "“13800000000”是手机号码。通知是公开的，只列办公电话。请改为单位的固定电话。"
    }
    assert "不能发布" in said["checks"]
    assert "13800000000" in leader.get(f"{draft}notice.toml").content.decode()


# ------------------------------------------------------------------ two people


def test_two_people_on_one_section_see_both_and_lose_nothing(leader: Client, draft: str) -> None:
    address, colleague = f"{draft}basics/", officer(scene.PROVINCE, Role.CLERK)
    mine = typed(leader, address) | {"title": "我拟的标题", "number": "示省工信〔2026〕5号"}
    save(colleague, address, title="同事拟的标题", phone="000-00000009", do="add:basis")
    answer = leader.post(address, mine)
    assert answer.status_code == 409
    assert 'value="我拟的标题"' in source(answer)
    assert "已保存的是： 同事拟的标题" in words(answer)
    assert "由经办岗于" in words(answer)
    saved = typed(colleague, address)
    assert (saved["title"], saved["number"]) == ("同事拟的标题", "")
    shown = {c.name: c.value for panel in answer.context["panels"] for c in panel.cells}
    again = mine | {"version": answer.context["version"], "phone": shown["phone"]}
    assert leader.post(address, again).status_code == 302
    assert typed(leader, address)["title"] == "我拟的标题"


def test_a_row_that_a_colleague_added_is_kept_in_the_conflict(leader: Client, draft: str) -> None:
    address, colleague = f"{draft}text/", officer(scene.PROVINCE, Role.CLERK)
    mine = typed(leader, address) | {"sentences.0.text": "我改的第一句。"}
    save(colleague, address, do="add:sentences")
    answer = leader.post(address, mine)
    shown = next(panel for panel in answer.context["panels"] if panel.block.name == "sentences")
    assert len(shown.rows) == len(rows_of(colleague, address, "sentences"))
    assert shown.rows[0].cells[1].value == "我改的第一句。"


def test_a_script_with_an_old_version_is_told_so(leader: Client, draft: str) -> None:
    old = typed(leader, f"{draft}basics/")
    made_ready(leader, draft)
    answer = leader.post(f"{draft}basics/", old, headers=JSON)
    assert answer.status_code == 409
    assert "已由签发岗于" in answer.json()["message"]


def test_two_people_on_different_sections_do_not_meet(leader: Client, draft: str) -> None:
    colleague = officer(scene.PROVINCE, Role.CLERK)
    mine = typed(leader, f"{draft}basics/")
    assert save(colleague, f"{draft}rounds/").status_code == 302
    assert leader.post(f"{draft}basics/", mine).status_code == 302


# ------------------------------------------------------------------ preview


def test_the_preview_is_the_page_that_the_public_will_see(leader: Client, draft: str) -> None:
    made_ready(leader, draft)
    shown = words(leader.get(f"{draft}preview/"))
    assert "预览： 尚未发布" in shown
    assert "批次与期限" in shown
    assert "咨询电话" in shown
    text = as_notice(leader, draft)
    assert [one.id for one in text.sentences if one.text not in shown] == []
    leader.post(f"{draft}publish/", confirmation(leader, draft))
    public = words(Client().get("/notices/shili-2026-specialised/"))
    assert [item.title for item in text.evidence if item.title not in public] == []


def test_the_preview_shows_what_a_firm_prepares(leader: Client, draft: str) -> None:
    made_ready(leader, draft)
    batch = as_notice(leader, draft).batches[0]
    shown = words(leader.get(f"{draft}preview/?batch={batch.id}"))
    assert "准备清单" in shown
    assert "一、要填的内容" in shown
    assert "营业收入" in shown
    assert as_notice(leader, draft).choice("declaration") in shown


def test_a_preview_that_cannot_be_drawn_says_why(leader: Client) -> None:
    draft = begun(leader, "blank")
    shown = words(leader.get(f"{draft}preview/"))
    assert "还不能预览" in shown
    assert "标题没有填写" in shown


# ------------------------------------------------------------------ publishing


def confirmation(client: Client, draft: str) -> dict[str, str]:
    return {"seen": client.get(f"{draft}publish/").context["seen"], "confirmed": "on"}


def test_publishing_shows_what_is_fixed_and_freezes_exactly_that(leader: Client, draft: str) -> None:
    made_ready(leader, draft)
    page = leader.get(f"{draft}publish/")
    seen = page.context["seen"]
    assert seen in words(page)
    answer = leader.post(f"{draft}publish/", {"seen": seen, "confirmed": "on"})
    assert answer.headers["Location"] == "/notices/shili-2026-specialised/"
    with scope(SYSTEM):
        published = Notice.objects.get(slug="shili-2026-specialised")
        entry = Entry.objects.get(chain=published.chain)
        assert NoticeDraft.objects.get().notice == published
    assert (published.digest, published.is_demonstration) == (seen, True)
    assert (entry.verb, entry.content["notice"]) == ("publish_notice", "shili-2026-specialised")


def test_a_draft_with_problems_is_not_published(leader: Client, draft: str) -> None:
    assert leader.post(f"{draft}publish/", {"seen": "0" * 64, "confirmed": "on"}).status_code == 422
    with scope(SYSTEM):
        assert not Notice.objects.exists()


def test_what_changed_after_it_was_shown_is_not_published(leader: Client, draft: str) -> None:
    made_ready(leader, draft)
    shown = confirmation(leader, draft)
    save(leader, f"{draft}basics/", title="后来改的标题")
    answer = leader.post(f"{draft}publish/", shown)
    assert answer.status_code == 409
    assert "没有发布。请重新核对" in words(answer)


def test_publishing_wants_the_box_to_be_ticked(leader: Client, draft: str) -> None:
    made_ready(leader, draft)
    answer = leader.post(f"{draft}publish/", confirmation(leader, draft) | {"confirmed": ""})
    assert answer.status_code == 422
    assert "没有勾选" in words(answer)


def test_a_clerk_drafts_and_does_not_publish(draft: str, leader: Client) -> None:
    clerk = officer(scene.PROVINCE, Role.CLERK)
    made_ready(clerk, draft)
    page = clerk.get(f"{draft}publish/")
    assert "须由“示例省工业和信息化厅”的“签发”岗位办理" in words(page)
    assert (
        clerk.post(f"{draft}publish/", {"seen": page.context["seen"], "confirmed": "on"}).status_code == 403
    )


def test_a_code_in_use_is_told_before_publishing(leader: Client, draft: str) -> None:
    made_ready(leader, draft)
    leader.post(f"{draft}publish/", confirmation(leader, draft))
    second = begun(leader, XINJIANG)
    made_ready(leader, second)
    assert "已有通知使用" in words(leader.get(f"{second}publish/"))
    answer = leader.post(f"{second}publish/", confirmation(leader, second))
    assert "已发布的通知不能重发" in words(answer)


def test_what_is_published_or_discarded_cannot_be_typed_into(leader: Client, draft: str) -> None:
    form = typed(leader, f"{draft}basics/")
    assert leader.post(f"{draft}discard/").status_code == 302
    answer = leader.post(f"{draft}basics/", form)
    assert answer.status_code == 409
    assert "已作废，不能再改" in words(answer)
    assert leader.post(f"{draft}discard/").status_code == 409


# ------------------------------------------------------------------ corrigendum


@pytest.fixture
def published(leader: Client, draft: str) -> str:
    made_ready(leader, draft)
    leader.post(f"{draft}publish/", confirmation(leader, draft))
    return f"{INDEX}shili-2026-specialised/corrigendum/"


def form_of(client: Client, address: str) -> dict[str, str]:
    context = client.get(address).context
    return {line.of.path: line.typed for _, lines in context["groups"] for line in lines} | {
        "version": context["version"],
        "seen": context["notice"].version,
        "number": "示省工信更正〔2026〕1号",
        "reason": "平台维护",
    }


CLOSES = "batches.2026-1.closes"


def moved(client: Client, address: str, value: str) -> dict[str, str]:
    return form_of(client, address) | {CLOSES: value}


def confirmed(client: Client, address: str, form: dict[str, str]) -> dict[str, str]:
    """The form after its changes were shown, as its button to publish sends it."""
    shown = client.post(address, form | {"do": "check"})
    version = shown.context["version"]
    return form | {"version": version, "shown": version, "do": "issue"}


def test_a_corrigendum_is_shown_before_it_is_published_and_publicly_after(
    leader: Client, published: str
) -> None:
    form = moved(leader, published, "2026年3月6日 24:00")
    shown = leader.post(published, form | {"do": "check"})
    assert "2026-03-05 24:00 2026-03-06 24:00" in words(shown)
    with scope(SYSTEM):
        assert Notice.objects.get().version == 1
    version = {"version": shown.context["version"]}
    seen = version | {"shown": shown.context["version"], "do": "issue"}
    later = leader.post(published, form | seen | {CLOSES: "2026-03-07 24:00"})
    assert later.status_code == 409
    assert "核对之后又有改动，没有发布" in words(later)
    assert "2026-03-05 24:00 2026-03-07 24:00" in words(later)
    again = form | {"version": later.context["version"]}
    assert leader.post(published, confirmed(leader, published, again)).status_code == 302
    public = words(Client().get("/notices/shili-2026-specialised/"))
    assert "已更正，现为第 2 版" in public
    assert "更正原因：平台维护" in public
    assert "2026年3月6日 24:00" in public


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2026-03-04 24:00", "缩短了当事人的时间"),
        ("三月", "“三月”不是时间"),
        ("2026-03-05 24:00", "更正没有改变任何内容"),
    ],
)
def test_a_corrigendum_that_cannot_be_is_refused_and_keeps_what_was_typed(
    leader: Client, published: str, value: str, said: str
) -> None:
    answer = leader.post(published, moved(leader, published, value) | {"do": "issue"})
    assert answer.status_code == 422
    assert said in words(answer)
    assert f'value="{value}"' in source(answer)
    with scope(SYSTEM):
        assert Notice.objects.get().version == 1


def test_a_corrigendum_says_why(leader: Client, published: str) -> None:
    form = moved(leader, published, "2026-03-06 24:00") | {"reason": " ", "do": "issue"}
    assert "没有写明更正原因" in words(leader.post(published, form))


def test_a_corrigendum_on_an_older_version_is_refused(leader: Client, published: str) -> None:
    first = moved(leader, published, "2026-03-06 24:00")
    leader.post(published, confirmed(leader, published, first))
    answer = leader.post(published, first | {CLOSES: "2026-03-08 24:00", "do": "issue"})
    assert answer.status_code == 409
    assert "现为第 2 版，这次没有发布" in words(answer)
    late = leader.post(
        published, first | {CLOSES: "2026-03-05 24:00", "phone": "000-00000008", "do": "check"}
    )
    lines = [line for _, group in late.context["groups"] for line in group if line.is_changed]
    assert [(line.of.path, line.typed) for line in lines] == [("phone", "000-00000008")]


def test_a_clerk_sees_what_would_change_and_cannot_publish_it(leader: Client, published: str) -> None:
    clerk = officer(scene.PROVINCE, Role.CLERK)
    form = moved(clerk, published, "2026-03-06 24:00")
    assert clerk.post(published, confirmed(clerk, published, form)).status_code == 403
    with scope(SYSTEM):
        assert Notice.objects.get().version == 1


def test_what_is_typed_of_a_corrigendum_is_kept_until_it_is_issued_or_dropped(
    leader: Client, published: str
) -> None:
    clerk = officer(scene.PROVINCE, Role.CLERK)
    by_script = {"Accept": "application/json"}
    form = moved(clerk, published, "三月")
    assert clerk.post(published, form, headers=by_script).json()["version"] == 1
    assert 'value="三月"' in source(leader.get(published))
    late = leader.post(published, form | {"reason": "另有原因"}, headers=by_script)
    assert late.status_code == 409
    assert "“更正”已由" in late.json()["message"]
    assert "平台维护" in source(leader.get(published))
    both = leader.post(published, form | {"reason": "另有原因", CLOSES: "四月", "do": "check"})
    assert both.status_code == 409
    assert ('value="四月"' in source(both), "另有原因" in source(both)) == (True, True)
    assert "已保存的是： 三月" in words(both)
    assert "已保存的是： 平台维护" in words(both)
    assert "data-autosaves" not in source(both)
    assert 'value="三月"' in source(leader.get(published))
    dropped = leader.post(published, form_of(leader, published) | {"do": "drop"})
    assert dropped.status_code == 302, "what cannot be read is dropped like anything else"
    assert "三月" not in source(leader.get(published))
    form = moved(leader, published, "2026-03-06 24:00")
    leader.post(published, confirmed(leader, published, form))
    assert leader.get(published).context["kept"].body == {}
    assert leader.get(published).context["notice"].version == 2


def test_what_is_typed_of_a_corrigendum_is_kept_whole_or_not_at_all(leader: Client, published: str) -> None:
    form = form_of(leader, published) | {"reason": "\r\n".join(["行"] * 250), "banner": "提" * 600}
    assert leader.post(published, form | {"do": "check"}).status_code == 200
    assert leader.get(published).context["kept"].body["banner"] == "提" * 600
    late = form_of(leader, published) | {"banner": "提" * 2001}
    refused = leader.post(published, late, headers=JSON)
    assert refused.status_code == 422
    assert "页面提示共 2001 字，超过 2000 字的上限" in refused.json()["message"]


def test_what_nobody_kept_has_no_later_version(leader: Client, published: str) -> None:
    answer = leader.post(published, moved(leader, published, "2026-03-06 24:00") | {"version": 5})
    assert answer.status_code == 409


# ------------------------------------------------------------------ files


def file_of(content: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("通知.toml", content, content_type="application/toml")}


def test_an_exported_draft_comes_back_equal(leader: Client, draft: str) -> None:
    save(leader, f"{draft}rounds/", batches__0__closes="三月六日")
    exported = leader.get(f"{draft}notice.toml").content
    answer = leader.post(f"{INDEX}import/", file_of(exported))
    again = answer.headers["Location"]
    assert leader.get(f"{again}notice.toml").content == exported
    assert "三月六日" in exported.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'title = "a"\nnumber = \n', "文件第 2 行不符合 TOML 格式：“number =”"),
        ('title = "a"\n\n[[batches]]\nid = "1"\n开始 = "x"\n'.encode(), "文件第 5 行"),
        (b'title = "a"\ncolour = "red"\n', "文件第 2 行的栏目“colour”不是通知的栏目"),
        (b'title = "a"\n[batches]\nid = "1"\n', "文件第 2 行的“batches”结构不对：应为列表"),
        (b"title = '\xff'", "文件第 1 行起不是 UTF-8 文字"),
    ],
)
def test_a_file_that_is_no_notice_is_refused_with_its_line(leader: Client, content: bytes, said: str) -> None:
    answer = leader.post(f"{INDEX}import/", file_of(content))
    assert answer.status_code == 422
    assert said in words(answer)
    with scope(SYSTEM):
        assert not NoticeDraft.objects.exists()


def test_importing_nothing_and_too_much_is_refused(leader: Client) -> None:
    assert "没有选择文件" in words(leader.post(f"{INDEX}import/"))
    assert "超过 1000 KB 的上限" in words(leader.post(f"{INDEX}import/", file_of(b"#" * 1_000_001)))


def test_a_notice_of_another_office_becomes_ones_own(leader: Client) -> None:
    content = drafting.write_file(notices.to_json(notices.load("dalian-2026-innovative")))
    answer = leader.post(f"{INDEX}import/", file_of(content), follow=True)
    assert "发布单位不是本单位，已改为本单位" in words(answer)
    draft = answer.redirect_chain[-1][0]
    assert b'issuer = "shili-province"' in leader.get(f"{draft}notice.toml").content


# ------------------------------------------------------------------ nobody else


@pytest.mark.parametrize("page", ["", "basics/", "preview/", "publish/", "notice.toml"])
def test_another_office_finds_no_draft(draft: str, page: str) -> None:
    city = officer(scene.CITY)
    assert city.get(f"{draft}{page}").status_code == 404
    assert city.post(f"{draft}basics/", {"version": 1, "title": "x"}).status_code == 404
    assert city.post(f"{draft}discard/").status_code == 404
    assert city.post(f"{draft}publish/", {"confirmed": "on"}).status_code == 404


def test_another_office_lists_and_takes_none(leader: Client, published: str) -> None:
    city = officer(scene.CITY)
    listed = source(city.get(INDEX))
    assert "notice:shili-2026-specialised" not in listed
    assert "notices/shili-2026-specialised" not in listed
    assert city.post(f"{INDEX}begin/", {"template": "notice:shili-2026-specialised"}).status_code == 422
    assert city.get(published).status_code == 404


def test_an_auditor_reads_and_changes_nothing(draft: str) -> None:
    auditor = officer(scene.PROVINCE, Role.AUDITOR)
    assert auditor.get(f"{draft}basics/").status_code == 200
    assert auditor.get(INDEX).status_code == 200
    assert auditor.post(f"{draft}basics/", {"version": 1}).status_code == 403
    assert auditor.post(f"{INDEX}begin/", {"template": "blank"}).status_code == 403


def test_a_county_has_no_notices_to_issue() -> None:
    county = officer(scene.EAST)
    assert county.get(INDEX).status_code == 403
    assert INDEX not in source(county.get("/office/"))
    assert INDEX in source(officer(scene.CITY).get("/office/"))


# ------------------------------------------------------------------ lists


def test_the_list_takes_the_same_queries_for_one_draft_and_fifty(leader: Client, draft: str) -> None:
    for_one = scene.queries_of(leader, INDEX)
    with scope(SYSTEM):
        actor = drafter()
    issuer = Issuer.of(scene.PROVINCE)
    for _ in range(49):
        begin_draft(actor=actor, document=drafting.begin_blank(issuer), template="空白", at=rounds.PUBLISHED)
    assert scene.queries_of(leader, INDEX) == for_one <= scene.MOST_QUERIES
    assert leader.get(INDEX).context["rows"].paginator.count == 50


def drafter() -> Any:
    return scene.office_actor(scene.PROVINCE, Role.CLERK, "drafter")


def test_a_section_takes_the_same_queries_however_long_it_is(leader: Client, draft: str) -> None:
    blank = begun(leader, "blank")
    counts = {scene.queries_of(leader, f"{one}text/") for one in (blank, draft)}
    assert len(counts) == 1
    assert max(counts) <= scene.MOST_QUERIES
    with scope(SYSTEM):
        assert DraftSection.objects.count() == 18
