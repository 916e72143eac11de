"""The command line as other people use it: real processes, PINs in private files, exit statuses, JSON."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journeys.clock import LOADED, Clock

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds after which a command that should take a fraction of one is given up."""


@dataclass(frozen=True)
class Told:
    """How a command ended and what it said."""

    command: str
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on standard output."""
        return json.loads(self.out)

    @property
    def rule(self) -> str:
        """The rule that refused."""
        return str(self.json["error"]["rule"])

    @property
    def sentence(self) -> str:
        """The sentence a person reads, with what is wrong in each field."""
        error = self.json["error"]
        return " ".join([error["sentence"], *(problem["sentence"] for problem in error["problems"])])

    def made(self, doc: str) -> list[str]:
        """Numbers of the documents of a kind that were made."""
        return [made["number"] for made in self.json["made"] if made["doc"] == doc]

    @property
    def state(self) -> str:
        """The document's state afterwards."""
        return str(self.json["document"]["state"])


def pin_of(person: str) -> str:
    """The PIN somebody chose: everybody has another one."""
    return str(482_913 + 7_919 * sum(ord(letter) * 31**place for place, letter in enumerate(person)) % 500_000)


@dataclass
class Program:
    """`python -m shopterm` on one database, on a clock of its own; knows in which private file whose PIN is."""

    url: str
    folder: Path

    def __post_init__(self) -> None:
        """Make the directories: the program's data, and the people's private files."""
        for path in (self.data_dir, self.folder / "pins"):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.clock = Clock(self.folder, self.url)

    @property
    def data_dir(self) -> Path:
        """Where the program keeps its files."""
        return self.folder / "data"

    @property
    def environ(self) -> dict[str, str]:
        """What a terminal of this workshop sets."""
        return os.environ | {
            "PYTHONPATH": os.pathsep.join([str(LOADED), str(ROOT), *filter(None, sys.path)]),
            "JOURNEY_CLOCK": str(self.clock.file),
            "SHOPTERM_DB": self.url,
            "SHOPTERM_STORAGE__DATA_DIR": str(self.data_dir),
            "SHOPTERM_TERMINAL": "office",
            "LANGUAGE": "en",
        }

    def run(self, *arguments: object, status: int = 0, stdin: str | None = None) -> Told:
        """Run one command, which must end with this status."""
        command = [sys.executable, "-m", "shopterm", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environ, input=stdin, capture_output=True, text=True, encoding="utf-8",
            timeout=PATIENCE, check=False,
        )  # fmt: skip
        told = Told(" ".join(map(str, arguments)), done.returncode, done.stdout, done.stderr)
        assert told.status == status, f"{told.command}\nended with {told.status}:\n{told.out}\n{told.err}"
        return told

    def json(self, *arguments: object, status: int = 0) -> Any:
        """Run one command and return its JSON object."""
        return self.run(*arguments, "--json", status=status).json

    def private(self, name: str, text: str) -> Path:
        """Write a file that nobody else can read."""
        path = self.folder / "pins" / name
        path.touch(mode=0o600)
        path.write_text(f"{text}\n")
        return path

    def pin_file(self, person: str) -> Path:
        """Return the file with a person's PIN."""
        path = self.folder / "pins" / person
        return path if path.exists() else self.private(person, pin_of(person))

    def do(
        self, person: str, action: str, document: str = "new", *options: object, second: str = "", status: int = 0,
        **values: object,
    ) -> Told:  # fmt: skip
        """Do one verb as somebody; values are said as a person says them, tables and checklists as JSON."""
        pairs = [("--set", f"{name}={_said(value)}") for name, value in values.items()]
        signer = ["--with", second, "--with-pin-file", self.pin_file(second)] if second else []
        return self.run(
            "--as", person, "--pin-file", self.pin_file(person), *signer, "do", action, document,
            *(part for pair in pairs for part in pair), *options, "--json", status=status,
        )  # fmt: skip

    def show(self, noun: str, number: str) -> "Page":
        """Read one document as a page."""
        return Page(self.json(noun, "show", number))

    def state(self, noun: str, number: str) -> str:
        """Read a document's state."""
        return self.show(noun, number).state


@dataclass(frozen=True)
class Page:
    """A document as `show --json` prints it."""

    data: Mapping[str, Any]

    @property
    def state(self) -> str:
        """Its state."""
        return str(self.data["state"])

    @property
    def version(self) -> int:
        """Its version."""
        return int(self.data["version"])

    def table(self, section: str) -> list[dict[str, Any]]:
        """The rows of a section that is a table."""
        found: list[dict[str, Any]] = self.data["sections"][section]
        return found

    def values(self, section: str) -> dict[str, Any]:
        """The named values of a section."""
        found: dict[str, Any] = self.data["sections"][section]
        return found


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return ",".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
