"""The open shop: one database, its clock, its secrets; every read and every write goes through here."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import peewee as pw

from shopterm.db import models as m
from shopterm.db.backends import APPLICATION_ID, NO_UTF8_STORED, Backend, SqliteBackend, backend_for
from shopterm.db.pepper import read_pepper
from shopterm.db.reading import FAILED
from shopterm.db.schema import SCHEMA as SCHEMA
from shopterm.db.schema import refuse_schema as refuse_schema
from shopterm.domain.errors import Conflict, ShopError, Unavailable, Unsure, invalid
from shopterm.domain.words import _
from shopterm.settings import Settings

TRIES, PATIENCE = 5, 5.0
"""A transaction that loses races is tried so often, and not again after so many seconds."""
T = TypeVar("T")
NO_UTF8 = _("What was typed is no UTF-8 text: set this terminal to UTF-8 and type it again.")
NOTHING_SAVED = _("Nothing was saved. The database says: {reason}")
LOST = _("The database went away while it saved. Save again when it answers: it happens once.")


class Shop:
    """An open database with its settings; used by one thread at a time per connection."""

    def __init__(self, backend: Backend, data_dir: Path, settings: Settings) -> None:
        """Bind the models to this process' database; nothing is opened yet."""
        self.backend, self.data_dir, self.settings = backend, data_dir, settings
        self.db = backend.database()
        m.database.initialize(self.db)
        self.kind = "real"
        self.zone = ZoneInfo("Asia/Shanghai")
        self.shift: Callable[[], int] | None = None
        """A shifted clock; only databases marked demo or test may have one."""
        self._mark: Any = None
        self.pepper_known = ""
        """Fingerprint of the PIN secret this database needs; "" where it does not say."""
        self._pepper: bytes | None = None

    @property
    def pepper(self) -> bytes:
        """Return the secret that PIN hashes need besides the database; kept in a file of mode 0600."""
        if self._pepper is None:
            self._pepper = read_pepper(self.data_dir, self.pepper_known)
        return self._pepper

    def now(self) -> int:
        """Return this host's (or the shifted) clock in UTC microseconds."""
        if self.shift is not None and self.kind in ("demo", "test"):
            return self.shift()
        return host_clock()

    def connect(self, failed: str = FAILED) -> None:
        """Open this thread's connection, or repair a dropped one; `failed` is said where it cannot."""
        if not self.db.is_closed() and self.backend.moved():
            self._drop()
        if self.db.is_closed():
            with translated(failed):
                self.db.connect()

    @contextmanager
    def reader(self, failed: str = FAILED) -> Iterator[pw.Database]:
        """Give this thread's connection for queries; a driver's error closes it, so that the next call repairs it."""
        self.connect(failed)
        try:
            with translated(failed):
                yield self.db
        except Unavailable:
            self._drop()
            raise

    def write(self, work: Callable[[], T]) -> T:
        """Run ``work`` in one immediate transaction; the whole is tried again on a serialization failure."""
        self.connect(NOTHING_SAVED)
        given_up = time.monotonic() + PATIENCE
        for attempt in range(TRIES):
            worked = False
            try:
                with translated(NOTHING_SAVED, self.backend), self.backend.queue(), self.db.atomic():
                    found = work()
                    worked = True
                return found
            except _TryAgain as error:
                if attempt == TRIES - 1 or time.monotonic() > given_up:
                    raise Unavailable(NOTHING_SAVED, reason=str(error.__cause__)) from error
                time.sleep(0.01 * 2**attempt)
            except Unavailable as error:
                self._drop()
                if worked and self.backend.loses_reply(error.__cause__):
                    raise Unsure(LOST) from error
                raise
        raise Conflict(_("Too many at once: please try again."))

    def changed(self) -> bool:
        """Say whether another process has committed since the last call; the first call says yes."""
        with self.reader() as db:
            mark = self.backend.change_mark(db)
        changed, self._mark = bool(mark != self._mark), mark
        return changed

    def _drop(self) -> None:
        with suppress(pw.DatabaseError, pw.InterfaceError):
            self.db.close()

    def close(self) -> None:
        """Close this thread's connection."""
        self._drop()


def host_clock() -> int:
    """Return this host's clock in UTC microseconds."""
    return time.time_ns() // 1000


class _TryAgain(Exception):
    """The transaction lost a race the database resolves by trying again."""


@contextmanager
def translated(failed: str, backend: Backend | None = None) -> Iterator[None]:
    """Turn a driver's error into Unavailable, which says `failed` with the driver's reason."""
    try:
        yield
    except pw.IntegrityError:
        raise
    except (pw.OperationalError, pw.InterfaceError, pw.InternalError, pw.DatabaseError, OSError) as error:
        if backend is not None and backend.retryable(error):
            raise _TryAgain from error
        raise Unavailable(failed, reason=first_line(error)) from error
    except UnicodeDecodeError as error:
        raise Unavailable(NO_UTF8_STORED) from error
    except ValueError as error:  # from the driver only for text it cannot send: lone surrogates, on PostgreSQL NUL
        if isinstance(error, UnicodeEncodeError) or "NUL" in str(error):
            raise invalid("text", NO_UTF8) from error
        raise


def first_line(error: BaseException) -> str:
    """Return the first line of an error's text."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def open_shop(url: str, *, data_dir: Path, settings: Settings) -> Shop:
    """Open an existing shop; Unavailable for a missing, foreign, unmigrated or newer database."""
    backend = backend_for(url)
    backend.check_file()
    shop = Shop(backend, data_dir, settings)
    try:
        _inspect(shop)
    except ShopError:
        shop.close()
        raise
    return shop


def _inspect(shop: Shop) -> None:
    with shop.reader() as db:
        if isinstance(shop.backend, SqliteBackend):
            found = db.execute_sql("PRAGMA application_id").fetchone()[0]
            if found != APPLICATION_ID:
                raise Unavailable(_("{path} is not a shopterm database."), path=shop.backend.path)
        if not db.table_exists("mark"):
            raise Unavailable(_("The database is empty; “shopterm init” sets it up."))
        marks = dict(db.execute_sql("SELECT key, value FROM mark").fetchall())
        site = db.execute_sql("SELECT zone FROM site WHERE code = " + db.param, (shop.settings.site.code,)).fetchone()
    shop.kind, shop.pepper_known = marks.get("kind", "real"), marks.get("pepper", "")
    if site:
        shop.zone = ZoneInfo(site[0])
    refuse_schema(int(marks.get("schema", "0")))
