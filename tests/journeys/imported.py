"""The files a journey imports, and whom and what its story is played with: read from the same files."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import shopterm.demo
from tests.journeys.program import ROOT

SITE = "C01"
PIECES = ("EA", "SET")
MAKER = "Komatsu"
NEEDED = 10
"""So many different parts the story takes from stock."""


@dataclass(frozen=True)
class Crew:
    """Who plays: persons' numbers."""

    advisor: str = "E001"
    foreman: str = "E003"
    lead: str = "E005"
    helper: str = "E006"
    clerk: str = "E013"
    inspector: str = "E016"
    warranty: str = "E020"


CREW = Crew()


@dataclass(frozen=True)
class Files:
    """A folder of files to import, by kind, in the order in which they refer to one another."""

    folder: Path
    names: tuple[tuple[str, str], ...]

    def path(self, kind: str) -> Path:
        """Path of the file of a kind."""
        return self.folder / dict(self.names)[kind]

    def rows(self, kind: str) -> list[dict[str, str]]:
        """Rows of the file of a kind."""
        with self.path(kind).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def people(self) -> list[str]:
        """Numbers of everybody who works here."""
        return [row["person_no"] for row in self.rows("people") if row["active"] == "1"]

    @cached_property
    def serial(self) -> str:
        """Serial number of a customer's machine of ours, one that no other machine has."""
        owners = {row["customer_no"] for row in self.rows("customers")}
        serials = Counter(row["serial"] for row in self.rows("machines"))
        return next(
            row["serial"] for row in self.rows("machines")
            if row["maker"] == MAKER and row["demo"] == "0" and row["customer_no"] in owners
            and serials[row["serial"]] == 1 and "-" in row["model"]
        )  # fmt: skip

    @cached_property
    def customer(self) -> str:
        """Number of the machine's owner."""
        return next(row["customer_no"] for row in self.rows("machines") if row["serial"] == self.serial)

    @cached_property
    def parts(self) -> list[str]:
        """Numbers of parts of which several pieces are here, with a price, never superseded."""
        old = {row["old_part_no"] for row in self.rows("supersessions")}
        here: Counter[str] = Counter()
        for row in self.rows("stock"):
            if row["site"] == SITE and row["maker"] == MAKER:
                here[row["part_no"]] += int(float(row["qty"]))
        fitting = [
            row["part_no"] for row in self._priced()
            if row["unit"] in PIECES and row["serial_tracked"] == "0" and here[row["part_no"]] >= 4
            and row["part_no"] not in old
        ]  # fmt: skip
        assert len(fitting) >= NEEDED
        return fitting[:NEEDED]

    @cached_property
    def superseded(self) -> tuple[str, str]:
        """A number that another one replaces piece for piece, and that other one, of which none is here."""
        known = {row["part_no"]: row for row in self._priced()}
        rows = self.rows("supersessions")
        old = {row["old_part_no"] for row in rows}
        here = {row["part_no"] for row in self.rows("stock") if row["site"] == SITE}
        return next(
            (row["old_part_no"], row["new_part_no"]) for row in rows
            if row["maker"] == MAKER and row["kind"] == "replaced" and row["qty_new_per_old"] == "1"
            and row["old_part_no"] in known and row["new_part_no"] in known and row["new_part_no"] not in old | here
            and known[row["new_part_no"]]["serial_tracked"] == "0" and known[row["new_part_no"]]["unit"] in PIECES
        )  # fmt: skip

    @cached_property
    def standard(self) -> dict[str, str]:
        """A labour standard of which there is one only."""
        codes = Counter(row["code"] for row in self.rows("standards"))
        return next(row for row in self.rows("standards") if codes[row["code"]] == 1)

    def _priced(self) -> Iterator[dict[str, str]]:
        return (row for row in self.rows("parts") if row["maker"] == MAKER and float(row["list_price"]) > 0)

    @cached_property
    def counted(self) -> dict[str, int]:
        """How many rows the folder's own description says a file has; empty without one."""
        text = (self.folder / "README.md").read_text(encoding="utf-8")
        return {name: int(rows) for name, rows in re.findall(r"^\| `([\w.-]+)` \| (\d+) \|", text, re.MULTILINE)}


DEMO = Files(
    Path(shopterm.demo.__file__).with_name("data"),
    (("people", "people.csv"), ("customers", "customers.csv"), ("machines", "machines.csv"), ("parts", "parts.csv"),
     ("standards", "standards.csv"), ("supersessions", "supersessions.csv"), ("interchange", "interchange.csv"),
     ("stock", "stock.csv")),
)  # fmt: skip
"""What the program brings for its own demo."""
SHARED = Files(
    ROOT.parent / "shared" / "data",
    (("people", "people.csv"), ("customers", "customers.csv"), ("machines", "machines.csv"),
     ("models", "machines_models.csv"), ("parts", "parts_master.csv"), ("standards", "labour_standards.csv"),
     ("supersessions", "supersessions.csv"), ("interchange", "interchange.csv"), ("kits", "kits.csv"),
     ("numbers", "customer_numbers.csv"), ("stock", "stock_opening.csv")),
)  # fmt: skip
"""The large sample data that may lie beside the project."""
FOLDERS = {"demo": DEMO} | ({"shared": SHARED} if SHARED.folder.is_dir() else {})
