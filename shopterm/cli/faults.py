"""Keeps what went wrong by our own fault in a private log, under a reference a person can pass on."""

import os
import secrets
import time
import traceback
from pathlib import Path

from shopterm import __version__
from shopterm.cli.context import Cli
from shopterm.domain.errors import ShopError
from shopterm.settings import default_data_dir


def log_fault(error: BaseException, cli: Cli) -> tuple[str, str]:
    """Write an error with its traceback; returns its reference, and why it could not be written, if so.

    Neither arguments nor variables are written: they may hold names, numbers and passwords.
    """
    reference = f"E-{time.strftime('%y%m%d')}-{secrets.token_hex(3)}"
    told = "".join(traceback.format_exception(error))
    entry = f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} {reference} shopterm {__version__}\n{told}\n"
    try:
        folder = log_folder(cli)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder / "faults.log", os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(entry)
    except OSError as reason:
        return reference, reason.strerror or str(reason)
    return reference, ""


def log_folder(cli: Cli) -> Path:
    """Return where the log is, also when the settings are what went wrong."""
    try:
        return cli.data_dir / "log"
    except ShopError:
        return default_data_dir(cli.environ) / "log"
