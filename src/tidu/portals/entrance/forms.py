"""The forms of the entrance. Rules stand in the actions; a refusal finds its field here."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any, ClassVar, cast

from allauth.account.forms import LoginForm as LibraryLoginForm
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from tidu.enterprises.validators import check_employee, clean_email, clean_name, clean_phone
from tidu.law.identity import check_credit_code
from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Area
from tidu.portals.parts.refusable import RefusableForm, checked


class LoginForm(LibraryLoginForm):  # type: ignore[misc]
    """Login name and password; an expired one-time password is told from a wrong one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "登录名"
        self.fields["password"].label = "密码"
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs |= {
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": True,
        }

    def clean_login(self) -> str:
        """Login names are lower case, however they are typed."""
        return str(super().clean_login()).lower()

    def clean(self) -> Any:
        cleaned = super().clean()
        until = self.user.one_time_until if self.user else None
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(sentence(Refused("one_time_password_expired", until=until)))
        return cleaned


_SECTIONS = (
    ("企业", ("uscc", "name", "area")),
    ("联系人", ("contact", "phone", "email", "is_employee")),
    ("登录", ("username", "password", "again")),
)


class RegistrationForm(RefusableForm):
    """Who the firm is, who answers for it, and how this person will log in."""

    names: ClassVar[Mapping[str, str]] = {"credit_code": "uscc"}

    uscc = forms.CharField(label="统一社会信用代码", help_text="18 位，按营业执照填写。", max_length=40)
    name = forms.CharField(label="企业名称", help_text="营业执照上的全称。", max_length=120)
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label="属地",
        to_field_name="code",
        empty_label="请选择注册登记所在的区市县（先导区）",
        help_text="由属地主管部门受理；选错会被移交，耽误时间。",
        error_messages={"invalid_choice": "没有这个属地。请从列表中选择企业注册登记所在的区市县（先导区）。"},
    )
    contact = forms.CharField(label="联系人", max_length=60, help_text="须为本企业员工。")
    phone = forms.CharField(label="联系电话", max_length=40, help_text="仅供主管部门就申报事宜联系。")
    email = forms.CharField(
        label="电子邮箱",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    is_employee = forms.BooleanField(
        label="我是本企业员工，受企业指派办理登记。申报不收费，不需要也不建议通过任何中介机构。",
        required=False,
    )
    username = forms.CharField(
        label="登录名", max_length=60, help_text="3 至 60 个小写字母、数字或 . _ - ，登录时使用。"
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 8 位，不用常见密码。",
    )
    again = forms.CharField(
        label="再输一次密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, areas: QuerySet[Area], logged_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Area]", self.fields["area"])
        field.queryset = areas
        field.choices = [("", field.empty_label), *_by_upper_office(areas)]
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        if logged_in:
            for name in ("username", "password", "again"):
                del self.fields[name]

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under the headings of the page."""
        shown = [(title, [self[name] for name in names if name in self.fields]) for title, names in _SECTIONS]
        return [(title, fields) for title, fields in shown if fields]

    def clean_uscc(self) -> str:
        return checked(
            lambda: check_credit_code(self.cleaned_data["uscc"], demonstration=settings.DEMONSTRATION)
        )

    def clean_name(self) -> str:
        return checked(lambda: clean_name(self.cleaned_data["name"]))

    def clean_phone(self) -> str:
        return checked(lambda: clean_phone(self.cleaned_data["phone"]))

    def clean_email(self) -> str:
        return checked(lambda: clean_email(self.cleaned_data["email"]))

    def clean_is_employee(self) -> bool:
        checked(lambda: check_employee(is_employee=self.cleaned_data["is_employee"]))
        return True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "again" in cleaned and cleaned["again"] != cleaned.get("password"):
            self.add_error("again", "两次输入的密码不一致。请重新输入。")
        return cleaned


class PasswordForm(RefusableForm):
    """A new password of one's own."""

    old = forms.CharField(
        label="原密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    password = forms.CharField(
        label="新密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label="再输一次新密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "again" in cleaned and cleaned["again"] != cleaned.get("password"):
            self.add_error("again", "两次输入的密码不一致。请重新输入。")
        return cleaned


def _by_upper_office(areas: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """The areas as groups of a list, each under the office above the one that serves it."""
    known = sorted(areas, key=lambda area: (_upper(area), area.code))
    return [
        (upper, [(area.code, area.name) for area in group]) for upper, group in groupby(known, key=_upper)
    ]


def _upper(area: Area) -> str:
    return area.office.parent.name if area.office.parent else area.office.name
