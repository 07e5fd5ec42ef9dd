"""``./tidu draw verify FILE``: does a published draw again and says whether it holds.

``--commitment`` compares with the value that was published before the seed existed: a record forged as a
whole holds in itself, and only what was published earlier gives it away.

``./tidu draw commit FILE --witness NAME --number NUMBER``: what a witness hands in before anybody reveals,
made on his own machine so that nobody else knows the number; he keeps the salt that is printed.

``./tidu draw link --length N --number K``: a link of a body's chain, its secret read from standard input.

Neither a server nor a database is needed. Exit status: 0 the record holds, 1 it does not, 2 unreadable.
"""

import argparse
import json
import re
import secrets
import sys
from pathlib import Path
from typing import Any

from tidu.proof import draw
from tidu.proof.chain import Break
from tidu.proof.documents import Malformed, document_breaks
from tidu.proof.wording import sentence

SECRET = 32
"""Octets of a chain's secret, and of a witness' salt."""


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    try:
        if options.act == "link":
            return show_link(sys.stdin.read().strip(), options.length, options.number)
        document = read(Path(options.file))
        if options.act == "commit":
            return commit(document, options.witness, options.number)
        return verify(document, options.file, options.commitment)
    except (OSError, ValueError, LookupError, TypeError) as error:
        print(f"读不出：{error}", file=sys.stderr)
        return 2


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tidu draw")
    acts = parser.add_subparsers(dest="act", required=True, metavar="verify|commit|link")
    verifying = acts.add_parser("verify", help="按抽取笔录重做一遍，核对每一步")
    verifying.add_argument("file", metavar="笔录.json")
    verifying.add_argument("--commitment", metavar="承诺值", help="事先公布的承诺值，另行核对")
    committing = acts.add_parser("commit", help="见证人：算出自己那个数的承诺值")
    committing.add_argument("file", metavar="笔录.json", help="揭示之前公布的笔录（只有承诺值）")
    committing.add_argument("--witness", required=True, metavar="见证人")
    committing.add_argument("--number", required=True, metavar="数", help="任意文字，揭示之前不要告诉任何人")
    linking = acts.add_parser("link", help="派发链的一环，第 0 环即锚；秘密数从标准输入读入")
    linking.add_argument("--length", type=int, required=True, metavar="环数")
    linking.add_argument("--number", type=int, required=True, metavar="第几环")
    return parser.parse_args(arguments)


def read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_bytes())
    except ValueError as error:
        raise Malformed(f"{path.name} 不是 JSON，不是抽取笔录，或文件不完整") from error
    if not isinstance(document, dict) or document.get("format") != draw.FORMAT:
        raise Malformed(f"{path.name} 不是抽取笔录")
    return document


def verify(document: dict[str, Any], name: str, published: str | None) -> int:
    found = document_breaks(document)
    if published is not None:
        found += against_published(document, name, published)
    for broken in found:
        print(sentence(broken))
    print(f"核验不通过，共 {len(found)} 处" if found else f"核验通过：{standing(document)}")
    return 1 if found else 0


def against_published(document: dict[str, Any], name: str, published: str) -> list[Break]:
    """The commitment as it was typed or copied, with whatever came along between its digits.

    Raises Malformed for what is no commitment at all, which says nothing about the record.
    """
    wanted = "".join(published.lower().replace("\u200b", "").split())
    if not re.fullmatch("[0-9a-f]{64}", wanted):
        raise Malformed(f"承诺值应为 64 位十六进制数，写的是 {len(wanted)} 位：请照公布的承诺值完整填写")
    if wanted == document["commitment"]:
        return []
    return [Break(name, None, "draw_commitment", wanted, document["commitment"])]


def standing(document: dict[str, Any]) -> str:
    """How far the draw of a record has come."""
    if document["drawn"] is None:
        return f"承诺值 {document['commitment']}，尚未抽取"
    panels, events = document["drawn"]["panels"], document["events"]
    if document["withheld_until"] is not None:
        until = document["withheld_until"]
        return f"{len(panels)} 个评审组；{len(events)} 件事项只公布摘要，{until} 之后公布全文"
    sent = sum(len(each["event"].get("panels", ())) for each in events)
    return f"{len(panels)} 个评审组，派发 {sent} 件次，从冻结的输入到最后一次派发逐步重做，结果一致"


def commit(document: dict[str, Any], witness: str, number: str) -> int:
    frozen = draw.input_from(document["input"])
    if witness not in frozen.seed.witnesses:
        print(f"见证人应为：{'、'.join(frozen.seed.witnesses) or '无'}", file=sys.stderr)
        return 2
    salt = secrets.token_bytes(SECRET)
    committed = draw.witness_commitment(draw.commitment(frozen), witness, number, salt, frozen.algorithm)
    print(f"承诺值（现在交）：{committed}")
    print(f"盐值（自己保存，揭示时与数一并交）：{salt.hex()}")
    return 0


def show_link(secret: str, length: int, number: int) -> int:
    value = bytes.fromhex(secret)
    if len(value) != SECRET:
        print(f"秘密数须为 {SECRET} 个字节（{2 * SECRET} 位十六进制）", file=sys.stderr)
        return 2
    print(draw.link(value, length, number))
    return 0
