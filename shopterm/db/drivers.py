"""Which database library a process loads: one for SQLite, one for PostgreSQL, never more than it needs."""

import sys

POSTGRES_PREFIXES = ("postgresql://", "postgres://")


def is_postgres(url: str) -> bool:
    """Say whether a database URL names a PostgreSQL server."""
    return url.startswith(POSTGRES_PREFIXES)


def spare_drivers(url: str) -> None:
    """Keep PostgreSQL drivers out of a process that uses SQLite: peewee imports any driver it finds.

    Must run before peewee is imported; afterwards it does nothing.
    """
    if not is_postgres(url) and "peewee" not in sys.modules:
        for name in ("psycopg2", "psycopg"):
            sys.modules.setdefault(name, None)  # type: ignore[arg-type]
