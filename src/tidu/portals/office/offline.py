"""线下办理补录: the foldable part of an act's form, for what was done on paper and is entered later."""

from django import forms
from django.http import HttpRequest

from tidu.applications.actions import Offline
from tidu.portals.office.scans import ScanField, first_taken
from tidu.portals.parts.refusable import RefusableForm


class DayInput(forms.DateInput):
    """A day, picked or typed."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OfflineForm(RefusableForm):
    """When, from where, with which scan. Empty as a whole: the act is done here and now."""

    offline_on = forms.DateField(label="线下办理日期", required=False, widget=DayInput())
    offline_source = forms.CharField(
        label="原件来源", required=False, max_length=300, help_text="原件所在网址，或档案、文件的存放位置。"
    )
    offline_scan = ScanField(label="原件扫描件", required=False)

    def clean(self) -> dict[str, object]:
        said = super().clean() or self.cleaned_data
        if not said.get("offline_on") and (said.get("offline_source") or said.get("offline_scan")):
            self.add_error("offline_on", "补录线下办理，请填写办理日期；不补录的，请清空这一部分。")
        return said

    @property
    def is_open(self) -> bool:
        """Whether the part stands unfolded: something was typed into it."""
        return self.is_bound and any(self.data.get(name) for name in ("offline_on", "offline_source"))


def offline_of(request: HttpRequest, form: OfflineForm) -> Offline | None:
    """What was done on paper, None if nothing was. The form is valid."""
    said = form.cleaned_data
    if not said["offline_on"]:
        return None
    return Offline(
        event_on=said["offline_on"],
        source_address=said["offline_source"],
        scan_id=first_taken(request, said["offline_scan"]),
    )
