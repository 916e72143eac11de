"""Which operations took effect, and which document a draft means."""

from collections.abc import Collection

from shopterm.db import documents, sql
from shopterm.db.session import Shop
from shopterm.domain.vocabulary import Doc


def done_already(shop: Shop, op_ids: Collection[str]) -> set[str]:
    """Return those of these operation ids that took effect."""
    wanted = list(op_ids)
    if not wanted:
        return set()
    with shop.reader():
        found = sql.rows(f"SELECT operation FROM event WHERE operation IN ({sql.marks(len(wanted))})", *wanted)
    return {operation for (operation,) in found}


def named(shop: Shop, doc: Doc, number: str) -> tuple[int, int]:
    """Return key and version of the document with a number; NotFound if there is none."""
    with shop.reader():
        row = documents.find(doc, number)
        return row.id, getattr(row, "version", 0)
