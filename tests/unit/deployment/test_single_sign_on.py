"""A government identity provider, named by the environment."""

import pytest

from tidu.deployment.content_security import policy
from tidu.deployment.single_sign_on import origins, providers

NAMED = {
    "TIDU_OIDC_SERVER": "https://login.example.invalid/realms/one",
    "TIDU_OIDC_CLIENT": "tidu",
    "TIDU_OIDC_SECRET": "s",
}


def test_without_a_server_there_is_no_provider() -> None:
    assert providers({}) == {}
    assert origins({}) == []


def test_provider_is_what_the_environment_says() -> None:
    (app,) = providers(NAMED)["openid_connect"]["APPS"]
    assert (app["client_id"], app["settings"]["server_url"]) == ("tidu", NAMED["TIDU_OIDC_SERVER"])


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, ["https://login.example.invalid"]),
        ({"TIDU_OIDC_ORIGINS": "https://a.example.invalid, https://b.example.invalid"},
         ["https://a.example.invalid", "https://b.example.invalid"]),
    ],
)  # fmt: skip
def test_login_form_may_lead_to_the_provider_and_nowhere_else(more: dict[str, str], found: list[str]) -> None:
    assert origins(NAMED | more) == found
    assert f"form-action 'self' {' '.join(found)}" in policy(forms_lead_to=found).split("; ")


def test_without_a_provider_forms_lead_nowhere_else() -> None:
    assert "form-action 'self'" in policy().split("; ")
