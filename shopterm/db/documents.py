"""Finds the row a person names: by document number, key, serial or badge."""

from functools import lru_cache, reduce
from operator import or_
from typing import Any

from shopterm.db import models as m
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
        found = _first(model, ref.strip().upper(), "number")
    if found is None:
        raise NotFound(NO_DOCUMENT, document=doc, ref=ref)
    return found


def _first(model: Any, value: str | int, *names: str) -> Any:
    """Return the first row with this value in one of these columns, or None."""
    return next(iter(model.raw(_select(model, m.database.param, *names), *[value] * len(names))), None)


@lru_cache(maxsize=64)
def _select(model: Any, _param: str, *names: str) -> str:
    """Put a query together once: every verb asks it, and building it takes longer than the answer."""
    return str(model.select().where(reduce(or_, (getattr(model, name) == 0 for name in names))).sql()[0])


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
