"""What every test may ask for; the fixtures themselves stand in tests/plugins."""

from hypothesis import settings

pytest_plugins = ["tests.plugins.databases", "tests.plugins.browser"]

# How long one example takes depends on who shares the machine, and is not what these tests are about.
settings.register_profile("tidu", deadline=None)
settings.load_profile("tidu")
