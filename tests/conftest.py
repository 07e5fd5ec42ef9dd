"""What every test may ask for; the fixtures themselves stand in tests/plugins."""

import gc

from hypothesis import settings

pytest_plugins = [
    "tests.plugins.beginnings",
    "tests.plugins.databases",
    "tests.plugins.distributing",
    "tests.plugins.opened",
    "tests.plugins.browser",
    "tests.plugins.files",
]

# How long one example takes depends on who shares the machine, and is not what these tests are about.
settings.register_profile("tidu", deadline=None)
settings.load_profile("tidu")

# What was loaded for all tests is never garbage; looking through it again took a twentieth of the time.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
