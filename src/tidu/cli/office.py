"""``./tidu office …``: opens, places and closes offices, and lets another office serve an area.

What an operator does here is recorded as the system's act, in the ledgers of the offices concerned.
"""

import argparse
import sys
from datetime import UTC, datetime
from importlib import import_module

from tidu.database.scope import SYSTEM
from tidu.deployment import site
from tidu.law.refusals import Refused, sentence

LEVELS = {"ministry": "部", "province": "省", "city": "市", "county": "区县"}


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    with site.database_up():
        site.ready()
        site.migrate()
        return act(options)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tidu office")
    acts = parser.add_subparsers(dest="act", required=True, metavar="open|under|close|area|move")
    opening = acts.add_parser("open", help="新设机构")
    opening.add_argument("code", metavar="代码")
    opening.add_argument("name", metavar="名称")
    opening.add_argument(
        "--level",
        required=True,
        choices=sorted(LEVELS),
        help="、".join(f"{k}={v}" for k, v in LEVELS.items()),
    )
    opening.add_argument("--under", metavar="上级代码", help="不写则为本系统的最上级机构")
    opening.add_argument("--phone", default="", metavar="办公电话")
    placing = acts.add_parser("under", help="把没有上级的机构归到后来新设的上级机构之下")
    placing.add_argument("code", metavar="代码")
    placing.add_argument("parent", metavar="上级代码")
    acts.add_parser("close", help="停用机构").add_argument("code", metavar="代码")
    serving = acts.add_parser("area", help="新设属地")
    serving.add_argument("code", metavar="属地代码")
    serving.add_argument("name", metavar="名称")
    serving.add_argument("--office", required=True, metavar="机构代码")
    moving = acts.add_parser("move", help="属地改由另一机构主管")
    moving.add_argument("code", metavar="属地代码")
    moving.add_argument("--to", required=True, metavar="机构代码")
    return parser.parse_args(arguments)


def act(options: argparse.Namespace) -> int:
    """Do it; 1 with a sentence if it is refused."""
    acts = {
        "open": open_office,
        "under": place_office,
        "close": close_office,
        "area": open_area,
        "move": move_area,
    }
    # the rooms can be imported only once Django is ready
    scopes = import_module("tidu.database.scope")
    try:
        with scopes.scope(SYSTEM):
            print(acts[options.act](options, datetime.now(UTC)))
    except Refused as refused:
        print(sentence(refused), file=sys.stderr)
        return 1
    return 0


def open_office(options: argparse.Namespace, at: datetime) -> str:
    actions, queries = import_module("tidu.offices.actions"), import_module("tidu.offices.queries")
    parent = queries.office_by_code(options.under) if options.under else None
    office = actions.NewOffice(
        code=options.code,
        name=options.name,
        level=import_module("tidu.offices.enums").Level(options.level),
        phone=options.phone,
        is_demonstration=parent is not None and parent.is_demonstration,
    )
    opened = actions.open_office(actor=SYSTEM, office=office, parent=parent, at=at)
    return f"已新设机构“{opened.name}”（{opened.code}）。请为其开立账号管理员。"


def place_office(options: argparse.Namespace, at: datetime) -> str:
    actions, queries = import_module("tidu.offices.actions"), import_module("tidu.offices.queries")
    office, parent = queries.office_by_code(options.code), queries.office_by_code(options.parent)
    actions.place_office(actor=SYSTEM, office=office, parent=parent, at=at)
    return f"“{office.name}”现在由“{parent.name}”主管；此后提交的案件可以逐级上报到它，已提交的不变。"


def close_office(options: argparse.Namespace, at: datetime) -> str:
    actions, queries = import_module("tidu.offices.actions"), import_module("tidu.offices.queries")
    closed = actions.close_office(actor=SYSTEM, office=queries.office_by_code(options.code), at=at)
    return f"已停用机构“{closed.name}”（{closed.code}）。"


def open_area(options: argparse.Namespace, at: datetime) -> str:
    actions, queries = import_module("tidu.offices.actions"), import_module("tidu.offices.queries")
    office = queries.office_by_code(options.office)
    area = actions.open_area(actor=SYSTEM, code=options.code, name=options.name, office=office, at=at)
    return f"已新设属地“{area.name}”（{area.code}），由“{office.name}”主管。"


def move_area(options: argparse.Namespace, at: datetime) -> str:
    actions, queries = import_module("tidu.offices.actions"), import_module("tidu.offices.queries")
    area, office = queries.area_by_code(options.code), queries.office_by_code(options.to)
    moved = actions.move_area(actor=SYSTEM, area=area, office=office, at=at)
    return f"属地“{moved.name}”改由“{office.name}”主管；办理中的案件留在原处，需要的逐件移交。"
