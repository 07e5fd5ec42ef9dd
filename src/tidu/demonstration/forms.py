"""What an invented firm types into its form, by the shape its story needs. Everything is deterministic."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

Typed: TypeAlias = Mapping[tuple[str, int], Any]

#: 万元, by shape: revenue of 上年, share of main revenue, of R&D, growth (all in per cent), liabilities.
FIGURES: Mapping[str, tuple[int, int, str, int, int]] = {
    "giant": (23_600, 95, "5.8", 16, 38),
    "strong": (6_800, 92, "6.2", 18, 41),
    "route": (4_300, 78, "3.6", 9, 52),
    "edge": (2_600, 70, "3", 5, 55),
    "weak": (1_900, 57, "1.4", -6, 78),
    "sparse": (3_100, 81, "4.1", 12, 48),
}

#: How many inventions a firm of this shape holds, where it is not one.
INVENTIONS: Mapping[str, int] = {"giant": 4}


@dataclass(frozen=True)
class Invented:
    """One invented firm: identity, product, industry and the shape of its figures."""

    index: int
    uscc: str
    name: str
    area: str
    area_name: str
    product: str
    industry: str
    shape: str
    story: str


def form_of(firm: Invented, *, year: int) -> dict[tuple[str, int], Any]:
    """Everything the form asks, as typed: text for a field, rows of text for a table, no rows for 无.

    Name and code stand as registered and are not typed. `year` is 上年.
    """
    typed = {**_identity(firm), **_statements(firm, year), **_products(firm, year), **_property(firm, year)}
    typed |= {**_standing(firm, year), **_market(firm, year)}
    if firm.shape == "giant":
        typed |= {**asked_since_2026(), **_asked_of_giants()}
    if firm.shape == "sparse":
        for key in [
            ("rd_expense", year),
            ("total_liabilities", year),
            ("intellectual_property", 0),
            ("rd_staff", year),
        ]:
            typed.pop(key)
    return typed


def _identity(firm: Invented) -> dict[tuple[str, int], Any]:
    return {
        ("registered_on", 0): f"{2009 + firm.index % 9}-0{1 + firm.index % 9}-18",
        ("registered_capital", 0): str(800 + 50 * (firm.index % 12)),
        ("registered_at", 0): f"示例省示例市{firm.area_name}",
        ("address", 0): f"示例省示例市{firm.area_name}创新路 {firm.index + 1} 号",
        ("postcode", 0): "990000",
        ("legal_representative", 0): "示例法人",
        ("ownership", 0): "民营",
        ("listing", 0): "无上市计划",
        ("industry_code", 0): firm.industry,
        ("contact_name", 0): "示例联系人",
        ("contact_telephone", 0): f"000-0000{firm.index:04d}",
        ("contact_email", 0): f"firm{firm.index:02d}@example.invalid",
        ("contact_is_employee", 0): "是",
        ("not_on_abnormal_lists", 0): "是",
        ("products_permitted", 0): "是",
        ("no_major_incident", 0): "是",
    }


def _statements(firm: Invented, year: int) -> dict[tuple[str, int], Any]:
    revenue, main, research, growth, debt = FIGURES[firm.shape]
    last = revenue + 37 * (firm.index % 11)
    typed: dict[tuple[str, int], Any] = {}
    for back in range(3):
        period = year - back
        # each year back is smaller (or larger) by the growth, kept exact in 万元 with two decimals
        total = last * 100**back * 100 // (100 + growth) ** back
        typed |= {
            ("statement_scope", period): "单体报表",
            ("revenue", period): _money(total),
            ("main_revenue", period): _money(total * main // 100),
            ("net_profit", period): _money(total * 7 // 100),
            ("rd_expense", period): _money(total * int(float(research) * 10) // 1000 + 1),
            ("total_assets", period): _money(total * 13 // 10),
            ("total_liabilities", period): _money(total * 13 * debt // 1000),
            ("employees", period): str(86 + firm.index % 40 - 4 * back),
            ("rd_staff", period): str(14 + firm.index % 9 - back),
        }
    return typed


def _money(hundredths: int) -> str:
    """万元 with two decimals."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _products(firm: Invented, year: int) -> dict[tuple[str, int], Any]:
    revenue, main, *_ = FIGURES[firm.shape]
    row = {"name": firm.product, "revenue": str(revenue * main * 8 // 1000), "since": f"{year - 7}-03-01"}
    return {
        ("main_products", 0): [row],
        (
            "product_summary",
            0,
        ): f"{firm.product}，主要供应示例省内外的装备制造企业。本条为演示样张，内容虚构。",
        ("strategic_industry", 0): "其他领域" if firm.shape == "weak" else "高端装备制造产业",
    }


def _market(firm: Invented, year: int) -> dict[tuple[str, int], Any]:
    """What 专精特新 asks beyond 创新型: market segment, chain, brands, digital level, quality, standards."""
    serves = "服务重点龙头" if firm.shape in ("giant", "strong", "route") else "不属于以上情况"
    return {
        ("niche_market", 0): f"{firm.product}，供装备制造企业配套。（演示）",
        ("niche_since", 0): f"{year - 7}-03-01",
        ("chain_position", 0): serves,
        ("own_brands", 0): "1",
        ("digital_level", 0): "二级",
        ("quality_awards", 0): [],
        ("standards_made", 0): [],
        ("contests", 0): [],
    }


def asked_since_2026() -> dict[tuple[str, int], Any]:
    """What the measures of 2026 ask beyond that, for 专精特新 as well."""
    return {
        ("first_tier", 0): "创新型中小企业",
        ("no_serious_incident", 0): "是",
        ("market_standing", 0): "是",
        ("development_score", 0): "68",
    }


def _asked_of_giants() -> dict[tuple[str, int], Any]:
    """What they ask for 小巨人."""
    return {
        ("second_tier", 0): "是",
        ("domestic_share", 0): "21",
        ("world_share", 0): "4",
        ("domestic_rank", 0): "2",
        ("well_known", 0): "是",
        ("chain_resilience", 0): "是",
        ("key_field_2026", 0): "工业六基",
        ("six_base", 0): "核心基础零部件",
    }


def _property(firm: Invented, year: int) -> dict[tuple[str, int], Any]:
    kinds = {
        "giant": "发明专利",
        "strong": "发明专利",
        "route": "发明专利",
        "edge": "发明专利",
        "weak": "软件著作权",
        "sparse": "发明专利",
    }
    rows = [_patent(firm, kinds[firm.shape], year, number) for number in range(INVENTIONS.get(firm.shape, 1))]
    return {("intellectual_property", 0): rows, ("defence_patents", 0): "0"}


def _patent(firm: Invented, kind: str, year: int, number: int) -> dict[str, str]:
    """One row of the list; the first one bears the firm's own number."""
    row = {
        "kind": kind,
        "name": f"一种{firm.product}及其控制方法{number or ''}",
        "number": f"YZ{firm.index:06d}" + (f"-{number}" if number else ""),
        "obtained": "转让取得" if firm.shape == "edge" else "自主研发",
        "granted_on": f"{year - 3}-05-20",
        "valid_until": f"{year + 14}-05-20",
        "related": "是",
        "high_value": "无高价值依据",
        "owner_rank": "1",
        "applied": "是",
    }
    if firm.shape == "edge":
        row["transferred_on"] = f"{year - 2}-06-01"
    return row


def _standing(firm: Invented, year: int) -> dict[tuple[str, int], Any]:
    typed: dict[tuple[str, int], Any] = {
        ("rd_bodies", 0): [],
        ("awards", 0): [],
        ("honours", 0): [],
        ("quality_systems", 0): [
            {"name": "质量管理体系认证", "kind": "质量管理体系", "valid_until": f"{year + 2}-12-31"}
        ],
        ("equity_financing", 0): [],
    }
    if firm.shape == "route":
        typed["honours", 0] = [
            {
                "kind": "高新技术企业",
                "granted_on": f"{year - 1}-11-05",
                "valid_until": date(year + 2, 11, 4).isoformat(),
            }
        ]
    return typed
