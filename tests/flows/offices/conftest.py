import pytest

from tidu.offices.models import Office


@pytest.fixture(autouse=True)
def offices(opened_offices: dict[str, Office]) -> dict[str, Office]:
    """The offices of 示例省 by their codes."""
    return opened_offices
