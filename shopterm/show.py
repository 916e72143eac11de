"""Writes values for people: words translated, amounts with separators, times in the site's zone."""

from collections.abc import Mapping
from datetime import UTC, tzinfo

from shopterm.domain.text import clean
from shopterm.domain.units import Instant
from shopterm.domain.vocabulary import Word
from shopterm.domain.words import Message
from shopterm.i18n import listed, tr

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_MESSAGES = frozenset({"action"})
"""Parameters of sentences that are message ids themselves; all other text in parameters is data."""


def show(cell: object, zone: tzinfo = UTC) -> str:
    """Return a value as one line of text; nothing is an empty string."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return tr("yes") if cell else tr("no")
    if isinstance(cell, Word):
        return tr(cell.label)
    if isinstance(cell, Message):
        return clean(tr(cell))
    if isinstance(cell, Instant):
        return f"{cell.local(zone):%Y-%m-%d %H:%M}"
    if isinstance(cell, tuple | list):
        return listed(show(part, zone) for part in cell)
    return clean(str(cell))


def when(moment: Instant, now: int, zone: tzinfo = UTC) -> str:
    """Return a moment as shortly as it stays clear: 16:30 today, 11-24 16:30 this year, else in full."""
    local, today = moment.local(zone), Instant(now).local(zone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d %H:%M}"


def ago(moment: int, now: int) -> str:
    """Return how long ago a moment was, in its largest whole unit; the future is negative."""
    distance = abs(now - moment)
    sign = "-" if moment - now >= MINUTE else ""
    if distance < MINUTE:
        return tr("now")
    if distance < HOUR:
        return sign + tr("{n} min", n=distance // MINUTE)
    if distance < DAY:
        return sign + tr("{n} h", n=distance // HOUR)
    return sign + tr("{n} d", n=distance // DAY)


def say(sentence: str, params: Mapping[str, object], zone: tzinfo = UTC) -> str:
    """Return a sentence of an error or refusal in the spoken language, its parameters shown as cells."""
    return tr(
        sentence, **{name: tr(str(value)) if name in _MESSAGES else show(value, zone) for name, value in params.items()}
    )
