"""A notice in the browser: drafted, checked, seen as a firm will, published, corrected; by its office alone."""


import pytest
from django.core.cache import cache
from tests import scene
from tests.flows.portals_office.desk import officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def offices() -> None:
    cache.clear()
    scene.open_offices()


def test_smoke() -> None:
    client = officer(scene.PROVINCE)
    print(client.get("/office/notices/").status_code)
    for key in ("blank", "rulebook:xinjiang-2026-specialised-batch1"):
        r = client.post("/office/notices/begin/", {"template": key})
        print(r.status_code, r.headers.get("Location"))
        loc = r.headers["Location"]
        base = loc.rsplit("/", 2)[0] + "/"
        for part in ("basics","text","kinds","conditions","rounds","papers","evidence","directory","readings"):
            r = client.get(base + part + "/")
            assert r.status_code == 200
        for p in ("", "preview/", "preview/?batch=2026-1", "publish/", "notice.toml"):
            r = client.get(base + p)
            print(p, r.status_code, len(r.content))
