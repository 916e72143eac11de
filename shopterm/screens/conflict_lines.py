"""Lays out what two people changed: was, theirs and mine under each other, and what else became of the document."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from shopterm.db.queries.rows import Detail, Section
from shopterm.domain.clash import Difference, Side
from shopterm.domain.fields import Field, Kind
from shopterm.domain.parse import is_blank
from shopterm.domain.text import width
from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.screens.filling import shown, typed
from shopterm.screens.lines import Line, Tone, fit, text, wrap
from shopterm.show import show

HISTORY = _("History")
SIDES: tuple[tuple[str, str, str], ...] = (
    ("", "was", _("was")),
    ("t", "theirs", _("theirs")),
    ("m", "mine", _("mine")),
)
"""The key that takes a value, the attribute of a difference, and its word."""


def item_lines(one: Difference, side: Side, here: bool, size: int, zone: tzinfo) -> list[Line]:
    """Return one difference: what it is about, then a line or more for each of the three values."""
    about = " ".join(filter(None, [tr(one.field.label), one.line]))
    lines: list[Line] = [((">" if here else " ", "key"), (about, "strong"))]
    room = max(width(tr(word)) for _key, _name, word in SIDES) + 1
    for key, name, word in SIDES:
        taken = bool(side) and side == name
        tone: Tone = "dim" if name == "was" else "good" if taken else ""
        head: Line = ((" √ " if taken else "   ", "good"), (f"{key or ' '} ", "key"), *fit(text(tr(word), "dim"), room))
        first, *rest = wrap(value_text(one, getattr(one, name), zone), max(size - room - 5, 20))
        lines.append((*head, (first, tone)))
        lines += [(*text(" " * (room + 5)), (more, tone)) for more in rest]
    return lines


def value_text(one: Difference, value: Any, zone: tzinfo) -> str:
    """Return a value of a difference as people read it; cells that are the same in all three go without a name."""
    if value is None:
        return tr("no such line") if one.is_line else "–"
    if one.is_line:
        return _cells(one.field.columns, value, zone, _differing(one))
    if one.field.kind is Kind.LINES:
        return " | ".join(_cells(one.field.columns, row, zone, ()) for row in value) or "–"
    return _text(one.field, value, zone) or "–"


def _differing(one: Difference) -> set[str]:
    rows = [row for row in (one.was, one.theirs, one.mine) if row is not None]
    return {column.name for column in one.field.columns if len({str(row.get(column.name)) for row in rows}) > 1}


def _cells(columns: Iterable[Field], row: Mapping[str, Any], zone: tzinfo, named: Iterable[str]) -> str:
    parts = []
    for column in columns:
        told = _text(column, row.get(column.name), zone)
        if column.name in named:
            parts.append(f"{tr(column.label)} {told or '–'}")
        elif told:
            parts.append(told)
    return " · ".join(parts) or "–"


def _text(field: Field, value: Any, zone: tzinfo) -> str:
    if is_blank(value):
        return ""
    raw = typed(field, value, zone)
    return ", ".join(raw) if isinstance(raw, list) else shown(field, raw)


def news(before: Detail | None, after: Detail | None, size: int, zone: tzinfo) -> list[Line]:
    """Return which rows of a document went and which came since it was read; its history is told elsewhere."""
    if before is None or after is None:
        return []
    lines: list[Line] = []
    former = {section.title: section for section in before.sections}
    for section in after.sections:
        if section.title == HISTORY:
            continue
        gone, come = _moved(former.get(section.title), section)
        if gone or come:
            lines.append(text(tr(section.title), "title"))
            lines += _signed("− ", gone, "dim", size, zone) + _signed("+ ", come, "warn", size, zone)
    return lines


def _moved(before: Section | None, after: Section) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    old, new = (before.rows if before else ()), after.rows
    return [row for row in old if row not in new], [row for row in new if row not in old]


def _signed(sign: str, rows: Sequence[Sequence[Any]], tone: Tone, size: int, zone: tzinfo) -> list[Line]:
    lines: list[Line] = []
    for row in rows:
        told = " · ".join(filter(None, (show(cell, zone) for cell in row)))
        first, *rest = wrap(told, max(size - 3, 20))
        lines += [((f" {sign}", tone), (first, tone)), *(((f"   {more}", tone),) for more in rest)]
    return lines
