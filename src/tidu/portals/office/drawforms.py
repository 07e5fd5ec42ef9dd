"""What an office fills in to draw panels, and after a panel has talked something over."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms

from tidu.applications.opinions import CONCLUSION_LABELS, Conclusion
from tidu.law.notices import PanelTerms
from tidu.panels.actions import DrawPlan
from tidu.panels.enums import DrawMode, Field
from tidu.portals.parts.refusable import RefusableForm
from tidu.proof.draw import Division

USUAL = PanelTerms()
"""How panels are read where a notice says nothing: what the form offers first."""
MOST_DIGITS = 18
"""Of a number that the database can hold."""


def number_in(text: str) -> int:
    """The number that a hidden field brings; 0, which is nobody's, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0


class FreezeForm(RefusableForm):
    """Everything that is decided before the pool is frozen."""

    where = forms.CharField(label="批次和环节", max_length=120, widget=forms.Select())
    panels = forms.IntegerField(label="评审组数", min_value=1, max_value=500, initial=USUAL.panels)
    industry = forms.IntegerField(
        label="每组产业专家", min_value=0, max_value=20, initial=USUAL.experts - USUAL.finance
    )
    finance = forms.IntegerField(label="每组财务专家", min_value=0, max_value=20, initial=USUAL.finance)
    technology = forms.IntegerField(label="每组技术专家", min_value=0, max_value=20, initial=0)
    property = forms.IntegerField(label="每组知识产权专家", min_value=0, max_value=20, initial=0)
    witnesses = forms.CharField(
        label="见证单位",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="每行一个；冻结之后由其提交承诺值，抽取时揭示。",
    )
    overseer = forms.CharField(label="监督单位（保管第二条派发链）", max_length=100)
    mode = forms.ChoiceField(label="派发方式", choices=DrawMode.choices)
    cap = forms.IntegerField(label="每位专家最多承担", min_value=1, max_value=1000, initial=40)
    days = forms.IntegerField(label="评审期限（日）", min_value=1, max_value=90, initial=USUAL.days)
    by_area = forms.BooleanField(label="专家不评审所在地区的企业", required=False, initial=True)
    reason = forms.CharField(
        label="重新抽取理由",
        required=False,
        max_length=200,
        help_text="首次抽取不填；填写即代替这一环节现有的抽取，原记录保留。",
    )

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """The batches and stages to choose from."""
        cast("forms.Select", self.fields["where"].widget).choices = list(choices)

    def plan(self, replaced: int | None) -> DrawPlan:
        """What was decided."""
        said = self.cleaned_data
        seats = {field.value: said[field.value] for field in Field if said[field.value]}
        return DrawPlan(
            divisions=(Division("甲", said["panels"], seats),),
            witnesses=[line.strip() for line in said["witnesses"].splitlines() if line.strip()],
            overseer=said["overseer"],
            cap=said["cap"],
            days=said["days"],
            mode=DrawMode(said["mode"]),
            by_area=said["by_area"],
            replaces=replaced,
            reason=said["reason"],
        )


class ModerationForm(RefusableForm):
    """A conclusion for everything on which the panel differed, and what was said."""

    def __init__(self, *args: Any, differing: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "请选择"), *((one.value, CONCLUSION_LABELS[one]) for one in Conclusion)]
        self.asked = [name for name, _ in differing]
        for name, label in differing:
            self.fields[f"settled-{name}"] = forms.ChoiceField(label=label, choices=choices)
        self.fields["summary"] = forms.CharField(
            label="会商情况", max_length=200, widget=forms.Textarea({"rows": 3})
        )

    @property
    def settled(self) -> Mapping[str, Conclusion]:
        """What they came to, once the form is valid."""
        return {name: Conclusion(self.cleaned_data[f"settled-{name}"]) for name in self.asked}
