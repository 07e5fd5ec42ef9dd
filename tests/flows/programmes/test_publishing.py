"""Publishing a notice opens its batches; nothing of it changes afterwards except by a corrigendum."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.rounds import PUBLISHED, batch, notice_of_shili, publish
from tests.scene import CITY, EAST, office_actor

from tidu.database.scope import PUBLIC, Actor, scope
from tidu.law import notices
from tidu.law.calendars import parse_moment
from tidu.law.refusals import Refused, sentence
from tidu.offices.enums import Role
from tidu.offices.models import Office
from tidu.programmes.actions import issue_corrigendum, publish_notice
from tidu.programmes.models import Notice
from tidu.programmes.queries import (
    closed_batches,
    deadline_of,
    notice_by_slug,
    notice_text,
    open_batches,
    procedure_of,
    published_notices,
    standard_by_digest,
)
from tidu.records.models import Frozen
from tidu.records.queries import timeline

pytestmark = pytest.mark.django_db

BEFORE_APRIL = parse_moment("2026-03-31 23:59") + timedelta(seconds=59)
APRIL = parse_moment("2026-04-01 00:00")


def corrigendum(path: str, value: bool | int | str) -> notices.Corrigendum:
    return notices.Corrigendum("示工信更正〔2026〕1号", "给区县留足审核时间", (notices.Change(path, value),))


def test_publishing_opens_four_quarterly_batches(notice: Notice) -> None:
    assert [(one.code, one.opens_at, one.closes_at) for one in notice.batches.all()] == [
        ("2026-1", parse_moment("2026-01-01 00:00"), parse_moment("2026-03-31 24:00")),
        ("2026-2", parse_moment("2026-04-01 00:00"), parse_moment("2026-06-30 24:00")),
        ("2026-3", parse_moment("2026-07-01 00:00"), parse_moment("2026-09-30 24:00")),
        ("2026-4", parse_moment("2026-10-01 00:00"), parse_moment("2026-12-31 24:00")),
    ]


def test_a_window_may_open_before_the_notice_is_published(notice: Notice) -> None:
    assert notice.published_at > batch(notice, 1).opens_at
    assert [one.code for one in open_batches(notice.published_at)] == ["2026-1"]


def test_a_batch_is_open_to_the_second(notice: Notice) -> None:
    assert [one.code for one in open_batches(BEFORE_APRIL)] == ["2026-1"]
    assert [one.code for one in open_batches(APRIL)] == ["2026-2"]
    assert [one.code for one in closed_batches(BEFORE_APRIL)] == []
    assert [one.code for one in closed_batches(APRIL)] == ["2026-1"]


def test_districts_recommend_within_10_days_after_the_quarter(notice: Notice) -> None:
    of_county = [deadline_of(one.pk, "county-recommend") for one in notice.batches.all()]
    assert [one and one.at for one in of_county] == [
        parse_moment("2026-04-10 24:00"),
        parse_moment("2026-07-10 24:00"),
        parse_moment("2026-10-10 24:00"),
        parse_moment("2027-01-10 24:00"),
    ]
    assert deadline_of(batch(notice, 1).pk, "city-publicity") is None


def test_what_was_published_is_read_back_as_it_was(notice: Notice) -> None:
    with scope(PUBLIC):
        assert notice_text(notice) == notice_of_shili()
        assert procedure_of(batch(notice, 1)).id == "dalian-innovative"
        first = batch(notice, 1)
        assert standard_by_digest(first.standard_digest).id == "2022-innovative-liaoning"


def test_publishing_is_the_first_link_of_the_notices_chain(notice: Notice) -> None:
    with scope(PUBLIC):
        (entry,) = timeline(notice.chain)
        assert (entry.verb, entry.actor_name, entry.at) == (
            "publish_notice",
            "示例市工业和信息化局",
            PUBLISHED,
        )
        assert entry.snapshot_id == notice.digest
        assert Frozen.objects.get(pk=notice.digest).public


def test_a_notice_is_published_once(leader: Actor, notice: Notice) -> None:
    with pytest.raises(Refused) as refused:
        publish(leader)
    assert "已于 2026年2月2日 09:00 发布" in sentence(refused.value)


def test_only_a_leader_of_the_issuing_office_publishes(offices: dict[str, Office]) -> None:
    with pytest.raises(Refused) as refused:
        publish(office_actor(EAST, Role.LEADER))
    assert "由发布单位“示例市工业和信息化局”办理" in sentence(refused.value)
    with pytest.raises(Refused) as refused:
        publish(office_actor(CITY, Role.CLERK))
    assert "“签发”岗位" in sentence(refused.value)


def test_a_real_notice_in_a_demonstration_is_an_empty_round_under_a_banner(leader: Actor) -> None:
    real = replace(notice_of_shili(), demonstration=False, banner="")
    notice = publish_notice(actor=leader, notice=real, at=PUBLISHED, banner="演示环境：真实通知，仅供对照")
    assert (notice.is_demonstration, notice.banner) == (False, "演示环境：真实通知，仅供对照")


def test_a_corrigendum_moves_a_deadline_later_and_says_so(leader: Actor, notice: Notice) -> None:
    at = PUBLISHED + timedelta(days=1)
    change = corrigendum("batches.2026-1.moved.county-recommend", "2026-04-15 24:00")
    amended = issue_corrigendum(actor=leader, notice_id=notice.pk, corrigendum=change, at=at)
    with scope(PUBLIC):
        moved = deadline_of(batch(notice, 1).pk, "county-recommend")
        assert moved is not None
        assert moved.at == parse_moment("2026-04-15 24:00")
        first, second = amended.versions.all()
        assert (first.digest, second.digest) == (notice.digest, amended.digest)
        assert second.changes[0]["before"] == "2026-04-10 24:00"
        assert second.changes[0]["after"] == "2026-04-15 24:00"
        assert [entry.verb for entry in timeline(notice.chain)] == ["publish_notice", "issue_corrigendum"]


def test_a_corrigendum_never_shortens(leader: Actor, notice: Notice) -> None:
    change = corrigendum("batches.2026-1.moved.county-recommend", "2026-04-09 24:00")
    with pytest.raises(Refused) as refused:
        issue_corrigendum(actor=leader, notice_id=notice.pk, corrigendum=change, at=PUBLISHED)
    assert refused.value.code == "corrigendum_shortens"
    of_county = deadline_of(batch(notice, 1).pk, "county-recommend")
    assert of_county is not None
    assert of_county.at == parse_moment("2026-04-10 24:00")


def test_a_corrigendum_may_keep_a_window_open_longer(leader: Actor, notice: Notice) -> None:
    change = corrigendum("batches.2026-1.closes", "2026-04-05 24:00")
    issue_corrigendum(actor=leader, notice_id=notice.pk, corrigendum=change, at=PUBLISHED)
    assert [one.code for one in open_batches(APRIL)] == ["2026-1", "2026-2"]


def test_a_later_batch_may_change_to_a_new_standard(leader: Actor, notice: Notice) -> None:
    """待科技和创新型中小企业有关要求和标准发布后，按新标准执行。"""
    change = corrigendum("batches.2026-3.standard", "2022-innovative")
    issue_corrigendum(actor=leader, notice_id=notice.pk, corrigendum=change, at=PUBLISHED)
    standards = [one.standard for one in notice.batches.all()]
    assert standards == ["2022-innovative-liaoning"] * 2 + ["2022-innovative"] + ["2022-innovative-liaoning"]
    digests = {one.standard_digest for one in notice.batches.all()}
    assert len(digests) == 2


def test_only_the_issuing_office_corrects(notice: Notice) -> None:
    change = corrigendum("batches.2026-1.closes", "2026-04-05 24:00")
    with pytest.raises(Refused) as refused:
        issue_corrigendum(
            actor=office_actor(EAST, Role.LEADER), notice_id=notice.pk, corrigendum=change, at=PUBLISHED
        )
    assert refused.value.code == "not_allowed"


def test_published_notices_are_found_with_their_batches(
    notice: Notice, django_assert_num_queries: Any
) -> None:
    with scope(PUBLIC), django_assert_num_queries(3):
        (found,) = published_notices()
        assert [one.position for one in found.batches.all()] == [1, 2, 3, 4]
        assert [one.version for one in found.versions.all()] == [1]
    with scope(PUBLIC):
        assert notice_by_slug("shili-2026-innovative") == notice
        assert notice_by_slug("nothing") is None
