"""通讯录: the offices of one's own chain, above and below, with their office telephones."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.offices.queries import directory, office_by_id, office_chain
from tidu.portals.office.access import page, require_office
from tidu.portals.parts.actors import current_actor_of


@require_safe
@require_office
def show(request: HttpRequest) -> HttpResponse:
    """Those above one by one, then the own office with everything below it."""
    own = office_by_id(current_actor_of(request).office_id or 0)
    above = [office for office in office_chain(own).values() if office.pk != own.pk]
    return page(request, "directory", {"own": own, "above": above[::-1], "tree": directory(own)})
