"""Lines an import held back until a person answers."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shopterm.db import sql
from shopterm.db.keys import MOST_ROWS, ROW_BITS, SEQ_BITS, key
from shopterm.db.session import Shop
from shopterm.domain.errors import NotFound
from shopterm.domain.units import Instant
from shopterm.domain.words import _

NO_HELD = _("There is no held line {number}.")
_NUMBER = re.compile(r"(?:([A-Z][A-Z0-9]*)-)?([0-9]{1,10})-([0-9]{1,5})")
_WAITING = (
    "SELECT h.id, s.code, h.kind, h.file, h.line, h.field, h.reason, h.at, h.row, h.doubts FROM held_line h "
    f"JOIN site s ON s.id = h.id >> {SEQ_BITS + ROW_BITS} WHERE h.answered_at IS NULL AND h.voided = 0"
)


@dataclass(frozen=True)
class Doubt:
    """One thing that is in doubt: reason code, field, what its sentence speaks of, and the value proposed, if any."""

    reason: str
    field: str
    params: Mapping[str, str]
    stored: str | None


@dataclass(frozen=True)
class HeldRow:
    """One line that waits: where it came from, what is in doubt, and its values as they stood in the file."""

    id: int
    number: str
    """Site, event and row: short enough to be typed."""
    kind: str
    file: str
    line: int
    field: str
    reason: str
    at: Instant
    row: Mapping[str, str]
    doubts: tuple[Doubt, ...]


def held_rows(shop: Shop) -> tuple[HeldRow, ...]:
    """Return the lines without an answer, oldest first."""
    with shop.reader():
        return tuple(_held(found) for found in sql.rows(f"{_WAITING} ORDER BY h.at, h.id"))


def held_row(shop: Shop, number: str) -> HeldRow:
    """Return the line of this number (without its site's code: of this site) or key; NotFound if it does not wait."""
    with shop.reader():
        found = sql.row(f"{_WAITING} AND h.id = ?", _key(shop, number.strip().upper()))
    if found is None:
        raise NotFound(NO_HELD, number=number)
    return _held(found)


def _key(shop: Shop, number: str) -> int:
    if number.isdecimal() and number.isascii():
        return int(number[:19])
    match = _NUMBER.fullmatch(number)
    if match is None or int(match[3]) >= MOST_ROWS:
        raise NotFound(NO_HELD, number=number)
    site = sql.scalar("SELECT id FROM site WHERE code = ?", match[1] or shop.settings.site.code)
    return key(int(site or 0), int(match[2]), int(match[3]))


def _held(found: tuple[Any, ...]) -> HeldRow:
    row_key, code, kind, file, line, field, reason, at, row, doubts = found
    seq, row_number = row_key >> ROW_BITS & (1 << SEQ_BITS) - 1, row_key & MOST_ROWS - 1
    told = tuple(Doubt(*doubt) for doubt in json.loads(doubts))
    number = f"{code}-{seq}-{row_number}"
    return HeldRow(row_key, number, kind, file, line, field, reason, Instant(at), json.loads(row), told)
