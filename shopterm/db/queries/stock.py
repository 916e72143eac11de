"""What lies where and what is promised to whom: read for the verbs of the counter, in few statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from shopterm.db import prepared, sql
from shopterm.db.documents import find_part
from shopterm.db.models import Part
from shopterm.domain.stock import PIECE, PIECES, Shelf


@dataclass(frozen=True)
class PartName:
    """A part as people name it, and whether every piece of it has a serial number."""

    id: int
    maker: str
    number: str
    tracked: bool
    unit: str

    def __str__(self) -> str:
        """Return maker and number."""
        return f"{self.maker} {self.number}"

    def splits(self, quantity: int) -> bool:
        """Say whether a quantity would be a fraction of a piece, which does not exist."""
        return self.unit in PIECES and quantity % PIECE != 0


def named(part: int, maker: str, number: str, tracked: Any, unit: str) -> PartName:
    """Return a part's name from its columns."""
    return PartName(part, maker, number, bool(tracked), unit)


@dataclass(frozen=True)
class SheetLine:
    """A line of a sheet's present version with the part it was priced as, and what has moved against it."""

    id: int
    line: int
    text: str
    part: PartName | None
    quantity: int
    issued: int
    returned: int
    released: bool
    consented: bool

    @property
    def open(self) -> int:
        """Return what may still be issued: signed, not out, not released; nothing before consent."""
        return self.unissued if self.consented and not self.released else 0

    @property
    def unissued(self) -> int:
        """Return the signed quantity that is not out."""
        return self.quantity - self.issued + self.returned

    @property
    def out(self) -> int:
        """Return what was issued and not given back."""
        return self.issued - self.returned


@dataclass(frozen=True)
class SheetPage:
    """A sheet's lines with the stock of their parts at one site, and what is reserved for them anywhere."""

    lines: tuple[SheetLine, ...]
    shelves: tuple[Shelf, ...]
    held: dict[tuple[int, int], int]

    @property
    def parts(self) -> dict[int, PartName]:
        """Return the parts of the lines by key."""
        return {line.part.id: line.part for line in self.lines if line.part}


_PAGE = """
    SELECT l.id, l.line, l.text, p.id, p.maker, p.number, p.serial_tracked, p.unit, l.quantity, l.issued, l.returned,
      l.released, (SELECT COUNT(*) FROM consent c WHERE c.material_line_id = l.id),
      b.bin_id, n.code, b.on_hand, b.reserved, b.unit_cost, r.quantity
    FROM material_line l LEFT JOIN line_price k ON k.line_id = l.id
    LEFT JOIN part p ON p.id = COALESCE(k.part_id, l.part_id)
    LEFT JOIN balance b ON b.part_id = p.id
    LEFT JOIN bin n ON n.id = b.bin_id AND n.site = ? AND n.virtual = 0
    LEFT JOIN reservation r ON r.material_line_id = l.id AND r.bin_id = b.bin_id
    WHERE l.sheet_id = ? AND l.rev = ? ORDER BY l.line, n.code, b.bin_id"""


def sheet_page(sheet: int, rev: int, site: int) -> SheetPage:
    """Read lines, stock and own reservations of a sheet's version in one statement."""
    lines: dict[int, SheetLine] = {}
    shelves: dict[tuple[int, int], Shelf] = {}
    held: dict[tuple[int, int], int] = {}
    for found in prepared.rows(_PAGE, site, sheet, rev):
        key, number, text = found[:3]
        quantity, issued, returned, released, consents = found[8:13]
        place, code, on_hand, reserved, unit_cost, own = found[13:]
        part = named(*found[3:8]) if found[3] else None
        lines.setdefault(
            key, SheetLine(key, number, text, part, quantity, issued, returned, bool(released), consents > 0)
        )
        if part and code is not None:
            shelves[part.id, place] = Shelf(part.id, place, code, on_hand, reserved, unit_cost)
        if own:
            held[key, place] = own
    return SheetPage(tuple(lines.values()), tuple(shelves.values()), held)


def shelves_of(parts: Collection[int], site: int) -> list[Shelf]:
    """Return the bins of a site that hold (or held) these parts, in bin order; places of loans are left out."""
    if not parts:
        return []
    return [
        Shelf(*found)
        for found in sql.rows(
            f"""
        SELECT b.part_id, n.id, n.code, b.on_hand, b.reserved, b.unit_cost FROM balance b JOIN bin n ON n.id = b.bin_id
        WHERE b.part_id IN ({sql.marks(len(parts))}) AND n.site = ? AND n.virtual = 0 ORDER BY n.code, n.id""",
            *parts,
            site,
        )
    ]


def holders(part: int, site: int, except_lines: Sequence[int] = ()) -> list[str]:
    """Return the orders for which a part is reserved at a site, without the named lines."""
    rest = f"AND r.material_line_id NOT IN ({sql.marks(len(except_lines))})" if except_lines else ""
    return [
        number
        for (number,) in sql.rows(
            f"""
        SELECT DISTINCT j.number FROM reservation r JOIN bin n ON n.id = r.bin_id
        JOIN material_line l ON l.id = r.material_line_id JOIN material_sheet s ON s.id = l.sheet_id
        JOIN job j ON j.id = s.job_id WHERE r.part_id = ? AND n.site = ? {rest} ORDER BY j.number""",
            part,
            site,
            *except_lines,
        )
    ]


