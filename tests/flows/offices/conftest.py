import pytest
from tests import scene

from tidu.offices.models import Office


@pytest.fixture(autouse=True)
def offices() -> dict[str, Office]:
    """The offices of 示例省 by their codes."""
    return scene.open_offices()
