"""The product's settings, database and server alike, without its middleware, login and pages."""

from tidu.deployment.settings import *  # noqa: F403
from tidu.deployment.settings import INSTALLED_APPS as OURS

ROOT_URLCONF = "bench.bare"
MIDDLEWARE: list[str] = []
INSTALLED_APPS = [app for app in OURS if app not in ("allauth.account", "allauth.socialaccount")]
