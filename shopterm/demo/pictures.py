"""Small test pictures for the drop folder, made without any library."""

import struct
import zlib
from pathlib import Path


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """Return a PNG of one colour with a darker frame."""
    dark = bytes(channel // 2 for channel in colour)
    rows = []
    for y in range(height):
        edge = y in (0, height - 1)
        rows.append(b"\0" + (dark * width if edge else dark + bytes(colour) * (width - 2) + dark))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(b"".join(rows)))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def fill_drop_folder(folder: Path, names: tuple[str, ...]) -> None:
    """Put pictures with these names into the drop folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for index, name in enumerate(names):
        shade = 60 + 40 * (index % 4)
        (folder / name).write_bytes(png(48, 32, (shade, 120, 200 - shade)))
