"""Invariants 1 to 7: balances, reservations, loans, issues and serial numbers agree with the ledger of moves."""

from dataclasses import replace

from shopterm.db import sql
from shopterm.db.invariants import Check, Violation
from shopterm.db.keys import MOST_ROWS
from shopterm.db.session import Shop
from shopterm.domain.units import Quantity
from shopterm.domain.words import _

EVENT = "m.id - m.id % " + str(MOST_ROWS)
"""Key of the event that made a row: its own key without the count in the low bits."""
PART = "(SELECT p.maker || ' ' || p.number FROM part p WHERE p.id = t.part_id)"
BIN = "(SELECT n.code FROM bin n WHERE n.id = t.bin_id)"
LINE = "(SELECT s.number || '/' || l.line FROM material_sheet s WHERE s.id = l.sheet_id)"
LOAN_LINE = "(SELECT n.number || '/' || l.line FROM loan n WHERE n.id = l.loan_id)"
QUANTITIES = frozenset({"quantity", "moved", "counted", "reserved", "promised"})


MOVED = """(
    SELECT m.{link} AS line,
      CAST(SUM(CASE WHEN m.kind IN ('issue', 'loan_issue') THEN -m.quantity ELSE 0 END) AS BIGINT)
        AS issued,
      CAST(SUM(CASE WHEN m.kind = 'return' THEN m.quantity ELSE 0 END) AS BIGINT) AS returned,
      CAST(SUM(CASE WHEN m.kind = 'loan_out' AND m.quantity > 0 THEN m.quantity ELSE 0 END) AS BIGINT) AS lent,
      CAST(SUM(CASE WHEN m.kind = 'loan_return' AND m.quantity > 0 THEN m.quantity ELSE 0 END) AS BIGINT) AS brought,
      CAST(SUM(CASE WHEN m.kind = 'write_off' THEN -m.quantity ELSE 0 END) AS BIGINT) AS lost
    FROM move m WHERE m.{link} IS NOT NULL GROUP BY m.{link})"""
"""What moved for a line, by kind."""


