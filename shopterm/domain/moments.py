"""Reads dates and times the way they are typed at a counter."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from shopterm.domain.readers import BadValue
from shopterm.domain.units import Day, Instant, plain
from shopterm.domain.words import _

MOMENT_SENTENCE = _("A date and time is expected, like 2026-11-24 16:30, 16:30 (today) or +2d 16:00.")
DAY_SENTENCE = _("A date is expected, like 2026-11-24, 11-24 or +2d.")
TODAY = frozenset({"", "today", "今天"})
TOMORROW = frozenset({"tomorrow", "明天"})
_DATE = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_LATER = re.compile(r"\+(\d{1,3})\s*(?:d|天)", re.ASCII | re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_DAY_AND_TIME = re.compile(r"(.*?)[\sT]*(\d{1,2}:\d{2})", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1990, 2200


def read_instant(raw: object, zone: tzinfo, now: int | None = None) -> Instant:
    """Return the moment typed in the site's zone: a date and time, a time of today, or +2d 16:00.

    A plain integer is microseconds since 1970 UTC, for programs; ISO text with an offset is understood too.
    """
    if isinstance(raw, int) and not isinstance(raw, bool):
        return _plausible(int(raw))
    if not isinstance(raw, str):
        raise BadValue(MOMENT_SENTENCE)
    text = plain(raw)
    if (exact := _with_offset(text)) is not None:
        return _plausible(Instant.of(exact))
    match = _DAY_AND_TIME.fullmatch(text)
    if match is None:
        raise BadValue(MOMENT_SENTENCE)
    day, clock = _day(match[1].strip(), _today(zone, now)), _clock(match[2])
    if day is None or clock is None:
        raise BadValue(MOMENT_SENTENCE)
    return _on_the_wall(datetime.combine(day, clock, zone))


def read_day(raw: object, zone: tzinfo, now: int | None = None) -> Day:
    """Return the day typed as a date, a date of this year, today, tomorrow or +2d."""
    day = _day(plain(raw), _today(zone, now)) if isinstance(raw, str) and raw.strip() else None
    if day is None:
        raise BadValue(DAY_SENTENCE)
    return Day.of(day)


def _today(zone: tzinfo, now: int | None) -> date | None:
    return None if now is None else Instant(now).local(zone).date()


def _day(text: str, today: date | None) -> date | None:
    """Return the day, or None if it is none, out of range, or relative while today is unknown."""
    word = text.lower()
    if today and word in TODAY:
        return today
    if today and word in TOMORROW:
        return today + timedelta(days=1)
    if today and (later := _LATER.fullmatch(word)):
        return today + timedelta(days=int(later[1]))
    match = _DATE.fullmatch(text)
    if match is None or not (match[1] or today):
        return None
    year = int(match[1]) if match[1] else today.year if today else 0
    try:
        day = date(year, int(match[2]), int(match[3]))
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _clock(text: str) -> time | None:
    match = _TIME.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return time(int(match[1]), int(match[2]))


def _with_offset(text: str) -> datetime | None:
    """Return ISO text that names its offset; all other text is read as typed in the site's zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _on_the_wall(moment: datetime) -> Instant:
    """Refuse a time the clocks skip when they are put forward."""
    instant = Instant.of(moment.astimezone(UTC))
    if moment.tzinfo and instant.local(moment.tzinfo).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise BadValue(_("The clocks are put forward over this time: there is no such time that day."))
    return instant


def _plausible(microseconds: int) -> Instant:
    if not -(10**15) < microseconds < 10**16:
        raise BadValue(MOMENT_SENTENCE)
    return Instant(microseconds)
