import pytest
from tests import scene


@pytest.fixture(autouse=True)
def offices() -> None:
    """The offices of 示例省."""
    scene.open_offices()
