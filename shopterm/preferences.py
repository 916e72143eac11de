"""What a person likes at any terminal of this host: the language. One small file per person."""

import os
from contextlib import suppress
from pathlib import Path

from shopterm.i18n import LANGUAGES


class Preferences:
    """The preferences of one person, kept under the data directory; that a disk refuses them troubles nobody."""

    def __init__(self, data_dir: Path, person: int) -> None:
        """Know the file; it is made with the first choice."""
        self._file = data_dir / "preferences" / str(int(person))

    @property
    def language(self) -> str:
        """The language chosen last, or "" if none was."""
        try:
            chosen = self._file.read_text(encoding="ascii", errors="replace")[:8].strip()
        except OSError:
            return ""
        return chosen if chosen in LANGUAGES else ""

    def choose(self, language: str) -> None:
        """Keep the chosen language."""
        with suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(language)
