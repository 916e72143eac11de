"""Private files written whole: nobody else reads them, nothing is overwritten, a half-written one never counts."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shopterm.domain.errors import Unavailable, invalid
from shopterm.domain.words import _

EXISTS = _("{path} exists already; nothing was changed.")
CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file that no database is open on."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def publish(part: Path, path: Path) -> None:
    """Give a finished file its name, durably; whoever took the name meanwhile keeps it."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(part, path)
    except FileExistsError as error:
        raise invalid("file", EXISTS, path=path) from error
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def copy_private(source: Path, target: Path) -> None:
    """Copy a file that no database is open on into an existing private one."""
    with source.open("rb") as read, target.open("r+b") as write:
        shutil.copyfileobj(read, write, CHUNK)


@contextmanager
def private_part(path: Path) -> Iterator[Path]:
    """Give an empty private file beside the path, removed at the end."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def storage_faults() -> Iterator[None]:
    """Turn what the disk says into a sentence."""
    try:
        yield
    except OSError as error:
        raise Unavailable(
            _("{path} cannot be used: {reason}"), path=error.filename or "", reason=error.strerror or str(error)
        ) from error
