"""What tests of screens share."""

from collections.abc import Iterator

import pytest

from shopterm.i18n import language, use


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    """Speak English unless a test chooses; the choice holds for the whole process, so it is taken back."""
    before = language()
    use("en")
    yield
    use(before)
