"""What stands in a form before and while it is typed into: text, as somebody would have typed it."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from shopterm.domain.fields import Field, Kind
from shopterm.domain.text import clean
from shopterm.domain.units import Instant, Minutes, Money, Quantity
from shopterm.domain.vocabulary import Role, Word
from shopterm.i18n import listed, tr
from shopterm.show import show

YES, NO = "y", "n"
_UNITS: dict[Kind, type[int]] = {
    Kind.QUANTITY: Quantity,
    Kind.MONEY: Money,
    Kind.MINUTES: Minutes,
    Kind.INSTANT: Instant,
}


def typed_form(fields: Sequence[Field], values: Mapping[str, Any], zone: tzinfo) -> dict[str, Any]:
    """Return what to type to get these values; where there is none, the field's default."""
    return {field.name: typed(field, values.get(field.name), zone) for field in fields}


def typed(field: Field, value: Any, zone: tzinfo) -> Any:
    """Return what to type to get this parsed value; text was typed already, what is strange is dropped."""
    value = field.default if value is None else value
    if field.kind is Kind.LINES:
        rows = value if isinstance(value, list | tuple) else ()
        return [typed_form(field.columns, row, zone) for row in rows if isinstance(row, Mapping)]
    if field.kind is Kind.CHECKLIST:
        marks = value.items() if isinstance(value, Mapping) else ()
        return {
            item: {part: str(text) for part, text in said.items()} for item, said in marks if isinstance(said, Mapping)
        }
    if field.kind is Kind.PHOTOS:
        names = value if isinstance(value, list | tuple) else ()
        return [clean(name) for name in names if isinstance(name, str)]
    return _typed_text(field, value, zone)


def shown(field: Field, raw: Any) -> str:
    """Return typed text the way a table shows it: choices and answers by their words."""
    text = clean(str(raw or ""))
    if field.kind is Kind.YES_NO and text in (YES, NO):
        return tr("yes") if text == YES else tr("no")
    if field.kind is Kind.CHOICE:
        return dict(options(field)).get(text, text)
    return text


def options(field: Field) -> list[tuple[str, str]]:
    """Return what can be chosen: the value that is typed and the words that are shown."""
    if field.kind is Kind.YES_NO:
        return [(YES, tr("yes")), (NO, tr("no"))]
    return [(str(choice), tr(choice.label) if isinstance(choice, Word) else choice) for choice in field.choices or ()]


def _roles(stored: str) -> str:
    """Return stored roles by their labels; what somebody typed stays as it is."""
    words = stored.split()
    return listed(tr(Role(word).label) for word in words) if set(words) <= set(Role) else stored


def _typed_text(field: Field, value: Any, zone: tzinfo) -> str:
    if value is None:
        return ""
    if field.kind is Kind.ROLES:
        return _roles(clean(str(value)))
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int):
        return show(_UNITS.get(field.kind, int)(value), zone)
    if isinstance(value, list | tuple):
        return " ".join(clean(str(part)) for part in value)
    return clean(str(value), multiline=field.kind is Kind.LONG_TEXT)
