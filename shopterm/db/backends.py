"""SQLite and PostgreSQL behind one small surface: connect, begin, lock the head, notice changes."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shopterm.db.drivers import is_postgres
from shopterm.db.turns import turn
from shopterm.domain.errors import Unavailable
from shopterm.domain.words import _

if TYPE_CHECKING:
    import peewee as pw  # a report reads without it

APPLICATION_ID = 0x53485054  # "SHPT"
FLOOR = (3, 51, 3)
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs"}
NO_UTF8_STORED = _("The database holds bytes that are no UTF-8 text, written past this program: restore a backup.")
RETRYABLE = {"40001", "40P01"}
BROKEN = ("08", "57P")
"""How codes begin with which the connection breaks: it failed, or the server is shutting down."""


class SqliteBackend:
    """A SQLite file through apsw; writers queue fairly on a file lock before BEGIN IMMEDIATE."""

    name = "sqlite"
    patience = 10.0
    """Seconds to wait for a turn to write before asking SQLite without one."""
    head_lock = ""
    clock = "NULL"

    def __init__(self, url: str) -> None:
        """Take the path from ``sqlite:///path``."""
        self.path = Path(url.removeprefix("sqlite:///")).expanduser().absolute()
        self._opened: tuple[int, int] | None = None

    def database(self) -> "pw.Database":
        """Make the peewee database; refuses a library below the floor and network file systems."""
        import apsw
        from playhouse.apsw_ext import APSWDatabase

        self.check_library()
        backend = self

        class ShopSqlite(APSWDatabase):  # type: ignore[misc]
            """Stores instants of the migration history as text; notes which file it opened."""

            def _connect(self) -> Any:
                connection = super()._connect()
                connection.convert_binding = lambda _cursor, _number, value: str(value)
                if connection.pragma("application_id") == APPLICATION_ID:  # nobody else's file is changed
                    connection.pragma("journal_mode", "wal")
                backend._opened = backend._there()
                return connection

            def later(self, statement: str, params: Sequence[Any] = ()) -> None:
                """Carry out a statement whose answer nobody needs; there is no way to a file that could be spared."""
                self.execute_sql(statement, params)

        pragmas = {
            "synchronous": "full",
            "foreign_keys": 1,
            "cache_size": -16000,
            "temp_store": "memory",
        }
        # without SQLITE_OPEN_CREATE: a file that was moved away is not replaced by an empty one
        flags = apsw.SQLITE_OPEN_READWRITE
        return ShopSqlite(str(self.path), pragmas=pragmas, lock_type="IMMEDIATE", timeout=10, flags=flags)

    def moved(self) -> bool:
        """Say whether another file, or none, is where the one was that is open: writing into that one is losing it."""
        return self._there() != self._opened

    def _there(self) -> tuple[int, int] | None:
        try:
            about = os.stat(self.path)
        except OSError:
            return None
        return about.st_dev, about.st_ino

    def create(self) -> None:
        """Make the empty file with private rights; an existing file is left alone."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))

    def check_library(self) -> None:
        """Refuse a SQLite below the floor, and a file where no SQLite is safe."""
        import apsw

        version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
        if version < FLOOR:
            raise Unavailable(
                _("SQLite {found} can damage databases; at least {floor} is needed: upgrade “apsw”."),
                found=apsw.sqlite_lib_version(),
                floor=".".join(map(str, FLOOR)),
            )
        refuse_network(self.path)

    def check_file(self) -> None:
        """Refuse a missing file, and one that others may read."""
        if not self.path.exists():
            raise Unavailable(_("There is no database at {path}; “shopterm init” makes one."), path=self.path)
        if self.path.stat().st_mode & 0o077:
            raise Unavailable(_("Others may read {path}: its mode must be 0600."), path=self.path)

    @contextmanager
    def queue(self) -> Iterator[None]:
        """Wait for this process' turn to write, so that nobody has to ask SQLite again and again."""
        with turn(f"{self.path}-queue", self.patience):
            yield

    @contextmanager
    def alone(self, _db: "pw.Database") -> Iterator[None]:
        """Let one process at a time change the schema."""
        with self.queue():
            yield

    def change_mark(self, db: "pw.Database") -> Any:
        """Return a value that differs after another connection has committed."""
        return db.execute_sql("PRAGMA data_version").fetchone()[0]

    def retryable(self, error: Exception) -> bool:
        """Say whether the transaction may simply be tried again."""
        return type(getattr(error, "orig", error)).__name__ in {"BusyError", "LockedError"}

    def loses_reply(self, _error: BaseException | None) -> bool:
        """Say whether a commit that ended so may have saved all the same: here never."""
        return False


