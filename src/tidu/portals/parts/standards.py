"""Where everybody reads the standard that something was judged by."""

from django.urls import reverse

from tidu.law.standards import load, standard_ids


def standard_page(standard_id: str, digest: str) -> str:
    """The address of a standard's page: of the very text with this digest, if the rulebook has moved on."""
    if not digest or (standard_id in standard_ids() and load(standard_id).digest == digest):
        return reverse("public-standard", kwargs={"standard": standard_id})
    return reverse("public-standard-version", kwargs={"standard": standard_id, "digest": digest})
