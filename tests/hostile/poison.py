"""Writes hostile text into every text column of a database, past the program, as somebody else might have."""

import json
import re
from collections.abc import Iterator
from typing import Any, cast
from zlib import crc32

import peewee as pw

from shopterm.db import models as m
from shopterm.db import triggers
from shopterm.db.models.base import WordField
from shopterm.db.session import Shop
from shopterm.domain.partnumber import compact
from tests.db.tamper import drop_triggers
from tests.hostile.texts import TEXTS

MODELS: tuple[type[pw.Model], ...] = m.MODELS
HASHES = {
    "event.operation", "event.body", "event.prev", "event.hash", "chain_head.hash", "signature.content_hash",
    "consent.content_hash", "checklist.hash", "attachment.sha256", "person.pin_hash", "person.code_hash",
}  # fmt: skip
KEYS = {
    "mark.key", "mark.value", "site.zone", "counter.kind", "counter.period", "attempts.subject",
    "event.doc", "checklist.code", "held_line.kind", "held_line.reason",
}  # fmt: skip
"""What the program looks rows up by: with another value a row is not found, or the database is not opened at all."""
DERIVED = {"part.compact", "part.search"}
"""The index of the part search; what it finds is shown from other columns."""
LEFT_ALONE = HASHES | KEYS | DERIVED
"""Text columns that hold no text of a person's; every other one is poisoned, a new one too."""
OWN_SITE = "C01"
"""Code of the acting site, by which the settings name it; other sites come in with files."""
NESTED = {"checklist.body", "held_line.row", "held_line.doubts", "event.payload", "machine_model.pins"}
"""Columns of JSON or TOML: the texts inside are poisoned, their form is not."""
LINKED = re.compile(r"(^|_)(number|maker|code)$")
"""Columns by whose value rows of several tables belong together: the same value becomes the same hostile text."""
CHOICES = list(TEXTS.values())


def text_columns() -> Iterator[tuple[type[pw.Model], pw.Field]]:
    """Yield every text column of the models that may hold a person's text."""
    for model in MODELS:
        for field in model._meta.sorted_fields:
            if isinstance(field, pw.TextField) and not isinstance(field, WordField) and not is_left_alone(field):
                yield model, field


def is_left_alone(field: pw.Field) -> bool:
    """Tell whether a column holds no text of a person's."""
    return name_of(field) in LEFT_ALONE


def name_of(field: pw.Field) -> str:
    """Return table and column."""
    return f"{field.model._meta.table_name}.{field.column_name}"


def poison(shop: Shop, salt: int = 0) -> None:
    """Poison a test database; with another salt every row gets another text."""
    with shop.reader() as db, db.atomic():
        drop_triggers(db, shop.backend.name)
        for model in MODELS:
            _fill_empty(model)
        for model, field in text_columns():
            _poison(db, model, field, salt)
        for part in m.Part.select(m.Part.id, m.Part.number):  # by this it is found
            m.Part.update(compact=compact(part.number)).where(m.Part.id == part.id).execute()
        triggers.create(db, shop.backend.name)


def hostile(column: str, value: str, place: int, salt: int) -> str:
    """Return the text that takes a value's place; in linked columns it depends on the value alone."""
    turn = crc32(value.encode()) if LINKED.search(column) else crc32(column.encode()) + place
    return CHOICES[(turn + salt) % len(CHOICES)]


def _poison(db: Any, model: type[pw.Model], field: pw.Field, salt: int) -> None:
    table, column, unique = model._meta.table_name, field.column_name, _is_unique(model, field)
    keys = [key.column_name for key in model._meta.get_primary_keys()]
    rows = db.execute_sql(f'SELECT {", ".join(keys)}, "{column}" FROM {table} ORDER BY {", ".join(keys)}').fetchall()
    where = " AND ".join(f"{key} = ?" for key in keys)
    for place, (*key, value) in enumerate(rows):
        if name_of(field) == "site.code" and value == OWN_SITE or name_of(field) == "machine.kind" and place % 2:
            continue  # the acting site is found by its code, and half of the machines keep their checklists
        if name_of(field) in NESTED:
            text = _nested(column, str(value), place, salt)
        else:
            text = hostile(column, value or "", place, salt)
            if unique or LINKED.search(column):
                text += value or f" {place}"
        db.execute_sql(f'UPDATE {table} SET "{column}" = ? WHERE {where}', (text, *key))


def _nested(column: str, value: str, place: int, salt: int) -> str:
    """Poison the texts inside a column of JSON, or of the TOML of a checklist."""
    if not value.startswith(("{", "[")):
        turns = iter(range(place, place + 10_000))
        return re.sub(
            r'\b(zh|en) = "[^"]*"',
            lambda found: f"{found[1]} = {_toml(hostile(column, '', next(turns), salt)[:200].strip() or 'x')}",
            value,
        )
    if column == "doubts":  # each begins with the code of its reason
        doubts = [[reason, *_leaves(rest, column, place, salt)] for reason, *rest in json.loads(value)]
        return json.dumps(doubts)
    return json.dumps(_leaves(json.loads(value), column, place, salt))


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _leaves(value: Any, column: str, place: int, salt: int) -> Any:
    if isinstance(value, dict):
        return {key: _leaves(part, column, place + i, salt) for i, (key, part) in enumerate(value.items())}
    if isinstance(value, list):
        return [_leaves(part, column, place + i, salt) for i, part in enumerate(value)]
    return hostile(column, value, place, salt) if isinstance(value, str) else value


def _is_unique(model: type[pw.Model], field: pw.Field) -> bool:
    together = [index[0] for index in model._meta.indexes if isinstance(index, tuple) and index[1]]
    return field.unique or field.primary_key or any(field.name in names for names in together)


def _fill_empty(model: type[pw.Model]) -> None:
    """Give a table without rows one, so that no column goes without a hostile text."""
    if model.select().exists():
        return
    row = {field.name: _any(field, key) for key, field in enumerate(model._meta.sorted_fields, 10**6)}
    model.insert(row).execute()


def _any(field: pw.Field, key: int) -> Any:
    if isinstance(field, pw.ForeignKeyField):
        return field.rel_model.select(field.rel_field).limit(1).scalar()
    if isinstance(field, WordField):
        return next(iter(field.words))
    if isinstance(field, pw.TextField):
        return cast(str, field.default) or "x"
    return key if field.primary_key else 0
