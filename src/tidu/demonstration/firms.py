"""The invented firms of the rulebook, one after another, each with its story."""

from tidu.demonstration.forms import Invented
from tidu.law.identity import demonstration_code
from tidu.law.rulebook import read_toml

#: Places the firms are spread over, in turn.
AREAS = (
    ("shili-east", "示例东区"),
    ("shili-west", "示例西区"),
    ("shili-county", "示例县"),
    ("shili-harbour", "示例港区"),
    ("shili-hightech", "示例高新区"),
)


def invented_firms() -> list[Invented]:
    """All invented firms in the order of the file; the same at every call."""
    body = read_toml("demonstration", "firms")
    stories = [one for one in body["stories"] for _ in range(one["count"])]
    return [
        _firm(index, name, story, body)
        for index, (name, story) in enumerate(zip(body["names"], stories, strict=True))
    ]


def _firm(index: int, name: str, story: dict[str, str], body: dict[str, list[str]]) -> Invented:
    area, area_name = AREAS[index % len(AREAS)]
    suffixes, products, industries = body["suffixes"], body["products"], body["industries"]
    return Invented(
        index=index,
        uscc=demonstration_code(index + 1),
        name=f"示例{name}{suffixes[index % len(suffixes)]}",
        area=area,
        area_name=area_name,
        product=products[index % len(products)],
        industry=industries[index % len(industries)],
        shape=story["shape"],
        story=story["story"],
    )
