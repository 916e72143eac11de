"""Opening the file an operator names, also where it is a pipe."""

import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from shopterm.imports.columns import Refused
from shopterm.imports.issues import Issue
from shopterm.imports.reasons import Outcome, Reason

Progress = Callable[[int, int], None]
"""Called with the work done and the work in all (bytes, over two readings); it may raise to stop."""

Tick = Callable[[int], None]


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file that will be read more than once; what cannot be rewound is copied first."""
    try:
        stream = path.open("rb")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refused(Issue(None, Outcome.REJECT, Reason.UNREADABLE, params={"error": reason})) from None
    with stream:
        if stat.S_ISREG(path.stat().st_mode):
            yield stream
            return
        with TemporaryFile() as copy:
            shutil.copyfileobj(stream, copy)
            yield copy


def ticker(progress: Progress | None, total: int) -> Tick:
    """Return a function to be called with the work done so far; what is reported never goes back."""
    if progress is None:
        return lambda _done: None
    highest = 0

    def tick(done: int) -> None:
        nonlocal highest
        highest = min(max(highest, done), total)
        progress(highest, total)

    return tick
