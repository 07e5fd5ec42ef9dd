"""What happened to the invented firms, told batch by batch through the product's own actions."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from tidu.applications import actions
from tidu.applications.models import Case
from tidu.database.scope import PUBLIC, Actor
from tidu.demonstration import acts
from tidu.demonstration.calendar import Times
from tidu.demonstration.cast import Cast
from tidu.demonstration.forms import Invented
from tidu.law.calendars import add_days, legal_day
from tidu.offices.queries import office_by_code
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_text
from tidu.publicity.actions import (
    AnnouncementText,
    ListText,
    accept_objection,
    announce,
    close_list,
    dismiss_objection,
    file_objection,
    publish_list,
    uphold_objection,
)
from tidu.publicity.models import PublicityList
from tidu.publicity.sealing import Content
from tidu.titles.actions import Announced, enter_existing_title
from tidu.titles.enums import TitleKind

Group = Sequence[tuple[Invented, Case]]
FEN_OF_TEN_THOUSAND_YUAN = 1_000_000
PASSED = "材料齐全，数据与佐证一致，同意推荐。"


def told(firms: Sequence[Invented], *stories: str) -> list[Invented]:
    """The firms of these stories."""
    return [firm for firm in firms if firm.story in stories]


def enter_older_titles(cast: Cast, firms: Sequence[Invented]) -> None:
    """Titles of three years ago, from announcements older than this register, to be re-reviewed now."""
    for story, position in (("renewed", 0), ("missed_re_review", 0), ("re_review_drafting", 3)):
        batch = cast.batches[position]
        for firm in told(firms, story):
            _enter_older_title(cast, firm, batch)


def _enter_older_title(cast: Cast, firm: Invented, batch: Batch) -> None:
    code = batch_text(batch).re_reviews[0]
    year, number = (int(part) for part in code.split("-"))
    announced_on = date(year, 3 * number, 28)
    registered, _ = cast.firms[firm.index]
    announced = Announced(
        firm=registered,
        kind=TitleKind(batch.notice.title_kind),
        office=office_by_code("shili-province"),
        number=f"示工信公告〔{year}〕{number}号",
        on=announced_on,
        batch_code=code,
        batch_label=f"{year}年度第{'一二三四'[number - 1]}批",
        standard="2022-innovative",
    )
    last_day = add_days(date(year + 3, 3 * number, 28), -1, "calendar")
    enter_existing_title(
        actor=cast.province,
        announced=announced,
        valid_from=announced_on,
        valid_until=last_day,
        at=Times(cast.batches[0], cast.batches[0].closes_at).within(0.01),
    )


def tell_first_batch(cast: Cast, firms: Sequence[Invented], times: Times) -> None:
    """Announced whole: new titles and passed re-reviews."""
    new = _submitted(cast, told(firms, "announced"), times, 0.4)
    renewed = _submitted(cast, told(firms, "renewed"), times, 0.5, kind="re_review")
    _announce(cast, [*new, *renewed], times)


def tell_second_batch(cast: Cast, firms: Sequence[Invented], times: Times) -> None:
    """Refusals at both levels, a withdrawal, and objections upheld and dismissed."""
    withdrawn = _submitted(cast, told(firms, "withdrawn"), times, 0.2)
    for firm, case in withdrawn:
        _, actor = cast.firms[firm.index]
        reason = "企业拟补充研发投入后再申报。"
        actions.withdraw(
            actor=actor, case_id=case.pk, expected_version=None, reason=reason, at=times.within(0.4)
        )
    refused = _submitted(cast, told(firms, "refused_then_reapplied"), times, 0.4)
    for firm, case in refused:
        office = cast.county_of(firm)
        actions.receive(actor=office, case_id=case.pk, expected_version=None, at=times.within(0.5))
        comment = "上年度研发费用与审计报告不一致，且未提供专项说明。"
        actions.refuse(
            actor=office, case_id=case.pk, expected_version=None, comment=comment, at=times.within(0.7)
        )
    at_city = _submitted(cast, told(firms, "refused_at_city"), times, 0.4)
    _to_city(cast, at_city, times)
    for _, case in at_city:
        actions.receive(actor=cast.city, case_id=case.pk, expected_version=None, at=times.days_after(12))
        comment = "主导产品收入占比佐证不足，不符合专业化指标要求。"
        actions.refuse(
            actor=cast.city, case_id=case.pk, expected_version=None, comment=comment, at=times.days_after(14)
        )
    contested = _submitted(cast, told(firms, "objection_upheld", "objection_dismissed"), times, 0.45)
    _announce(cast, contested, times)


def tell_third_batch(cast: Cast, firms: Sequence[Invented], times: Times) -> None:
    """On publicity now, one suspended by an objection; a few still at the city."""
    listed = _submitted(cast, told(firms, "listed", "suspended"), times, 0.5)
    waiting = _submitted(cast, told(firms, "at_city"), times, 0.6)
    for (office, batch), cases in _by_county([*listed, *waiting]).items():
        acts.review(cast.offices[office], cases, times.within(0.8), comment=PASSED)
        acts.recommend(cast.offices[office], batch, cases, _number(office, batch, 1), times.before_list(0.1))
    cases = [case for _, case in listed]
    acts.review(cast.city, cases, times.before_list(0.7), comment="复核通过。")
    published = _publish(cast, cases, times)
    for firm, case in listed:
        if firm.story == "suspended":
            _object(cast.city, published, case, times)


def tell_fourth_batch(cast: Cast, firms: Sequence[Invented], times: Times) -> None:
    """The open batch: from a first draft to cases that wait for their county's letter."""
    batch = cast.batches[3]
    for firm in told(firms, "drafting"):
        acts.apply_as(cast, firm, batch, times.within(0.6))
    for firm in told(firms, "re_review_drafting"):
        acts.apply_as(cast, firm, batch, times.within(0.6), kind="re_review")
    _reapply(cast, firms, times)
    _submitted(cast, told(firms, "submitted"), times, 0.9)
    for firm, case in _submitted(cast, told(firms, "in_county_review"), times, 0.5):
        actions.receive(
            actor=cast.county_of(firm), case_id=case.pk, expected_version=None, at=times.within(0.7)
        )
    passed = _submitted(cast, told(firms, "waiting_recommendation"), times, 0.3)
    for firm, case in passed:
        acts.review(cast.county_of(firm), [case], times.within(0.7), comment=PASSED)
    _ask_to_mend(cast, firms, times)


