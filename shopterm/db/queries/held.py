"""Lines an import held back until a person answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.domain.units import Instant


@dataclass(frozen=True)
class HeldRow:
    """One line that waits: where it came from, what is in doubt, and its values as they stood in the file."""

    id: int
    kind: str
    file: str
    line: int
    field: str
    reason: str
    at: Instant
    row: Mapping[str, str]


def held_rows(shop: Shop) -> tuple[HeldRow, ...]:
    """Return the lines without an answer, oldest first."""
    with shop.reader():
        found = sql.rows(
            "SELECT id, kind, file, line, field, reason, at, row FROM held_line "
            "WHERE answered_at IS NULL AND voided = 0 ORDER BY id"
        )
    return tuple(
        HeldRow(key, kind, file, line, field, reason, Instant(at), json.loads(row))
        for key, kind, file, line, field, reason, at, row in found
    )
