"""The forms of single acts: opinion and decision, credit look-ups, visits, findings."""

from django import forms

from tidu.inspections.enums import CreditResult, InspectionResult
from tidu.portals.office.offline import DayInput
from tidu.portals.office.scans import PHOTOS, ScanField
from tidu.portals.parts.refusable import RefusableForm


class DecisionForm(RefusableForm):
    """The opinion, the version that was seen, and what is marked for mending."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label="意见",
        required=False,
        max_length=2000,
        widget=forms.Textarea(
            attrs={"rows": 4, "placeholder": "意见（退回、不予通过、移交时必填，企业可见）", "id": "comment"}
        ),
    )


class CreditForm(RefusableForm):
    """One look-up in one credit system; `made` says that there was one to be entered."""

    made = forms.BooleanField(label="登记这次查询", required=False)
    checked_on = forms.DateField(label="查询日期", widget=DayInput())
    result = forms.ChoiceField(label="查询结果", choices=CreditResult.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="说明",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="有异常的，写明列入事由和日期。",
    )
    scan = ScanField(label="查询结果截图或报告", required=False)


class VisitForm(RefusableForm):
    """The visit as a whole; what was found per item stands in rows of its own."""

    visited_on = forms.DateField(label="核查日期", widget=DayInput())
    inspectors = forms.CharField(
        label="核查人员（岗位称呼，一行一人，不填姓名）",
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "企业科科长\n企业科经办"}),
    )
    result = forms.ChoiceField(label="核查结论", choices=InspectionResult.choices, widget=forms.RadioSelect)
    summary = forms.CharField(
        label="核查意见（企业可见）",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    notes = forms.CharField(
        label="内部记录（仅主管部门可见）",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    photos = ScanField(label="现场照片", required=False, formats=PHOTOS, most=20)

    def posts(self) -> tuple[str, ...]:
        """The inspectors' posts, one per line."""
        return tuple(line.strip() for line in self.cleaned_data["inspectors"].splitlines() if line.strip())


class NationalForm(RefusableForm):
    """What the national platform says of the application."""

    status = forms.CharField(label="国家平台状态", max_length=60)
    receipt = forms.CharField(label="回执编号", required=False, max_length=80)


class ReasonForm(RefusableForm):
    """Why an officer judges a fact as he does."""

    reason = forms.CharField(
        label="认定理由（记入经过，企业可见）",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明依据哪份材料第几页，或现场所见。",
    )
