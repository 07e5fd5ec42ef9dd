"""What a firm's person does in a browser, in few words."""

import json
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone
from tests import scene

from tidu.applications.contents import reference_year
from tidu.applications.queries import case_for
from tidu.database.scope import Actor, scope
from tidu.demonstration.forms import Invented, form_of
from tidu.demonstration.papers import paper
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.models import Firm
from tidu.law.standards import load
from tidu.programmes.models import Batch

ALWAYS = ("signed_form", "business_licence", "social_insurance", "audit_report", "product_note")
CLAIMED = ("property_certificates",)
"""Papers that the invented firm's form needs."""


@dataclass
class Desk:
    """A browser in which somebody acts for a firm."""

    client: Client
    firm: Firm
    actor: Actor

    def __deepcopy__(self, memo: dict[int, object]) -> "Desk":
        """Another browser, logged in as the first one is."""
        client = Client()
        client.cookies = deepcopy(self.client.cookies, memo)
        return Desk(client, deepcopy(self.firm, memo), self.actor)

    def open_case(self, batch: Batch, kind: str = "new") -> int:
        """Begin an application; its number in the database."""
        answer = self.client.post("/enterprise/cases/begin/", {"batch": batch.pk, "kind": kind})
        assert answer.status_code == 302, said(answer)
        return int(answer.headers["Location"].split("/")[3])

    def save(self, address: str, name: str, value: str, version: int = 0) -> Any:
        """What the page's script sends."""
        return self.client.post(
            address,
            {"name": name, "value": value, "version": version},
            headers={"Accept": "application/json"},
        )

    def upload(self, case_id: int, item: str, name: str = "", content: bytes = b"") -> Any:
        """A file in one piece; the answer to the piece that made it whole."""
        content = content or paper(item, self.firm.name)
        address = f"/enterprise/cases/{case_id}/uploads/{item}/"
        begun = self.client.post(
            address,
            {"name": name or f"{item}.pdf", "size": len(content)},
            content_type="application/json",
            headers={"Accept": "application/json"},
        )
        if begun.status_code != 201:
            return begun
        return self.client.patch(
            f"{address}{begun.json()['token']}/",
            content,
            content_type="application/offset+octet-stream",
            headers={"Upload-Offset": "0", "Accept": "application/json"},
        )

    def fill(self, case_id: int, shape: str = "strong") -> None:
        """Everything that the form asks, field by field, and every paper that is needed."""
        fill_profile_into(self, f"/enterprise/cases/{case_id}/fields/", shape, self.year_of(case_id))
        for item in (*ALWAYS, *CLAIMED):
            answer = self.upload(case_id, item)
            assert answer.status_code == 200, said(answer)

    def year_of(self, case_id: int) -> int:
        """上年 of the batch, as the form's sheet shows it last."""
        with scope(self.actor):
            return reference_year(case_for(self.actor, case_id))

    def submit(self, case_id: int, *, declared: bool = True) -> Any:
        """Tick the declaration and submit with the version that the page shows."""
        page = self.client.get(f"/enterprise/cases/{case_id}/review/")
        version = page.context["case"].version
        words = {"version": version, **({"declared": "on"} if declared else {})}
        return self.client.post(f"/enterprise/cases/{case_id}/submit/", words)


def sit_down(number: int, role: str = "owner") -> Desk:
    """Register the invented firm of this number and log its first member in."""
    firm, member = scene.register(number, at=timezone.now())
    if role != "owner":
        with scope(actor_for_member(member)):
            member.role = role
            member.save(update_fields=["role"])
    client = Client()
    client.force_login(member.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return Desk(client, firm, actor_for_member(member))


def fill_profile_into(desk: Desk, address: str, shape: str, year: int) -> None:
    """Type an invented firm's whole form, each field with the version that stands there."""
    invented = Invented(
        1, desk.firm.uscc, desk.firm.name, "shili-east", "示例东区", "精密轴承", "3451", shape, "filling"
    )
    form = load("2022-innovative").form()
    asked = {field.fact.id for section in form for field in section.fields}
    for (fact, period), raw in form_of(invented, year=year).items():
        if fact not in asked:
            continue
        text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
        answer = desk.save(address, f"{fact}.{period}" if period else fact, text)
        assert answer.status_code == 200, said(answer)
        assert answer.json()["findings"] == [], answer.json()


def said(answer: Any) -> str:
    return str(answer.content.decode())
