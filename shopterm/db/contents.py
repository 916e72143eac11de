"""What a signature on a document is bound to: the document's own fields, without derived prices or translations."""

from typing import Any

from shopterm.db import sql

Content = dict[str, Any]


def material_content(sheet: int, rev: int) -> Content:
    """Return a version of a material sheet as it is signed."""
    return {
        "sheet": sheet,
        "rev": rev,
        "lines": [
            list(line)
            for line in sql.rows(
                "SELECT line, part_id, text, quantity, reason, old_part FROM material_line "
                "WHERE sheet_id = ? AND rev = ? ORDER BY line",
                sheet,
                rev,
            )
        ],
    }


def labour_content(sheet: int, rev: int) -> Content:
    """Return a version of a labour sheet as it is signed."""
    return {
        "sheet": sheet,
        "rev": rev,
        "lines": [
            list(line)
            for line in sql.rows(
                "SELECT line, standard_id, text, kind, minutes, people, rate FROM labour_line "
                "WHERE sheet_id = ? AND rev = ? ORDER BY line",
                sheet,
                rev,
            )
        ],
    }


def quote_content(quote: int) -> Content:
    """Return a quote as it is signed: text, quantity, amount and payer of every line."""
    return {
        "quote": quote,
        "lines": [
            list(line)
            for line in sql.rows(
                "SELECT line, job_id, text, quantity, price, amount, tax, payer FROM quote_line "
                "WHERE quote_id = ? ORDER BY line",
                quote,
            )
        ],
    }
