"""What a signature is bound to: the document's own fields, without derived prices or translations."""

from typing import Any

from shopterm.db import sql
from shopterm.domain.vocabulary import Doc
from shopterm.usecases.context import Context

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


def content_of(context: Context) -> tuple[int, Content]:
    """Return version and content of what the running verb signs."""
    doc, row = context.action.doc, context.doc_id
    if context.content is None and doc in (Doc.MATERIAL_SHEET, Doc.LABOUR_SHEET):
        rev = int(sql.scalar(f"SELECT rev FROM {doc.value} WHERE id = ?", row))
        return rev, material_content(row, rev) if doc is Doc.MATERIAL_SHEET else labour_content(row, rev)
    if doc is Doc.QUOTE:
        content = quote_content(row)
        return 1, content | {"answer": context.content} if context.content is not None else content
    stated = context.content if context.content is not None else context.request.values
    return 1, {"document": context.number, "state": context.state, "stated": stated}
