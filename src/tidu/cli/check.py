"""``./tidu check FILE``: judges the firms of a table by a standard, without server or database."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from tidu.cli.checking import (
    Judged,
    Question,
    UnreadableFile,
    read_firms,
    write_results,
    write_template,
)
from tidu.law.calendars import legal_day
from tidu.law.standards import Standard, StandardError, load, standard_ids

USUAL = "2022-specialised"
EVERY = 1_000


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    try:
        standard = load(options.standard)
    except KeyError:
        print(f"没有标准 {options.standard}。可用的标准：{'、'.join(standard_ids())}", file=sys.stderr)
        return 2
    except StandardError as error:
        print(f"标准 {options.standard} 有误：{error}", file=sys.stderr)
        return 2
    question = Question(standard, options.year, options.as_of)
    if options.template:
        write_template(Path(options.template), question)
        print(f"已写出 {options.template}：按“{standard.title}”填写后，用 ./tidu check 判定。")
        return 0
    path = Path(options.file or "")
    if not path.is_file():
        print(f"找不到文件 {path}。", file=sys.stderr)
        return 2
    return judge(path, question, options)


def parse(arguments: list[str]) -> argparse.Namespace:
    today = legal_day(datetime.now(UTC))
    parser = argparse.ArgumentParser(prog="tidu check", description="对表中企业逐户给出判定")
    parser.add_argument("file", nargs="?", help="企业表：.xlsx、.csv，或事实快照 .json")
    parser.add_argument("--standard", default=USUAL, metavar="编号", help=f"标准编号，缺省 {USUAL}")
    parser.add_argument("--year", type=int, default=today.year - 1, help="上年，缺省为去年")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, default=today, metavar="日期", help="计算期限的截至日，缺省今天"
    )
    parser.add_argument("--template", metavar="文件.xlsx", help="写出待填的空表")
    parser.add_argument("--output", metavar="文件", help="结论表写到哪里，缺省在原文件名后加“-结论”")
    parser.add_argument("--json", action="store_true", help="逐户输出判定全文（每行一个 JSON）")
    parser.add_argument("--explain", action="store_true", help="逐户输出判定的中文说明")
    options = parser.parse_args(arguments)
    if not options.file and not options.template:
        parser.error("请给出企业表，或用 --template 写出空表")
    return options


def judge(path: Path, question: Question, options: argparse.Namespace) -> int:
    """Judge every row; problems go to the terminal, conclusions beside the rows. 1 if anything was wrong."""
    try:
        firms = read_firms(path, question)
    except UnreadableFile as unreadable:
        print(unreadable, file=sys.stderr)
        return 2
    judged = _spoken(firms.judged(), question.standard, options)
    if options.json or options.explain:
        count = sum(1 for _ in judged)
    else:
        output = Path(options.output) if options.output else path.with_name(f"{path.stem}-结论{path.suffix}")
        count = write_results(output, firms, judged)
        print(f"已判定 {count} 户，结论写在 {output}（{question.standard.title}）。")
    for problem in firms.problems:
        print(problem, file=sys.stderr)
    if not count:
        print("表中没有企业。", file=sys.stderr)
    return 1 if firms.problems or not count else 0


def _spoken(judged: Iterator[Judged], standard: Standard, options: argparse.Namespace) -> Iterator[Judged]:
    """The same, said on the terminal as asked, with a sign of life now and then."""
    for count, one in enumerate(judged, start=1):
        if options.json:
            print(json.dumps({"name": one.name, **one.verdict.as_json()}, ensure_ascii=False))
        elif options.explain:
            name = one.name or f"第 {one.row} 行"
            print("\n".join([f"{name}（{standard.short}）", *one.verdict.sentences(), ""]))
        elif count % EVERY == 0:
            print(f"已判定 {count} 户……", file=sys.stderr)
        yield one
