"""A panel's opinion: every question answered, every expert counted, nobody by name."""

from dataclasses import replace

import pytest

from tidu.applications.opinions import (
    Answer,
    Conclusion,
    Judgement,
    PanelOpinion,
    Question,
    Reason,
    Tally,
)
from tidu.law import plain
from tidu.law.refusals import Refused, sentence

EXPERTS = ("e3b0c44298fc", "1c149afbf4c8", "996fb92427ae")
FACTS = frozenset({"market_standing", "chain_resilience"})
REASON = Reason(EXPERTS[0], "同行业前列，附市场研究数据。", 12)
MARKET = Judgement("market_standing", Conclusion.YES, Tally(2, 0, silent=1), (REASON,))
OPINION = PanelOpinion(
    draw="2026-0001",
    panel="第2组",
    experts=EXPERTS,
    answers=tuple(Answer(question, Conclusion.YES, Tally(3, 0)) for question in Question),
    judgements=(MARKET,),
)


def test_an_opinion_of_the_whole_panel_is_taken_and_read_back_as_it_was() -> None:
    """第十条：真实性、准确性、完整性，以及是否符合认定标准。"""
    OPINION.check(FACTS)
    assert OPINION.holds
    assert plain.read(PanelOpinion, OPINION.as_body()) == OPINION


def test_what_the_panel_could_not_agree_upon_does_not_hold() -> None:
    split = replace(OPINION.answers[-1], conclusion=Conclusion.SPLIT, tally=Tally(1, 1, 1))
    assert not replace(OPINION, answers=(*OPINION.answers[:-1], split)).holds


@pytest.mark.parametrize(
    ("opinion", "code"),
    [
        (replace(OPINION, answers=OPINION.answers[:3]), "opinion_incomplete"),
        (replace(OPINION, answers=(*OPINION.answers, OPINION.answers[0])), "opinion_incomplete"),
        (replace(OPINION, experts=()), "opinion_of_nobody"),
        (replace(OPINION, experts=(EXPERTS[0], EXPERTS[0], EXPERTS[1])), "opinion_of_nobody"),
        (replace(OPINION, judgements=(replace(MARKET, tally=Tally(2, 0)),)), "opinion_miscounted"),
        (replace(OPINION, experts=("张三丰", *EXPERTS[1:])), "expert_by_name"),
        (
            replace(OPINION, judgements=(replace(MARKET, reasons=(replace(REASON, expert="李四"),)),)),
            "expert_by_name",
        ),
        (replace(OPINION, judgements=(replace(MARKET, fact="feature"),)), "field_unknown"),
    ],
)
def test_an_opinion_that_is_not_whole_or_names_somebody_is_refused(opinion: PanelOpinion, code: str) -> None:
    with pytest.raises(Refused) as refused:
        opinion.check(FACTS)
    assert refused.value.code == code
    assert not [name for name in ("张三丰", "李四") if name in sentence(refused.value)]
