"""The first schema: every table, the search index of parts, the triggers that keep the record."""

from typing import Any

from shopterm.db.scripts import run_script


def up(_migrator: Any, db: Any) -> None:
    """Make it as it was, whatever the models say today."""
    run_script(db, "0001")
