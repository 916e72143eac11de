"""Whatever leaves a command becomes an exit status and one sentence; loaded light, for most commands go well."""

import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Self, TextIO

from shopterm.cli.context import Cli

PIPE_CLOSED = 141
"""As a shell reports a program whose reader went away."""


class Outcome:
    """Runs a command inside; afterwards the exit status is known and the person has been told."""

    def __init__(self, cli: Cli, arguments: Sequence[str]) -> None:
        """Note whether JSON is wanted even where the arguments cannot be read."""
        self.cli, self.status = cli, 0
        self._json = "--json" in arguments

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        """Close the shop and tell the error, if any; only an exit that was asked for passes."""
        asked = isinstance(error, SystemExit | GeneratorExit)
        if isinstance(error, BrokenPipeError):
            self.status = PIPE_CLOSED
            _forget(sys.stdout)
        elif error is not None and not asked:
            self.status = self._tell(error)
        self.cli.close()
        return not asked

    def _tell(self, error: BaseException) -> int:
        from shopterm.cli.telling import tell

        status = tell(error, self.cli, as_json=self._json or self.cli.json)
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except OSError:
                _forget(stream)
        return status


def _forget(stream: TextIO) -> None:
    """Let nothing more be written to where nothing can be written; the interpreter would try again at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
