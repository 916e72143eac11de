"""Stored files: by SHA-256 under the data directory, type by magic bytes, limits read before anything is decoded."""

import hashlib
import os
import struct
from dataclasses import dataclass
from pathlib import Path

from shopterm.db.session import Shop
from shopterm.domain.errors import Invalid, Problem
from shopterm.domain.text import clean
from shopterm.domain.words import _

MAGIC = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"))


@dataclass(frozen=True)
class Stored:
    """A file as it was stored."""

    sha256: str
    name: str
    kind: str
    size: int


def _bad(sentence: str, **params: object) -> Invalid:
    return Invalid([Problem("photos", sentence, params)])


def drop_folder(shop: Shop) -> Path:
    """Return the folder photos are picked from."""
    return Path(shop.settings.photos.drop_dir)


def photos_waiting(shop: Shop) -> list[str]:
    """Return the names of the photos in the drop folder, newest first."""
    folder = drop_folder(shop)
    if not folder.is_dir():
        return []
    files = [file for file in folder.iterdir() if file.suffix.lower() in (".jpg", ".jpeg", ".png") and file.is_file()]
    return [file.name for file in sorted(files, key=lambda file: (-file.stat().st_mtime_ns, file.name))]


def store(shop: Shop, name: str) -> Stored:
    """Copy a photo from the drop folder into the store; Invalid if it is missing, no picture, or too large."""
    if Path(name).name != name or name.startswith("."):
        raise _bad(_("“{name}” is not a file name of the drop folder."), name=clean(name, 80))
    try:
        data = (drop_folder(shop) / name).read_bytes()
    except OSError:
        raise _bad(_("Photo “{name}” is not in the drop folder."), name=clean(name, 80)) from None
    limits = shop.settings.photos
    if len(data) > limits.max_bytes:
        raise _bad(_("Photo “{name}” is larger than {limit} bytes."), name=name, limit=limits.max_bytes)
    kind = next((word for magic, word in MAGIC if data.startswith(magic)), None)
    pixels = _pixels(data, kind) if kind else None
    if kind is None or pixels is None:
        raise _bad(_("“{name}” is no JPEG or PNG picture."), name=clean(name, 80))
    if pixels > limits.max_pixels:
        raise _bad(_("Photo “{name}” has more than {limit} pixels."), name=name, limit=limits.max_pixels)
    return _keep(shop, data, clean(name, 80), kind)


def _keep(shop: Shop, data: bytes, name: str, kind: str) -> Stored:
    digest = hashlib.sha256(data).hexdigest()
    path = shop.data_dir / "files" / digest[:2] / digest
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}.part")
        handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    return Stored(digest, name, kind, len(data))


def _pixels(data: bytes, kind: str) -> int | None:
    """Read width times height from the header; None if the header is broken."""
    if kind == "png":
        if len(data) < 24 or data[12:16] != b"IHDR":
            return None
        width, height = struct.unpack(">II", data[16:24])
        return int(width * height)
    return _jpeg_pixels(data)


def _jpeg_pixels(data: bytes) -> int | None:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if marker in range(0xC0, 0xD0) and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width * height)
        at += 2 + length
    return None
