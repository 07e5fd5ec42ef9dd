"""What a rule finds, asked of both its readers: the reference, and the rule made ready for many firms."""

from fractions import Fraction

from tidu.law.expressions import Condition, Reason, View, compiled, known_value, trace
from tidu.law.expressions.numbers import Number
from tidu.law.expressions.reckoned import measured


def truth_of(condition: Condition, view: View) -> bool | None:
    """The truth; both find the same, and the same for each part."""
    reference, ready = trace(condition, view), compiled(condition)
    assert ready.truth(view) is reference.truth
    for part in ready.parts:
        truth_of(part.condition, view)
    return reference.truth


def reasons_of(condition: Condition, view: View) -> tuple[Reason, ...]:
    """Why it is open; both say the same."""
    reference, ready = trace(condition, view), compiled(condition)
    assert reference.truth is None
    assert ready.why(view) == reference.reasons
    return reference.reasons


def value_of(number: Number, view: View) -> Fraction | None:
    """The number; both reckon the same."""
    found = known_value(number, view)
    assert measured(number)(view) == found
    return found
