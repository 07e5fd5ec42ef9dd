"""The answer of a permission or of a rule: yes, or no and why."""

from dataclasses import dataclass

from tidu.law.refusals import Refused


@dataclass(frozen=True)
class Answer:
    """Whether something is allowed; `reason` is a Chinese sentence when it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Refused `not_allowed` with the reason, unless it is allowed."""
        if not self.allowed:
            raise Refused("not_allowed", reason=self.reason)


ALLOWED = Answer(True)
