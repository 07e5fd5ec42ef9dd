"""自评表 as a paper: complete, in order, marked as what it is, and only for those who may read the case."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.journeys.city import City, moment
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case
from tidu.applications.prints import Printed, print_code, printed_submission
from tidu.applications.queries import case_for
from tidu.applications.queries.contents import submissions_of
from tidu.database.scope import Actor, scope
from tidu.documents.forms import draft_form, submitted_form
from tidu.documents.produced import PDF, Document
from tidu.law.refusals import Refused

pytestmark = pytest.mark.django_db
MORNING = "2026-03-02 09:00"


@beginning
def city(opened_city: City) -> City:
    opened_city.firm(1)
    return opened_city


@beginning
def draft(city: City) -> Case:
    return city.fill(1, 1, MORNING)


@beginning
def submitted(city: City, draft: Case) -> Case:
    return city.submit(1, draft, MORNING)


def said(document: Document) -> str:
    """All the words of a paper, without the spaces that setting puts between them."""
    pages = PdfReader(BytesIO(document.content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def printed(actor: Actor, case: Case, *, draft: bool = False) -> Document:
    with scope(actor):
        found = case_for(actor, case.pk)
        return draft_form(found, at=moment(MORNING)) if draft else submitted_form(found)


def test_form_holds_every_section_in_the_order_of_the_form(city: City, submitted: Case) -> None:
    words = said(printed(city.firms[1][1], submitted))
    heads = ["辽宁省创新型中小企业自评表", "一、企业基本信息", "四、财务与人员", "六、知识产权", "自评结果"]
    heads += ["佐证材料目录", "真实性声明"]
    places = [words.index(head) for head in heads]
    assert places == sorted(places)


def test_form_leaves_room_for_signature_and_seal(city: City, submitted: Case) -> None:
    words = said(printed(city.firms[1][1], submitted))
    assert "法定代表人（签字）：" in words
    assert "企业（盖章）：" in words
    assert "准确性、真实性、合法性、有效性" in words


def test_submitted_form_carries_the_digest_of_what_was_frozen(city: City, submitted: Case) -> None:
    actor = city.firms[1][1]
    with scope(actor):
        snapshot = submissions_of(submitted).get()
    document = printed(actor, submitted)
    assert said(document).count(f"核验码{print_code(snapshot.digest)}") > 1
    with scope(actor):
        assert printed_submission(print_code(snapshot.digest)) == Printed(submitted, 1)
    assert document.media_type == PDF
    assert document.name.endswith("第1次提交.pdf")


def test_printing_again_gives_the_same_paper(city: City, submitted: Case) -> None:
    actor = city.firms[1][1]
    assert printed(actor, submitted).content == printed(actor, submitted).content


def test_draft_says_that_it_is_one(city: City, draft: Case) -> None:
    document = printed(city.firms[1][1], draft, draft=True)
    words = said(document)
    assert "草稿，尚未提交" in words
    assert "核验码" not in words.replace("页脚的核验码", "")
    assert document.name.endswith("草稿.pdf")


def test_form_of_an_invented_firm_is_marked_as_a_sample(city: City, submitted: Case) -> None:
    assert "样张，内容虚构" in said(printed(city.firms[1][1], submitted))


def test_form_says_the_verdict_and_that_it_rests_on_our_reading(city: City, submitted: Case) -> None:
    words = said(printed(city.firms[1][1], submitted))
    assert "结论：符合（按63号推定）" in words
    assert "以主管部门审核结论为准" in words


def test_draft_was_never_submitted(city: City, draft: Case) -> None:
    with pytest.raises(Refused, match="snapshot_unknown"):
        printed(city.firms[1][1], draft)


def test_firm_prints_its_own_case_alone(city: City, submitted: Case) -> None:
    stranger = city.firm(2)
    with pytest.raises(Refused, match="case_unknown"):
        printed(stranger, submitted)
    with pytest.raises(Refused, match="case_unknown"):
        printed(city.west, submitted)
    assert "真实性声明" in said(printed(city.east, submitted))
