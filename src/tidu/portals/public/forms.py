"""The forms of the public pages. Rules stand in the actions; a refusal finds its field here."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from tidu.offices.models import Office
from tidu.portals.parts.refusable import RefusableForm


class ObjectionForm(RefusableForm):
    """Who objects, what they say, and whether an office itself is complained of."""

    names: ClassVar[Mapping[str, str]] = {"complained_office": "office"}

    name = forms.CharField(label="姓名或单位名称", max_length=100)
    contact = forms.CharField(
        label="联系方式",
        max_length=100,
        help_text="电话、邮箱或通讯地址，只用于核实情况。",
    )
    text = forms.CharField(
        label="异议内容",
        help_text="写明所反映的事实和理由，不超过 5000 字。涉及国家秘密的内容不得填写。",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    office = forms.ChoiceField(
        label="是否反映某个主管部门自身的问题",
        required=False,
        help_text="选择后，由它的上级单位受理，被反映的单位看不到这件异议。",
    )

    def __init__(self, *args: Any, offices: Sequence[Office], real_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [  # type: ignore[attr-defined]
            ("", "不反映主管部门，只对企业提出异议"),
            *((str(office.pk), office.name) for office in offices),
        ]
        for name in ("name", "contact"):
            self.fields[name].required = real_name
            self.fields[name].widget.attrs["autocomplete"] = "off"


class StandingForm(RefusableForm):
    """The query code that was given when an objection was filed."""

    token = forms.CharField(
        label="查询码",
        max_length=64,
        help_text="提出异议后页面给出的 32 位查询码。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
