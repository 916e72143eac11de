"""Photos: every file on file is hashed again, and every photo an event put on file must still hang there."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from shopterm.db import sql
from shopterm.db.invariants import Violation
from shopterm.db.invariants.evidence import Evidence
from shopterm.db.invariants.record import Progress
from shopterm.db.invariants.stream import FIRST, PAGE, Link, noted, seq_of
from shopterm.db.keys import MOST_ROWS, site_of
from shopterm.domain.words import _

FILES = _("files")
MADE_BY = f"a.id - a.id % {MOST_ROWS}"
"""Key of the event that made an attachment."""


class Photos:
    """The photos each event tells of against the attachments it made."""

    def __init__(self, sites: Mapping[int, str]) -> None:
        """Remember the sites' codes."""
        self.sites = sites

    def see(self, link: Link) -> Iterable[Violation]:
        """Tell of a photo that was taken off, put on or exchanged since."""
        told, held = Counter(map(str, noted(link.told, "photos"))), Counter(link.photos)
        for sha256 in sorted(((told - held) + (held - told)).elements()):
            yield Evidence.ATTACHMENT.violation(19, site=self.sites[link.site], seq=link.seq, name=sha256[:12])

    def end(self) -> Iterable[Violation]:
        """Tell of attachments no event made."""
        for row, name in sql.rows(
            f"SELECT a.id, a.name FROM attachment a WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.id = {MADE_BY})"
        ):
            yield _changed(self.sites, row, name)


def changed_files(data_dir: Path, sites: Mapping[int, str], progress: Progress) -> Iterator[Violation]:
    """Hash every stored file again, and yield what is missing or different."""
    total, seen, after = int(sql.scalar("SELECT COUNT(*) FROM attachment")), 0, FIRST
    while page := sql.rows(
        f"SELECT id, sha256, name, size FROM attachment WHERE id > ? ORDER BY id LIMIT {PAGE}", after
    ):
        for row, sha256, name, size in page:
            if not _intact(data_dir / "files" / sha256[:2] / sha256, sha256, size):
                yield _changed(sites, row, name)
            seen += 1
            progress(FILES, seen, total)
        after = page[-1][0]


def _intact(path: Path, sha256: str, size: int) -> bool:
    if not path.is_file() or path.stat().st_size != size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _changed(sites: Mapping[int, str], row: int, name: str) -> Violation:
    site = site_of(row)
    return Evidence.ATTACHMENT.violation(19, site=sites.get(site, str(site)), seq=seq_of(row), name=name)
