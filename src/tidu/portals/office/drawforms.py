"""What an office fills in to draw panels, and after a panel has talked something over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django import forms

from tidu.applications.opinions import CONCLUSION_LABELS, Conclusion
from tidu.law.notices import PanelTerms
from tidu.law.refusals import Refused
from tidu.panels.actions import DrawPlan
from tidu.panels.division_lines import further_divisions
from tidu.panels.enums import DrawMode, Field
from tidu.panels.lottery import number_forms
from tidu.portals.parts.refusable import RefusableForm, checked
from tidu.proof.draw import Division, NumberForm, PublicDraw

USUAL = PanelTerms()
"""How panels are read where a notice says nothing: what the form offers first."""
LINKS = DrawPlan.most_dispatches
"""How long both chains are."""
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
    divisions = forms.CharField(
        label="另设的组别",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text="每行一个：名称 组数 行业大类，如“材料 2 30、31”；每组名额同上，没有列明的行业归“甲”。"
        "所有组别从同一个专家库抽取，一位专家只在一组。",
    )
    witnesses = forms.CharField(
        label="见证单位",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="每行一个；冻结之后由其提交承诺值，抽取时揭示。",
    )
    lottery_name = forms.CharField(
        label="公开摇奖名称和期号",
        required=False,
        max_length=60,
        help_text="没有见证单位、或另加一道保证时填写；如“示例体彩 第26135期”。",
    )
    lottery_date = forms.DateField(
        label="公开摇奖日期",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="须晚于冻结之日。",
    )
    lottery_numbers = forms.CharField(
        label="号码格式", required=False, max_length=120, help_text="如“35选5 + 12选2”“0-9选3可重复”。"
    )
    overseer = forms.CharField(label="监督单位（保管第二条派发链）", max_length=100)
    overseers_anchor = forms.RegexField(
        r"\s*[0-9a-fA-F]{64}\s*",
        label="监督单位的链锚",
        required=False,
        max_length=80,
        error_messages={"invalid": "链锚应为 64 位十六进制数字，请从监督单位的文件中整段复制。"},
        help_text=f"监督单位自己保管秘密数时填写（./tidu draw link --length {LINKS} --number 0），"
        "此后由其一段一段交出；不填则由本系统密封代管。",
    )
    mode = forms.ChoiceField(label="派发方式", choices=DrawMode.choices)
    cap = forms.IntegerField(label="每位专家最多承担", min_value=1, max_value=1000, initial=40)
    days = forms.IntegerField(
        label="评审期限（日）",
        required=False,
        min_value=1,
        max_value=90,
        help_text="自派发次日起算，至末日24:00。留空即按通知规定；可以更短，不能更长。",
    )
    by_area = forms.BooleanField(label="专家不评审所在地区的企业", required=False, initial=True)
    reason = forms.CharField(
        label="重新抽取理由",
        required=False,
        max_length=200,
        help_text="首次抽取不填；填写即代替这一环节现有的抽取，原记录保留，理由公开。",
    )

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """The batches and stages to choose from."""
        cast("forms.Select", self.fields["where"].widget).choices = list(choices)

    def clean_lottery_numbers(self) -> tuple[NumberForm, ...]:
        """What the public draw brings; nothing where none is named."""
        text = self.cleaned_data["lottery_numbers"].strip()
        return checked(lambda: number_forms(text)) if text else ()

    def clean_divisions(self) -> tuple[Division, ...]:
        """The further divisions, with no seats yet."""
        return checked(lambda: further_divisions(self.cleaned_data["divisions"], {}))

    def clean(self) -> dict[str, Any]:
        """A public draw is named whole or not at all."""
        said = super().clean() or self.cleaned_data
        given = [bool(said.get(name)) for name in ("lottery_name", "lottery_date", "lottery_numbers")]
        if any(given) and not all(given) and not self.errors:
            self.refuse(Refused("lottery_incomplete", field="lottery_name"))
        return said

    def plan(self, replaced: int | None) -> DrawPlan:
        """What was decided."""
        said = self.cleaned_data
        seats = {field.value: said[field.value] for field in Field if said[field.value]}
        return DrawPlan(
            divisions=(
                Division("甲", said["panels"], seats),
                *(replace(one, seats=seats) for one in said["divisions"]),
            ),
            public_draw=_lottery(said),
            witnesses=[line.strip() for line in said["witnesses"].splitlines() if line.strip()],
            overseer=said["overseer"],
            overseers_anchor=said["overseers_anchor"],
            cap=said["cap"],
            days=said["days"],
            mode=DrawMode(said["mode"]),
            by_area=said["by_area"],
            replaces=replaced,
            reason=said["reason"],
        )


def _lottery(said: Mapping[str, Any]) -> PublicDraw | None:
    """The named public draw, if there is one."""
    if not said["lottery_name"]:
        return None
    return PublicDraw(said["lottery_name"].strip(), said["lottery_date"].isoformat(), said["lottery_numbers"])


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
