"""The short code on every print of a submitted form, by which paper is matched to its snapshot.

The code is the beginning of the snapshot's digest (48 bits), written in groups: `5F3A-0C1D-77E2`. It says
nothing by itself; what it belongs to, only those learn who may read the case.
"""

import re
from dataclasses import dataclass

from tidu.applications.models import Case, Snapshot

LENGTH = 12
_GROUPS = re.compile(".{4}")
_PARTING = re.compile(r"[\s*\-－—‐–·.]+")
_CODE = re.compile(rf"[0-9a-f]{{{LENGTH}}}")


@dataclass(frozen=True)
class Printed:
    """Which submission of which case a print is of."""

    case: Case
    round: int

    @property
    def is_last(self) -> bool:
        """Whether nothing has been submitted since."""
        return self.round == self.case.round


def print_code(digest: str) -> str:
    """The code as printed; empty for a draft, which has no snapshot."""
    return "-".join(_GROUPS.findall(digest[:LENGTH].upper()))


def read_print_code(text: str) -> str | None:
    """A typed or scanned code as it begins a digest, None if the text is no such code."""
    plain = _PARTING.sub("", text).lower()
    return plain if _CODE.fullmatch(plain) else None


def printed_submission(text: str) -> Printed | None:
    """What a code was printed on, as far as the actor in scope may read it; None if nothing is found."""
    code = read_print_code(text)
    if code is None:
        return None
    # an interval instead of LIKE: comparing may use the index below row-level security
    of_code = Snapshot.objects.filter(kind="submission", digest__gte=code, digest__lt=f"{code}g")
    found = of_code.select_related("case__firm__area", "case__batch__notice", "case__chain").first()
    return None if found is None else Printed(found.case, found.round)
