"""对公示有异议的: one entry waits, the rest go on; nobody but the handling office learns who objected."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests import cases, scene
from tests.flows.publicity.publishing import (
    OBJECTOR,
    SECOND,
    entry_of,
    object_to,
    period_over,
    publish,
)

from tidu.applications.enums import CaseStatus
from tidu.applications.models import Case
from tidu.applications.queries import visible_cases
from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.law.refusals import Refused, sentence
from tidu.offices.enums import Role
from tidu.offices.models import Office
from tidu.offices.queries import office_by_code
from tidu.publicity.actions import (
    Paper,
    accept_objection,
    close_list,
    dismiss_objection,
    uphold_objection,
)
from tidu.publicity.enums import EntryStatus, ObjectionStatus
from tidu.publicity.models import Objection
from tidu.publicity.queries import (
    objection_content,
    objection_paper,
    objection_standing,
    objections_for,
    offices_to_complain_of,
)
from tidu.records.queries import timeline

REASON = "主导产品已停产，不符合评价标准。"
DECISION = "经实地核实，异议人反映属实。"


def accept(round_: cases.Round, objection: Objection, *, actor: Actor | None = None) -> Objection:
    return accept_objection(actor=actor or round_.city, objection_id=objection.pk, at=round_.at)


def uphold(
    round_: cases.Round, objection: Objection, *, reason: str = REASON, decision: str = DECISION
) -> Objection:
    return uphold_objection(
        actor=round_.city, objection_id=objection.pk, decision=decision, reason=reason, at=round_.at
    )


def dismiss(
    round_: cases.Round, objection: Objection, *, actor: Actor | None = None, decision: str = "查无实据"
) -> Objection:
    return dismiss_objection(
        actor=actor or round_.city, objection_id=objection.pk, decision=decision, at=round_.at
    )


def standing(case: Case) -> tuple[str, str]:
    return entry_of(case).status, cases.again(case).status


LISTED = (EntryStatus.LISTED, CaseStatus.LISTED)
SUSPENDED = (EntryStatus.SUSPENDED, CaseStatus.SUSPENDED)
STRUCK = (EntryStatus.STRUCK, CaseStatus.NOT_RECOGNISED)
CLEARED = (EntryStatus.CLEARED, CaseStatus.PASSED)


def test_whoever_files_one_can_ask_how_it_stands_and_no_more(
    round_: cases.Round, waiting: list[Case]
) -> None:
    publish(round_, waiting)
    token = object_to(round_, waiting[0]).token
    with scope(PUBLIC):
        shown = objection_standing(token)
        assert (shown.status, shown.firm_name) == (ObjectionStatus.FILED, waiting[0].firm.name)
        assert OBJECTOR.name not in repr(shown)
        assert OBJECTOR.text not in repr(shown)
        with pytest.raises(Refused) as refused:
            objection_standing("0" * 32)
    assert refused.value.code == "objection_token_unknown"


def test_the_handling_office_reads_who_and_what(round_: cases.Round, waiting: list[Case]) -> None:
    publish(round_, waiting)
    objection = object_to(round_, waiting[0])
    with scope(round_.city):
        assert list(objections_for(round_.city, undecided_only=True)) == [objection]
        assert objection_content(round_.city, objection.pk) == (objection, OBJECTOR)


def test_nothing_of_it_stands_in_clear_in_the_database(round_: cases.Round, waiting: list[Case]) -> None:
    publish(round_, waiting)
    objection = object_to(round_, waiting[0])
    sealed = bytes(objection.sealed)
    for text in (OBJECTOR.name, OBJECTOR.contact, OBJECTOR.text):
        assert text.encode() not in sealed


def test_papers_are_sealed_and_opened_only_for_the_handling_office(
    round_: cases.Round, waiting: list[Case]
) -> None:
    from tidu.files.queries import open_file

    publish(round_, waiting)
    content = cases.picture()
    upload = cases.uploaded(PUBLIC, content, "证据.png", round_.at)
    objection = object_to(round_, waiting[0], papers=(Paper(upload, "车间照片.png"),))
    with scope(round_.city):
        (kept,) = objection.attachments.all()
        opened = objection_paper(round_.city, kept.pk)
        assert (opened.name, opened.content) == ("车间照片.png", content)
        with open_file(kept.file) as stored:
            assert content not in stored.read()
        assert "车间照片" not in str(bytes(kept.sealed_name))


def test_an_accepted_objection_stops_its_entry_and_no_other(round_: cases.Round, waiting: list[Case]) -> None:
    publish(round_, waiting)
    accept(round_, object_to(round_, waiting[0]))
    assert (standing(waiting[0]), standing(waiting[1])) == (SUSPENDED, LISTED)


def test_an_upheld_objection_strikes_the_firm_for_a_reason(round_: cases.Round, waiting: list[Case]) -> None:
    publish(round_, waiting)
    objection = object_to(round_, waiting[0])
    accept(round_, objection)
    uphold(round_, objection)
    assert (standing(waiting[0]), standing(waiting[1])) == (STRUCK, LISTED)
    assert cases.again(waiting[0]).reason == REASON
    with scope(PUBLIC):
        assert objection_standing(objection.token).status == ObjectionStatus.UPHELD


def test_a_dismissed_objection_lets_the_firm_go_on(round_: cases.Round, waiting: list[Case]) -> None:
    publicity = publish(round_, waiting)
    objection = object_to(round_, waiting[0])
    accept(round_, objection)
    dismiss(round_, objection)
    assert standing(waiting[0]) == LISTED
    close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity))
    assert standing(waiting[0]) == CLEARED


def test_dismissed_after_the_list_has_closed_the_firm_is_cleared_at_once(
    round_: cases.Round, waiting: list[Case]
) -> None:
    publicity = publish(round_, waiting)
    objection = object_to(round_, waiting[0])
    accept(round_, objection)
    close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity))
    assert (standing(waiting[0]), standing(waiting[1])) == (SUSPENDED, CLEARED)
    round_.at = period_over(publicity) + timedelta(days=3)
    dismiss(round_, objection)
    assert standing(waiting[0]) == CLEARED


def test_dismissed_without_having_been_accepted_the_firm_never_stopped(
    round_: cases.Round, waiting: list[Case]
) -> None:
    publicity = publish(round_, waiting)
    objection = object_to(round_, waiting[0])
    close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity))
    assert standing(waiting[0]) == LISTED
    round_.at = period_over(publicity)
    dismiss(round_, objection, decision="所反映的不是该企业，不予受理")
    assert standing(waiting[0]) == CLEARED
    with scope(round_.city):
        verbs = [entry.verb for entry in timeline(waiting[0].chain)]
    assert "suspend" not in verbs


def test_of_two_objections_the_firm_goes_on_only_after_both_are_dismissed(
    round_: cases.Round, waiting: list[Case]
) -> None:
    publish(round_, waiting)
    first, second = (object_to(round_, waiting[0]) for _ in range(2))
    accept(round_, first)
    accept(round_, second)
    dismiss(round_, first)
    assert standing(waiting[0]) == SUSPENDED
    dismiss(round_, second)
    assert standing(waiting[0]) == LISTED


def test_after_one_is_upheld_the_other_is_still_answered(round_: cases.Round, waiting: list[Case]) -> None:
    publish(round_, waiting)
    first, second = (object_to(round_, waiting[0]) for _ in range(2))
    accept(round_, first)
    accept(round_, second)
    uphold(round_, first)
    assert uphold(round_, second).status == ObjectionStatus.UPHELD
    assert standing(waiting[0]) == STRUCK


def test_an_objection_to_a_cleared_firm_is_upheld_only_once_its_case_is_refused(
    round_: cases.Round, waiting: list[Case]
) -> None:
    """Filed in the last second and seen only after another hand has closed the list."""
    from tidu.applications.actions import refuse

    publicity = publish(round_, waiting)
    objection = object_to(round_, waiting[0])
    dismissed = dismiss(round_, objection)
    close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity))
    with scope(round_.city):
        Objection.objects.filter(pk=dismissed.pk).update(
            status=ObjectionStatus.FILED, decided_at=None, decision=""
        )
    round_.at = period_over(publicity)
    accept(round_, objection)
    with pytest.raises(Refused) as refused:
        uphold(round_, objection)
    assert refused.value.code == "objection_entry_cleared"
    refuse(actor=round_.city, case_id=waiting[0].pk, expected_version=None, comment=REASON, at=round_.at)
    assert uphold(round_, objection).status == ObjectionStatus.UPHELD
    with scope(SYSTEM):
        assert cases.again(waiting[0]).status == CaseStatus.NOT_RECOGNISED


def test_an_objection_decided_is_not_decided_again(round_: cases.Round, waiting: list[Case]) -> None:
    publish(round_, waiting)
    objection = object_to(round_, waiting[0])
    with pytest.raises(Refused) as refused:
        uphold(round_, objection)
    assert refused.value.code == "objection_not_open"
    dismiss(round_, objection)
    for act in (accept, uphold, dismiss):
        with pytest.raises(Refused) as refused:
            act(round_, objection)
        assert refused.value.code == "objection_not_open"


class TestWhoHandlesIt:
    def test_the_city_unless_it_is_complained_of(self, round_: cases.Round, waiting: list[Case]) -> None:
        publish(round_, waiting)
        plain = object_to(round_, waiting[0])
        of_district = object_to(round_, waiting[0], complained_office_id=round_.east.office_id)
        assert [one.office_id for one in (plain, of_district)] == [round_.city.office_id] * 2

    def test_the_province_when_the_city_is_complained_of(
        self, round_: cases.Round, waiting: list[Case]
    ) -> None:
        """It suspends, resumes and clears in the city's place; the city never reads a word."""
        publicity = publish(round_, waiting)
        objection = object_to(round_, waiting[0], complained_office_id=round_.city.office_id)
        assert objection.office_id == round_.province.office_id
        with pytest.raises(Refused) as refused:
            accept(round_, objection)
        assert refused.value.code == "objection_unknown"
        accept(round_, objection, actor=round_.province)
        assert standing(waiting[0]) == SUSPENDED
        close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity))
        assert (standing(waiting[0]), standing(waiting[1])) == (SUSPENDED, CLEARED)
        round_.at = period_over(publicity)
        dismiss(round_, objection, actor=round_.province)
        assert standing(waiting[0]) == CLEARED

    def test_the_city_does_not_close_over_an_objection_it_may_not_see(
        self, round_: cases.Round, waiting: list[Case]
    ) -> None:
        publicity = publish(round_, waiting)
        object_to(round_, waiting[0], complained_office_id=round_.city.office_id)
        close_list(actor=round_.city, list_id=publicity.pk, at=period_over(publicity))
        assert (standing(waiting[0]), standing(waiting[1])) == (LISTED, CLEARED)

    def test_the_city_never_handles_a_complaint_of_the_province(
        self, round_: cases.Round, waiting: list[Case]
    ) -> None:
        """The office above the province handles it; where there is none, nobody here can."""
        publish(round_, waiting)
        province = Office.objects.filter(pk=round_.province.office_id or 0)
        with scope(SYSTEM):
            above = office_by_code(scene.MINISTRY)
            province.update(parent=None)
        with pytest.raises(Refused) as refused:
            object_to(round_, waiting[0], complained_office_id=round_.province.office_id)
        assert refused.value.code == "objection_no_office_above"
        with scope(SYSTEM):
            province.update(parent=above)
        objection = object_to(round_, waiting[0], complained_office_id=round_.province.office_id)
        assert objection.office_id == above.pk
        with scope(round_.city):
            assert not objections_for(round_.city)

    def test_the_office_above_the_province_sees_the_case_for_it_and_nobody_learns_that_it_does(
        self, round_: cases.Round, waiting: list[Case]
    ) -> None:
        """A ministry sees no case that has not come to it; to decide on an objection it must."""
        publish(round_, waiting)
        before = offices_to_complain_of(entry_of(waiting[0]))
        objection = object_to(round_, waiting[0], complained_office_id=round_.province.office_id)
        ministry = scene.office_actor(scene.MINISTRY, Role.LEADER, "ministry")
        with scope(ministry):
            assert [case.pk for case in visible_cases(ministry)] == [waiting[0].pk]
        accept(round_, objection, actor=ministry)
        uphold_objection(
            actor=ministry, objection_id=objection.pk, decision=DECISION, reason=REASON, at=round_.at
        )
        assert standing(waiting[0]) == STRUCK
        assert offices_to_complain_of(entry_of(waiting[0])) == before

    def test_the_city_reads_the_same_of_a_complaint_of_itself_as_of_any_objection(
        self, round_: cases.Round, waiting: list[Case]
    ) -> None:
        publish(round_, waiting)
        of_city = object_to(round_, waiting[0], complained_office_id=round_.city.office_id)
        plain = object_to(round_, waiting[1])
        for objection, actor in ((of_city, round_.province), (plain, round_.city)):
            accept(round_, objection, actor=actor)
            dismiss(round_, objection, actor=actor)
        with scope(round_.city):
            told = [
                [
                    (
                        entry.verb,
                        entry.actor_name,
                        entry.office_id,
                        entry.account_id,
                        entry.content["comment"],
                    )
                    for entry in timeline(case.chain)
                    if entry.verb in ("suspend", "resume")
                ]
                for case in waiting
            ]
        assert told[0] == told[1]
        assert [(verb, name, office, account) for verb, name, office, account, _ in told[0]] == [
            ("suspend", "系统", None, None),
            ("resume", "系统", None, None),
        ]
        with scope(round_.province):
            own = [(entry.verb, entry.actor_name) for entry in timeline(of_city.chain)]
        assert own[1:] == [
            ("accept_objection", round_.province.name),
            ("dismiss_objection", round_.province.name),
        ]

    def test_only_an_office_of_the_cases_route_is_complained_of(
        self, round_: cases.Round, waiting: list[Case]
    ) -> None:
        publish(round_, waiting)
        with scope(PUBLIC):
            offered = offices_to_complain_of(entry_of(waiting[0]))
        assert {office.code for office in offered} == {scene.EAST, scene.CITY, scene.PROVINCE}
        with pytest.raises(Refused) as refused:
            object_to(round_, waiting[0], complained_office_id=round_.west.office_id)
        assert refused.value.code == "complained_office_not_on_route"

    def test_nobody_else_decides(
        self, round_: cases.Round, waiting: list[Case], subtests: pytest.Subtests
    ) -> None:
        publish(round_, waiting)
        objection = object_to(round_, waiting[0])
        for who, actor, code in (
            ("clerk", replace(round_.city, roles=frozenset({"clerk"})), "objection_not_allowed"),
            ("auditor", scene.office_actor(scene.CITY, Role.AUDITOR), "objection_unknown"),
            ("district", round_.east, "objection_unknown"),
            ("firm", round_.firms[1], "objection_unknown"),
            ("public", PUBLIC, "objection_unknown"),
        ):
            with subtests.test(who):
                with pytest.raises(Refused) as refused:
                    accept(round_, objection, actor=actor)
                assert refused.value.code == code
        assert standing(waiting[0]) == LISTED


