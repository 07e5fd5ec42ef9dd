"""The rule language: Chinese text, a typed tree, and its exact three-valued reading."""

from tidu.law.expressions.compiled import Compiled, compiled
from tidu.law.expressions.errors import RuleError
from tidu.law.expressions.interpreter import Trace, known_value, trace
from tidu.law.expressions.parsing import parse_condition, parse_number
from tidu.law.expressions.quotients import Algebra, Quotient, crossed, quotient
from tidu.law.expressions.tree import Condition, Number, Symbol, Symbols, symbol_of
from tidu.law.expressions.views import Reason, Seen, Span, Truth, View

__all__ = [
    "Algebra",
    "Compiled",
    "Condition",
    "Number",
    "Quotient",
    "Reason",
    "RuleError",
    "Seen",
    "Span",
    "Symbol",
    "Symbols",
    "Trace",
    "Truth",
    "View",
    "compiled",
    "crossed",
    "known_value",
    "parse_condition",
    "parse_number",
    "quotient",
    "symbol_of",
    "trace",
]
