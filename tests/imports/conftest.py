"""What the tests of imports share: a way to check a few lines as a file."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from shopterm.imports import Assignment, Check, Known, check_file
from tests.imports.findings import HOUSE

Checking = Callable[..., Check]


@pytest.fixture
def checked(tmp_path: Path) -> Iterator[Checking]:
    """Write lines (or bytes) to a file and check it; the check is closed after the test."""
    with ExitStack() as stack:

        def check(
            kind: str,
            content: str | bytes,
            *assignments: str,
            known: Known | None = None,
            encoding: str | None = None,
        ) -> Check:
            path = tmp_path / "file.csv"
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            found = check_file(path, kind, HOUSE, assignment=Assignment.of(assignments), known=known, encoding=encoding)
            return stack.enter_context(found)

        yield check
