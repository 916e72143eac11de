"""Files of anchors: what was remembered of the chains is read, and what they are now is added."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shopterm.domain.errors import NotFound, Unavailable
from shopterm.domain.words import _

if TYPE_CHECKING:
    from shopterm.db.backup import Anchor
    from shopterm.db.session import Shop

UNREADABLE = _("{path} cannot be read: {reason}")
UNWRITABLE = _("{path} cannot be written: {reason}")


def kept_in(path: Path | None) -> "Sequence[Anchor]":
    """Return the anchors of a backup, of its manifest, or of a file of anchors; NotFound if there is no such file."""
    if path is None:
        return ()
    from shopterm.db.backup import SUFFIX, manifest_of, read_manifest
    from shopterm.db.invariants.anchored import read_anchors

    for manifest in (path, manifest_of(path)):
        if manifest.name.endswith(SUFFIX) and manifest.exists():
            return read_manifest(manifest).anchors
    try:
        return read_anchors(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise NotFound(UNREADABLE, path=path, reason=getattr(error, "strerror", "") or str(error)) from error


def remember_in(path: Path | None, shop: "Shop") -> "Sequence[Anchor]":
    """Add to a file how long every site's chain is now, with its last hash; Unavailable if it cannot be written."""
    if path is None:
        return ()
    from shopterm.db.invariants.anchored import anchors, write_anchors

    found = anchors(shop)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(write_anchors(found))
            file.flush()
            os.fsync(handle)
    except OSError as error:
        raise Unavailable(UNWRITABLE, path=path, reason=error.strerror or str(error)) from error
    return found
