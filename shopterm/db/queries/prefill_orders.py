"""What the forms of the front desk start from: who confirmed, what the machine came for, what was promised."""

from typing import Any

from shopterm.db import sql
from shopterm.domain.units import Instant, Quantity

Start = dict[str, Any]
MOST_PURPOSE = 200
"""Longest purpose of a visit, as its field allows."""


def read_back(order: int) -> Start:
    """Start from who confirmed before, else the customer's contact, else the customer."""
    return _named("confirmed_by", sql.scalar(
        "SELECT COALESCE(NULLIF(o.read_back_by, ''), NULLIF(c.contact, ''), o.customer_name) FROM work_order o "
        "LEFT JOIN customer c ON c.id = o.customer_id WHERE o.id = ?", order))  # fmt: skip


def sign_intake(order: int) -> Start:
    """Start from the person the complaint was read back to: they stand at the machine."""
    return _named("signed_by", sql.scalar("SELECT read_back_by FROM work_order WHERE id = ?", order))


def walk_round(order: int) -> Start:
    """Start from what an earlier walk noted, and from what the machine weighs."""
    fuel, valuables, tonnage = sql.row(
        "SELECT o.fuel, o.valuables, c.tonnage FROM work_order o JOIN machine c ON c.id = o.machine_id WHERE o.id = ?",
        order,
    ) or ("", "", None)
    start = _named("fuel", fuel) | _named("valuables", valuables)
    return start | {"tonnage": Quantity(tonnage)} if tonnage else start


def hand_over(order: int) -> Start:
    """Start from the complaints: they are what the machine came for."""
    rows = sql.rows("SELECT text FROM job WHERE order_id = ? ORDER BY line", order)
    return _named("purpose", "; ".join(text for (text,) in rows)[:MOST_PURPOSE])


def drive_in(order: int) -> Start:
    """Start from the bay the machine stands in, else the first one its jobs were given."""
    found = sql.scalar("SELECT bay FROM work_order WHERE id = ?", order) or sql.scalar(
        "SELECT bay FROM job WHERE order_id = ? AND bay <> '' ORDER BY line", order
    )
    return _named("bay", found)


def promised(order: int) -> Start:
    """Start from the time promised so far."""
    found = sql.scalar("SELECT promised FROM work_order WHERE id = ?", order)
    return {"promised": Instant(found)} if found else {}


def quoted(order: int) -> Start:
    """Start from the time promised so far, else from when the last of the work is planned to be done (SHP-6.2)."""
    found = sql.scalar(
        "SELECT MAX(plan_finish) FROM job WHERE order_id = ? AND state NOT IN ('done', 'not_repaired')", order
    )
    return ({"promised": Instant(found)} if found else {}) | promised(order)


def telephone(quote: int) -> Start:
    """Start from the number the customer left."""
    return _named("phone", sql.scalar(
        "SELECT o.phone FROM quote q JOIN work_order o ON o.id = q.order_id WHERE q.id = ?", quote))  # fmt: skip


def _named(field: str, value: object) -> Start:
    return {field: value} if value else {}
