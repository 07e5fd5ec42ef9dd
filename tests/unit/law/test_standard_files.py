"""Files of standards: overlays, mistakes refused at load, frozen bodies, and the generated form."""

import json
from typing import Any

import pytest
from tests.unit.law.firms import YEAR, firm

from tidu.law.expressions import Span
from tidu.law.facts import load_vocabulary
from tidu.law.standards import Standard, StandardError, load, standard_ids
from tidu.law.standards.bodies import canonical_bytes, text_of_document
from tidu.law.standards.overlays import overlaid, read_document

BASE = read_document("2022-innovative")


def changed(**entries: Any) -> dict[str, Any]:
    """The base document with some of its values changed by an overlay."""
    return overlaid(BASE, entries)


def read(document: dict[str, Any]) -> Standard:
    return Standard.of(text_of_document(document, load_vocabulary()))


@pytest.mark.parametrize("standard_id", standard_ids())
def test_every_standard_of_the_rulebook_loads(standard_id: str) -> None:
    standard = load(standard_id)
    assert standard.id == standard_id
    assert sum(d.full for d in standard.judge(firm()).dimensions) == standard.full
    assert standard.full in (0, 100)


def test_an_unknown_standard_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load("2099-unheard-of")


def test_liaoning_is_an_unconfirmed_overlay_and_its_verdicts_say_so() -> None:
    national, liaoning = load("2022-innovative"), load("2022-innovative-liaoning")
    verdict = liaoning.judge(firm())
    assert verdict.unconfirmed_words == "按63号推定"
    assert verdict.sentences()[0] == "结论：符合（按63号推定）。"
    assert national.judge(firm()).sentences()[0] == "结论：符合。"
    assert liaoning.instrument.number == "辽工信发〔2022〕209号"
    assert liaoning.digest != national.digest
    assert verdict.points == national.judge(firm()).points


def test_every_value_says_how_certain_it_is() -> None:
    standard = load("2022-innovative")
    cited = [clause.citation for clause in standard.root] + [i.citation for i in standard.indicators]
    assert {citation.certainty.label for citation in cited} == {"二手来源"}
    assert all(citation.text.startswith("63号") for citation in cited)


def test_an_overlay_changes_named_values_and_nothing_else() -> None:
    raised = read(changed(clause=[{"id": "score_total", "rule": "评价得分 >= 80分"}]))
    assert raised.judge(firm()).clause("score_total").outcome == "unmet"
    assert load("2022-innovative").judge(firm()).clause("score_total").outcome == "met"
    kept = [clause.id for clause in raised.root]
    assert kept == [clause.id for clause in load("2022-innovative").root]


def test_a_rule_of_which_a_person_decides_part_rests_on_judgement() -> None:
    rules = {"size": "企业规模 = 小型企业 且 产品服务不在禁限淘汰之列", "lists": "企业规模 = 小型企业"}
    verdict = read(changed(clause=[{"id": name, "rule": rule} for name, rule in rules.items()])).judge(firm())
    assert [verdict.clause(name).rests_on_judgement for name in rules] == [True, False]


def test_an_overlay_may_bring_a_table_that_its_base_has_not() -> None:
    plain = {name: value for name, value in BASE.items() if name != "form"}
    assert overlaid(plain, {"form": {"years": 2}})["form"] == {"years": 2}
    assert overlaid(BASE, {"form": {"years": 2}})["form"] == {**BASE["form"], "years": 2}


def test_an_overlay_may_put_parts_in_the_place_of_a_rule() -> None:
    parts = {
        "few": "从业人员数[上年] <= 100人",
        "small": "企业规模 = 小型企业",
    }
    own = [{"id": name, "label": name, "rule": rule, "citation": "示例", "certainty": "official"}
           for name, rule in parts.items()]  # fmt: skip
    size = read(changed(clause=[{"id": "size", "any": list(parts)}, *own])).judge(firm()).clause("size")
    assert (size.outcome, [part.outcome for part in size.parts]) == ("met", ["unmet", "met"])


def test_a_frozen_body_judges_as_the_standard_it_was_frozen_from() -> None:
    standard = load("2022-innovative-liaoning")
    restored = Standard.from_body(json.loads(json.dumps(standard.body)))
    snapshot = json.loads(json.dumps(firm().to_json()))
    assert restored.digest == standard.digest
    backwards = dict(reversed(list(standard.body.items())))
    assert Standard.from_body(backwards).digest == standard.digest
    assert restored.judge(snapshot).as_json() == standard.judge(firm()).as_json()


