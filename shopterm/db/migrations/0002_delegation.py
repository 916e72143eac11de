"""Delegations: a few verbs of one person that another does for them, for a time."""

from typing import Any

from shopterm.db.scripts import run_script


def up(_migrator: Any, db: Any) -> None:
    """Make the table."""
    run_script(db, "0002")