class TestWhatIsRefused:
    def test_before_it_opens_and_from_the_second_it_is_over(
        self, round_: cases.Round, waiting: list[Case]
    ) -> None:
        publicity = publish(round_, waiting, opens_at=round_.at + timedelta(hours=1))
        opens, over = publicity.period.lower, period_over(publicity)
        for at in (opens - SECOND, over):
            with pytest.raises(Refused) as refused:
                object_to(round_, waiting[0], at=at)
            assert refused.value.code == "objection_outside_period"
        for at in (opens, over - SECOND):
            assert object_to(round_, waiting[0], at=at).status == ObjectionStatus.FILED

    def test_what_it_says(self, round_: cases.Round, waiting: list[Case], subtests: pytest.Subtests) -> None:
        publish(round_, waiting)
        for changes, code, field in (
            ({"name": ""}, "objection_without_name", "name"),
            ({"contact": " "}, "objection_without_name", "contact"),
            ({"text": "\n"}, "objection_without_text", "text"),
            ({"text": "长" * 5001}, "objection_text_too_long", "text"),
            ({"text": "见附件（机密★10年）"}, "secrecy_mark_in_text", "text"),
        ):
            with subtests.test(code, field=field):
                with pytest.raises(Refused) as refused:
                    object_to(round_, waiting[0], content=replace(OBJECTOR, **changes))
                assert (refused.value.code, refused.value.field) == (code, field)
                assert sentence(refused.value)

    def test_more_papers_than_five(self, round_: cases.Round, waiting: list[Case]) -> None:
        publish(round_, waiting)
        with pytest.raises(Refused) as refused:
            object_to(round_, waiting[0], papers=[Paper("0" * 32, "证据.png")] * 6)
        assert refused.value.code == "objection_papers_too_many"

    def test_a_paper_that_somebody_else_sent(self, round_: cases.Round, waiting: list[Case]) -> None:
        publish(round_, waiting)
        upload = cases.uploaded(round_.firms[1], cases.picture(), "证据.png", round_.at)
        with pytest.raises(Refused) as refused:
            object_to(round_, waiting[0], papers=(Paper(upload, "证据.png"),))
        assert refused.value.code == "upload_unknown"
        with scope(round_.city):
            assert not objections_for(round_.city)

    def test_an_entry_that_was_struck(self, round_: cases.Round, waiting: list[Case]) -> None:
        publish(round_, waiting)
        objection = object_to(round_, waiting[0])
        accept(round_, objection)
        uphold(round_, objection)
        with pytest.raises(Refused) as refused:
            object_to(round_, waiting[0])
        assert refused.value.code == "objection_entry_settled"

    def test_an_entry_that_does_not_exist(self, round_: cases.Round) -> None:
        from tidu.publicity.actions import file_objection

        with pytest.raises(Refused) as refused:
            file_objection(actor=PUBLIC, entry_id=999, content=OBJECTOR, at=round_.at)
        assert refused.value.code == "entry_unknown"

    def test_a_decision_without_words_or_with_the_wrong_ones(
        self, round_: cases.Round, waiting: list[Case], subtests: pytest.Subtests
    ) -> None:
        publish(round_, waiting)
        objection = object_to(round_, waiting[0])
        accept(round_, objection)
        for words, code in (
            ({"reason": " "}, "objection_without_reason"),
            ({"decision": ""}, "objection_without_decision"),
            ({"reason": f"{OBJECTOR.name}反映的情况属实"}, "objection_reveals_objector"),
            ({"reason": f"如有疑问请联系 {OBJECTOR.contact}"}, "objection_reveals_objector"),
        ):
            with subtests.test(code, **words):
                with pytest.raises(Refused) as refused:
                    uphold(round_, objection, **words)
                assert refused.value.code == code
        assert standing(waiting[0]) == SUSPENDED


@pytest.mark.parametrize("count", [1, 3])
def test_the_office_lists_its_objections_in_one_query(
    round_: cases.Round, waiting: list[Case], count: int, django_assert_num_queries: Any
) -> None:
    publish(round_, waiting)
    for _ in range(count):
        object_to(round_, waiting[0])
    with scope(round_.city), django_assert_num_queries(1):
        found = [
            (one.entry.list.title, one.complained_office, one.papers) for one in objections_for(round_.city)
        ]
    assert len(found) == count