@dataclass(frozen=True)
class KnownSerial:
    """A serial number and the one place where it is."""

    id: int
    part: int
    serial: str
    bin: int | None
    material_line: int | None
    loan_line: int | None
    site: int | None
    """Site of the bin, if it lies in one."""


def serials_named(pairs: Collection[tuple[int, str]]) -> dict[tuple[int, str], KnownSerial]:
    """Return where the named serial numbers are, by part and serial."""
    if not pairs:
        return {}
    flat: list[Any] = [value for pair in pairs for value in pair]
    named = ", ".join(["(?, ?)"] * len(pairs))
    return {
        (found[1], found[2]): KnownSerial(*found)
        for found in sql.rows(
            f"""
        SELECT s.id, s.part_id, s.serial, s.bin_id, s.material_line_id, s.loan_line, n.site
        FROM serial s LEFT JOIN bin n ON n.id = s.bin_id WHERE (s.part_id, s.serial) IN (VALUES {named})""",
            *flat,
        )
    }


def came_from(lines: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return the bin the goods of each line came from last (before a loan, if lent) and their unit cost."""
    if not lines:
        return {}
    return {
        line: (place, cost)
        for line, place, cost in sql.rows(
            f"""
        SELECT m.material_line_id, COALESCE(k.bin_id, m.bin_id), m.unit_cost
        FROM move m LEFT JOIN loan_line k ON k.id = m.loan_line
        WHERE m.material_line_id IN ({sql.marks(len(lines))}) AND m.quantity < 0 ORDER BY m.id""",
            *lines,
        )
    }


@dataclass(frozen=True)
class Need:
    """What a consented line still needs and has no reservation for."""

    line: int
    part: int
    quantity: int


def needs_of(lines: Sequence[int]) -> list[Need]:
    """Return what these lines still need beyond what is out or reserved, in the given order."""
    if not lines:
        return []
    found = {
        line: Need(line, part, quantity)
        for line, part, quantity in sql.rows(
            f"""
        SELECT l.id, COALESCE(k.part_id, l.part_id), l.quantity - l.issued + l.returned
          - (SELECT CAST(COALESCE(SUM(r.quantity), 0) AS BIGINT) FROM reservation r WHERE r.material_line_id = l.id)
        FROM material_line l LEFT JOIN line_price k ON k.line_id = l.id
        WHERE l.id IN ({sql.marks(len(lines))}) AND l.released = 0""",
            *lines,
        )
    }
    return [found[line] for line in lines if line in found and found[line].part and found[line].quantity > 0]


def lines_waiting_for(part: int, site: int) -> list[int]:
    """Return the consented lines of a site that are not served and wait for a part, the oldest consent first."""
    return [
        line
        for (line,) in sql.rows(
            """
        SELECT l.id FROM line_price k JOIN material_line l ON l.id = k.line_id
        JOIN material_sheet s ON s.id = l.sheet_id AND s.rev = l.rev JOIN consent c ON c.material_line_id = l.id
        WHERE k.part_id = ? AND s.site = ? AND l.released = 0 AND l.issued - l.returned < l.quantity
        ORDER BY c.at, l.id""",
            part,
            site,
        )
    ]


def part_named(text: str) -> PartName:
    """Return the one part of the catalogue a typed number means; NotFound otherwise."""
    return name_of(find_part(text))


def name_of(part: Part) -> PartName:
    """Return a part as people name it."""
    return named(part.id, part.maker, part.number, part.serial_tracked, part.unit)


def jobs_of_lines(lines: Collection[int]) -> list[str]:
    """Return the numbers of the jobs these material lines belong to."""
    if not lines:
        return []
    return [
        number
        for (number,) in sql.rows(
            f"""
        SELECT DISTINCT j.number FROM material_line l JOIN material_sheet s ON s.id = l.sheet_id
        JOIN job j ON j.id = s.job_id WHERE l.id IN ({sql.marks(len(lines))}) ORDER BY j.number""",
            *lines,
        )
    ]


@dataclass(frozen=True)
class LentLine:
    """A line of a loan with what is still out of it and the bin it came from."""

    id: int
    line: int
    part: PartName
    bin: int
    out: int
    unit_cost: int


def lent_lines(loan: int) -> list[LentLine]:
    """Return the lines of a loan."""
    found = sql.rows(
        """
        SELECT l.id, l.line, p.id, p.maker, p.number, p.serial_tracked, p.unit, l.bin_id,
          l.quantity - l.returned - l.issued - l.written_off, l.unit_cost
        FROM loan_line l JOIN part p ON p.id = l.part_id WHERE l.loan_id = ? ORDER BY l.line""",
        loan,
    )
    return [LentLine(row[0], row[1], named(*row[2:7]), row[7], row[8], row[9]) for row in found]
