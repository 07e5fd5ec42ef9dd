"""The one Content-Security-Policy: everything from our own address, nothing inline, nothing framed."""

from collections.abc import Sequence

DIRECTIVES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy(*, forms_lead_to: Sequence[str] = ()) -> str:
    """The policy as a header. `forms_lead_to` names the identity provider that a login form redirects to."""
    directives = DIRECTIVES | {"form-action": " ".join(("'self'", *forms_lead_to))}
    return "; ".join(f"{name} {value}" for name, value in directives.items())
