"""历史称号登记: one by one or from a list that is shown first, entered whole or not at all."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from tests import cases, scene
from tests.flows.portals_office.desk import officer, signed_in, words
from tests.plugins.beginnings import beginning

from tidu.database.scope import PUBLIC, SYSTEM, scope
from tidu.enterprises.models import Firm
from tidu.law.identity import demonstration_code
from tidu.offices.enums import Role
from tidu.titles.lists import COLUMNS
from tidu.titles.models import Title

pytestmark = pytest.mark.usefixtures("round_")

HERE = "/office/titles/"


@beginning
def firms(opened_round: cases.Round) -> list[Firm]:
    return [scene.register(number)[0] for number in (1, 2)]


@pytest.fixture
def province(round_: cases.Round) -> Client:
    return signed_in(round_.province)


def row(firm: Firm, **changes: object) -> dict[str, object]:
    said = {
        "uscc": firm.uscc,
        "name": firm.name,
        "kind": "创新型中小企业",
        "announcement": "示省工信公告〔2023〕1号",
        "announced_on": date(2023, 5, 1),
        "batch_code": "2023-1",
        "batch_label": "2023年度第一批",
        "valid_from": "2023-05-01",
        "valid_until": date(2026, 4, 30),
    }
    return said | changes


def table(rows: Sequence[dict[str, object]], heads: Sequence[str] = tuple(COLUMNS.values())) -> BytesIO:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(heads))
    for one in rows:
        sheet.append(list(one.values()))
    content = BytesIO()
    book.save(content)
    content.seek(0)
    return content


def upload(content: BytesIO | bytes, name: str = "名单.xlsx") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content if isinstance(content, bytes) else content.getvalue())}


def entered() -> list[str]:
    with scope(PUBLIC):
        return list(Title.objects.order_by("firm__name").values_list("firm__name", flat=True))


def test_a_list_is_shown_first_and_entered_whole_once_confirmed(province: Client, firms: list[Firm]) -> None:
    shown = province.post(f"{HERE}preview/", upload(table([row(firm) for firm in firms])))
    assert "2 行均可登记" in words(shown)
    assert entered() == []
    answer = province.post(f"{HERE}confirm/", {"sealed": shown.context["sealed"]}, follow=True)
    assert "已登记 2 个称号" in words(answer)
    assert entered() == [firm.name for firm in firms]
    with scope(PUBLIC):
        title = Title.objects.select_related("announced_by").get(firm=firms[0])
    assert (title.validity.lower, title.validity.upper) == (date(2023, 5, 1), date(2026, 5, 1))
    assert (title.announced_by.code, title.batch_code) == (scene.PROVINCE, "2023-1")


@pytest.mark.parametrize(
    ("changes", "column", "said"),
    [
        ({"uscc": "91990000000000000X"}, "统一社会信用代码", "请"),
        ({"uscc": demonstration_code(77)}, "统一社会信用代码", "尚未在本系统登记"),
        ({"name": "另一企业"}, "企业名称", "该代码登记的企业是“示例第2精密制造有限公司”"),
        ({"kind": "小巨人"}, "称号", "“小巨人”不是称号"),
        ({"announcement": None}, "公告文号", "没有填写“公告文号”"),
        ({"announced_on": "2026-12-31"}, "公告日期", "晚于今天"),
        ({"valid_from": "去年"}, "有效期起", "“去年”不是日期"),
        ({"valid_until": "2023-04-30"}, "有效期止", "早于有效期起"),
        ({"batch_label": "机密★10年"}, "认定批次", "密级"),
    ],
)
def test_one_bad_cell_is_named_by_row_and_column_and_nothing_is_entered(
    province: Client, firms: list[Firm], changes: dict[str, object], column: str, said: str
) -> None:
    content = table([row(firms[0]), row(firms[1], **changes)])
    answer = province.post(f"{HERE}preview/", upload(content))
    assert answer.status_code == 422
    (problem,) = answer.context["problems"]
    assert (problem.row, problem.column) == (3, column)
    assert said in problem.sentence
    assert answer.context["sealed"] == ""
    assert entered() == []


def test_a_row_keeps_the_number_that_the_spreadsheet_shows(province: Client, firms: list[Firm]) -> None:
    gap = dict.fromkeys(row(firms[0]))
    answer = province.post(
        f"{HERE}preview/", upload(table([row(firms[0]), gap, gap, row(firms[1], kind="")]))
    )
    assert [problem.row for problem in answer.context["problems"]] == [5]


def test_titles_that_meet_one_another_or_the_register_are_named(province: Client, firms: list[Firm]) -> None:
    twice = province.post(f"{HERE}preview/", upload(table([row(firms[0]), row(firms[0])])))
    assert "与第 2 行是同一企业" in words(twice)
    province.post(f"{HERE}enter/", row(firms[0]))
    again = province.post(f"{HERE}preview/", upload(table([row(firms[0])])))
    assert "与本次有效期重叠" in words(again)
    assert entered() == [firms[0].name]


def test_what_has_changed_since_it_was_shown_is_refused_as_a_whole(
    province: Client, firms: list[Firm]
) -> None:
    shown = province.post(f"{HERE}preview/", upload(table([row(firm) for firm in firms])))
    province.post(f"{HERE}enter/", row(firms[1]))
    answer = province.post(f"{HERE}confirm/", {"sealed": shown.context["sealed"]})
    assert answer.status_code == 422
    assert "没有登记任何一行" in words(answer)
    assert entered() == [firms[1].name]


@pytest.mark.parametrize("sealed", ["", "x:y:z"])
def test_a_list_that_was_not_shown_is_not_entered(province: Client, firms: list[Firm], sealed: str) -> None:
    answer = province.post(f"{HERE}confirm/", {"sealed": sealed})
    assert (answer.status_code, entered()) == (422, [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a table", "不能作为 Excel 表"),
        (table([]), "除表头外没有内容"),
        (table([], heads=["企业名称"]), "表中缺少这些列：统一社会信用代码"),
        (table([{"uscc": "1"}] * 501), "最多登记 500 行"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(
    province: Client, firms: list[Firm], content: BytesIO | bytes, said: str
) -> None:
    answer = province.post(f"{HERE}preview/", upload(content))
    assert answer.status_code == 422
    assert said in words(answer)


def test_a_single_title_is_entered_or_its_field_says_why_not(province: Client, firms: list[Firm]) -> None:
    refused = province.post(f"{HERE}enter/", row(firms[0], valid_until="2023-04-30"))
    assert (refused.status_code, entered()) == (422, [])
    assert "早于有效期起" in str(refused.context["form"].errors["valid_until"])
    assert province.post(f"{HERE}enter/", row(firms[0])).status_code == 302
    assert firms[0].name in words(province.get(HERE))
    assert province.post(f"{HERE}enter/", row(firms[1], valid_until="2026-01-31")).status_code == 302
    assert "2023年5月1日 至 2026年1月31日" in words(province.get(HERE))
    assert "有效期已满" in words(province.get(HERE))


def test_the_blank_table_has_the_columns_that_are_read(province: Client) -> None:
    answer = province.get(f"{HERE}table/")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert [cell.value for cell in book.worksheets[0][1]] == list(COLUMNS.values())


def test_only_the_provinces_case_workers_come_in(round_: cases.Round, firms: list[Firm]) -> None:
    city = officer(scene.CITY)
    assert city.get(HERE).status_code == 403
    assert "不是省级以上主管部门" in words(city.get(HERE))
    assert ">称号<" not in city.get("/office/").content.decode()
    keeper = officer(scene.PROVINCE, Role.ADMINISTRATOR)
    assert ">称号<" not in keeper.get("/office/").content.decode()
    assert keeper.post(f"{HERE}enter/", row(firms[0])).status_code == 403
    with scope(SYSTEM):
        assert not Title.objects.exists()


def test_auditors_read_along_only_where_titles_are_announced(round_: cases.Round, firms: list[Firm]) -> None:
    reader, elsewhere = officer(scene.PROVINCE, Role.AUDITOR), officer(scene.CITY, Role.AUDITOR)
    assert ">称号<" in reader.get("/office/").content.decode()
    assert "当前账号只能查看" in words(reader.get(HERE))
    assert reader.post(f"{HERE}enter/", row(firms[0])).status_code == 403
    assert ">称号<" not in elsewhere.get("/office/").content.decode()
    assert [elsewhere.get(HERE + page).status_code for page in ("", "table/")] == [403, 403]
    assert entered() == []
