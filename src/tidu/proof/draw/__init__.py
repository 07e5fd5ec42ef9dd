"""The double random draw (双随机, Article 10), provable to anyone from its record alone.

Two lotteries: experts into panels (:mod:`.panels`), then each case to a panel (:mod:`.choosing`). What goes
in is frozen and committed to before the seed exists (:mod:`.inputs`, :mod:`.seeds`); :mod:`.record` does it
all again from the published file. No clock, no network, no library's ``random``.
"""

from .allotment import Taker, Wanting, allot
from .choosing import Arrival, Choice, choices, least_loaded, request_digest
from .events import Event, declare_conflict, dispatch, resume, withdraw
from .figures import ExpertFigures, Fairness, PanelFigures, fairness
from .freezing import draw_input
from .inputs import (
    FIELDS,
    Candidate,
    Case,
    Division,
    DrawInput,
    Field,
    LinkChain,
    NumberForm,
    PublicDraw,
    Replaces,
    SeedPlan,
    commitment,
    input_document,
    token,
)
from .links import anchor, follows, link
from .panels import Drawn, Panel, Seat, Substitutes, draw_panels
from .reading import drawn_document, drawn_from, event_from, input_from, reveals_document, reveals_from
from .record import FORMAT, record_breaks, record_document
from .refusal import RULES, DrawRefused
from .seeds import (
    Reveals,
    WitnessReveal,
    check_numbers,
    check_reveals,
    secret_commitment,
    seed,
    witness_commitment,
)
from .standing import PanelStanding, Standing

__all__ = [
    "FIELDS",
    "FORMAT",
    "RULES",
    "Arrival",
    "Candidate",
    "Case",
    "Choice",
    "Division",
    "DrawInput",
    "DrawRefused",
    "Drawn",
    "Event",
    "ExpertFigures",
    "Fairness",
    "Field",
    "LinkChain",
    "NumberForm",
    "Panel",
    "PanelFigures",
    "PanelStanding",
    "PublicDraw",
    "Replaces",
    "Reveals",
    "Seat",
    "SeedPlan",
    "Standing",
    "Substitutes",
    "Taker",
    "Wanting",
    "WitnessReveal",
    "allot",
    "anchor",
    "check_numbers",
    "check_reveals",
    "choices",
    "commitment",
    "declare_conflict",
    "dispatch",
    "draw_input",
    "draw_panels",
    "drawn_document",
    "drawn_from",
    "event_from",
    "fairness",
    "follows",
    "input_document",
    "input_from",
    "least_loaded",
    "link",
    "record_breaks",
    "record_document",
    "request_digest",
    "resume",
    "reveals_document",
    "reveals_from",
    "secret_commitment",
    "seed",
    "token",
    "withdraw",
    "witness_commitment",
]
