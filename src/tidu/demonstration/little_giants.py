"""小巨人 under the measures of 2026: one firm before the ministry, one still with the province's panels.

Both got 专精特新 years ago, by an announcement older than this register.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tidu.aftermath.actions import follow_all
from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, scope
from tidu.demonstration import acts
from tidu.demonstration.calendar import Times
from tidu.demonstration.cast import Cast
from tidu.demonstration.forms import Invented
from tidu.demonstration.panels import answer_but_for, draw_the_panels
from tidu.demonstration.stories import told
from tidu.law.calendars import add_days, legal_day
from tidu.offices.queries import office_by_code
from tidu.panels.enums import Field
from tidu.panels.models import Hand
from tidu.publicity.actions import ListText, close_list, publish_list
from tidu.titles.actions import Announced, enter_existing_title
from tidu.titles.enums import TitleKind

AGREED = "初审和实地核查与填报一致，进入专家评审。"
FOUND = "对照认定标准和专家组意见，符合标准，拟推荐。"


def tell_little_giants(cast: Cast, firms: Sequence[Invented], times: Times) -> None:
    """省初审和实地核查, 专家评审, 审核, 公示, 推荐: the whole of 第八条 up to the ministry's desk."""
    giants = told(firms, "giant")
    for firm in giants:
        _enter_second_title(cast, firm, times)
    first, second = (_submitted(cast, firm, times) for firm in giants)
    draw_the_panels(cast.province, times.batch, frozen=_on(times, 2, 9), drawn=_on(times, 2, 15))
    _to_panel(cast, first, times, 4)
    answer_but_for(_hand(first), None, _on(times, 6, 10))
    _to_panel(cast, second, times, 12)
    answer_but_for(_hand(second), Field.TECHNOLOGY, _on(times, 14, 9))
    _to_ministry(cast, first, times)


def _on(times: Times, day: int, hour: int) -> datetime:
    """An hour of the so manyth day after the window opened; all of them lie before now."""
    return times.batch.opens_at + timedelta(days=day, hours=hour)


def _enter_second_title(cast: Cast, firm: Invented, times: Times) -> None:
    """专精特新 of the year before last, valid for three."""
    year = times.batch.opens_at.year - 2
    announced = Announced(
        firm=cast.firms[firm.index][0],
        kind=TitleKind.SPECIALISED,
        office=office_by_code("shili-province"),
        number=f"示工信公告〔{year}〕30号",
        on=date(year, 12, 10),
        batch_code=f"{year}-1",
        batch_label=f"{year}年第一批",
    )
    enter_existing_title(
        actor=cast.province,
        announced=announced,
        valid_from=announced.on,
        valid_until=add_days(date(year + 3, 12, 10), -1, "calendar"),
        at=_on(times, 0, 9),
    )


def _submitted(cast: Cast, firm: Invented, times: Times) -> Case:
    case = acts.apply_as(cast, firm, times.batch, _on(times, 1, 9))
    acts.submit(cast, firm, case, _on(times, 1, 15))
    return case


def _to_panel(cast: Cast, case: Case, times: Times, day: int) -> None:
    acts.examine(cast.province, [case], _on(times, day, 10), comment=AGREED)
    follow_all(times.now)  # cases are dispatched as they arrive


def _hand(case: Case) -> Hand:
    with scope(SYSTEM):
        return Hand.objects.get(case=case, ended_at__isnull=True)


def _to_ministry(cast: Cast, case: Case, times: Times) -> None:
    """Reviewed, listed for five days without objection, recommended by one letter."""
    province = cast.province
    acts.review(province, [case], _on(times, 7, 15), comment=FOUND)
    acts.check_credit(province, [case], _on(times, 8, 9))
    published = publish_list(
        actor=province,
        batch_id=times.batch.pk,
        case_versions={case.pk: None},
        text=ListText(f"{times.batch.title}拟推荐专精特新“小巨人”企业名单公示"),
        at=_on(times, 8, 10),
    )
    sent = _on(times, 14, 10)
    close_list(actor=province, list_id=published.pk, at=sent)
    acts.recommend(province, times.batch, [case], f"示工信企业〔{legal_day(sent).year}〕31号", sent)
