"""What is typed at the counter: prices, issues, returns, loans, deliveries, what was counted."""

from typing import Any

from tests.shopkit import PARTS
from tests.stateful.typist import BINS, SERIALS, Form, Typist, Values

PRESENT = "material_line l JOIN material_sheet s ON s.id = l.sheet_id AND s.rev = l.rev"
PRICED = f"{PRESENT} JOIN line_price r ON r.line_id = l.id JOIN part p ON p.id = r.part_id"
AGREED = "EXISTS (SELECT 1 FROM consent c WHERE c.material_line_id = l.id)"
NEEDED = "l.quantity - l.issued + l.returned"
PART = "p.maker || ' ' || p.number"
MATERIAL_LINES = f"SELECT l.line FROM {PRESENT} WHERE s.id = ? ORDER BY l.line"
RELEASABLE = (
    f"SELECT l.line FROM {PRESENT} WHERE s.id = ? AND l.released = 0 AND {NEEDED} > 0 AND {AGREED} ORDER BY l.line"
)
UNTAGGED = f"""
    SELECT l.line FROM {PRESENT} WHERE s.id = ? AND l.old_part = 1 AND l.issued > l.returned
      AND NOT EXISTS (SELECT 1 FROM old_part o WHERE o.line_id = l.id) ORDER BY l.line"""
ISSUED = f"""
    SELECT {PART}, l.issued - l.returned, (SELECT MIN(z.serial) FROM serial z WHERE z.material_line_id = l.id)
    FROM {PRICED} WHERE s.id = ? ORDER BY l.line"""
TO_ISSUE = f"""
    SELECT {PART}, {NEEDED}, CASE WHEN p.serial_tracked = 1 THEN COALESCE(
      (SELECT MIN(z.serial) FROM serial z WHERE z.part_id = p.id AND z.bin_id IS NOT NULL), 'none') END
    FROM {PRICED} WHERE s.id = ? AND l.released = 0 AND {AGREED} ORDER BY l.line"""
WANTED = f"""
    SELECT {PART}, {NEEDED} FROM {PRICED} WHERE s.state = 'priced' AND l.released = 0 AND {NEEDED} > 0 AND {AGREED}
      AND p.serial_tracked = 0 ORDER BY l.id"""
"""Parts that somebody could borrow until they are issued."""
OUT = "k.quantity - k.returned - k.issued - k.written_off"
LENT = f"""
    SELECT {PART}, {OUT}, k.serial FROM loan_line k JOIN part p ON p.id = k.part_id
    WHERE k.loan_id = ? ORDER BY k.line"""
FITTING = f"""
    SELECT s.number, {PART}, CASE WHEN {NEEDED} < {OUT} THEN {NEEDED} ELSE {OUT} END, k.serial
    FROM {PRICED} JOIN loan_line k ON k.part_id = r.part_id
    WHERE k.loan_id = ? AND s.state = 'priced' AND l.released = 0 AND {NEEDED} > 0 AND {OUT} > 0 AND {AGREED}
    ORDER BY l.id, k.id"""
"""Sheets to which lent parts could be issued."""
SHELVES = """
    SELECT n.code, b.on_hand - b.reserved FROM balance b JOIN bin n ON n.id = b.bin_id
    WHERE b.part_id = ? AND n.virtual = 0 ORDER BY n.id"""
LYING = "SELECT serial FROM serial WHERE bin_id IS NOT NULL ORDER BY id"
ORDERS = "SELECT number FROM work_order WHERE state = 'in_shop' ORDER BY id"


def prices(typist: Typist, sheet: int) -> Values:
    """Price every line, from stock or from elsewhere."""
    dice = typist.dice
    lines: list[Values] = []
    for line, part in typist.rows(f"SELECT l.line, l.part_id FROM {PRESENT} WHERE s.id = ? ORDER BY l.line", sheet):
        source = dice.choice(("stock", "stock", "order", "rush", "demo_machine"))
        lines.append({"line": line, "part": "" if part else "205-70-19570", "source": source,
                      "price": "" if dice.random() < 0.7 else "88.80",
                      "lead_days": 3 if source == "stock" else ""})  # fmt: skip
    return {"lines": lines}


