"""``./tidu notice load FILE``: publishes a notice from its file, and opens the offices that it names."""

import argparse
import sys
from datetime import UTC, datetime
from importlib import import_module

from tidu.deployment import site
from tidu.law.refusals import Refused, sentence


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    with site.database_up():
        site.ready()
        site.migrate()
        return load(options)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tidu notice")
    loading = parser.add_subparsers(required=True, metavar="load").add_parser("load", help="载入并发布通知")
    loading.add_argument("file", help="通知文件（TOML 或 JSON），或规则库中通知的代码")
    loading.add_argument(
        "--as-office", metavar="代码", help="以该发布单位的名义发布；不写则记为由系统据文件载入"
    )
    loading.add_argument(
        "--procedure", metavar="文件", help="通知所用的程序文件；不写则用规则库中该代码的程序"
    )
    loading.add_argument("--banner", default="", metavar="文字", help="在该通知各页顶部显示的提示")
    return parser.parse_args(arguments)


def load(options: argparse.Namespace) -> int:
    # the rooms can be imported only once Django is ready
    rooms = import_module("tidu.programmes.loading")
    try:
        loaded = rooms.load_notice(
            source=options.file,
            at=datetime.now(UTC),
            office=options.as_office,
            banner=options.banner,
            procedure=options.procedure,
        )
    except Refused as refused:
        print(sentence(refused), file=sys.stderr)
        return 1
    print(f"已发布“{loaded.notice.title}”：{loaded.batches} 个批次，新建 {loaded.offices} 个机构")
    return 0
