"""A government identity provider (OpenID Connect), if the deployment names one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


def providers(environ: Mapping[str, str]) -> dict[str, Any]:
    """For allauth: the provider that TIDU_OIDC_SERVER, _CLIENT and _SECRET describe; none without them."""
    server = environ.get("TIDU_OIDC_SERVER")
    if not server:
        return {}
    app = {
        "provider_id": "government",
        "name": environ.get("TIDU_OIDC_NAME", "统一身份认证"),
        "client_id": environ["TIDU_OIDC_CLIENT"],
        "secret": environ["TIDU_OIDC_SECRET"],
        "settings": {"server_url": server},
    }
    return {"openid_connect": {"APPS": [app]}}


def origins(environ: Mapping[str, str]) -> list[str]:
    """Where a login with the provider leads, for the Content-Security-Policy; its server by default.

    TIDU_OIDC_ORIGINS names them where the provider's login stands at another address than its server.
    """
    if named := environ.get("TIDU_OIDC_ORIGINS"):
        return named.replace(",", " ").split()
    server = urlsplit(environ.get("TIDU_OIDC_SERVER", ""))
    return [f"{server.scheme}://{server.netloc}"] if server.netloc else []