def _reapply(cast: Cast, firms: Sequence[Invented], times: Times) -> None:
    """Refused before: the old case stays as it was, a copy goes into the open batch."""
    for firm in told(firms, "refused_then_reapplied"):
        registered, actor = cast.firms[firm.index]
        old = Case.objects.get(firm=registered, batch=cast.batches[1])
        case = actions.copy_case(
            actor=actor, case_id=old.pk, batch_id=cast.batches[3].pk, at=times.within(0.5)
        )
        acts.submit(cast, firm, case, times.within(0.6))


def _ask_to_mend(cast: Cast, firms: Sequence[Invented], times: Times) -> None:
    for firm, case in _submitted(cast, told(firms, "returned", "mended"), times, 0.4):
        office = cast.county_of(firm)
        actions.receive(actor=office, case_id=case.pk, expected_version=None, at=times.within(0.5))
        actions.return_for_mending(
            actor=office,
            case_id=case.pk,
            expected_version=None,
            comment="营业收入与审计报告第2页不一致，请核对口径；审计报告请补传完整版。",
            fields=["revenue", "main_revenue"],
            evidence=["audit_report"],
            at=times.within(0.8),
            asked_by=times.now + timedelta(days=6),
        )
        if firm.story == "mended":
            _mend(cast, firm, case, times)


