"""``./tidu records verify``: finds any altered row of the ledger and any altered file.

Exit status: 0 all holds, 1 something was altered, 2 nothing has been set up here yet. With ``--json`` one
JSON object is printed, for monitoring.

``./tidu records erase CHAIN SEQ --reason WHY``: erases what one entry says, by rule (a person's data), and
records that it was erased and why. The chain still holds: it covers only the salted digest.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module

from tidu.deployment import site
from tidu.law.refusals import Refused
from tidu.law.refusals import sentence as refusal_sentence
from tidu.proof.chain import Break
from tidu.proof.wording import sentence


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    try:
        with site.schema_up():
            site.ready()
            if options.act == "erase":
                return erase(options.chain, options.seq, options.reason)
            return report(ledger_and_files(), as_json=options.json)
    except site.NotSetUp as problem:
        print(f"错误：{problem}", file=sys.stderr)
        return 2


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tidu records")
    acts = parser.add_subparsers(dest="act", required=True, metavar="verify|erase")
    verifying = acts.add_parser("verify", help="核验台账各链、快照、每日根与文件")
    verifying.add_argument("--json", action="store_true", help="以 JSON 输出")
    erasing = acts.add_parser("erase", help="依规抹去一条记录的内容，链仍完整，另记一条抹去的理由")
    erasing.add_argument("chain", metavar="链", help="证明文件中的 chain.token")
    erasing.add_argument("seq", type=int, metavar="序号")
    erasing.add_argument("--reason", required=True, metavar="理由", help="依据和经过，记入台账")
    return parser.parse_args(arguments)


def erase(chain: str, seq: int, reason: str) -> int:
    """Erase the body of one entry; 1 with a sentence if it is refused."""
    # the rooms can be imported only once Django is ready
    scopes = import_module("tidu.database.scope")
    try:
        with scopes.scope(scopes.SYSTEM):
            entry = import_module("tidu.records.queries").entry_at(chain, seq)
            import_module("tidu.records.actions").erase_body(
                entry=entry, reason=reason, actor=scopes.SYSTEM, at=datetime.now(UTC)
            )
    except Refused as refused:
        print(refusal_sentence(refused), file=sys.stderr)
        return 1
    print(f"已抹去链 {chain} 第 {seq} 条的内容，理由已另记一条。链仍可核验。")
    return 0


def ledger_and_files() -> Iterator[Break]:
    """Every break, as it is found."""
    # the rooms can be imported only once Django is ready
    scopes = import_module("tidu.database.scope")
    with scopes.scope(scopes.SYSTEM):
        yield from import_module("tidu.records.verification").verify_all()
        yield from import_module("tidu.files.queries").file_breaks()


def report(breaks: Iterable[Break], *, as_json: bool) -> int:
    found = []
    for broken in breaks:
        found.append(broken)
        if not as_json:
            print(sentence(broken), flush=True)
    if as_json:
        listed = [{**asdict(broken), "sentence": sentence(broken)} for broken in found]
        print(json.dumps({"whole": not found, "breaks": listed}, ensure_ascii=False, indent=2))
    else:
        print(f"核验不通过，共 {len(found)} 处" if found else "核验通过：台账与文件均未被改动")
    return 1 if found else 0
