"""Help inside a form: the field one is in, what the action does and by which rule, the keys, all other fields."""

from collections.abc import Iterable, Sequence

from shopterm.domain.action import Action
from shopterm.domain.fields import Field, Kind
from shopterm.domain.units import Minutes, Money, Quantity
from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.screens.filling import options
from shopterm.screens.lines import Line, flow, text, wrap
from shopterm.screens.page import rule
from shopterm.screens.signing import HIDDEN, signing
from shopterm.screens.widgets.editors import option_keys
from shopterm.screens.widgets.key_bar import Hint
from shopterm.show import show

TYPED: dict[Kind, str] = {
    Kind.TEXT: _("one line of text"),
    Kind.LONG_TEXT: _("several lines of text; ↑ and ↓ leave it"),
    Kind.INTEGER: _("a whole number"),
    Kind.QUANTITY: _("a quantity, like 2 or 0.5"),
    Kind.MONEY: _("an amount, like 1250 or 1250.00"),
    Kind.MINUTES: _("a time: minutes, 1.5h or 1:30"),
    Kind.INSTANT: _("a date and time: 16:30 today, 11-24 16:30, +2d 16:00"),
    Kind.DATE: _("a day: 11-24, today, +2d"),
    Kind.CHOICE: _("one of these: by its number, its first letter, ← →"),
    Kind.YES_NO: _("y or n"),
    Kind.PERSON: _("a person: number, badge or name; F4 lists them"),
    Kind.PEOPLE: _("persons, separated by blanks; F4 lists them"),
    Kind.VERBS: _("actions by their names, separated by blanks; F4 lists them"),
    Kind.PART: _("a part: scan it or type its number; F4 lists what fits"),
    Kind.CUSTOMER: _("a customer by number; F4 lists them"),
    Kind.MACHINE: _("a machine: scan or type its serial number; F4 lists what fits"),
    Kind.LINES: _("lines: Enter keeps a line, ↑ goes to one to change it, Del removes it"),
    Kind.CHECKLIST: _("a checklist: Enter opens it"),
    Kind.PHOTOS: _("photos of the drop folder: Enter opens the list"),
    Kind.ROLES: _("roles, separated by commas; F4 lists them"),
    Kind.CODE: _("a code; F4 lists them"),
    Kind.STANDARD: _("a labour standard by its code; F4 lists what fits a name"),
}
"""How each kind of field is typed."""
_UNITS: dict[Kind, type[int]] = {Kind.QUANTITY: Quantity, Kind.MONEY: Money, Kind.MINUTES: Minutes}


def form_help(action: Action, here: Field | None, hints: Sequence[Hint], size: int) -> list[Line]:
    """Return the help of a form: the field first, for that is what one asks about."""
    lines: list[Line] = []
    if here is not None:
        lines += [rule(tr("This field"), size), *_field(here, size), ()]
    lines += [rule(tr("This action"), size)]
    signs = " · " + tr("with your PIN") if action.signs else ""
    lines.append((*text(tr(action.label), "strong"), *text(f"  {action.rule}{signs}", "dim")))
    lines += [text(part) for part in wrap(tr(action.hint), size)] if action.hint else []
    lines += [(), rule(tr("Keys"), size), *flow([hint.line() for hint in hints], size, "   ")]
    others = [field for field in (*action.form, *signing(action)) if field is not here]
    if others:
        lines += [(), rule(tr("The other fields") if here else tr("Fields"), size)]
        lines += [line for field in others for line in _field(field, size)]
    return lines


def _field(field: Field, size: int) -> Iterable[Line]:
    need = tr("must be filled in") if field.required else tr("may stay empty")
    yield (*text(tr(field.label), "strong"), *text(f"  {need}", "dim"))
    kind = _("digits; they show as dots, and are kept nowhere") if field in HIDDEN else TYPED[field.kind]
    for told in filter(None, (tr(kind), tr(field.help), _limits(field), _choices(field))):
        yield from (text(f"   {part}") for part in wrap(told, size - 3))
    for column in field.columns:
        words = " – ".join(filter(None, (f"· {tr(column.label)}", tr(column.help), _keyed(column))))
        yield from (text(f"   {part}", "dim") for part in wrap(words, size - 3))


def _limits(field: Field) -> str:
    unit = _UNITS.get(field.kind, int)
    if field.minimum is not None and field.maximum is not None:
        return tr("from {low} to {high}", low=show(unit(field.minimum)), high=show(unit(field.maximum)))
    if field.minimum is not None and field.minimum > 0:
        return tr("at least {low}", low=show(unit(field.minimum)))
    return ""


def _choices(field: Field) -> str:
    return ", ".join(label for _value, label in options(field)) if field.kind is Kind.CHOICE else ""


def _keyed(column: Field) -> str:
    words = ", ".join(f"{key} {label}" for key, label in option_keys(column))
    return tr("Space changes it: {words}", words=words) if words else ""
