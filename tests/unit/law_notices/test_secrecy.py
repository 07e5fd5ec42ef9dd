"""Secrecy marks are found as people write them, and words about secrecy are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidu.law.refusals import Refused, sentence
from tidu.law.secrecy import Place, find_marks, refuse_marks


@pytest.mark.parametrize(
    ("text", "level", "mark"),
    [
        ("绝密★", "绝密", "绝密★"),
        ("机密★10年", "机密", "机密★10年"),
        ("秘密★长期", "秘密", "秘密★长期"),
        ("秘密★６个月", "秘密", "秘密★６个月"),
        ("机密★二十年", "机密", "机密★二十年"),
        ("绝密★启用前", "绝密", "绝密★启用前"),
        ("秘 密 ★ 5 年", "秘密", "秘 密 ★ 5 年"),
        ("秘\u3000密\u3000☆", "秘密", "秘\u3000密\u3000☆"),
        ("机\u200b密⭐1年", "机密", "机\u200b密⭐1年"),
        ("机_密_★_方案.pdf", "机密", "机_密_★"),
        ("机密*5年", "机密", "机密*5年"),
        ("秘密＊3个月", "秘密", "秘密＊3个月"),
        ("密级：秘密", "秘密", "密级：秘密"),
        ("密 级: 机密级", "机密", "密 级: 机密级"),
        ("国家秘密★5年", "秘密", "秘密★5年"),
    ],
)
def test_a_mark_is_found(text: str, level: str, mark: str) -> None:
    (found,) = find_marks(f"前文，{text}。后文")
    assert (found.level, found.text) == (level, mark)
    assert f"前文，{text}。后文"[found.start : found.end] == mark


@pytest.mark.parametrize(
    "text",
    [
        "商业秘密",
        "公司建立了保密制度，保护商业秘密和技术秘密。",
        "秘密",
        "机密级商用密码产品",
        "内部★",
        "内部资料，注意保存",
        "核心商密▲",
        "商业秘密★5年",
        "密级分为绝密、机密、秘密三级",
        "密级：无",
        "密级：非密",
        "密级：绝密、机密或者秘密",
        "**机密**计算",
        "五星★★★★★",
        "精密★级轴承",
        "",
    ],
)
def test_words_about_secrecy_carry_no_mark(text: str) -> None:
    assert find_marks(text) == []


def test_all_marks_are_found_in_their_order() -> None:
    found = find_marks("密级：机密 …… 秘密★1年 …… 绝密★")
    assert [mark.text for mark in found] == ["密级：机密", "秘密★1年", "绝密★"]


@given(st.text(alphabet="绝机秘密级：★☆* \u3000年0一长期商业保内部", max_size=60))
def test_what_is_found_stands_in_the_text_and_names_a_level(text: str) -> None:
    for mark in find_marks(text):
        assert text[mark.start : mark.end] == mark.text
        assert mark.level in ("绝密", "机密", "秘密")


@given(st.text(alphabet=st.characters(exclude_characters="★☆⭐✭✯✰*＊:："), max_size=200))
def test_a_text_without_star_or_label_is_never_refused(text: str) -> None:
    refuse_marks(text, place="text", field="product_summary", label="主导产品说明")


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("text", "“主导产品说明”中有密级标志“秘密★5年”"),
        ("file_name", "文件名“主导产品说明”中有密级标志"),
        ("document", "文件“主导产品说明”的内容中有密级标志"),
    ],
)
def test_the_refusal_repeats_the_mark_and_nothing_beside_it(place: Place, says: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_marks("某型号参数，秘密★5年，射程", place=place, field="product_summary", label="主导产品说明")
    said = sentence(refused.value)
    assert says in said
    assert "射程" not in said
