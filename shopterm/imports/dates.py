"""Reading calendar days: any clear spelling becomes ISO, anything else is asked or refused."""

import re
from datetime import date

from shopterm.domain.partnumber import plain
from shopterm.imports.issues import Finding, Value, shown
from shopterm.imports.reasons import Outcome, Reason
from shopterm.imports.texts import BLANKS

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_FIRST = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_DIGITS = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_EITHER_FIRST = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}")
_DAY_NUMBER = re.compile(r"[2-6][0-9]{4}(?:\.[0-9]+)?")
_MIDNIGHT = re.compile(r"(?:[T ]+0?0:00(?::00(?:\.0+)?)?)$")
_FIRST_YEAR, _LAST_YEAR = 1950, 2100


def day(raw: str) -> Value | Finding:
    """Read a calendar day as ISO text; two readings, day numbers and two-digit years are held for a person."""
    if _ISO.fullmatch(raw) and _valid(raw[:4], raw[5:7], raw[8:]):
        return raw
    value = _MIDNIGHT.sub("", plain(raw).strip(BLANKS))
    if not value:
        return None
    if match := _YEAR_FIRST.fullmatch(value) or _DIGITS.fullmatch(value):
        return _result(raw, match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(value):
        return _result(raw, match[3], match[2], match[1])
    if match := _EITHER_FIRST.fullmatch(value):
        return _either(raw, match[1], match[2], match[3])
    if _SHORT_YEAR.fullmatch(value) or _DAY_NUMBER.fullmatch(value):
        return Finding(Outcome.HOLD, Reason.AMBIGUOUS_DATE, params={"value": shown(raw)})
    return Finding(Outcome.REJECT, Reason.BAD_DATE, params={"value": shown(raw)})


def _either(raw: str, first: str, second: str, year: str) -> Finding:
    by_day, by_month = _valid(year, second, first), _valid(year, first, second)
    if by_day and by_month and by_day != by_month:
        return Finding(Outcome.HOLD, Reason.AMBIGUOUS_DATE, params={"value": shown(raw)})
    return _result(raw, year, second, first) if by_day else _result(raw, year, first, second)


def _result(raw: str, year: str, month: str, number: str) -> Finding:
    if not (iso := _valid(year, month, number)):
        return Finding(Outcome.REJECT, Reason.BAD_DATE, params={"value": shown(raw)})
    return Finding(Outcome.NORMALISE, Reason.DATE_FORM, iso, iso, {"value": shown(raw)})


def _valid(year: str, month: str, number: str) -> str | None:
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        return None
