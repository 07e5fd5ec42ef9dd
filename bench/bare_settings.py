"""The product's settings, database and server alike, without its middleware and pages."""

from tidu.deployment.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare"
MIDDLEWARE: list[str] = []
