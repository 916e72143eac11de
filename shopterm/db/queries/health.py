"""What a check-up asks of an open database."""

from dataclasses import dataclass

from shopterm.db import sql
from shopterm.db.backends import FLOOR
from shopterm.db.session import Shop
from shopterm.domain.units import Instant


@dataclass(frozen=True)
class Health:
    """A database at a glance."""

    kind: str
    schema: int
    events: int
    last_event: Instant
    """The newest event of any site; 0 where there is none."""
    people: int
    """Active people."""
    administrators: int
    """Active administrators who have a PIN."""
    checklists: int
    held_lines: int
    """Import lines that wait for an answer."""


def sqlite_version() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the version of the SQLite library, and the least that may be used."""
    import apsw

    return tuple(int(part) for part in apsw.sqlite_lib_version().split(".")), FLOOR


def health(shop: Shop) -> Health:
    """Read the figures in one statement."""
    with shop.reader():
        found = (
            sql.row("""
            SELECT (SELECT value FROM mark WHERE key = 'schema'), (SELECT COALESCE(SUM(seq), 0) FROM chain_head),
              (SELECT COALESCE(MAX(at), 0) FROM chain_head), (SELECT COUNT(*) FROM person WHERE state = 'active'),
              (SELECT COUNT(DISTINCT p.id) FROM person p JOIN person_role r ON r.person_id = p.id
                 WHERE r.role = 'administrator' AND p.state = 'active' AND p.pin_hash IS NOT NULL),
              (SELECT COUNT(*) FROM checklist),
              (SELECT COUNT(*) FROM held_line WHERE answered_at IS NULL AND voided = 0)""")
            or (0,) * 7
        )
    schema, events, last, people, administrators, checklists, held = map(int, found)
    return Health(shop.kind, schema, events, Instant(last), people, administrators, checklists, held)
