"""Pages that exist only here, to see what happens around any page."""

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from tidu.database.scope import current_actor
from tidu.deployment.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def remember(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES (%s, '', now())", [name])


def tell(request: HttpRequest) -> JsonResponse:
    actor = current_actor()
    return JsonResponse({"kind": actor.kind if actor else None, "at": request.arrived_at.isoformat()})  # type: ignore[attr-defined]


def write(request: HttpRequest) -> HttpResponse:
    remember("written")
    return HttpResponse("ok")


def write_and_fail(request: HttpRequest) -> HttpResponse:
    remember("failed")
    raise LookupError


def miss(request: HttpRequest) -> HttpResponse:
    raise Http404


def lose_the_database(request: HttpRequest) -> HttpResponse:
    remember("lost")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return HttpResponse("never")


urlpatterns = [
    path("tell/", tell),
    path("write/", write),
    path("write-and-fail/", write_and_fail),
    path("miss/", miss),
    path("lose-the-database/", lose_the_database),
]
