"""Migrations that are plain SQL: one file for each database, frozen once it has landed."""

from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).parent / "migrations" / "sql"


def run_script(db: Any, number: str) -> None:
    """Run the script of a migration for the database at hand."""
    backend = "sqlite" if hasattr(db, "register_module") else "postgres"
    db.execute_sql((SCRIPTS / f"{number}_{backend}.sql").read_text(encoding="utf-8"))
