"""What a firm may be called and who may act for it; each check refuses with its own sentence."""

import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tidu.law.identity import DEMONSTRATION_PREFIX
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marks

DEMONSTRATION_NAME = "示例"
YEARS_KEPT = 10
SHORTEST_NAME, LONGEST_NAME = 4, 100
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffffA-Za-z0-9（）·&.，、－—\- ]+")
_PHONE = re.compile(r"[0-9+（）()转\- ]{5,40}")
_PARENTHESES = str.maketrans({"(": "（", ")": "）"})


def clean_name(typed: str) -> str:
    """The firm's name as licences print it: no outer space, full-width parentheses.

    Raises Refused: firm_name_length, firm_name_characters, secrecy_mark_in_text.
    """
    name = " ".join(unicodedata.normalize("NFC", typed).split()).translate(_PARENTHESES)
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        raise Refused(
            "firm_name_length", field="name", value=name[:20], least=SHORTEST_NAME, most=LONGEST_NAME
        )
    if not _NAME.fullmatch(name) or not re.search(r"[\u3400-\u9fff]", name):
        raise Refused("firm_name_characters", field="name", value=name)
    refuse_marks(name, place="text", field="name", label="企业名称")
    return name


def check_demonstration(uscc: str, name: str, *, demonstration: bool, area_is_demonstration: bool) -> None:
    """Invented firms only in a demonstration, and nothing else there.

    That an invented code is refused elsewhere, `check_credit_code` sees to.
    Raises Refused: demonstration_takes_invented_firms_only, demonstration_name, demonstration_area.
    """
    invented = uscc.startswith(DEMONSTRATION_PREFIX)
    if demonstration and not invented:
        raise Refused(
            "demonstration_takes_invented_firms_only", field="uscc", value=uscc, prefix=DEMONSTRATION_PREFIX
        )
    if demonstration and not name.startswith(DEMONSTRATION_NAME):
        raise Refused("demonstration_name", field="name", value=name, prefix=DEMONSTRATION_NAME)
    if invented != area_is_demonstration:
        raise Refused("demonstration_area", field="area")


def check_employee(*, is_employee: bool) -> None:
    """不需要也不建议通过任何中介机构: whoever acts for a firm declares to be its employee."""
    if not is_employee:
        raise Refused("agents_not_needed", field="is_employee")


def check_period(fact: str, period: int, today: date) -> None:
    """Refused `period_not_asked` for a fiscal year long gone or to come; 0 is a fact of now.

    How many years a form asks for, its standard says; a profile serves them all.
    """
    if period and not today.year - YEARS_KEPT <= period <= today.year:
        raise Refused("period_not_asked", field=fact, value=period)


def clean_phone(typed: str) -> str:
    """A telephone, or nothing. Refused `phone_unreadable` for anything else."""
    phone = typed.strip()
    if phone and not _PHONE.fullmatch(phone):
        raise Refused("phone_unreadable", field="phone", value=phone[:40])
    return phone


def clean_email(typed: str) -> str:
    """An address for messages, or nothing. Refused `email_unreadable` for anything else."""
    email = typed.strip()
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise Refused("email_unreadable", field="email", value=email[:80]) from None
    return email
