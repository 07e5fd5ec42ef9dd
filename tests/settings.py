"""The product's settings with what tests need otherwise: a home of their own, no pool, quick passwords."""

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes that must be free there; the databases of three processes take about one."""


def test_home() -> Path:
    """In memory where there is room: a run makes hundreds of databases, each of a thousand files.

    On disk otherwise, outside root's own folder, which the database's user could not enter.
    """
    if has_room(MEMORY):
        return MEMORY / f"tidu-test-{os.geteuid()}"
    if os.geteuid() == 0:
        return Path("/var/cache/tidu/test")
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser().absolute() / "tidu" / "test"


def has_room(place: Path) -> bool:
    """The server's programs run from there as well."""
    if not os.access(place, os.W_OK):
        return False
    found = os.statvfs(place)
    return found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC


# In the environment, so that every process of the run finds the same.
os.environ["TIDU_HOME"] = os.environ.setdefault("TIDU_TEST_HOME", str(test_home()))

from tests.plugins.clock import follow_the_tests_clock  # noqa: E402
from tidu.deployment.settings import *  # noqa: E402, F403
from tidu.deployment.settings import DATABASES  # noqa: E402

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SECURE = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
DATABASES["default"]["OPTIONS"].pop("pool", None)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# In the environment, so that the site a browser's test starts finds the files that the test has stored.
FILES_ROOT = Path(
    os.environ.setdefault(
        "TEST_FILES_ROOT", str(Path(tempfile.gettempdir()) / f"tidu-test-files-{os.getpid()}")
    )
)
# Files are served from where they stand, so that nothing needs collecting.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

follow_the_tests_clock()