CHECKS = (
    Check(
        1,
        _("{part} in bin {bin}: {counted} in stock, but the moves add up to {moved}."),
        f"""
        SELECT {PART}, {BIN}, t.counted, t.moved FROM (
          SELECT u.part_id, u.bin_id, CAST(SUM(u.counted) AS BIGINT) AS counted, CAST(SUM(u.moved) AS BIGINT) AS moved
          FROM (SELECT part_id, bin_id, on_hand AS counted, 0 AS moved FROM balance
                UNION ALL SELECT part_id, bin_id, 0, quantity FROM move) u
          GROUP BY u.part_id, u.bin_id) t WHERE t.counted <> t.moved""",
        ("part", "bin", "counted", "moved"),
    ),
    Check(
        2,
        _("{part} in bin {bin}: {counted} in stock, {reserved} reserved."),
        f"""
        SELECT {PART}, {BIN}, t.on_hand, t.reserved FROM balance t
        WHERE t.on_hand < 0 OR t.reserved < 0 OR t.reserved > t.on_hand""",
        ("part", "bin", "counted", "reserved"),
    ),
    Check(
        2,
        _("{part} in bin {bin}: {reserved} reserved, but the reservations add up to {promised}."),
        f"""
        SELECT {PART}, {BIN}, t.reserved, t.promised FROM (
          SELECT u.part_id, u.bin_id, CAST(SUM(u.reserved) AS BIGINT) AS reserved,
            CAST(SUM(u.promised) AS BIGINT) AS promised
          FROM (SELECT part_id, bin_id, reserved, 0 AS promised FROM balance
                UNION ALL SELECT part_id, bin_id, 0, quantity FROM reservation) u
          GROUP BY u.part_id, u.bin_id) t WHERE t.reserved <> t.promised""",
        ("part", "bin", "reserved", "promised"),
    ),
    Check(
        2,
        _("Line {line}: {reserved} reserved, but it needs {quantity}."),
        f"""
        SELECT {LINE}, t.promised, CASE WHEN l.released = 1 THEN 0 ELSE l.quantity - l.issued + l.returned END
        FROM (SELECT material_line_id, CAST(SUM(quantity) AS BIGINT) AS promised FROM reservation
              GROUP BY material_line_id) t JOIN material_line l ON l.id = t.material_line_id
        WHERE t.promised > CASE WHEN l.released = 1 THEN 0 ELSE l.quantity - l.issued + l.returned END""",
        ("line", "reserved", "quantity"),
    ),
    Check(
        3,
        _("{part}: a {kind} does not move as much out of one place as into the other ({moved} is left)."),
        f"""
        SELECT {PART}, t.kind, t.moved FROM (
          SELECT m.part_id, m.kind, CAST(SUM(m.quantity) AS BIGINT) AS moved FROM move m
          WHERE m.kind IN ('loan_out', 'loan_return') GROUP BY {EVENT}, m.part_id, m.loan_line, m.kind) t
        WHERE t.moved <> 0""",
        ("part", "kind", "moved"),
    ),
    Check(
        4,
        _("Loan line {line}: {quantity} lent is not what came back, was issued, was written off and is out."),
        f"""
        SELECT {LOAN_LINE}, l.quantity FROM loan_line l
        WHERE l.returned < 0 OR l.issued < 0 OR l.written_off < 0
          OR l.returned + l.issued + l.written_off > l.quantity""",
        ("line", "quantity"),
    ),
    Check(
        4,
        _("Loan line {line}: its counts are not what the moves say."),
        f"""
        SELECT {LOAN_LINE} FROM loan_line l LEFT JOIN {MOVED.format(link="loan_line")} v ON v.line = l.id
        WHERE v.line IS NULL OR l.quantity <> v.lent OR l.returned <> v.brought OR l.issued <> v.issued
          OR l.written_off <> v.lost""",
        ("line",),
    ),
    Check(
        4,
        _("Loan {loan} is settled, but something is still out, or it is out, and nothing is."),
        """
        SELECT n.number FROM loan n WHERE (n.state = 'settled') = EXISTS (SELECT 1 FROM loan_line l
          WHERE l.loan_id = n.id AND l.quantity > l.returned + l.issued + l.written_off)""",
        ("loan",),
    ),
    Check(
        4,
        _("{part}: {counted} in the place for loans, but {quantity} is on loan."),
        f"""
        SELECT {PART}, t.counted, t.lent FROM (
          SELECT u.site, u.part_id, CAST(SUM(u.counted) AS BIGINT) AS counted, CAST(SUM(u.lent) AS BIGINT) AS lent
          FROM (
            SELECT n.site, b.part_id, b.on_hand AS counted, 0 AS lent FROM balance b
              JOIN bin n ON n.id = b.bin_id WHERE n.virtual = 1
            UNION ALL SELECT n.site, l.part_id, 0, l.quantity - l.returned - l.issued - l.written_off FROM loan_line l
              JOIN loan n ON n.id = l.loan_id) u
          GROUP BY u.site, u.part_id) t WHERE t.counted <> t.lent""",
        ("part", "counted", "quantity"),
    ),
    Check(
        5,
        _("Line {line}: more is out than the {quantity} that was signed, or less than nothing."),
        f"""
        SELECT {LINE}, l.quantity FROM material_line l
        WHERE l.issued - l.returned > l.quantity OR l.returned < 0 OR l.issued < l.returned""",
        ("line", "quantity"),
    ),
    Check(
        5,
        _("Line {line}: what is counted as issued and returned is not what the moves say."),
        f"""
        SELECT {LINE} FROM material_line l LEFT JOIN {MOVED.format(link="material_line_id")} v ON v.line = l.id
        WHERE l.issued <> COALESCE(v.issued, 0) OR l.returned <> COALESCE(v.returned, 0)""",
        ("line",),
    ),
    Check(
        5,
        _("Line {line}: issued before the foreman signed that version of the sheet."),
        f"""
        SELECT {LINE} FROM move m JOIN material_line l ON l.id = m.material_line_id
        WHERE m.kind IN ('issue', 'loan_issue') AND NOT EXISTS (SELECT 1 FROM signature g
          WHERE g.doc = 'material_sheet' AND g.doc_id = l.sheet_id AND g.rev = l.rev AND g.action = 'approve_parts'
            AND g.at <= m.at AND (g.voided IS NULL OR g.voided > m.at))""",
        ("line",),
    ),
    Check(
        5,
        _("Line {line}: issued before the customer agreed."),
        f"""
        SELECT {LINE} FROM move m JOIN material_line l ON l.id = m.material_line_id
        WHERE m.kind IN ('issue', 'loan_issue') AND NOT EXISTS (SELECT 1 FROM consent c
          WHERE c.material_line_id = l.id AND c.at <= m.at)""",
        ("line",),
    ),
    Check(
        6,
        _("Serial number {serial} of {part} is in {count} places at once."),
        f"""
        SELECT t.serial, {PART}, CASE WHEN t.bin_id IS NULL THEN 0 ELSE 1 END
          + CASE WHEN t.material_line_id IS NULL THEN 0 ELSE 1 END + CASE WHEN t.loan_line IS NULL THEN 0 ELSE 1 END
        FROM serial t WHERE CASE WHEN t.bin_id IS NULL THEN 0 ELSE 1 END
          + CASE WHEN t.material_line_id IS NULL THEN 0 ELSE 1 END
          + CASE WHEN t.loan_line IS NULL THEN 0 ELSE 1 END <> 1""",
        ("serial", "part", "count"),
    ),
    Check(
        6,
        _("{part} in bin {bin}: {count} serial numbers, but {counted} in stock."),
        f"""
        SELECT {PART}, {BIN}, t.count, t.on_hand FROM (
          SELECT s.part_id, s.bin_id, COUNT(*) AS count, COALESCE((SELECT b.on_hand FROM balance b
            WHERE b.part_id = s.part_id AND b.bin_id = s.bin_id), 0) AS on_hand
          FROM serial s WHERE s.bin_id IS NOT NULL GROUP BY s.part_id, s.bin_id) t WHERE t.count * 1000 > t.on_hand""",
        ("part", "bin", "count", "counted"),
    ),
    Check(
        7,
        _("Operation {operation} has {count} events."),
        """
        SELECT e.operation, COUNT(*) FROM event e GROUP BY e.operation HAVING COUNT(*) > 1""",
        ("operation", "count"),
    ),
)
UNRECORDED = Check(
    7,
    _("{part}: a {kind} of {quantity} belongs to no event."),
    f"""
    SELECT {PART}, t.kind, t.quantity FROM (SELECT m.part_id, m.kind, m.quantity FROM move m
      WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.id = {EVENT} AND e.at = m.at)) t""",
    ("part", "kind", "quantity"),
)
"""A move without its event; databases marked test may be filled without events."""


def stock_violations(shop: Shop) -> list[Violation]:
    """Return everything that breaks invariants 1 to 7."""
    checks = CHECKS if shop.kind == "test" else (*CHECKS, UNRECORDED)
    with shop.reader():
        found = [check.violation(row) for check in checks for row in sql.rows(check.query)]
    return [
        replace(
            violation,
            params={name: Quantity(value) if name in QUANTITIES else value for name, value in violation.params.items()},
        )
        for violation in found
    ]
