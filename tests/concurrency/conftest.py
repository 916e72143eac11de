"""Short numbers for every day, the full ones when SHOPTERM_SOAK is set (``make soak``)."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopterm.db.session import Shop
from tests.concurrency.crew import Crew

SOAK = bool(os.environ.get("SHOPTERM_SOAK"))


def pick(short: int, full: int) -> int:
    """Return the everyday number, or the full one."""
    return full if SOAK else short


@pytest.fixture
def crew(shop: Shop, tmp_path: Path) -> Iterator[Crew]:
    """Nobody yet; whoever is started in the test is gone after it."""
    found = Crew(shop, tmp_path)
    yield found
    found.end()
