"""What a person likes at any terminal of this host: language and colours. One small file per person."""

import json
import os
from contextlib import suppress
from pathlib import Path

MAX_BYTES = 1000


class Preferences:
    """The preferences of one person, kept under the data directory; a disk that refuses them troubles nobody."""

    def __init__(self, data_dir: Path, person: int) -> None:
        """Know the file; it is made with the first choice."""
        self._file = data_dir / "preferences" / f"{int(person)}.json"

    def get(self, name: str, known: tuple[str, ...]) -> str:
        """Return what was chosen last, or "" if nothing that is known was."""
        chosen = self._all().get(name, "")
        return chosen if chosen in known else ""

    def choose(self, name: str, choice: str) -> None:
        """Keep a choice."""
        everything = json.dumps(self._all() | {name: choice})
        with suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(everything)

    def _all(self) -> dict[str, str]:
        """Read the file; what is not ours is passed over."""
        try:
            with self._file.open(encoding="ascii", errors="replace") as file:
                found = json.loads(file.read(MAX_BYTES))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
