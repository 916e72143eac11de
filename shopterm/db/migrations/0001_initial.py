"""The first schema: every table, the search index of parts, the triggers that keep the record."""

from typing import Any

from shopterm.db import triggers
from shopterm.db.models import MODELS
from shopterm.db.search import create


def up(_migrator: Any, db: Any) -> None:
    """Make all tables and indexes, and one open entry a person at most."""
    backend = "sqlite" if hasattr(db, "register_module") else "postgres"
    for model in MODELS:
        model._meta.strict_tables = backend == "sqlite"  # a word only SQLite knows; PostgreSQL checks types anyway
    db.create_tables(MODELS, safe=False)
    for table in ("attendance", "labour_entry"):
        db.execute_sql(f'CREATE UNIQUE INDEX {table}_open ON {table} (person_id) WHERE "end" IS NULL AND voided = 0')
    create(db, backend)
    triggers.create(db, backend)
