"""Standard output that does not take the result: the command was carried out, and that is what is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from shopterm.domain.errors import Unavailable
from shopterm.domain.words import _

UNWRITTEN = _("The command was carried out, but its result could not be written: {reason}")


class OutputLost(Unavailable):
    """Standard output does not take the result."""

    title: ClassVar[str] = _("The output is lost")


@contextmanager
def delivering() -> Iterator[None]:
    """Write the result inside; a reader that went away is no fault."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputLost(UNWRITTEN, reason=error.strerror or str(error)) from error
