"""``./tidu records verify``: finds any altered row of the ledger and any altered file.

Exit status: 0 all holds, 1 something was altered. With ``--json`` one JSON object is printed, for monitoring.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib import import_module

from tidu.deployment import site
from tidu.proof.chain import Break
from tidu.proof.wording import sentence


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    with site.database_up():
        site.ready()
        return report(ledger_and_files(), as_json=options.json)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tidu records")
    verifying = parser.add_subparsers(required=True, metavar="verify").add_parser(
        "verify", help="核验台账各链、快照、每日根与文件"
    )
    verifying.add_argument("--json", action="store_true", help="以 JSON 输出")
    return parser.parse_args(arguments)


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
