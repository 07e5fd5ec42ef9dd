"""``./tidu check FILE``: judges the firms of a table by a standard, without server or database."""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tidu.cli.checking import (
    Form,
    Question,
    Said,
    Table,
    UnreadableFile,
    UnwritableFile,
    judged,
    place_of_results,
    read_table,
    write_results,
    writing,
)
from tidu.documents.firm_sheets import write_template
from tidu.law.calendars import FIRST_YEAR, LAST_YEAR, legal_day
from tidu.law.sheets import Problem
from tidu.law.standards import Standard, StandardError, load, standard_ids

USUAL = "2022-specialised"
EVERY = 5_000
MOST_NAMED = 200
"""So many wrong cells are named on the terminal; beside its row stands every one."""


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    by_default = options.standard is None
    options.standard = USUAL if by_default else options.standard
    if options.standard not in standard_ids():
        print(f"没有标准 {options.standard}。可用的标准：{'、'.join(standard_ids())}", file=sys.stderr)
        return 2
    try:
        standard = load(options.standard)
    except StandardError as error:
        print(f"标准 {options.standard} 有误：{error}", file=sys.stderr)
        return 2
    if by_default:
        print(default_words(standard), file=sys.stderr)
    try:
        return write_blank(standard, options) if options.template else judge_file(standard, options)
    except (UnreadableFile, UnwritableFile) as useless:
        print(useless, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read the verdicts (`| head`) has read enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def default_words(standard: Standard) -> str:
    """Which standard is used because none was named, since when it is out of use, and how to name another."""
    ended = standard.ended
    stopped = f"，该标准自 {ended + timedelta(days=1)} 起停用" if ended else ""
    return (
        f"没有指定标准，用的是缺省的“{standard.title}”（{standard.id}）{stopped}；"
        f"另选标准用 --standard 编号，编号有：{'、'.join(standard_ids())}。"
    )


def write_blank(standard: Standard, options: argparse.Namespace) -> int:
    """The sheet to fill. UnwritableFile if it cannot stand there; one that may be filled stays."""
    path = Path(options.template)
    if path.exists():
        raise UnwritableFile(f"{path} 已经有了，不覆盖。请换一个文件名。")
    with writing(path):
        write_template(path, standard, options.year)
    print(f"已写出 {path}：按“{standard.title}”填写后，用 ./tidu check 判定。")
    return 0


def judge_file(standard: Standard, options: argparse.Namespace) -> int:
    """The firms of a file judged; UnreadableFile if it holds none."""
    path = Path(options.file)
    if not path.is_file():
        raise UnreadableFile(f"找不到文件 {path}。")
    return judge(path, read_table(path, Question(standard.id, options.year, options.as_of)), options)


def parse(arguments: list[str]) -> argparse.Namespace:
    today = legal_day(datetime.now(UTC))
    parser = argparse.ArgumentParser(prog="tidu check", description="对表中企业逐户给出判定")
    parser.add_argument("file", nargs="?", help="企业表：.xlsx、.csv，或事实快照 .json")
    parser.add_argument("--standard", metavar="编号", help=f"标准编号，缺省 {USUAL}")
    parser.add_argument(
        "--year", type=_fiscal_year, default=today.year - 1, metavar="年份", help="上年，缺省为去年"
    )
    parser.add_argument(
        "--as-of", type=date.fromisoformat, default=today, metavar="日期", help="计算期限的截至日，缺省今天"
    )
    parser.add_argument("--template", metavar="文件.xlsx", help="写出待填的空表")
    parser.add_argument("--output", metavar="文件", help="结论表写到哪里，缺省在原文件名后加“-结论”")
    parser.add_argument("--json", action="store_true", help="逐户输出判定全文（每行一个 JSON）")
    parser.add_argument("--explain", action="store_true", help="逐户输出判定的中文说明")
    parser.add_argument(
        "--processes",
        type=int,
        default=os.cpu_count() or 1,
        metavar="个数",
        help="同时判定的进程，缺省每核一个",
    )
    options = parser.parse_args(arguments)
    if not options.file and not options.template:
        parser.error("请给出企业表，或用 --template 写出空表")
    return options


def _fiscal_year(text: str) -> int:
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"“{text}”不是年份，请填写四位数字，例如 2025")
    return int(text)


def judge(path: Path, table: Table, options: argparse.Namespace) -> int:
    """Judge every row; what is wrong goes to the terminal, conclusions beside the rows. 1 if anything was."""
    form = Form.JSON if options.json else Form.EXPLAINED if options.explain else Form.BESIDE
    wrong = _Wrong(table.problems)
    said = wrong.named(_with_progress(judged(table, form, options.processes)))
    if form is Form.BESIDE:
        output = place_of_results(path, options.output)
        count = write_results(output, table.headers, said)
        print(f"已判定 {count:,} 户，结论写在 {output}（{table.question.standard.title}）。")
    else:
        count = 0
        for one in said:
            print(one.text)
            count += 1
    wrong.name(table.unclaimed())
    wrong.say_rest()
    if not count:
        print("表中没有企业。", file=sys.stderr)
    return 1 if wrong.count or not count else 0


def _with_progress(said: Iterator[Said]) -> Iterator[Said]:
    """The same, with a sign of life now and then."""
    started = time.monotonic()
    for count, one in enumerate(said, start=1):
        yield one
        if count % EVERY == 0:
            print(f"已判定 {count:,} 户，用时 {time.monotonic() - started:.0f} 秒……", file=sys.stderr)


class _Wrong:
    """What could not be read: named at once, row by row, as far as anybody reads on."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.count = 0
        self.name(problems)

    def named(self, said: Iterator[Said]) -> Iterator[Said]:
        """The same rows, their wrong cells named."""
        for one in said:
            self.name(one.problems)
            yield one

    def name(self, problems: Iterable[object]) -> None:
        """Each of them named."""
        for problem in problems:
            self._name(str(problem))

    def say_rest(self) -> None:
        if self.count > MOST_NAMED:
            rest = self.count - MOST_NAMED
            print(f"另有 {rest:,} 处读不出的单元格，见结论表“表中问题”一栏。", file=sys.stderr)

    def _name(self, problem: str) -> None:
        self.count += 1
        if self.count <= MOST_NAMED:
            print(problem, file=sys.stderr)
