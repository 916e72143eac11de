"""Half-filled forms kept as files: whatever ends the program, at most a second of typing is lost.

Files under the data directory rather than rows, because the database may be what failed. One directory per
person, readable by nobody else; a file that is not a draft of ours is passed over, never trusted. A PIN is no
field of a form and therefore never gets here.
"""

import json
import logging
import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shopterm.domain.text import clean

MAX_BYTES = 1_000_000
MAX_TEXT = 4000
_OPERATION = re.compile(r"[0-9a-f]{8,40}")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Draft:
    """What somebody has typed into the form of an action, and what it was based on."""

    action: str
    ref: str
    """Number of the document, empty for a new one."""
    op_id: str
    """Made when the form was opened: saving twice has one effect."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Typed text by field; lines are lists of dicts, marks are dicts."""
    version: int | None = None
    """Version of the document the person saw."""
    saved_at: int = 0
    """Instant of the last keystroke that is in it."""
    base: Mapping[str, Any] = field(default_factory=dict)
    """What the form started from, as typed text: what a newer version of the document is compared with."""


class Drafts:
    """The drafts of one person."""

    def __init__(self, data_dir: Path, person: int) -> None:
        """Know the directory; it is made with the first draft."""
        self.folder = data_dir / "drafts" / str(int(person))

    def save(self, draft: Draft) -> None:
        """Write the draft; the file is always whole, the old one or the new. OSError if the disk refuses."""
        path = self._path(draft.op_id)
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        fresh = path.with_suffix(".new")
        with suppress(FileNotFoundError):
            fresh.unlink()
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(draft), file, ensure_ascii=True)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)

    def load(self, op_id: str) -> Draft | None:
        """Return one draft, or None if there is none that can be read."""
        return self._read(self._path(op_id))

    def all(self) -> list[Draft]:
        """Return all drafts that can be read, the newest first."""
        drafts = [draft for path in sorted(self.folder.glob("*.json")) if (draft := self._read(path))]
        return sorted(drafts, key=lambda draft: draft.saved_at, reverse=True)

    def find(self, action: str, ref: str) -> Draft | None:
        """Return the newest draft of this action on this document."""
        return next((draft for draft in self.all() if (draft.action, draft.ref) == (action, ref)), None)

    def discard(self, op_id: str) -> None:
        """Forget a draft; there may be none."""
        with suppress(FileNotFoundError):
            self._path(op_id).unlink()

    def _path(self, op_id: str) -> Path:
        if not _OPERATION.fullmatch(op_id):
            raise ValueError(f"not an operation id: {op_id!r}")
        return self.folder / f"{op_id}.json"

    def _read(self, path: Path) -> Draft | None:
        try:
            draft = _draft(json.loads(_content(path)))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:
            _LOG.warning("draft passed over: %s (%s)", path.name, type(error).__name__)
            return None
        return draft if path.stem == draft.op_id else None


def _content(path: Path) -> str:
    """Return a file's text; ValueError unless it is a plain file of ours of sane size."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, encoding="utf-8") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode) or about.st_uid != os.getuid() or about.st_size > MAX_BYTES:
            raise ValueError("not a draft")
        return file.read(MAX_BYTES)


def _draft(found: Any) -> Draft:
    """Build a draft from what a file held; ValueError unless every part has its type."""
    if not isinstance(found, dict) or ({"base": {}} | found).keys() != Draft.__dataclass_fields__.keys():
        raise ValueError("not a draft")
    texts = [found["action"], found["ref"], found["op_id"]]
    version, saved_at, values, base = found["version"], found["saved_at"], found["values"], found.get("base", {})
    if not all(isinstance(text, str) for text in texts) or not (isinstance(values, dict) and isinstance(base, dict)):
        raise ValueError("not a draft")
    if not (version is None or type(version) is int) or type(saved_at) is not int:
        raise ValueError("not a draft")
    action, ref = clean(texts[0], 100), clean(texts[1], 100)
    return Draft(action, ref, texts[2], _cleaned(values), version, saved_at, _cleaned(base))


def _cleaned(value: Any) -> Any:
    """Return typed values with every text made safe to show, however deep it stands."""
    if isinstance(value, str):
        return clean(value, MAX_TEXT, multiline=True)
    if isinstance(value, dict):
        return {clean(str(name), 200): _cleaned(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    return value
