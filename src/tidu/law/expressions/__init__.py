"""The rule language: Chinese text, a typed tree, and its exact three-valued reading."""

from tidu.law.expressions.errors import RuleError
from tidu.law.expressions.interpreter import Reason, Span, Trace, Truth, View, known_value, trace
from tidu.law.expressions.parsing import parse_condition, parse_number
from tidu.law.expressions.quotients import Algebra, Quotient, crossed, quotient
from tidu.law.expressions.tree import Condition, Number, Symbol, Symbols, symbol_of

__all__ = [
    "Algebra",
    "Condition",
    "Number",
    "Quotient",
    "Reason",
    "RuleError",
    "Span",
    "Symbol",
    "Symbols",
    "Trace",
    "Truth",
    "View",
    "crossed",
    "known_value",
    "parse_condition",
    "parse_number",
    "quotient",
    "symbol_of",
    "trace",
]
