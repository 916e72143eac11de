"""What commands load: starting up fast is a feature, and one process opens a file through one library."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"textual", "rich.console", "psycopg2._psycopg", "psycopg.pq", "pypinyin", "argon2", "asyncio"}
"""Of the drivers a module inside: peewee asks for each, and a refusal is written down like an import."""


def loaded(*arguments: str) -> set[str]:
    """Names of all modules a run of the program imports."""
    command = [sys.executable, "-X", "importtime", "-m", "shopterm", *arguments]
    done = subprocess.run(command, env=os.environ, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode in {0, 6}, done.stderr[-2000:]
    rows = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {row.rpartition("|")[2].strip() for row in rows}


@pytest.mark.parametrize(
    "arguments",
    ["report labor --csv", "report", "order list", "part list --json", "part find filter", "actions sign_quote"],
)
def test_reading_commands_start_light(arguments: str, workshop: Path) -> None:
    assert not loaded(*arguments.split()) & HEAVY


def test_the_frame_alone_loads_no_database_and_no_settings() -> None:
    modules = loaded("--help")
    assert not modules & (HEAVY | {"peewee", "apsw", "sqlite3", "msgspec", "shopterm.settings"})


def test_a_labour_report_does_without_the_models(workshop: Path) -> None:
    assert not loaded("report", "labor", "--csv") & {"peewee", "shopterm.db.models"}
