"""What an expert fills in: a reason, a day, an opinion."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from tidu.applications.opinions import QUESTION_LABELS, Question
from tidu.law.facts import Fact
from tidu.panels.actions import OpinionText
from tidu.panels.enums import Finding
from tidu.panels.tallying import Judged
from tidu.portals.parts.refusable import RefusableForm

CHOICES = [("", "请选择"), *Finding.choices]


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


class OpinionForm(RefusableForm):
    """One select for every question, and three fields for every fact that this expert judges."""

    def __init__(self, *args: Any, facts: Sequence[Fact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        for question in Question:
            self.fields[f"answer-{question}"] = _choice(QUESTION_LABELS[question])
        for fact in facts:
            self.fields[f"finding-{fact.id}"] = _choice(fact.label)
            self.fields[f"reason-{fact.id}"] = forms.CharField(
                label=f"{fact.label}：理由", required=False, max_length=500
            )
            self.fields[f"page-{fact.id}"] = forms.IntegerField(
                label=f"{fact.label}：佐证页码", required=False, min_value=1, max_value=9999
            )
        self.fields["comment"] = forms.CharField(
            label="说明", required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
        )
        questions = {question.value: f"answer-{question}" for question in Question}
        self.names = questions | {fact.id: f"reason-{fact.id}" for fact in facts}  # type: ignore[misc]

    @property
    def rows(self) -> list[tuple[str, BoundField, BoundField | None, BoundField | None]]:
        """What is asked: the question or the fact, its select, and where to say why and on which page."""
        rows: list[tuple[str, BoundField, BoundField | None, BoundField | None]] = [
            (QUESTION_LABELS[one], self[f"answer-{one}"], None, None) for one in Question
        ]
        for fact in self.facts:
            reason, page = self[f"reason-{fact.id}"], self[f"page-{fact.id}"]
            rows.append((fact.label, self[f"finding-{fact.id}"], reason, page))
        return rows

    @property
    def text(self) -> OpinionText:
        """The opinion as typed, once the form is valid."""
        said = self.cleaned_data
        return OpinionText(
            {question: Finding(said[f"answer-{question}"]) for question in Question},
            {
                fact.id: Judged(
                    Finding(said[f"finding-{fact.id}"]), said[f"reason-{fact.id}"], said[f"page-{fact.id}"]
                )
                for fact in self.facts
            },
            said["comment"],
        )


def _choice(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=CHOICES)
