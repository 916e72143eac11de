"""Signatures fall when the document they were given for changes."""

from shopterm.db import sql
from shopterm.domain.vocabulary import Doc


def void_signatures(doc: Doc, doc_id: int, at: int) -> int:
    """Void every standing signature on a document; returns how many fell."""
    return sql.change(
        "UPDATE signature SET voided = ? WHERE doc = ? AND doc_id = ? AND voided IS NULL", at, doc.value, doc_id
    )
