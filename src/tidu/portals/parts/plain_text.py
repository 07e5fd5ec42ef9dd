"""Characters that no text of ours can hold: the database keeps neither NUL nor half a character."""

import re

from tidu.law.refusals import Refused

UNFIT = re.compile("[\0\ud800-\udfff]")


def check_plain(text: str, *, field: str) -> None:
    """Refused("text_unfit") for a text with such a character; nobody types one, a script or a paste may."""
    if UNFIT.search(text):
        raise Refused("text_unfit", field=field, value=UNFIT.sub("□", field)[:40])
