"""Finds the row a person names, by document number, key, serial or badge; counts its version when it changes."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from shopterm.db import models as m
from shopterm.db import prepared, sql
from shopterm.domain.errors import NotFound
from shopterm.domain.partnumber import compact
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import _

MODEL: dict[Doc, type[Any]] = {
    Doc.ORDER: m.WorkOrder,
    Doc.JOB: m.Job,
    Doc.MATERIAL_SHEET: m.MaterialSheet,
    Doc.LABOUR_SHEET: m.LabourSheet,
    Doc.QUOTE: m.Quote,
    Doc.LOAN: m.Loan,
    Doc.PERSON: m.Person,
    Doc.PART: m.Part,
    Doc.DAY: m.Person,
}
"""The table behind each kind of document; a labour day is its person's."""

NO_DOCUMENT = _("There is no {document} “{ref}”.")
NO_PART = _("Part number “{ref}” is not in the catalogue.")
MANY_PARTS = _("“{ref}” is a number of several makers: {makers}. Write maker and number, for instance “{maker} {ref}”.")

CANDIDATES = 50
"""How many parts may share a number but for dashes, blanks and case."""


def find(doc: Doc, ref: str | int) -> Any:
    """Return the row of a document by its number or key; NotFound if there is none."""
    model = MODEL[doc]
    if isinstance(ref, int):
        found = _first(model, ref, "id")
    elif doc is Doc.PART:
        return find_part(ref)
    elif doc in (Doc.PERSON, Doc.DAY):
        found = _first(model, ref, "number", "badge")
    else:
        number = ref.strip().upper()
        found = _first(model, number, "number") or _of_one_site(model, number)
    if found is None:
        raise NotFound(NO_DOCUMENT, document=doc, ref=ref)
    return found


def _of_one_site(model: Any, number: str) -> Any:
    """Return the document whose number came without its site's code, as the screens show it; None if two sites fit."""
    keys = sql.rows(
        f"SELECT d.id FROM site t JOIN \"{model._meta.table_name}\" d ON d.number = t.code || '-' || ? LIMIT 2", number
    )
    return _first(model, keys[0][0], "id") if len(keys) == 1 else None


def _first(model: Any, value: str | int, *names: str) -> Any:
    """Return the first row with this value in one of these columns, or None."""
    found = prepared.row(_select(model, *names), *[value] * len(names))
    if found is None:
        return None
    fields = zip(model._meta.sorted_fields, found, strict=True)
    row = model(__no_default__=True, **{field.name: field.python_value(column) for field, column in fields})
    row._dirty.clear()  # it is as it is stored
    return row


@lru_cache(maxsize=64)
def _select(model: Any, *names: str) -> str:
    """Put a query together once: every verb asks it, and peewee takes longer to build it than the answer takes."""
    columns = ", ".join(f'"{field.column_name}"' for field in model._meta.sorted_fields)
    fits = " OR ".join(f'"{model._meta.fields[name].column_name}" = ?' for name in names)
    return f'SELECT {columns} FROM "{model._meta.table_name}" WHERE {fits}'


def update_version(row: Any, columns: Mapping[str, Any]) -> bool:
    """Change columns of a document and count its version, if the version is still the one that was read."""
    fields = row._meta.fields
    sets = ", ".join(f'"{fields[name].column_name}" = ?' for name in columns)
    text = f'UPDATE "{row._meta.table_name}" SET version = version + 1, {sets} WHERE id = ? AND version = ?'
    return prepared.change(text, *map(sql.plain, columns.values()), row.id, row.version) == 1


def find_part(text: str) -> m.Part:
    """Return the one part a typed number means, with or without its maker before it; NotFound otherwise."""
    found = parts_numbered(text)
    if not found and " " in text.strip():
        maker, _space, number = text.strip().partition(" ")
        found = [part for part in parts_numbered(number) if part.maker.lower() == maker.lower()]
    if not found:
        raise NotFound(NO_PART, ref=text)
    if len(found) > 1:
        raise NotFound(MANY_PARTS, ref=text, makers=", ".join(p.maker for p in found), maker=found[0].maker)
    return found[0]


def parts_numbered(text: str) -> list[m.Part]:
    """Return the parts with exactly this number, else those that differ only in dashes, blanks and case."""
    number, key = text.strip(), compact(text)
    same = m.Part.compact == key if key else m.Part.number == number
    found = list(m.Part.select().where(same).order_by(m.Part.number != number, m.Part.id).limit(CANDIDATES))
    return [part for part in found if part.number == number] or found
