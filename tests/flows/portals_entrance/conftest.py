import pytest
from django.core.cache import cache

from tidu.offices.models import Office


@pytest.fixture(autouse=True)
def offices(opened_offices: dict[str, Office]) -> None:
    """The offices of 示例省; nobody has tried to log in yet."""
    cache.clear()
