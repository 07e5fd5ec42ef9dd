"""The answer of a permission or of a rule: yes, or no and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """Whether something is allowed; `reason` is a Chinese sentence when it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Answer(True)
