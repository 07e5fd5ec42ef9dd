"""Brings the demonstration to life once, by real actions; a second call finds it alive and does nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from tidu.aftermath.actions import follow_all, lapse_unrenewed
from tidu.database.scope import SYSTEM, scope
from tidu.demonstration import stories
from tidu.demonstration.calendar import Times
from tidu.demonstration.cast import Cast, gather, register
from tidu.demonstration.firms import invented_firms
from tidu.demonstration.little_giants import tell_little_giants
from tidu.demonstration.new_measures import tell_new_measures
from tidu.demonstration.next_notice import draft_next_notice
from tidu.demonstration.second_tier import tell_second_tier
from tidu.demonstration.world import open_province, publish_notices, publish_of_province
from tidu.law.calendars import quarter_of, quarter_window, shift_quarter
from tidu.law.notices.demonstration import LITTLE_GIANT_2026, SPECIALISED, SPECIALISED_2026
from tidu.programmes.models import Batch, Notice

Say = Callable[[str], None]


def run(say: Say) -> None:
    """Tell every story up to now, unless it has been told."""
    tell(timezone.now(), say)


def tell(now: datetime, say: Say) -> None:
    """One transaction from the first act to the last: an interrupted start leaves nothing behind."""
    with scope(SYSTEM):
        if Notice.objects.filter(is_demonstration=True).exists():
            return
        cast = _open(now, say)
        firms = invented_firms()
        for firm in firms:
            register(cast, firm, cast.batches[0].opens_at + timedelta(hours=9))
        say("已登记 60 家虚构企业")
        stories.enter_older_titles(cast, firms)
        chapters = (
            stories.tell_first_batch,
            stories.tell_second_batch,
            stories.tell_third_batch,
            stories.tell_fourth_batch,
        )
        for chapter, batch in zip(chapters, cast.batches, strict=True):
            chapter(cast, firms, Times(batch, now))
            say(f"已办理 {batch.title}")
        second = _round(SPECIALISED, now)
        tell_second_tier(cast, firms, Times(second, now))
        say(f"已办理专精特新 {second.title}")
        latest = _round(SPECIALISED_2026, now)
        tell_new_measures(cast, firms, Times(latest, now))
        say(f"已办理专精特新 {latest.title}（2号标准），已到专家评审")
        giants = _round(LITTLE_GIANT_2026, now)
        tell_little_giants(cast, firms, Times(giants, now))
        say(f"已办理“小巨人” {giants.title}，一家已推荐到部")
        draft_next_notice(second.notice, now)
    lapse_unrenewed(at=now)
    follow_all(now)


def _round(template: str, now: datetime) -> Batch:
    """The one batch of a notice of the province, which is open now."""
    return publish_of_province(template, now).batches.select_related("notice__office").get()


def _open(now: datetime, say: Say) -> Cast:
    start = quarter_window(shift_quarter(quarter_of(now), -3)).opens - timedelta(days=30)
    open_province(start)
    say("已建立示例省、示例市和区县")
    return gather(publish_notices(start + timedelta(days=1), now))
