"""Reads one typed value of each kind of field; what cannot be read is a sentence, never a guess."""

import json
import re
from collections.abc import Mapping
from typing import TypeVar

from shopterm.domain.fields import Field
from shopterm.domain.text import clean
from shopterm.domain.units import Minutes, Money, Quantity, plain
from shopterm.domain.vocabulary import Word
from shopterm.domain.words import _

YES = frozenset({"y", "yes", "true", "1", "on", "x", "是", "有", "对"})
NO = frozenset({"n", "no", "false", "0", "off", "否", "无", "不"})
LARGEST = 10**15
"""Limit of a number whose field names none; the database keeps 64 bits."""
MAX_MARKS = 500
MARK_PARTS = ("mark", "value", "note")
MAX_NAMES = 100
Number = TypeVar("Number", Quantity, Money, Minutes)
AnyInt = TypeVar("AnyInt", bound=int)
_NAMES_APART = re.compile(r"[\s,，、;；]+")
_FILES_APART = re.compile(r"[,，、;；\n]+")
_CELLS_APART = re.compile(r"[\t;；]")


class BadValue(ValueError):
    """A typed value that cannot be used, with the sentence that says why."""

    def __init__(self, sentence: str, **params: object) -> None:
        """Keep the sentence as a message id and its parameters."""
        super().__init__(sentence)
        self.sentence, self.params = sentence, params


def read_text(field: Field, raw: object, *, multiline: bool = False) -> str:
    """Return the cleaned text; too long is refused, not cut."""
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < LARGEST:
        raw = str(raw)
    if not isinstance(raw, str):
        raise BadValue(_("Text is expected here."))
    text = raw.strip()
    if len(text) <= field.max_length:
        text = clean(text, multiline=multiline)  # may shorten: composed characters
    if len(text) > field.max_length:
        raise BadValue(_("Too long: {length} characters, {limit} fit."), length=len(text), limit=field.max_length)
    return text


def read_integer(field: Field, raw: object) -> int:
    """Return a whole number within the field's limits."""
    number = _read_number(Quantity, raw, _("A whole number is expected, like 12."))
    if number % 1000:
        raise BadValue(_("A whole number is expected, like 12."))
    return _within(field, number // 1000)


def read_quantity(field: Field, raw: object) -> Quantity:
    """Return pieces, litres or metres, exact to the thousandth."""
    return _within(field, _read_number(Quantity, raw, _("A quantity is expected, like 2 or 2.5.")))


def read_money(field: Field, raw: object) -> Money:
    """Return an amount, exact to the minor unit."""
    return _within(field, _read_number(Money, raw, _("An amount is expected, like 1234.50.")))


def read_minutes(field: Field, raw: object) -> Minutes:
    """Return a duration."""
    return _within(field, _read_number(Minutes, raw, _("A time is expected, like 90, 1:30 or 1.5h.")))


def read_yes_no(raw: object) -> bool:
    """Return yes or no."""
    if isinstance(raw, bool):
        return raw
    word = plain(str(raw)).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadValue(_("Yes or no is expected: y or n."))


def read_choice(field: Field, raw: object) -> str:
    """Return the choice typed by value, label or unique beginning of either."""
    options = list(field.choices or ())
    typed = plain(str(raw)).casefold()
    fitting = [option for option in options if typed in _spellings(option)] or [
        option for option in options if any(word.startswith(typed) for word in _spellings(option))
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise BadValue(_("Several fit: {choices}."), choices=", ".join(fitting))
    raise BadValue(_("One of these is expected: {choices}."), choices=", ".join(options))


def read_names(field: Field, raw: object, *, blanks: bool) -> tuple[str, ...]:
    """Return several names, each once; typed text is split at commas and, for people, at blanks."""
    if isinstance(raw, str):
        names = (_NAMES_APART if blanks else _FILES_APART).split(raw)
    elif isinstance(raw, list | tuple) and all(isinstance(name, str) for name in raw):
        names = list(raw)
    else:
        raise BadValue(_("Names are expected, separated by commas."))
    if len(names) > MAX_NAMES:
        raise BadValue(_("More than {limit} names."), limit=MAX_NAMES)
    return tuple(dict.fromkeys(read_text(field, name) for name in names if name.strip()))


def read_rows(field: Field, raw: object) -> list[Mapping[str, object]]:
    """Return the rows of a table: dicts, their JSON, or text lines with the cells apart by ; or tab."""
    if isinstance(raw, str):
        raw = _read_json(raw) if raw.lstrip()[:1] in {"[", "{"} else raw.splitlines()
    if isinstance(raw, Mapping):
        raw = [raw]
    if not isinstance(raw, list | tuple):
        raise BadValue(_("Lines are expected."))
    return [_row(field, number, row) for number, row in enumerate(raw, start=1)]


def read_marks(field: Field, raw: object) -> dict[str, dict[str, str]]:
    """Return mark, value and note per checklist item, as text; the checklist itself judges them."""
    if isinstance(raw, str):
        raw = _read_json(raw)
    if not isinstance(raw, Mapping) or len(raw) > MAX_MARKS:
        raise BadValue(_("Marks are expected, by checklist item."))
    return {read_text(field, item): _mark(field, str(item), given) for item, given in raw.items()}


def _mark(field: Field, item: str, given: object) -> dict[str, str]:
    if isinstance(given, str):
        given = {"mark": given}
    if not isinstance(given, Mapping) or not given.keys() <= set(MARK_PARTS):
        raise BadValue(_("Item “{item}”: mark, value and note are expected."), item=clean(item, 60))
    return {part: "" if given.get(part) is None else read_text(field, given[part]) for part in MARK_PARTS}


def _row(field: Field, number: int, row: object) -> Mapping[str, object]:
    if isinstance(row, Mapping):
        return row
    if not isinstance(row, str):
        raise BadValue(_("Line {line} is not a line of values."), line=number)
    cells = _CELLS_APART.split(row)
    if len(cells) > len(field.columns):
        raise BadValue(
            _("Line {line} has {found} values, {limit} fit."), line=number, found=len(cells), limit=len(field.columns)
        )
    return {column.name: cell for column, cell in zip(field.columns, cells, strict=False)}


def _read_json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadValue(_("This JSON cannot be read: {reason}."), reason=clean(str(error), 120)) from error


def _read_number(unit: type[Number], raw: object, sentence: str) -> Number:
    """Read a number of this unit; a JSON number counts whole units, a value of the unit is taken as it is."""
    if isinstance(raw, unit):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise BadValue(sentence)
    try:
        return unit.read(str(raw))
    except ValueError as error:
        raise BadValue(sentence) from error


def _within(field: Field, number: AnyInt) -> AnyInt:
    unit = type(number)
    least = 0 if field.minimum is None else field.minimum
    most = LARGEST if field.maximum is None else field.maximum
    if number < least:
        raise BadValue(_("Too small: at least {limit}."), limit=unit(least))
    if number > most:
        raise BadValue(_("Too large: at most {limit}."), limit=unit(most))
    return number


def _spellings(option: str) -> set[str]:
    label = option.label if isinstance(option, Word) else option
    return {str(option).casefold(), label.casefold()}