def test_a_body_is_written_in_one_way() -> None:
    assert canonical_bytes({"乙": [1, None], "b": True}) == '{"b":true,"乙":[1,null]}'.encode()


def test_a_frozen_body_needs_nothing_of_the_rulebook_but_itself() -> None:
    body = json.loads(json.dumps(load("2022-innovative").body))
    fact = next(f for f in body["vocabulary"]["facts"] if f["id"] == "rd_expense")
    fact["label"] = "研究开发费用"
    for indicator in body["document"]["indicator"]:
        indicator["measure"] = indicator.get("measure", "").replace("研发费用总额", "研究开发费用")
    later = Standard.from_body(body).judge(firm())
    assert later.indicator("research").points.low == 10
    assert later.indicator("research").inputs[0].label == "2025年研究开发费用"


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="not a standard"):
        Standard.from_body({"schema": "tidu.standard/9"})


def test_any_change_of_the_text_changes_the_digest() -> None:
    digests = {
        read(document).digest
        for document in (
            BASE,
            changed(title="另一标准"),
            changed(indicator=[{"id": "research", "label": "另一说法"}]),
            changed(clause=[{"id": "score_total", "rule": "评价得分 > 60分"}]),
        )
    }
    assert len(digests) == 4


def bands(*entries: dict[str, Any], measure: str = "负债总额[上年] / 资产总额[上年]") -> dict[str, Any]:
    """The base with other bands of its debt indicator."""
    named = [{"text": "", **entry} for entry in entries]
    return changed(indicator=[{"id": "debt", "full": 10, "measure": measure, "bands": named}])


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (bands({"points": 10, "to": "55%"}, {"points": 0, "from": "56%"}), "do not touch"),
        (bands({"points": 10, "to": "55%"}, {"points": 0, "from": "54%"}), "do not touch"),
        (bands({"points": 10, "to": "55%"}, {"points": 5, "from": "55%", "to": "75%"}), "outermost bands"),
        (bands({"points": 10, "from": "0%", "to": "55%"}, {"points": 0, "from": "55%"}), "outermost bands"),
        (
            bands(
                {"points": 10, "to": "75%"},
                {"points": 5, "from": "75%", "to": "55%"},
                {"points": 0, "from": "55%"},
            ),
            "not in order",
        ),
        (bands({"points": 0, "to": "55%"}, {"points": 10, "from": "55%"}), "from the highest points"),
        (bands({"points": 9, "to": "55%"}, {"points": 0, "from": "55%"}), "gives 9, not 10"),
        (bands({"points": 10, "to": "55万元"}, {"points": 0, "from": "55万元"}), "another unit"),
        (bands({"points": 10, "to": "许多"}, {"points": 0, "from": "许多"}), "没有名为“许多”的事实"),
        (bands({"points": 10, "to": "5%"}, {"points": 0, "from": "5%"}, measure="债务"), "没有名为“债务”"),
        (bands({"points": 10, "to": "5% + 1%"}, {"points": 0, "from": "5% + 1%"}), "must be a plain number"),
        (
            bands({"points": 10, "to": f"{2**127}%"}, {"points": 0, "from": f"{2**127}%"}),
            "needs more than 127 bits",
        ),
        (changed(band_edge="middle"), "band_edge"),
        (changed(outcome="nothing"), "there is no clause nothing"),
        (changed(clause=[{"id": "extra", "label": "多余", "rule": "评价得分 >= 1分"}]), "have no part"),
        (changed(clause=[{"id": "basic", "all": ["size", "basic"]}]), "contains itself"),
        (changed(clause=[{"id": "size", "rule": "评价得分 >= 1分", "all": ["lists"]}]), "exactly one"),
        (changed(clause=[{"id": "size", "rule": "评价得分 >= 1人"}]), "单位不一致"),
        (changed(clause=[{"id": "size", "certainty": "perhaps"}]), "certainty"),
        (changed(indicator=[{"id": "debt", "dimension": "courage"}]), "no dimension courage"),
        (changed(colour="red"), "unknown keys"),
        (changed(form={"also": ["favourite_colour"]}), "unknown facts"),
        (
            changed(derived=[{"id": "class_one", "label": "Ⅰ类知识产权有效数", "kind": "count", "unit": "项",
                              "table": "intellectual_property", "where": "颜色 = 红"}]),
            "没有名为“颜色”的事实",
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_is_refused_at_load(document: dict[str, Any], message: str) -> None:
    with pytest.raises(StandardError, match=message):
        read(document)


def test_a_standard_has_one_name_only() -> None:
    """A way round through the folders leads to the same file, which says another id."""
    with pytest.raises(StandardError, match="says that it is 2022-innovative"):
        load("../standards/2022-innovative")


def test_an_edge_may_use_the_last_bit_of_a_machine_integer() -> None:
    fen = 2**127 - 1
    edge = f"{fen // 100}.{fen % 100:02d}元"
    document = bands({"points": 10, "to": edge}, {"points": 0, "from": edge}, measure="负债总额[上年]")
    assert read(document).judge(firm()).indicator("debt").points == Span(10, 10)


@pytest.mark.parametrize(("edge", "points"), [("higher", 10), ("lower", 0)])
def test_a_value_on_an_edge_takes_the_band_that_the_file_says(edge: str, points: int) -> None:
    """The firm owes 60 % of its assets, and spends 2.5 % of its revenue on research."""
    less = bands({"points": 10, "to": "60%"}, {"points": 0, "from": "60%"})
    research = "研发费用总额[上年] / 营业收入总额[上年]"
    more = bands({"points": 10, "from": "2.5%"}, {"points": 0, "to": "2.5%"}, measure=research)
    for document in (less, more):
        verdict = read({**document, "band_edge": edge}).judge(firm())
        assert verdict.indicator("debt").points == Span(points, points)


def test_a_standard_may_define_a_derived_fact_otherwise() -> None:
    """2号 does not count what was acquired, whatever the time since."""
    own = {
        "id": "class_one",
        "label": "Ⅰ类知识产权有效数",
        "kind": "count",
        "unit": "项",
        "table": "intellectual_property",
        "where": "知识产权种类 = 发明专利 且 取得方式 = 自主研发",
    }
    standard = read(changed(derived=[own]))
    facts = firm(defence_patents=5)
    assert standard.judge(facts).indicator("property").inputs[2].value == "1 项"
    assert load("2022-innovative").judge(facts).indicator("property").inputs[2].value == "6 项"


# 申报表


def test_the_form_asks_what_judging_needs_and_what_the_file_adds() -> None:
    sections = load("2022-innovative").form()
    assert [section.section.label for section in sections] == [
        "企业基本信息",
        "联系人",
        "基本条件",
        "财务与人员",
        "主导产品",
        "知识产权",
        "研发机构与科技奖励",
        "荣誉与认证",
        "股权融资",
    ]
    asked = {field.fact.id: field for section in sections for field in section.fields}
    assert {need.fact.id for need in load("2022-innovative").needed_facts()} <= set(asked)
    main = asked["main_revenue"]
    assert (main.years_back, main.required_years, main.is_required) == ((0, 1, 2), (0, 1), True)
    assert main.used_by == ("main_growth", "main_share")
    assert main.keys(YEAR) == (("main_revenue", YEAR), ("main_revenue", YEAR - 1), ("main_revenue", YEAR - 2))
    assert main.required_keys(YEAR) == main.keys(YEAR)[:2]
    assert asked["honours"].keys(YEAR) == (("honours", None),)
    assert [evidence.label for evidence in main.evidence] == ["审计报告", "会计师事务所专项说明"]
    assert asked["employees"].used_by == ("size",)
    assert not asked["quality_systems"].is_required


def test_a_form_that_says_no_more_asks_for_one_year() -> None:
    plain = {name: value for name, value in BASE.items() if name != "form"}
    asked = {f.fact.id: f.years_back for section in read(plain).form() for f in section.fields}
    assert (asked["employees"], asked["main_revenue"]) == ((0,), (0, 1))


def test_the_evidence_list_says_what_each_paper_proves() -> None:
    items = {item.evidence.id: item.proves for item in load("2022-innovative").evidence()}
    assert items["signed_form"] == ()
    assert items["honour_certificates"] == ("honours",)
    assert "revenue" in items["audit_report"]


def test_completeness_names_what_is_missing() -> None:
    standard = load("2022-innovative")
    missing = standard.missing_entries(firm())
    assert ("enterprise_name", None) in missing
    assert ("net_profit", YEAR) in missing
    assert ("postcode", None) not in missing
    assert not {key[0] for key in missing} & {need.fact.id for need in standard.needed_facts()}
    without = firm().with_value("main_revenue", YEAR - 1, None)
    assert ("main_revenue", YEAR - 1) in standard.missing_entries(without)
