"""The forms of the mail room (收件登记): what stands on a parcel, and what it holds for one case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, QueryDict

from tidu.applications.models import Case
from tidu.deliveries.actions import Brought, ParcelText
from tidu.deliveries.enums import Manner
from tidu.deliveries.models import Parcel, Receipt
from tidu.deliveries.standing import asked_of
from tidu.enterprises.queries import firm_by_uscc, search
from tidu.law.notices.papers import Counted
from tidu.law.notices.parts import Paper
from tidu.offices.models import Office
from tidu.offices.queries import offices_below
from tidu.portals.parts.refusable import RefusableForm

COURIERS = ("邮政EMS", "顺丰速运", "中通快递", "圆通速递", "申通快递", "韵达速递", "京东快递", "极兔速递")
COUNTED = ("copies", "original", "apart", "defects")


class MomentInput(forms.DateTimeInput):
    """A moment in Beijing time, picked or typed."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ParcelForm(RefusableForm):
    """What stands on a parcel. The number comes first: it is scanned, and Enter goes on."""

    names: ClassVar[Mapping[str, str]] = {"source_office": "source", "source_firm": "source"}

    number = forms.CharField(
        label="快递单号",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "class": "code"}),
        help_text="扫描面单；当面递交的留空。",
    )
    manner = forms.ChoiceField(label="递交方式", choices=Manner.choices, widget=forms.RadioSelect)
    courier = forms.CharField(
        label="快递公司", required=False, max_length=40, widget=forms.TextInput(attrs={"list": "couriers"})
    )
    source = forms.CharField(
        label="从哪里来",
        max_length=120,
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
        help_text="报送单位的名称，或企业的名称、统一社会信用代码。",
    )
    received_at = forms.DateTimeField(label="收到时间", widget=MomentInput())
    enclosed = forms.CharField(
        label="随件公文（选填）",
        required=False,
        max_length=200,
        help_text="一起寄来的推荐文件及文号、汇总表等。",
    )

    def __init__(self, *args: Any, own: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.offices = {one.name: one.pk for one in offices_below(own)}

    def clean_source(self) -> tuple[int | None, int | None]:
        """The office or the firm that was named."""
        said = self.cleaned_data["source"].strip()
        if said in self.offices:
            return self.offices[said], None
        firm = firm_by_uscc(said.upper()) or search(said).filter(name=said).first()
        if firm is None:
            raise forms.ValidationError(
                f"没有找到“{said}”：请填写下级单位的全称，或已注册企业的全称、统一社会信用代码。"
            )
        return None, firm.pk

    def text(self) -> ParcelText:
        """As the action takes it."""
        said = self.cleaned_data
        office_id, firm_id = said["source"]
        return ParcelText(
            manner=Manner(said["manner"]),
            received_at=said["received_at"],
            courier=said["courier"],
            number=said["number"],
            source_office_id=office_id,
            source_firm_id=firm_id,
            enclosed=said["enclosed"],
        )


def parcel_form(request: HttpRequest, own: Office, parcel: Parcel | None = None) -> ParcelForm:
    """The form as typed, as the parcel stands, or empty with the parcel before it in mind."""
    now = request.arrived_at.replace(second=0, microsecond=0)  # type: ignore[attr-defined]
    if request.method == "POST":
        return ParcelForm(request.POST, own=own)
    if parcel is None:
        words = {name: request.GET.get(name, "") for name in ("source", "courier")}
        return ParcelForm(initial={"manner": Manner.COURIER, "received_at": now, **words}, own=own)
    said = {
        name: getattr(parcel, name) for name in ("number", "manner", "courier", "received_at", "enclosed")
    }
    return ParcelForm(initial={**said, "source": source_of(parcel)}, own=own)


def source_of(parcel: Parcel) -> str:
    """Who sent a parcel, by name."""
    return str((parcel.source_office or parcel.source_firm or parcel).name)  # type: ignore[union-attr]


class PapersForm(RefusableForm):
    """What belongs to the whole of a case's papers; the papers themselves stand in rows."""

    code = forms.CharField(
        label="申报表核验码",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code"}),
        help_text="扫描封面条码，或抄录页脚的核验码；没有的留空。",
    )
    pages = forms.IntegerField(label="申报表页数（选填）", required=False)
    note = forms.CharField(label="备注（选填）", required=False, max_length=200)


@dataclass(frozen=True)
class PaperRow:
    """One paper that the notice asks for, with what was typed of it."""

    paper: Paper
    copies: str = ""
    is_original: bool = False
    is_apart: bool = False
    defects: str = ""

    @property
    def needs_original(self) -> bool:
        return self.paper.form == "original"

    def counted(self) -> Counted | None:
        """As the action takes it, None where nothing came. What is no number is -1, which is refused."""
        typed = self.copies.strip()
        if not typed and not self.defects.strip():
            return None
        copies = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else -1
        return Counted(copies, self.is_original, self.is_apart, self.defects.strip())

    def whole(self) -> Counted:
        """As the notice asks."""
        return Counted(self.paper.copies, self.needs_original, self.needs_original)


def paper_rows(case: Case, said: QueryDict | None = None, receipt: Receipt | None = None) -> list[PaperRow]:
    """A row for each paper asked for: as typed, as registered before, or empty."""
    if said is not None:
        return [_typed(paper, said) for paper in asked_of(case)]
    stored = {row.paper: row for row in receipt.papers.all()} if receipt else {}
    return [
        PaperRow(paper, str(row.copies), row.is_original, row.is_apart, row.defects)
        if (row := stored.get(paper.id))
        else PaperRow(paper)
        for paper in asked_of(case)
    ]


def _typed(paper: Paper, said: QueryDict) -> PaperRow:
    copies, original, apart, defects = (said.get(f"{name}-{paper.id}", "") for name in COUNTED)
    return PaperRow(paper, copies, original == "1", apart == "1", defects)


def brought(form: PapersForm, rows: Sequence[PaperRow], *, everything: bool) -> Brought:
    """What the form says came; `everything` is the button that says it is all there as asked."""
    counted = {row.paper.id: row.whole() if everything else row.counted() for row in rows}
    papers = {paper: one for paper, one in counted.items() if one is not None}
    said = form.cleaned_data
    return Brought(papers, said["code"], said["pages"], said["note"])


def papers_form(request: HttpRequest, receipt: Receipt | None = None, code: str = "") -> PapersForm:
    """The form as typed, as registered before, or with the code that found the case."""
    if request.method == "POST":
        return PapersForm(request.POST)
    if receipt is None:
        return PapersForm(initial={"code": code})
    return PapersForm(initial={"code": receipt.code, "pages": receipt.pages, "note": receipt.note})