def lines_of(query: str, **more: str) -> Form:
    """Return what names lines of the document by their numbers, with the same words beside each."""

    def named(typist: Typist, key: int) -> Values:
        found = [line for (line,) in typist.rows(query, key)]
        return {"lines": [{"line": line, **more} for line in typist.some(found) or [1]]}

    return named


def tags(typist: Typist, sheet: int) -> Values:
    """Tag the old parts; a tag is used once."""
    found = [line for (line,) in typist.rows(UNTAGGED, sheet)]
    tag = f"T{typist.dice.randrange(10**9)}"
    return {"lines": [{"line": line, "tag": f"{tag}-{line}", "place": "A"} for line in found]}


def pieces(query: str, *, bins: bool = False) -> Form:
    """Return what names parts with quantities and serial numbers, and bins where they are put."""

    def named(typist: Typist, key: int) -> Values:
        lines = [_piece(typist, *row) for row in typist.some(typist.rows(query, key)) if row[1] > 0]
        if bins:
            lines = [line | {"bin": typist.dice.choice(("", "", *BINS))} for line in lines]
        return {"lines": lines or [{"part": "07000-12011", "quantity": "1"}]}

    return named


def _piece(typist: Typist, part: str, quantity: int, serial: str | None) -> Values:
    return {"part": part, "quantity": "1" if serial else typist.share(quantity), "serial": serial or ""}


def exchange(typist: Typist, sheet: int) -> Values:
    """Exchange something that was issued."""
    line = pieces(ISSUED)(typist, sheet)["lines"][0]
    return {"part": line["part"], "quantity": line["quantity"], "bin": typist.dice.choice(("", *BINS))}


def lend(typist: Typist, _none: int) -> Values:
    """Lend anything, or what a sheet waits for."""
    dice = typist.dice
    lines = [_lent(typist, *PARTS[index]) for index in dice.sample(range(len(PARTS)), dice.choice((1, 1, 2)))]
    if (wanted := typist.rows(WANTED)) and dice.random() < 0.7:
        part, quantity = dice.choice(wanted)
        lines = [{"part": part, "quantity": dice.choice((str(quantity // 1000), "1", "2")), "serial": ""}]
    orders = [number for (number,) in typist.rows(ORDERS)]
    return {"lines": lines, "order": dice.choice(("", *orders)), "due": dice.choice(("", "+3d"))}


def _lent(typist: Typist, maker: str, number: str, *rest: Any) -> Values:
    tracked = rest[-2]
    return {"part": f"{maker} {number}", "quantity": "1" if tracked else typist.dice.choice("12"),
            "serial": _lying(typist) if tracked else ""}  # fmt: skip


def _lying(typist: Typist) -> str:
    return str(typist.dice.choice([serial for (serial,) in typist.rows(LYING)] or SERIALS))


def issue_loan(typist: Typist, loan: int) -> Values:
    """Issue lent parts to a sheet that needs them, or to any sheet."""
    if fitting := typist.rows(FITTING, loan):
        sheet, *piece = typist.dice.choice(fitting)
        return {"sheet": sheet, "lines": [_piece(typist, *piece)]}
    sheets = [number for (number,) in typist.rows("SELECT number FROM material_sheet ORDER BY id")]
    return {"sheet": typist.dice.choice(sheets), **pieces(LENT)(typist, loan)}


def receive(typist: Typist, part: int) -> Values:
    """Put a delivery into a bin."""
    [(tracked,)] = typist.rows("SELECT serial_tracked FROM part WHERE id = ?", part)
    place = {"bin": typist.dice.choice(BINS)}
    if tracked:
        return place | {"quantity": "1", "serial": typist.dice.choice(SERIALS)}
    return place | {"quantity": typist.dice.choice(("1", "2", "5"))}


def adjust(typist: Typist, part: int) -> Values:
    """Correct a bin by what was counted."""
    code, free = typist.dice.choice(typist.rows(SHELVES, part) or [("A-01-1", 0)])
    serial = _lying(typist) if typist.dice.random() < 0.5 else typist.dice.choice(SERIALS)
    return {"bin": code, "change": typist.dice.choice(("1", "-1", "3", f"-{free // 1000}")), "serial": serial}
