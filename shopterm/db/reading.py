"""A database opened for one report: read only, one moment throughout, and without the models, which take longer.

The database is judged as `open_shop` judges it; what is read is what one instant held, whoever writes meanwhile.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shopterm.db.backends import APPLICATION_ID, NO_UTF8_STORED, PostgresBackend, SqliteBackend, backend_for
from shopterm.db.schema import refuse_schema
from shopterm.domain.errors import Unavailable
from shopterm.domain.words import _

FAILED = _("The database says: {reason}")
PATIENCE = 10_000
"""Milliseconds to wait for a SQLite file that somebody is changing the shape of."""


class SqliteReading:
    """An open SQLite file."""

    has_marks = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'mark'"

    def __init__(self, backend: SqliteBackend) -> None:
        """Open the file; refuses one that is not ours."""
        import apsw

        backend.check_file()
        backend.check_library()
        self._failures = apsw.Error
        with _told(apsw.Error):
            self._connection = apsw.Connection(str(backend.path), flags=apsw.SQLITE_OPEN_READWRITE)
            self._connection.set_busy_timeout(PATIENCE)
            for pragma in ("query_only = 1", "cache_size = -16000", "temp_store = memory"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.execute("BEGIN")
        if self.rows("PRAGMA application_id") != [(APPLICATION_ID,)]:
            raise Unavailable(_("{path} is not a shopterm database."), path=backend.path)

    def rows(self, query: str, *params: Any) -> list[tuple[Any, ...]]:
        """Return all rows of a query, whose parameters are ``?``."""
        with _told(self._failures):
            return self._connection.execute(query, params).fetchall()

    def now(self) -> int:
        """Return this host's clock in UTC microseconds."""
        return time.time_ns() // 1000

    def close(self) -> None:
        """End."""
        self._connection.close()


class PostgresReading:
    """An open connection to a PostgreSQL server."""

    has_marks = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'mark'"

    def __init__(self, backend: PostgresBackend) -> None:
        """Connect."""
        import psycopg2

        self._failures = psycopg2.Error
        with _told(psycopg2.Error):
            self._connection = psycopg2.connect(backend.url, **backend.waits)
            self._connection.set_session(isolation_level="REPEATABLE READ", readonly=True)

    def rows(self, query: str, *params: Any) -> list[tuple[Any, ...]]:
        """Return all rows of a query, whose parameters are ``?``."""
        with _told(self._failures), self._connection.cursor() as cursor:
            cursor.execute(query.replace("%", "%%").replace("?", "%s"), params)
            return list(cursor.fetchall())

    def now(self) -> int:
        """Return the server's clock in UTC microseconds."""
        return int(self.rows(f"SELECT {PostgresBackend.clock}")[0][0])

    def close(self) -> None:
        """End."""
        self._connection.close()


Reading = SqliteReading | PostgresReading


@contextmanager
def open_reading(url: str) -> Iterator[Reading]:
    """Open a database for reading; Unavailable if it is missing, foreign, of another schema, or fails meanwhile."""
    backend = backend_for(url)
    reading = SqliteReading(backend) if isinstance(backend, SqliteBackend) else PostgresReading(backend)
    try:
        _judge(reading)
        yield reading
    finally:
        reading.close()


def _judge(reading: Reading) -> None:
    if not reading.rows(reading.has_marks):
        raise Unavailable(_("The database is empty; “shopterm init” sets it up."))
    schema = reading.rows("SELECT value FROM mark WHERE key = 'schema'")
    refuse_schema(int(schema[0][0]) if schema else 0)


@contextmanager
def _told(failures: type[Exception]) -> Iterator[None]:
    """Turn a driver's error into Unavailable, with the driver's reason."""
    try:
        yield
    except failures as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise Unavailable(FAILED, reason=reason) from error
    except UnicodeDecodeError as error:
        raise Unavailable(NO_UTF8_STORED) from error