class PostgresBackend:
    """A PostgreSQL server through psycopg2."""

    name = "postgres"
    waits: Mapping[str, Any] = {
        "connect_timeout": 5,
        "options": "-c statement_timeout=60000 -c lock_timeout=20000 "
        "-c idle_in_transaction_session_timeout=60000 -c client_encoding=UTF8 "
        "-c plan_cache_mode=force_generic_plan",
    }
    """How long a connection waits, at most."""
    head_lock = "SELECT 1 FROM chain_head WHERE site = ? FOR UPDATE"
    """A statement of its own before the one that reads: what that reads is then as the last writer left it."""
    clock = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)"

    def __init__(self, url: str) -> None:
        """Keep the URL; it may name several hosts and ``target_session_attrs``."""
        self.url = url

    def moved(self) -> bool:
        """A server answers for itself."""
        return False

    def database(self) -> "pw.Database":
        """Make the peewee database with bounded waits."""
        from shopterm.db.postgres import GatheringDatabase

        return GatheringDatabase(self.url, **self.waits)

    def create(self) -> None:
        """Nothing: the server's administrator makes the database."""

    def check_file(self) -> None:
        """Nothing: there is no file."""

    @contextmanager
    def queue(self) -> Iterator[None]:
        """Nothing: the server queues writers on the head row."""
        yield

    @contextmanager
    def alone(self, db: "pw.Database") -> Iterator[None]:
        """Let one process at a time change the schema, from whatever host."""
        db.execute_sql(f"SELECT pg_advisory_lock({APPLICATION_ID})")
        try:
            yield
        finally:
            db.execute_sql(f"SELECT pg_advisory_unlock({APPLICATION_ID})")

    def change_mark(self, db: "pw.Database") -> Any:
        """Return a value that differs after anybody has committed."""
        return db.execute_sql("SELECT COALESCE(SUM(seq), 0) FROM chain_head").fetchone()[0]

    def retryable(self, error: Exception) -> bool:
        """Say whether the transaction may simply be tried again."""
        return _code(error) in RETRYABLE

    def loses_reply(self, error: BaseException | None) -> bool:
        """Say whether a commit that ended so may have saved all the same: when the answer got lost on its way."""
        return _code(error).startswith(BROKEN)


def _code(error: BaseException | None) -> str:
    """Return the server's code for an error, or that of a broken connection where the server said nothing."""
    return getattr(getattr(error, "orig", error), "pgcode", None) or BROKEN[0]


Backend = SqliteBackend | PostgresBackend


def backend_for(url: str) -> Backend:
    """Return the backend a URL names; Unavailable if it names none."""
    if is_postgres(url):
        return PostgresBackend(url)
    if url.startswith("sqlite:///"):
        return SqliteBackend(url)
    raise Unavailable(_("“{url}” is no database address: sqlite:///path or postgresql://…"), url=url)


def refuse_network(path: Path) -> None:
    """Refuse a file on a network file system, where SQLite's locks do not hold."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return
    best = ("/", "")
    for line in mounts.read_text(errors="replace").splitlines():
        parts = line.split(" ")
        place = parts[1].replace("\\040", " ")
        if path.is_relative_to(place) and len(place) >= len(best[0]):
            best = (place, parts[2])
    if best[1] in NETWORK_FILE_SYSTEMS:
        raise Unavailable(
            _("{path} lies on a network file system ({kind}); use PostgreSQL for several hosts."),
            path=path,
            kind=best[1],
        )
