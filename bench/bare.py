"""The peer: the barest Django there is. A view without middleware, session or template that runs given SQL.

The statements of request ``n`` stand in the file that ``BENCH_STATEMENTS`` names; they run in one
transaction, committed as durably as any.
"""

import os
import pickle
from pathlib import Path

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

_kept: dict[str, list[list[tuple[str, object]]]] = {}


def statements(name: str) -> list[list[tuple[str, object]]]:
    """What was captured of one kind of request; our own file, read once."""
    if name not in _kept:
        content = (Path(os.environ["BENCH_STATEMENTS"]) / f"{name}.pickle").read_bytes()
        _kept[name] = pickle.loads(content)  # noqa: S301 - written by the benchmark itself
    return _kept[name]


@csrf_exempt
def run(_: HttpRequest, name: str, number: int) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, parameters in statements(name)[number]:
            cursor.execute(sql, parameters)
            if cursor.description:
                cursor.fetchall()
    return HttpResponse("ok")


urlpatterns = [path("<str:name>/<int:number>/", run)]
