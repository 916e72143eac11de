"""The PIN secret: a file beside the database, of which the database knows only the fingerprint."""

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from shopterm.domain.errors import Unavailable
from shopterm.domain.words import _

MISSING = _("The PIN secret {path} is missing: restore the copy that was kept.")
OTHER = _("{path} is not the PIN secret of this database, no PIN would fit: put the kept copy there.")


def create_pepper(data_dir: Path) -> str:
    """Make the PIN secret with mode 0600 if there is none, and return its fingerprint."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):
        handle = os.open(_path(data_dir), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return fingerprint(data_dir)


def read_pepper(data_dir: Path, known: str) -> bytes:
    """Return the PIN secret; Unavailable where it is missing, or not the one whose fingerprint the database knows."""
    path = _path(data_dir)
    if not path.exists():
        raise Unavailable(MISSING, path=path)
    if not fits(data_dir, known):
        raise Unavailable(OTHER, path=path)
    return bytes.fromhex(path.read_text().strip())


def fits(data_dir: Path, known: str) -> bool:
    """Say whether the secret here has this fingerprint; a database of earlier programs knows none."""
    return known in ("", fingerprint(data_dir))


def fingerprint(data_dir: Path) -> str:
    """Return what tells one PIN secret from another without telling it; "" where there is none."""
    path = _path(data_dir)
    if not path.exists():
        return ""
    return hashlib.sha256(b"shopterm pepper\0" + path.read_bytes().strip()).hexdigest()[:16]


def _path(data_dir: Path) -> Path:
    return data_dir / "pepper"
