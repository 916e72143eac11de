"""Prints one document as a page of sections."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from shopterm.cli.context import Cli
from shopterm.cli.output import Heading, answer, plain, table
from shopterm.domain.errors import NotFound
from shopterm.domain.text import clean, width
from shopterm.domain.vocabulary import Doc
from shopterm.i18n import tr
from shopterm.show import show

if TYPE_CHECKING:
    from shopterm.db.queries.rows import Cell, Detail, Section


def show_document(cli: Cli, number: str, *docs: Doc) -> None:
    """Print a document by its number; of several kinds, the one that has the number."""
    reader, shop = cli.reader, cli.shop
    from shopterm.db.queries.details import detail
    from shopterm.db.queries.lists import key_of

    with shop.reader():
        doc, key = _first(docs, cli.number(number), key_of)
        found = detail(shop, doc, key, reader)
    print_detail(cli, found)  # outside: what fails then is the printing, not the database


def _first(docs: Sequence[Doc], number: str, key_of: Any) -> tuple[Doc, int]:
    for doc in docs[:-1]:
        try:
            return doc, key_of(doc, number)
        except NotFound:
            continue
    return docs[-1], key_of(docs[-1], number)


def print_detail(cli: Cli, found: "Detail") -> None:
    """Print a page."""
    number = f"{show(found.doc)} {clean(found.number)}"
    line = tr("{number}, {state}", number=number, state=show(found.state)) if found.state else number
    heading = f"{line}  {clean(found.heading).removeprefix(found.number).strip()}".rstrip()
    data = {
        "doc": found.doc.value,
        "id": found.id,
        "number": found.number,
        "version": found.version,
        "state": found.state.value if found.state else None,
        "related": [{"doc": doc.value, "id": key, "number": number} for doc, key, number in found.related],
    }
    print_sections(cli, data, heading, found.heading, found.sections)


def print_sections(cli: Cli, data: dict[str, Any], line: str, heading: str, sections: "Sequence[Section]") -> None:
    """Print sections under a heading."""
    told = {section.title.key: _as_data(section, cli.zone) for section in sections}
    body = data | {"heading": clean(heading), "sections": told}
    answer(cli, body, lambda: _lines(line, sections, cli.zone))


def _as_data(section: "Section", zone: tzinfo) -> dict[str, Any] | list[dict[str, Any]]:
    """Return a section for programs: a table as a list of rows, named values as one object; keys are no wording."""
    if not section.columns:
        return {plain(name, zone): plain(value, zone) for name, value in section.rows}
    keys = [column.key for column in section.columns]
    return [dict(zip(keys, (plain(cell, zone) for cell in row), strict=True)) for row in section.rows]


def _lines(line: str, sections: "Sequence[Section]", zone: tzinfo) -> Iterator[str]:
    yield line
    for section in sections:
        if not section.rows and not section.empty:
            continue
        yield ""
        yield tr(section.title)
        if not section.rows:
            yield f"  {tr(section.empty)}"
        elif section.columns:
            heads = [Heading(str(place), label) for place, label in enumerate(section.columns)]
            yield from (f"  {text}" for text in table(heads, section.rows, zone, indent=2))
        else:
            yield from _pairs(section.rows, zone)


def _pairs(rows: "Sequence[tuple[Cell, ...]]", zone: tzinfo) -> Iterator[str]:
    """Yield named values, the names in a column."""
    names = [show(row[0], zone) for row in rows]
    room = max(map(width, names))
    for name, row in zip(names, rows, strict=True):
        yield f"  {name}{' ' * (room - width(name))}  {', '.join(filter(None, (show(c, zone) for c in row[1:])))}"
