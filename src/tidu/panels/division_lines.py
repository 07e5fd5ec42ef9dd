"""Further divisions (组别) of a draw as an office writes them, one in a line. Pure."""

from collections.abc import Iterator, Mapping

from tidu.law.industries import industries
from tidu.law.refusals import Refused
from tidu.proof.draw import Division

MOST_PANELS = 500
_SEPARATORS = str.maketrans("，,；;", "、、、、")


def further_divisions(text: str, seats: Mapping[str, int]) -> tuple[Division, ...]:
    """Each line as “材料 2 30、31”: a name, how many panels, the sectors (大类) that go there.

    All have the same seats; sectors that no line names are left to the first division. Whether a sector
    stands twice or panels are too few is the kernel's to say. Refused("division_line_unreadable").
    """
    return tuple(_divisions(text, seats))


def _divisions(text: str, seats: Mapping[str, int]) -> Iterator[Division]:
    for line in filter(str.strip, text.splitlines()):
        name, panels, sectors, *beyond = (*line.split(), "", "", "")
        codes = tuple(code for code in sectors.translate(_SEPARATORS).split("、") if code)
        known = codes and all(len(code) == 2 and code in industries() for code in codes)
        if any(beyond) or not known or not (panels.isascii() and panels.isdecimal() and len(panels) <= 3):
            raise Refused("division_line_unreadable", field="divisions", value=line.strip()[:40])
        yield Division(name[:20], min(int(panels), MOST_PANELS), seats, codes)
