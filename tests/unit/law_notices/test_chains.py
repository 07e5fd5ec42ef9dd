"""Chains of offices, and the reader that all rulebook files share."""

import pytest

from tidu.law import plain
from tidu.law.chains import Chain, OfficeEntry, Place, check_chain, load_chain
from tidu.law.refusals import Refused, sentence
from tidu.law.rulebook import toml_stems


@pytest.mark.parametrize("chain_id", toml_stems("offices"))
def test_every_office_of_a_place_reaches_a_province(chain_id: str) -> None:
    chain = load_chain(chain_id)
    served = [office for office in chain.offices if office.places]
    assert served
    ladders = {tuple(chain.above(office.code)) for office in served}
    assert ladders == {
        # the notice names no counties there; 兵团 is a department of a province's rank by itself
        "xinjiang": {("city", "province"), ("province",)},
        # an invented office above the province, which recognises 小巨人
        "demonstration": {("county", "city", "province", "ministry")},
    }.get(chain_id, {("county", "city", "province")})


def test_a_leading_zone_has_an_office_and_no_division_code() -> None:
    zone = load_chain("dalian").office("dalian-gaoxin")
    assert (zone.division, zone.places) == (None, (Place("dalian-gaoxin", "高新区"),))


def test_an_office_that_is_not_in_the_chain_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        load_chain("dalian").office("nowhere")
    assert sentence(refused.value).startswith("机构名录“辽宁省—大连市")


TOP = OfficeEntry("top", "上级", "province")
BELOW = OfficeEntry("below", "下级", "county", parent="top")


@pytest.mark.parametrize(
    ("offices", "code"),
    [
        ((BELOW, TOP), "chain_parent_missing"),
        ((BELOW,), "chain_parent_missing"),
        ((TOP, TOP), "chain_code_twice"),
    ],
)
def test_a_chain_that_does_not_hold_together_is_refused(offices: tuple[OfficeEntry, ...], code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_chain(Chain("test", "测试", offices))


def test_what_equals_its_default_is_left_out_when_written() -> None:
    assert plain.write(BELOW) == {"code": "below", "name": "下级", "level": "county", "parent": "top"}
    assert plain.read(OfficeEntry, plain.write(BELOW)) == BELOW


def test_only_dataclasses_are_written() -> None:
    with pytest.raises(TypeError, match="not a dataclass"):
        plain.write({"code": "below"})


def test_what_is_not_a_group_of_keys_is_refused() -> None:
    with pytest.raises(Refused, match="file_value_malformed"):
        plain.read(OfficeEntry, ["below"])
