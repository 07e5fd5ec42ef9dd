"""Judging the firms of a table, by several processes if there are many; the order is that of the file.

A process is handed a piece of the table at a time, and no more pieces wait than keep every process
busy: memory does not grow with the table.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from multiprocessing import get_context

from tidu.cli.checking.reading import FirmRow, Question, Table, UnreadableFile
from tidu.law.facts import Facts
from tidu.law.sheets import KEY, NAME, Cell, Heading, Problem, facts_of_row, typed
from tidu.law.standards import Outcome, Verdict

PIECE = 250
"""So many firms are handed to a process at a time; a smaller table is not worth a second one."""
WAITING = 3
"""So many pieces per process are under way at most."""
CONCLUSIONS = ("结论", "得分至少", "得分至多", "不符合的条件", "差距", "待补充", "最省力的一项", "表中问题")


class Form(StrEnum):
    """How a verdict is told: beside the row, in Chinese sentences, or as JSON."""

    BESIDE = "beside"
    EXPLAINED = "explained"
    JSON = "json"


@dataclass(frozen=True)
class Said:
    """One firm: its row as typed, what was wrong in it, and the verdict as cells or as a text."""

    row: int
    name: str
    cells: Sequence[str]
    conclusion: Sequence[str]
    text: str
    problems: Sequence[str]


def judged(table: Table, form: Form, processes: int) -> Iterator[Said]:
    """Every firm with what is said of it, in the order of the file."""
    pieces = _pieces(table.rows)
    judge = _Judge(table.question, table.headers, form)
    first = next(pieces, ())
    second = next(pieces, None)
    if processes < 2 or second is None:
        for piece in chain((first,), () if second is None else (second,), pieces):
            yield from judge.piece(piece)
        return
    yield from _by_several(judge, chain((first, second), pieces), processes)


def _by_several(judge: "_Judge", pieces: Iterable[Sequence[FirmRow]], processes: int) -> Iterator[Said]:
    under_way: deque[Future[list[Said]]] = deque()
    with ProcessPoolExecutor(
        processes,
        get_context("spawn"),
        initializer=_begin,
        initargs=(judge.question, judge.headers, judge.form),
    ) as workers:
        try:
            for piece in pieces:
                under_way.append(workers.submit(_work, piece))
                if len(under_way) >= processes * WAITING:
                    yield from under_way.popleft().result()
            while under_way:
                yield from under_way.popleft().result()
        finally:
            workers.shutdown(wait=False, cancel_futures=True)


def _pieces(rows: Iterator[FirmRow]) -> Iterator[Sequence[FirmRow]]:
    while piece := list(islice(rows, PIECE)):
        yield piece


class _Judge:
    """What a process knows while it judges."""

    def __init__(self, question: Question, headers: Sequence[Cell], form: Form) -> None:
        self.question = question
        self.headers = headers
        self.form = form
        self._heading: Heading = question.heading(headers)

    def piece(self, rows: Sequence[FirmRow]) -> list[Said]:
        """Every row judged and told."""
        return [self._told(row) for row in rows]

    def _told(self, row: FirmRow) -> Said:
        facts, problems = self._facts(row)
        verdict = self.question.standard.judge(facts)
        name = facts.text(NAME) or ""
        wrong = [str(problem) for problem in problems]
        beside = self.form is Form.BESIDE
        return Said(
            row=row.number,
            name=name,
            cells=[typed(cell) for cell in row.cells] if beside else (),
            conclusion=[*conclusion(verdict), _run_on(wrong)] if beside else (),
            text="" if beside else self._text(row.number, name, wrong, verdict),
            problems=wrong,
        )

    def _facts(self, row: FirmRow) -> tuple[Facts, Sequence[Problem]]:
        question = self.question
        if row.snapshot is not None:
            try:
                return Facts.from_json(row.snapshot, question.standard.vocabulary), ()
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise UnreadableFile(f"第 {row.number} 份快照不能按本标准读出：{error}") from error
        found, problems = self._heading.read(row.number, row.cells)
        code = next((str(value) for column, value in found.items() if column.fact.id == KEY), "")
        facts = facts_of_row(
            found,
            {table: {code: rows} for table, rows in row.lists.items()},
            standard=question.standard,
            year=question.year,
            as_of=question.as_of,
        )
        return facts, [*problems, *self._heading.contradicted(row.number, found, row.lists)]

    def _text(self, number: int, name: str, problems: Sequence[str], verdict: Verdict) -> str:
        if self.form is Form.JSON:
            body = {"row": number, "name": name, "problems": list(problems), **verdict.as_json()}
            return json.dumps(body, ensure_ascii=False)
        title = name or f"第 {number} 行"
        return "\n".join([f"{title}（{verdict.standard.short}）", *verdict.sentences(), ""])


_judge: _Judge | None = None


def _begin(question: Question, headers: Sequence[Cell], form: Form) -> None:
    """What a process does first: read the standard once."""
    global _judge  # noqa: PLW0603 - a process of the pool is told once what it judges by
    _judge = _Judge(question, headers, form)


def _work(rows: Sequence[FirmRow]) -> list[Said]:
    assert _judge is not None  # noqa: S101 - the pool calls `_begin` in every process
    return _judge.piece(rows)


def conclusion(verdict: Verdict) -> list[str]:
    """The cells beside a row, by `CONCLUSIONS`, without what was wrong in the row."""
    words = f"（{verdict.unconfirmed_words}）" if verdict.unconfirmed_words else ""
    scored = [str(verdict.points.low), str(verdict.points.high)] if verdict.full else ["", ""]
    is_unmet = verdict.outcome is Outcome.UNMET
    failing = [one for one, counts in verdict.root.rules() if counts and one.outcome is Outcome.UNMET]
    gaps = [check.steps[0].sentence for clause in failing for check in clause.checks if check.steps]
    turning = verdict.turning[:1]
    return [
        f"{verdict.outcome.label}{words}",
        *scored,
        "；".join(clause.label for clause in failing) if is_unmet else "",
        "".join(gaps) if is_unmet else "",
        _run_on(point.sentence for point in verdict.open_points),
        turning[0].sentence if turning else "",
    ]


def _run_on(sentences: Iterable[str]) -> str:
    """Sentences in one cell: a semicolon only where no full stop stands already."""
    return "；".join(sentences).replace("。；", "。")
