"""What every page knows: what this deployment is, whom to call, what time the server has."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

NATIONAL_PLATFORM = "https://zjtx.miit.gov.cn"


@dataclass(frozen=True)
class Page:
    """`authority` names the office for which this deployment is the platform; empty: it is not (第五条)."""

    now: datetime
    demonstration: bool
    authority: str
    help_phone: str
    national_platform: str = NATIONAL_PLATFORM


def page(request: HttpRequest) -> dict[str, Page]:  # noqa: ARG001 (the signature of a context processor)
    """The context processor `tidu.portals.parts.context.page`."""
    return {"page": this_page()}


def this_page() -> Page:
    """The page's facts outside a template, for error pages and tests."""
    return Page(
        now=timezone.now(),
        demonstration=settings.DEMONSTRATION,
        authority=getattr(settings, "TIDU_AUTHORITY", ""),
        help_phone=getattr(settings, "TIDU_HELP_PHONE", ""),
    )