def _mend(cast: Cast, firm: Invented, case: Case, times: Times) -> None:
    _, actor = cast.firms[firm.index]
    year = cast.batches[3].opens_at.year - 1
    field = case.fields.get(fact="revenue", period=year)
    actions.save_field(
        actor=actor,
        case_id=case.pk,
        fact="revenue",
        period=year,
        raw=str(int(field.value or 0) // FEN_OF_TEN_THOUSAND_YUAN + 20),
        expected_version=field.version,
        at=times.within(0.9),
    )
    actions.resubmit(
        actor=actor, case_id=case.pk, expected_version=None, declared=True, at=times.within(0.95)
    )


def _submitted(
    cast: Cast, firms: Sequence[Invented], times: Times, part: float, *, kind: str = "new"
) -> list[tuple[Invented, Case]]:
    found = []
    for firm in firms:
        case = acts.apply_as(cast, firm, times.batch, times.within(part - 0.05), kind=kind)
        acts.submit(cast, firm, case, times.within(part))
        found.append((firm, case))
    return found


def _by_county(group: Group) -> dict[tuple[str, Batch], list[Case]]:
    found: dict[tuple[str, Batch], list[Case]] = defaultdict(list)
    for firm, case in group:
        found[firm.area, case.batch].append(case)
    return found


def _to_city(cast: Cast, group: Group, times: Times) -> None:
    for (office, batch), cases in _by_county(group).items():
        acts.review(cast.offices[office], cases, times.within(0.8), comment=PASSED)
        acts.recommend(
            cast.offices[office], batch, cases, _number(office, batch, len(cases)), times.days_after(6)
        )


def _announce(cast: Cast, group: Group, times: Times) -> None:
    """From the county's review to the province's announcement, with whatever objections the stories have."""
    _to_city(cast, group, times)
    cases = [case for _, case in group]
    acts.review(cast.city, cases, times.days_after(14), comment="复核通过。")
    acts.check_credit(cast.city, cases, times.days_after(16))
    published = publish_list(
        actor=cast.city,
        batch_id=times.batch.pk,
        case_versions={case.pk: None for case in cases},
        text=ListText(f"{times.batch.title}拟公告创新型中小企业名单公示"),
        at=times.days_after(16),
    )
    struck = [case for firm, case in group if firm.story == "objection_upheld"]
    for case in struck:
        objection = _object(cast.city, published, case, times, days=18)
        decision = "经核实，企业近三年存在未披露事项，异议成立。"
        uphold_objection(
            actor=cast.city,
            objection_id=objection,
            decision=decision,
            reason="经核实，不符合申报条件，移出名单。",
            at=times.days_after(22),
        )
    for firm, case in group:
        if firm.story == "objection_dismissed":
            objection = _object(cast.city, published, case, times, days=18)
            decision = "经核实，所反映情况不属实。"
            dismiss_objection(
                actor=cast.city, objection_id=objection, decision=decision, at=times.days_after(21)
            )
    close_list(actor=cast.city, list_id=published.pk, at=times.days_after(28))
    cleared = [case for case in cases if case not in struck]
    acts.report(cast.city, times.batch, cleared, _number("shili-city", times.batch, 1), times.days_after(30))
    acts.check_credit(cast.province, cleared, times.days_after(34))
    number = f"示工信公告〔{times.days_after(36).year}〕{10 + times.batch.position}号"
    announce(
        actor=cast.province,
        batch_id=times.batch.pk,
        case_versions={case.pk: None for case in cleared},
        text=AnnouncementText(
            number=number,
            title=f"{times.batch.title}创新型中小企业名单公告",
            announced_on=legal_day(times.days_after(36)),
            scan_id=acts.scan(cast.province, number, "公告", times.days_after(36)),
        ),
        at=times.days_after(36),
    )


def _publish(cast: Cast, cases: Sequence[Case], times: Times) -> PublicityList:
    acts.check_credit(cast.city, cases, times.list_opened())
    return publish_list(
        actor=cast.city,
        batch_id=times.batch.pk,
        case_versions={case.pk: None for case in cases},
        text=ListText(f"{times.batch.title}拟公告创新型中小企业名单公示"),
        at=times.list_opened(),
    )


def _object(city: Actor, published: PublicityList, case: Case, times: Times, days: int | None = None) -> int:
    at = times.days_after(days) if days else min(times.list_opened() + timedelta(hours=20), times.now)
    entry = published.entries.get(case=case)
    content = Content(
        name="示例异议人", contact="objector@example.invalid", text="反映该企业申报数据与实际不符。（演示）"
    )
    objection = file_objection(actor=PUBLIC, entry_id=entry.pk, content=content, at=at)
    accept_objection(actor=city, objection_id=objection.pk, at=at)
    return objection.pk


def _number(office: str, batch: Batch, serial: int) -> str:
    names = {
        "shili-east": "东科工信", "shili-west": "西科工信", "shili-county": "县发改",
        "shili-harbour": "港经发", "shili-hightech": "高经发", "shili-city": "示市工信",
    }  # fmt: skip
    return f"{names[office]}〔{legal_day(batch.opens_at).year}〕{batch.position}{serial}号"
