"""One moment of the whole database, held while others go on writing; nothing can be written through it."""

from collections.abc import Iterator
from contextlib import contextmanager

from shopterm.db.session import Shop


@contextmanager
def snapshot(shop: Shop) -> Iterator[None]:
    """Give this thread's connection one unchanging view; a reader's rights are enough."""
    with shop.reader() as db:
        sqlite = shop.backend.name == "sqlite"
        if sqlite:
            db.execute_sql("PRAGMA query_only = 1")
        # not peewee's atomic(): on SQLite that would take the writers' lock
        db.execute_sql("BEGIN" if sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            db.execute_sql("ROLLBACK")
            if sqlite:
                db.execute_sql("PRAGMA query_only = 0")
