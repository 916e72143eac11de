"""Numbers that know their unit: stored as plain integers, written and read the way people do.

Each type reads exactly what it writes: ``Quantity.read(str(quantity)) == quantity``. No float is involved.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Self

_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+|(?=\.))(?:\.(\d*))?", re.ASCII)
_CLOCK = re.compile(r"(-?)(\d+):([0-5]\d)", re.ASCII)
_HOURS = re.compile(r"(-?)(\d+(?:\.\d+)?)\s*(?:h|小时|时)", re.ASCII | re.IGNORECASE)
_HOURS_MINUTES = re.compile(r"(-?)(\d+)\s*(?:h|小时|时)\s*([0-5]?\d)\s*(?:m|min|分|分钟)?", re.ASCII | re.IGNORECASE)
_MINUTES = re.compile(r"(-?\d+)\s*(?:m|min|分|分钟)?", re.ASCII | re.IGNORECASE)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
MAX_DIGITS = 18
"""More digits than this never fit the database's integers."""


class Money(int):
    """An amount in the minor unit (fen), written 1,234.50."""

    def __str__(self) -> str:
        """Write with thousands separators and two decimals."""
        whole, minor = divmod(abs(self), 100)
        return f"{_sign(self)}{whole:,}.{minor:02}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read an amount; ValueError if it is none or finer than the minor unit."""
        return cls(_scaled(text.strip().lstrip("¥￥"), 2))


class Quantity(int):
    """Pieces, litres or metres in thousandths, written 2 or 2.5."""

    def __str__(self) -> str:
        """Write without trailing zeros."""
        whole, rest = divmod(abs(self), 1000)
        decimals = f".{rest:03}".rstrip("0") if rest else ""
        return f"{_sign(self)}{whole:,}{decimals}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a quantity; ValueError if it is none or finer than a thousandth."""
        return cls(_scaled(text, 3))


class Minutes(int):
    """A duration in minutes, written 1:30."""

    def __str__(self) -> str:
        """Write as hours and minutes."""
        hours, minutes = divmod(abs(self), 60)
        return f"{_sign(self)}{hours}:{minutes:02}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read 90, 90m, 1:30, 1h30 or 1.5h (rounded to the minute); ValueError if it is none of these."""
        text = plain(text)
        if match := _MINUTES.fullmatch(text):
            return cls(int(_short(match[1])))
        if match := _CLOCK.fullmatch(text) or _HOURS_MINUTES.fullmatch(text):
            minutes = int(_short(match[2])) * 60 + int(match[3])
        elif match := _HOURS.fullmatch(text):
            minutes = (_scaled(match[2], 6) * 60 + 500_000) // 1_000_000
        else:
            raise ValueError(text)
        return cls(-minutes if match[1] else minutes)


class Instant(int):
    """A moment in microseconds since 1970 UTC; writing it takes the site's time zone."""

    def local(self, zone: tzinfo) -> datetime:
        """Return the moment as the clock on the wall shows it."""
        return (_EPOCH + timedelta(microseconds=int(self))).astimezone(zone)

    @classmethod
    def of(cls, moment: datetime) -> Self:
        """Return the instant of an aware datetime."""
        return cls((moment - _EPOCH) // _MICROSECOND)


class Day(str):
    """A calendar day, ISO (2026-11-24)."""

    __slots__ = ()

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the day of a date."""
        return cls(day.isoformat())


def plain(text: str) -> str:
    """Fold full-width digits and punctuation to their ASCII forms and drop outer blanks."""
    return unicodedata.normalize("NFKC", text).strip()


def _sign(number: int) -> str:
    return "-" if number < 0 else ""


def _short(digits: str) -> str:
    """Refuse absurdly long numbers before they are computed."""
    if len(digits) > MAX_DIGITS:
        raise ValueError(digits[:MAX_DIGITS])
    return digits


def _scaled(text: str, places: int) -> int:
    """Read a decimal number as an integer of its last place, exactly."""
    match = _NUMBER.fullmatch(plain(text))
    if match is None:
        raise ValueError(text)
    sign, whole, decimals = match[1], match[2].replace(",", ""), (match[3] or "").rstrip("0")
    if len(decimals) > places or not (whole or match[3]):
        raise ValueError(text)
    number = int(_short(whole + decimals.ljust(places, "0")))
    return -number if sign == "-" else number
