"""The command line in this process, as a program would call it: arguments in, status and bytes out."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shopterm import i18n
from shopterm.__main__ import main
from tests import shopkit


@dataclass(frozen=True)
class Told:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on standard output."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The error object."""
        found: dict[str, Any] = self.json["error"]
        return found


Shopterm = Callable[..., Told]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Undo the language a command has spoken."""
    monkeypatch.setenv("LANGUAGE", "en")
    yield
    i18n.use("en")


@pytest.fixture
def shopterm() -> Shopterm:
    """Run one command line."""

    def run(*arguments: str, stdin: str | bytes | None = None) -> Told:
        with CliRunner().isolation(input=stdin) as (out, err, _both):
            status = main(list(arguments))
            sys.stdout.flush()
            sys.stderr.flush()
        return Told(status, out.getvalue().decode(), err.getvalue().decode())

    return run


@pytest.fixture
def workshop(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A test workshop whose database and data directory the environment names."""
    data_dir = tmp_path / "data"
    url = f"sqlite:///{data_dir}/shopterm.db"
    data_dir.mkdir(mode=0o700)
    shutil.copy(sqlite_template / "shop.db", data_dir / "shopterm.db")
    shutil.copy(sqlite_template / "pepper", data_dir / "pepper")
    monkeypatch.setenv("SHOPTERM_DB", url)
    monkeypatch.setenv("SHOPTERM_STORAGE__DATA_DIR", str(data_dir))
    return data_dir


@pytest.fixture
def pin_file(tmp_path: Path) -> Path:
    """The PIN of everybody in the test workshop."""
    return private_file(tmp_path / "pin", shopkit.PIN)


def private_file(path: Path, text: str, mode: int = 0o600) -> Path:
    """Write a file with the given mode."""
    path.write_text(text + "\n")
    os.chmod(path, mode)
    return path
