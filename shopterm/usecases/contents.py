"""What the running verb's signature is bound to."""

from shopterm.db import sql
from shopterm.db.contents import Content, labour_content, material_content, quote_content
from shopterm.domain.vocabulary import Doc
from shopterm.usecases.context import Context


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
