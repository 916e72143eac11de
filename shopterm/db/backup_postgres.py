"""Writes a PostgreSQL database to a file and reads it back with the server's own tools."""

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import psycopg2.extensions

from shopterm.db.backup import ANCHORS, PHOTOS, Anchor, Content, Manifest, check_content
from shopterm.domain.errors import Unavailable
from shopterm.domain.text import clean
from shopterm.domain.words import _

NO_TOOL = _("“{tool}” is not installed: it comes with PostgreSQL's client programs.")
TOOL_FAILED = _("“{tool}” failed: {reason}")
NOT_EMPTY = _("The database is not empty; nothing was changed.")


class PostgresEngine:
    """Dumps one snapshot, the same from which the manifest's anchors are read."""

    name = "postgres"

    def __init__(self, url: str) -> None:
        """Take the address apart: the password must not stand among a program's arguments."""
        parts = psycopg2.extensions.parse_dsn(url)
        self.password = str(parts.pop("password", ""))
        self.dsn = psycopg2.extensions.make_dsn(**parts)

    def save(self, target: Path) -> Content:
        """Dump the database into an empty file."""
        with closing(self._connect()) as connection, connection.cursor() as cursor:
            connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone() or ("",)
            content = _content(cursor)
            self._run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
        return content

    def refuse_used(self) -> None:
        """Refuse a database that holds tables."""
        with closing(self._connect()) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema()")
            (tables,) = cursor.fetchone() or (0,)
        if tables:
            raise Unavailable(NOT_EMPTY)

    def load(self, source: Path, manifest: Manifest) -> Content:
        """Restore the dump in one transaction, check what it brought, and return it."""
        self._run("pg_restore", "--single-transaction", "--exit-on-error", str(source))
        with closing(self._connect()) as connection, connection.cursor() as cursor:
            check_content(content := _content(cursor), manifest)
        return content

    def _connect(self) -> Any:
        try:
            return psycopg2.connect(self.dsn, password=self.password or None, connect_timeout=5)
        except psycopg2.OperationalError as error:
            raise Unavailable(_("The server does not answer: {reason}"), reason=_first_lines(str(error))) from error

    def _run(self, tool: str, *arguments: str) -> None:
        program = shutil.which(tool)
        if program is None:
            raise Unavailable(NO_TOOL, tool=tool)
        environ = os.environ | ({"PGPASSWORD": self.password} if self.password else {})
        done = subprocess.run(
            [program, "--no-owner", "--no-privileges", f"--dbname={self.dsn}", *arguments],
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
        )
        if done.returncode != 0:
            raise Unavailable(TOOL_FAILED, tool=tool, reason=_first_lines(done.stderr))


def _content(cursor: Any) -> Content:
    cursor.execute("SELECT key, value FROM mark")
    marks = dict(cursor.fetchall())
    cursor.execute(ANCHORS)
    anchors = tuple(Anchor(*row) for row in cursor.fetchall())
    cursor.execute(PHOTOS)
    photos = tuple(str(sha256) for (sha256,) in cursor.fetchall())
    return Content(int(marks["schema"]), marks.get("kind", "real"), anchors, photos)


def _first_lines(text: str) -> str:
    """Return the reason and, where one follows, its detail."""
    return clean(" ".join((text.strip() or "?").splitlines()[:2]), 300)
