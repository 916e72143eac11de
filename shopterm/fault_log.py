"""The private log of what went wrong by our own fault, under references a person can pass on."""

import logging
import os
import secrets
import sys
import threading
import time
import traceback
from pathlib import Path
from types import TracebackType

from shopterm import __version__

FILE = "faults.log"


def log_fault(error: BaseException, folder: Path) -> tuple[str, str]:
    """Write an error with its traceback; returns its reference, and why it could not be written, if so.

    Neither arguments nor variables are written: they may hold names, numbers and passwords.
    """
    error = getattr(error, "error", error)  # of a worker: what failed inside
    reference = f"E-{time.strftime('%y%m%d')}-{secrets.token_hex(3)}"
    return reference, _write(reference, "".join(traceback.format_exception(error)), folder)


def _write(title: str, told: str, folder: Path) -> str:
    """Add an entry to the log, which nobody else may read; returns why that failed, if it did."""
    entry = f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} {title} shopterm {__version__}\n{told}\n"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder / FILE, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(entry)
    except OSError as reason:
        return reason.strerror or str(reason)
    return ""


class FaultHandler(logging.Handler):
    """Writes what libraries warn of into the log instead of onto the terminal."""

    def __init__(self, folder: Path) -> None:
        """Write into this folder; it is made with the first entry."""
        super().__init__(logging.WARNING)
        self._folder = folder

    def emit(self, record: logging.LogRecord) -> None:
        """Write an entry; a disk that refuses it leaves the screen as it is."""
        _write(record.levelname, self.format(record), self._folder)


def keep_off_terminal(folder: Path) -> None:
    """Send to the log what Python would print over the screen: warnings, and errors nobody waits for."""

    def note(kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        _write("unheard", "".join(traceback.format_exception(kind, error, trace)), folder)

    logging.basicConfig(handlers=[FaultHandler(folder)], level=logging.WARNING)
    threading.excepthook = lambda told: note(told.exc_type, told.exc_value, told.exc_traceback)
    sys.unraisablehook = lambda told: note(told.exc_type, told.exc_value, told.exc_traceback)
