"""Writes a live SQLite database to a file and reads it back, always through the SQLite library."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import apsw

from shopterm.db.backends import APPLICATION_ID, SqliteBackend, refuse_network
from shopterm.db.backup import ANCHORS, OTHER_CONTENT, PHOTOS, Anchor, Content, Manifest, check_content
from shopterm.db.private_files import EXISTS, copy_private, private_part, publish
from shopterm.domain.errors import CheckFailed, Unavailable, invalid
from shopterm.domain.words import _

COMPANIONS = ("-wal", "-shm", "-journal")
"""Files of an earlier database of that name: SQLite would read them into the restored one."""


class SqliteEngine:
    """Copies page by page while others go on writing; the copy is one whole moment."""

    name = "sqlite"

    def __init__(self, url: str) -> None:
        """Take the path from ``sqlite:///path``."""
        self.path = SqliteBackend(url).path

    def save(self, target: Path) -> Content:
        """Copy the database into an empty file and check the copy."""
        with faults(), closing(_opened(target)) as copy:
            with closing(_opened(self.path)) as live, copy.backup("main", live, "main") as job:
                job.step(-1)
            # one file, without companions: it can be moved about
            copy.execute("PRAGMA journal_mode = DELETE")
            return _checked(copy)

    def refuse_used(self) -> None:
        """Refuse a path at which a database, or the rest of one, lies."""
        refuse_network(self.path)
        for suffix in ("", *COMPANIONS):
            path = Path(f"{self.path}{suffix}")
            if path.exists():
                raise invalid("file", EXISTS, path=path)

    def load(self, source: Path, manifest: Manifest) -> Content:
        """Copy the file beside its place, check it, and only then give it its name; returns what it holds."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with private_part(self.path) as part:
            copy_private(source, part)
            with faults(), closing(_opened(part)) as copy:
                check_content(content := _checked(copy), manifest)
            publish(part, self.path)
        return content


@contextmanager
def faults() -> Iterator[None]:
    """Turn what the SQLite library says into a sentence."""
    try:
        yield
    except apsw.Error as error:
        raise Unavailable(_("SQLite says: {reason}"), reason=str(error)) from error


def _opened(path: Path) -> apsw.Connection:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    connection.set_busy_timeout(10_000)
    return connection


def _checked(copy: apsw.Connection) -> Content:
    """Return what a closed copy holds; refuses a damaged or foreign one."""
    said = copy.execute("PRAGMA quick_check(1)").get
    if said != "ok":
        raise CheckFailed(OTHER_CONTENT, what=str(said))
    if copy.execute("PRAGMA application_id").get != APPLICATION_ID:
        raise CheckFailed(OTHER_CONTENT, what="application_id")
    marks: dict[str, str] = dict(rows_of(copy, "SELECT key, value FROM mark"))
    anchors = tuple(Anchor(*found) for found in rows_of(copy, ANCHORS))
    photos = tuple(str(sha256) for (sha256,) in rows_of(copy, PHOTOS))
    return Content(int(marks["schema"]), marks.get("kind", "real"), anchors, photos)


def rows_of(connection: apsw.Connection, query: str) -> list[Any]:
    """Return all rows of a query."""
    return list(connection.execute(query).fetchall())
