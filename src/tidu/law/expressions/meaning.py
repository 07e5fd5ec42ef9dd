"""What the words of a rule mean: names become facts, and kinds and units must fit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from lark import Tree
from lark.lexer import Token

from tidu.law.expressions.errors import RuleError, suggestion
from tidu.law.expressions.tree import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Constant,
    DayComparison,
    DayName,
    Difference,
    FactValue,
    Growth,
    Membership,
    Moment,
    Negation,
    Number,
    Operator,
    Product,
    Ratio,
    Stated,
    Sum,
    Symbol,
    Symbols,
)
from tidu.law.expressions.units import MONTHS, combined, constant_of, unit_words
from tidu.law.facts import FactKind


@dataclass(frozen=True)
class _Choice:
    """A choice or judgement, which only `=`, `!=` and `属于` can use."""

    fact: FactValue


@dataclass(frozen=True)
class _Word:
    """A name that is no fact; to the right of a choice it may be an option."""

    text: str


_Branch: TypeAlias = Tree[Token]
_Typed: TypeAlias = Number | Condition | Moment | _Choice | _Word

_NUMBERS = (Constant, FactValue, Sum, Difference, Product, Ratio, Growth)
_CONDITIONS = (Comparison, DayComparison, Membership, Stated, AllOf, AnyOf, Negation)
_OPERATORS = {"≥": ">=", "≤": "<=", "≠": "!=", "＞": ">", "＜": "<", "＝": "="}
_GROWTH_ALONE = "复合增长率只能写在比较的左边，与一个百分数比较，例如“>= 5%”。"


class Meaning:
    """Reads one parsed rule; every complaint points at the words that caused it."""

    def __init__(self, text: str, symbols: Symbols) -> None:
        self._text = text
        self._symbols = symbols
        self._by_branch: dict[str, Callable[[_Branch], _Typed]] = {
            "start": lambda branch: self._read(branch.children[0]),
            "bracket": lambda branch: self._read(branch.children[1]),
            "disjunction": lambda branch: AnyOf(self._parts(branch)),
            "conjunction": lambda branch: AllOf(self._parts(branch)),
            "negated": lambda branch: Negation(self.condition(branch.children[1])),
            "comparison": self._comparison,
            "membership": self._membership,
            "sum": self._sum,
            "term": self._term,
            "name": lambda branch: self._name(_token(branch), None),
            "name_of_year": self._name_of_year,
            "quoted": lambda branch: _Word(_token(branch)[1:-1]),
            "growth": self._growth,
            "day": self._day,
            "quantity": lambda branch: constant_of(_token(branch)),
        }

    def condition(self, branch: _Branch | Token) -> Condition:
        """The branch as a condition. RuleError if it is something else."""
        found = self._known(branch)
        if isinstance(found, _CONDITIONS):
            return found
        raise self._wrong("此处应为条件（能回答是或否），例如“营业收入总额[上年] >= 1000万元”。", branch)

    def number(self, branch: _Branch | Token) -> Number:
        """The branch as a number. RuleError if it is something else."""
        found = self._known(branch)
        if isinstance(found, _NUMBERS):
            return found
        raise self._wrong("此处应为数。", branch)

    def _operand(self, branch: _Branch | Token) -> Number:
        """A number that can be reckoned with; a growth is a root and can only be compared."""
        found = self.number(branch)
        if isinstance(found, Growth):
            raise self._wrong(_GROWTH_ALONE, branch)
        return found

    def _read(self, branch: _Branch | Token) -> _Typed:
        tree = _tree(branch)
        return self._by_branch[tree.data](tree)

    def _known(self, branch: _Branch | Token) -> _Typed:
        """Like `_read`, but a word that is no fact is an error."""
        found = self._read(branch)
        if isinstance(found, _Word):
            near = suggestion(found.text, self._symbols)
            raise self._wrong(f"没有名为“{found.text}”的事实{near or '，请查对词汇表'}。", branch)
        return found

    def _parts(self, branch: _Branch) -> tuple[Condition, ...]:
        return tuple(self.condition(part) for part in branch.children[::2])

    def _name(self, token: Token, years_back: int | None) -> _Typed:
        if token in tuple(DayName):
            return Moment(DayName(token))
        symbol = self._symbols.get(str(token))
        if symbol is None:
            return _Word(str(token))
        if symbol.per_year and years_back is None:
            raise self._wrong(f"“{symbol.label}”逐年填写，请写明年度，例如“{symbol.label}[上年]”。", token)
        if not symbol.per_year and years_back is not None:
            raise self._wrong(f"“{symbol.label}”不分年度，请去掉方括号。", token)
        return _typed(FactValue(symbol, years_back))

    def _name_of_year(self, branch: _Branch) -> _Typed:
        name, period = _token(branch), branch.children[2]
        found = self._name(name, str(period).count("上") - 1)
        return self._known(_as_branch(name)) if isinstance(found, _Word) else found

    def _day(self, branch: _Branch) -> Moment:
        try:
            return Moment(date.fromisoformat(_token(branch)))
        except ValueError:
            raise self._wrong("没有这一天。", branch) from None

    def _growth(self, branch: _Branch) -> Growth:
        """`近两年复合增长率(营业收入总额)`: from 上上上年 to 上年, three years of the fact."""
        word, name = branch.children[0], branch.children[2]
        symbol = self._symbols.get(str(name))
        if symbol is None or not symbol.per_year or not symbol.kind.is_number:
            raise self._wrong("此处应为逐年填写的数，例如“营业收入总额”。", name)
        return Growth(FactValue(symbol, 0), FactValue(symbol, 2), 2, f"{word}({symbol.label})")

    def _comparison(self, branch: _Branch) -> Condition:
        left_branch, sign, right_branch = branch.children
        operator = Operator(_OPERATORS.get(str(sign), str(sign)))
        left = self._known(left_branch)
        if isinstance(left, _Choice):
            if operator not in (Operator.EQUAL, Operator.NOT_EQUAL):
                raise self._wrong("选项只能用 =、!= 或“属于”比较。", sign)
            option = self._option(left.fact.symbol, right_branch)
            return Membership(left.fact, (option,), operator is Operator.NOT_EQUAL)
        if isinstance(left, Moment):
            right = self._known(right_branch)
            if not isinstance(right, Moment):
                raise self._wrong("日期只能与日期比较。", right_branch)
            return DayComparison(left, operator, right)
        number, other = self.number(left_branch), self._operand(right_branch)
        self._same_dimension(number, other, right_branch)
        if isinstance(number, Growth) and not isinstance(other, Constant):
            raise self._wrong(_GROWTH_ALONE, right_branch)
        return Comparison(number, operator, other)

    def _membership(self, branch: _Branch) -> Membership:
        subject, word, options = branch.children
        found = self._known(subject)
        if not isinstance(found, _Choice):
            raise self._wrong("“属于”前面应为有选项的事实。", subject)
        chosen = [option for option in _tree(options).children if isinstance(option, Tree)]
        ids = tuple(self._option(found.fact.symbol, option) for option in chosen)
        return Membership(found.fact, ids, str(word) == "不属于")

    def _option(self, symbol: Symbol, branch: _Branch | Token) -> str:
        label = str(_tree(branch).children[0]).strip('“”"')
        for option in symbol.options:
            if option.label == label:
                return option.id
        labels = [option.label for option in symbol.options]
        near = suggestion(label, labels) or f"，应为：{'、'.join(labels)}"
        raise self._wrong(f"“{symbol.label}”没有选项“{label}”{near}。", branch)

    def _sum(self, branch: _Branch) -> Number | Moment:
        first = self._known(branch.children[0])
        found = first if isinstance(first, Moment) else self._operand(branch.children[0])
        for sign, part in zip(branch.children[1::2], branch.children[2::2], strict=True):
            minus = str(sign) not in ("+", "＋")
            if isinstance(found, Moment):
                found = self._moved(found, part, -1 if minus else 1)
                continue
            right = self._operand(part)
            self._same_dimension(found, right, part)
            found = (Difference if minus else Sum)(found, right, found.dimension)
        return found

    def _moved(self, day: Moment, part: _Branch | Token, sign: int) -> Moment:
        term = self.number(part)
        months = MONTHS.get(term.dimension)
        if not isinstance(term, Constant) or months is None or term.value.denominator != 1:
            raise self._wrong("日期只能加减整年或整月，例如“截至日 - 3年”。", part)
        return Moment(day.base, day.months + sign * months * term.value.numerator)

    def _term(self, branch: _Branch) -> Number:
        found = self._operand(branch.children[0])
        for sign, part in zip(branch.children[1::2], branch.children[2::2], strict=True):
            factor = self._operand(part)
            over = str(sign) in ("/", "÷")
            if over and isinstance(factor, Constant) and factor.value <= 0:
                raise self._wrong("不能除以零。", part)
            dimension = combined(found.dimension, factor.dimension, -1 if over else 1)
            found = (Ratio if over else Product)(found, factor, dimension)
        return found

    def _same_dimension(self, left: Number, right: Number, branch: _Branch | Token) -> None:
        if left.dimension != right.dimension:
            said = f"左边是{unit_words(left.dimension)}，此处是{unit_words(right.dimension)}"
            raise self._wrong(f"单位不一致：{said}。", branch)

    def _wrong(self, message: str, where: _Branch | Token) -> RuleError:
        if isinstance(where, Token):
            return RuleError(message, self._text, where.start_pos or 0, where.end_pos or 0)
        return RuleError(message, self._text, where.meta.start_pos, where.meta.end_pos)


def _typed(value: FactValue) -> _Typed:
    """The fact as what its kind lets a rule do with it."""
    symbol = value.symbol
    if symbol.kind.is_number:
        return value
    if symbol.kind is FactKind.DATE:
        return Moment(value)
    if symbol.kind is FactKind.FLAG or [o.id for o in symbol.options] == ["yes", "no"]:
        return Stated(value)
    return _Choice(value) if symbol.kind.has_options else _Word(symbol.label)


def _tree(branch: _Branch | Token) -> _Branch:
    if isinstance(branch, Token):
        raise TypeError(f"the grammar left a bare word: {branch}")
    return branch


def _token(branch: _Branch) -> Token:
    token = branch.children[0]
    if isinstance(token, Token):
        return token
    raise TypeError(f"the grammar gave no word: {token}")


def _as_branch(token: Token) -> _Branch:
    branch: _Branch = Tree("name", [token])
    branch.meta.start_pos, branch.meta.end_pos = token.start_pos or 0, token.end_pos or 0
    return branch
