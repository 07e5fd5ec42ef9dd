"""What an expert fills in: a reason, a day, an opinion."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from tidu.applications.opinions import QUESTION_LABELS, Question
from tidu.panels.asking import Asked, OpinionText, lacking
from tidu.panels.enums import Finding
from tidu.panels.tallying import Judged, Paper
from tidu.portals.parts.refusable import RefusableForm

CHOICES = [("", "请选择"), *Finding.choices]
MOST_PAGES = 9999
"""Beyond any paper; what a paper really has is asked of the paper."""


class ReasonForm(RefusableForm):
    """Why an expert does not take part, or must not judge."""

    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea({"rows": 2}))


class ConflictForm(ReasonForm):
    """A firm that the expert must not judge."""

    uscc = forms.CharField(label="企业统一社会信用代码", max_length=40)
    field_order = ("uscc", "reason")


class AbsenceForm(RefusableForm):
    """Until when the expert takes no cases."""

    until = forms.DateField(
        label="暂不参加至",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="含当日；留空表示可以参加抽取。已派给您的案件不受影响。",
    )


@dataclass(frozen=True)
class Row:
    """A question, or a fact with the places for its reason, the paper and the page."""

    label: str
    finding: BoundField
    reason: BoundField | None = None
    paper: BoundField | None = None
    page: BoundField | None = None

    @property
    def place_errors(self) -> list[str]:
        """What is wrong with paper and page, which stand in one cell."""
        return [str(error) for one in (self.paper, self.page) if one is not None for error in one.errors]


class OpinionForm(RefusableForm):
    """One select for every question, and for every fact that this expert judges why and where he saw it.

    Everything that is still lacking is said at once, each beside its field.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for question in Question:
            self.fields[f"answer-{question}"] = _choice(QUESTION_LABELS[question], CHOICES)
        papers = [("", "不指明"), *((str(one.id), _paper_label(one)) for one in asked.papers)]
        for fact in asked.facts:
            self.fields[f"finding-{fact.id}"] = _choice(fact.label, CHOICES)
            self.fields[f"reason-{fact.id}"] = forms.CharField(
                label=f"{fact.label}：理由",
                required=False,
                max_length=500,
                widget=forms.Textarea({"rows": 2}),
            )
            self.fields[f"paper-{fact.id}"] = _choice(f"{fact.label}：佐证材料", papers)
            self.fields[f"page-{fact.id}"] = forms.IntegerField(
                label=f"{fact.label}：页码",
                required=False,
                min_value=1,
                max_value=MOST_PAGES,
                error_messages={"invalid": "页码应为整数：请填写页码，或留空。"},
                widget=forms.NumberInput({"placeholder": "第几页"}),
            )
        self.fields["comment"] = forms.CharField(
            label="说明", required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
        )

    @property
    def rows(self) -> list[Row]:
        """What is asked, in the order in which it is answered."""
        rows = [Row(QUESTION_LABELS[one], self[f"answer-{one}"]) for one in Question]
        parts = ("finding", "reason", "paper", "page")
        rows.extend(
            Row(fact.label, *(self[f"{part}-{fact.id}"] for part in parts)) for fact in self.asked.facts
        )
        return rows

    def clean(self) -> dict[str, Any]:
        """Whatever keeps the opinion from being taken, unless its field says something already."""
        said = super().clean() or self.cleaned_data
        for refused in lacking(self.text, self.asked):
            # a reason may stand there before its finding does
            is_there = refused.code == "judgement_reason_missing" and said.get(refused.field or "")
            if refused.field not in self.errors and not is_there:
                self.refuse(refused)
        return said

    @property
    def text(self) -> OpinionText:
        """The opinion as typed, as far as it goes."""
        said = self.cleaned_data
        answers = {one: said.get(f"answer-{one}") for one in Question}
        judged = {fact.id: self._judged(fact.id) for fact in self.asked.facts}
        return OpinionText(
            {question: Finding(value) for question, value in answers.items() if value},
            {fact: one for fact, one in judged.items() if one is not None},
            said.get("comment", ""),
        )

    def _judged(self, fact: str) -> Judged | None:
        said = self.cleaned_data
        if not (finding := said.get(f"finding-{fact}")):
            return None
        papers = {str(one.id): one for one in self.asked.papers}
        paper = papers.get(said.get(f"paper-{fact}", ""))
        return Judged(Finding(finding), said.get(f"reason-{fact}", ""), said.get(f"page-{fact}"), paper)


def _paper_label(paper: Paper) -> str:
    return f"{paper.name}（{paper.pages} 页）" if paper.pages else paper.name


def _choice(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    """Empty is what `lacking` finds, with a better sentence."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        error_messages={"invalid_choice": "所选的不在选项中：请刷新页面后重新选择。"},
    )
