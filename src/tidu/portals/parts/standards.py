"""Where everybody reads the standard that something was judged by."""

from django.urls import NoReverseMatch, reverse

from tidu.law.standards import load, standard_ids


def standard_page(standard_id: str, digest: str) -> str:
    """The address of a standard's page: of the very text with this digest, if the rulebook has moved on.

    Empty for a trial (试算), which is no standard of anybody's and has no page.
    """
    if not digest or (standard_id in standard_ids() and load(standard_id).digest == digest):
        return reverse("public-standard", kwargs={"standard": standard_id})
    try:
        return reverse("public-standard-version", kwargs={"standard": standard_id, "digest": digest})
    except NoReverseMatch:
        return ""
