import pytest
from django.core.cache import cache
from tests import scene


@pytest.fixture(autouse=True)
def offices() -> None:
    """The offices of 示例省; nobody has tried to log in yet."""
    cache.clear()
    scene.open_offices()
