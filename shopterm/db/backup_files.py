"""Photos of a backup: copied by their hash into a folder beside it, each once for all backups of that folder."""

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from shopterm.db.private_files import private_part, publish
from shopterm.domain.errors import Invalid

FOLDER = "files"


def beside(backup: Path) -> Path:
    """Return where the photos of a backup are."""
    return backup.parent / FOLDER


def stored(data_dir: Path) -> Path:
    """Return where the house keeps its photos."""
    return data_dir / FOLDER


def copy_files(source: Path, target: Path, names: Iterable[str]) -> int:
    """Copy the files that are not there yet; returns how many are missing or damaged at their source."""
    return sum(not _copied(source / name[:2] / name, target / name[:2] / name, name) for name in names)


def _copied(source: Path, target: Path, sha256: str) -> bool:
    """Copy one file under a private name, and give it its own when its hash is right; nothing is ever replaced."""
    if target.exists():
        return True
    if not source.is_file():
        return False
    for folder in (target.parent.parent, target.parent):
        folder.mkdir(exist_ok=True, mode=0o700)
    with private_part(target) as part:
        with source.open("rb") as read, part.open("r+b") as write:
            shutil.copyfileobj(read, write, 1 << 20)
            write.seek(0)
            if hashlib.file_digest(write, "sha256").hexdigest() != sha256:
                return False
        try:
            publish(part, target)
        except Invalid:
            return target.exists()  # another backup was faster
    return True
