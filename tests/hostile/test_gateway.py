"""What the write gateway makes of hostile text: whatever way it comes in, every text column is clean afterwards."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from typing import Any

import peewee as pw
import pytest

from shopterm.db.session import Shop
from shopterm.domain.actions import TABLE
from shopterm.domain.errors import Invalid
from shopterm.domain.fields import Field, Kind
from shopterm.domain.parse import parse_form
from shopterm.domain.text import is_clean
from shopterm.imports import KINDS
from shopterm.show import say
from shopterm.usecases.request import Request
from shopterm.usecases.run import run
from shopterm.usecases.verify import verify
from tests.hostile.poison import MODELS, name_of
from tests.hostile.texts import LONE, TEXTS, unsafe
from tests.rules.story import LATER, Stage, Story
from tests.shopkit import do, who
from tests.usecases.importing import take_in

GOOD = {
    "unit": "EA", "list_price": "1.00", "qty": "1", "language": "zh", "roles": "mechanic", "standard_minutes": "60",
    "pack_qty": "1", "price_per": "1", "kind": "", "fit": "direct", "line": "1", "qty_new_per_old": "1", "people": "1",
    "labour_kind": "repair", "year": "2020", "hours": "10", "warranty_months": "12", "serials": "", "returnable": "Y",
}  # fmt: skip
"""Values of columns that hold no free text; a hostile one there only keeps the line out."""
OF_KIND = {"customers": "company", "supersessions": "replaced"}
NUMBERS = re.compile("number$|_no$|^code$|^serial$|^badge$|^bin$|^model$")
"""Columns by which rows are told apart."""
EVERY = [*TEXTS.values(), *LONE.values()]


def stored(shop: Shop) -> Iterator[tuple[str, str]]:
    """Yield every text of every text column, with the column's name."""
    with shop.reader() as db:
        for field in (field for model in MODELS for field in model._meta.sorted_fields):
            if isinstance(field, pw.TextField):
                table = field.model._meta.table_name
                for (text,) in db.execute_sql(f'SELECT "{field.column_name}" FROM {table}').fetchall():
                    yield name_of(field), str(text or "")


def assert_clean(shop: Shop) -> None:
    """Assert that nothing stored could be obeyed by a terminal, also inside JSON and after its escapes are read.

    Only a held line is kept exactly as it stood, in ASCII.
    """
    for column, text in stored(shop):
        assert is_clean(text, multiline=True) or column == "checklist.body", f"{column}: {text!r}"
        if text.startswith(("{", "[")) and column in ("event.payload", "held_line.doubts"):
            assert not [leaf for leaf in leaves(json.loads(text)) if unsafe(leaf)], f"{column}: {text!r}"


def leaves(value: Any) -> Iterator[str]:
    """Yield every text in what JSON holds."""
    if isinstance(value, dict):
        yield from (leaf for pair in value.items() for part in pair for leaf in leaves(part))
    elif isinstance(value, list):
        yield from (leaf for part in value for leaf in leaves(part))
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("text", EVERY, ids=[*TEXTS, *LONE])
def test_every_field_of_every_form_is_cleaned_or_refused(text: str) -> None:
    for action in TABLE:
        raw = {field.name: raw_of(field, text) for field in action.form}
        for given in (raw, raw | {text: text}, json.loads(json.dumps(raw))):
            try:
                assert not [leaf for leaf in leaves(plain(parse_form(action.form, given))) if unsafe(leaf)]
            except Invalid as error:
                assert not [one for one in error.problems if unsafe(say(one.sentence, one.params))]


def raw_of(field: Field, text: str) -> Any:
    """Put a text wherever a field takes one."""
    if field.kind is Kind.LINES:
        return [{column.name: raw_of(column, text) for column in field.columns}]
    if field.kind is Kind.CHECKLIST:
        return {text[:60]: {"mark": text[:60], "value": text, "note": text}, "x": text}
    if field.kind in (Kind.PHOTOS, Kind.PEOPLE):
        return [text[: field.max_length]]
    return text[: field.max_length]


def plain(value: Any) -> Any:
    """Return parsed values with their tuples as lists."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value


def test_a_visit_told_in_hostile_text_is_stored_clean(shop: Shop) -> None:
    texts = cycle(text.strip()[:60] or "x" for text in EVERY)
    story = Story(
        shop,
        parts=[{"part": next(texts), "quantity": "1", "reason": next(texts)} for _line in range(4)]
        + [{"part": "07000-12011", "quantity": "4", "reason": next(texts)}],
        work=[{"text": next(texts), "minutes": "60"} for _line in range(4)],
        said={"open_order": {"customer": None, "customer_name": next(texts), "note": next(texts)},
              "read_back": {"confirmed_by": next(texts)}, "sign_intake": {"signed_by": next(texts)}},
    ).go(Stage.REPORTED)  # fmt: skip
    do(shop, "A1", "ask_question", story.order, question=next(texts))
    do(shop, "A1", "promise", story.order, promised=LATER, note=next(texts))
    do(shop, "M1", "advise", story.job, advice=next(texts))
    do(shop, "F1", "return_parts", story.material, lines=[{"line": line, "reason": next(texts)} for line in (1, 2)])
    do(shop, "M1", "wait_job", story.job, reason="part", note=next(texts))
    do(shop, "P1", "lend_parts", "new", second="M1", purpose=next(texts), lines=[{"part": "HM46", "quantity": "1"}])
    assert_clean(shop)
    assert list(verify(shop)) == []


def test_the_names_of_terminals_are_stored_clean(sqlite_shop: Shop) -> None:
    values = {"serial": "KMT0021001", "customer": "K00001", "complaints": [{"text": "x"}]}
    for number, text in enumerate(EVERY):
        actor = replace(who(sqlite_shop, "A1"), terminal=text)
        run(sqlite_shop, actor, Request("open_order", "new", values, f"{number}"))
    assert_clean(sqlite_shop)
    assert list(verify(sqlite_shop)) == []


def hostile_row(row: dict[str, str], number: int) -> list[str]:
    """Return a line hostile in its keys, too."""
    return [f"{value[:20]}{number}" if NUMBERS.search(name) else value for name, value in row.items()]


def told_apart_row(row: dict[str, str], number: int) -> list[str]:
    """Return a line with sound keys, its free text short."""
    sound = {"maker": "Komatsu", "other_maker": "Huashen", "kit_maker": "Komatsu", "part_maker": "Komatsu",
             "class": "20", "site": "C01", "sites": "C01", "skills": "", "customer_no": "K00001"}  # fmt: skip
    return [f"N{number}{name[0]}" if NUMBERS.search(name) and name not in sound else sound.get(name, value[:60])
            for name, value in row.items()]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_hostile_text_is_stored_clean(sqlite_shop: Shop, kind: str) -> None:
    columns = [column.name for column in KINDS[kind].columns]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    numeric = re.compile(
        "_mm$|_inch$|cost|price|limit|warranty|tons|hours|weight|deposit|factor|date$|joined|_on$|^last|^eff"
    )
    for number, text in enumerate(TEXTS.values()):
        row = {name: "" if numeric.search(name) else text for name in columns} | {
            name: value for name, value in (GOOD | {"kind": OF_KIND.get(kind, "")}).items() if name in columns
        }
        for row_of in (hostile_row, told_apart_row):
            writer.writerow(row_of(row, number))
    done = take_in(sqlite_shop, kind, file.getvalue().replace("\x00", ""))
    assert done.added or kind in {"stock", "kits", "numbers"}  # which speak of parts that are on file
    assert not [out for out in done.left_out if unsafe(say(out.sentence, out.params))]
    assert_clean(sqlite_shop)
