"""From the text of a rule to its proved tree.

The grammar finds mistakes of form, `meaning` mistakes of sense, and the width
proof rules whose arithmetic could leave 128 bits. All are RuleErrors.
"""

from functools import cache
from importlib.resources import files

from lark import Lark, Tree
from lark.exceptions import UnexpectedInput, UnexpectedToken
from lark.lexer import Token

from tidu.law.expressions.errors import RuleError
from tidu.law.expressions.meaning import Meaning
from tidu.law.expressions.tree import Comparison, Condition, Number, Symbols, walk
from tidu.law.expressions.widths import MOST_BITS, bits_needed

_WORDS = {
    "NAME": "事实名称",
    "QUANTITY": "数字",
    "DAY": "日期",
    "QUOTED": "加引号的选项",
    "OPEN": "“(”",
    "CLOSE": "“)”",
    "LEFT": "“[”",
    "RIGHT": "“]”",
    "PERIOD": "上年、上上年之类的年度",
    "GROWTH": "事实名称",
    "OPERATOR": "比较符（>=、>、<=、<、=、!=）",
    "AND": "“且”",
    "OR": "“或”",
    "NOT": "“非(”",
    "IN": "“属于”",
    "NOT_IN": "“不属于”",
    "COMMA": "“、”",
    "PLUS": "“+”",
    "MINUS": "“-”",
    "TIMES": "“*”",
    "OVER": "“/”",
    "$END": "结尾",
}


def parse_condition(text: str, symbols: Symbols) -> Condition:
    """The condition that the text states. RuleError if it is malformed or senseless."""
    condition = Meaning(text, symbols).condition(_tree(text))
    for node in walk(condition):
        if isinstance(node, Comparison):
            _prove_width(text, node)
    return condition


def parse_number(text: str, symbols: Symbols) -> Number:
    """The number that the text computes. RuleError if it is malformed or not a number."""
    return Meaning(text, symbols).number(_tree(text))


def _prove_width(text: str, comparison: Comparison) -> None:
    bits = bits_needed(comparison)
    if bits > MOST_BITS:
        message = (
            f"这一比较最多需要 {bits} 位整数，超过 {MOST_BITS} 位，不能保证精确。请拆成几条或收紧事实的上限。"
        )
        raise RuleError(message, text, 0, len(text))


@cache
def _parser() -> Lark:
    grammar = files("tidu").joinpath("law", "expressions", "grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _tree(text: str) -> Tree[Token]:
    try:
        return _parser().parse(text)
    except UnexpectedInput as error:
        raise _in_chinese(text, error) from None


def _in_chinese(text: str, error: UnexpectedInput) -> RuleError:
    """What stands where the grammar stopped, and what it had expected."""
    token = error.token if isinstance(error, UnexpectedToken) else None
    possible = (getattr(error, name, None) for name in ("accepts", "expected", "allowed"))
    expected = next((names for names in possible if names), ())
    names = "、".join(sorted({_WORDS.get(name, name) for name in expected}))
    if token is not None and token.type == "$END":
        return RuleError(f"规则在此处中断，应为{names}。", text, len(text), len(text))
    start = error.pos_in_stream or 0
    word = str(token) if token is not None else text[start : start + 1]
    return RuleError(f"此处不能写“{word}”，应为{names}。", text, start, start + len(word))
