"""专精特新 under the measures of 2026: some firms on their way to the province's panels, and before them.

Their titles are those of the first tier; they are firms that the other rounds have left alone.
"""

from collections.abc import Sequence

from tidu.aftermath.actions import follow_all
from tidu.applications.models import Case
from tidu.demonstration import acts
from tidu.demonstration.calendar import Times
from tidu.demonstration.cast import Cast
from tidu.demonstration.forms import Invented, asked_since_2026
from tidu.demonstration.panels import draw_the_panels, ready_the_pool, tell_of_opinions
from tidu.demonstration.stories import told

AGREED = "材料齐全，数据与佐证一致，同意推荐。"
VISITED = "现场与申请材料一致，同意推荐。"
AT_COUNTY, AT_CITY = 1, 1
"""How many cases still lie there; all others have come to the panels."""


def tell_new_measures(cast: Cast, firms: Sequence[Invented], times: Times) -> None:
    """One case at its county, one at the city; four come to the panels, which have been drawn before."""
    follow_all(times.now)  # the titles of the first tier are there
    climbing = [
        *told(firms, "announced")[6:9],
        *told(firms, "objection_dismissed"),
        *told(firms, "renewed")[:2],
    ]
    entered = [(firm, _submitted(cast, firm, times)) for firm in climbing]
    at_city = entered[AT_COUNTY:]
    for firm, case in at_city:
        office = cast.county_of(firm)
        acts.review(office, [case], times.within(0.4), comment=AGREED)
        number = f"{firm.area_name}专精特新〔{times.now.year}〕2{firm.index:02d}号"
        acts.recommend(office, times.batch, [case], number, times.within(0.5))
    judged = at_city[AT_CITY:]
    ready_the_pool(cast, times, [firm for firm, _ in judged])
    draw = draw_the_panels(cast.province, times.batch, frozen=times.within(0.5), drawn=times.within(0.6))
    cases = [case for _, case in judged]
    acts.examine(cast.city, cases, times.within(0.7), comment=VISITED)
    acts.recommend(
        cast.city, times.batch, cases, f"示市工信专精特新〔{times.now.year}〕2号", times.within(0.8)
    )
    tell_of_opinions(draw, times)


def _submitted(cast: Cast, firm: Invented, times: Times) -> Case:
    case = acts.apply_as(cast, firm, times.batch, times.within(0.1), also=asked_since_2026())
    acts.submit(cast, firm, case, times.within(0.2))
    return case
