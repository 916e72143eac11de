"""What the lines of a document are about, for forms that name them by their numbers only."""

from collections.abc import Mapping

from shopterm.db.queries.rows import Detail
from shopterm.domain.text import clean
from shopterm.domain.units import Money
from shopterm.show import show

WORDS = 2
"""So many words of a row tell what it is: number and name of a part, or the text of a work line."""


def about_lines(detail: Detail | None, column: str) -> Mapping[str, str]:
    """Return what the rows of the first table that begins with a column of this name are about, with their amounts."""
    sections = detail.sections if detail else ()
    table = next((one for one in sections if one.columns and one.columns[0].key == column), None)
    return {show(row[0]): _told(row[1:]) for row in table.rows} if table else {}


def _told(cells: tuple[object, ...]) -> str:
    words = [clean(cell) for cell in cells if type(cell) is str and cell][:WORDS]
    amounts = [show(cell) for cell in cells if isinstance(cell, Money)][-1:]
    return " · ".join([*words, *amounts])
