"""The first schema: every table, and the search index of parts."""

from typing import Any

from shopterm.db.models import MODELS
from shopterm.db.search import create


def up(_migrator: Any, db: Any) -> None:
    """Make all tables and indexes, and one open entry a person at most."""
    db.create_tables(MODELS, safe=False)
    for table in ("attendance", "labour_entry"):
        db.execute_sql(f'CREATE UNIQUE INDEX {table}_open ON {table} (person_id) WHERE "end" IS NULL AND voided = 0')
    create(db, "sqlite" if hasattr(db, "register_module") else "postgres")
