"""Reading numbers exactly: money in minor units, quantities in thousandths, whole numbers; never a float."""

import re

from shopterm.domain.partnumber import plain
from shopterm.imports.issues import Finding, Value, shown
from shopterm.imports.reasons import Outcome, Reason
from shopterm.imports.texts import BLANKS, Reader

_PLAIN = re.compile(r"([0-9]{1,12})(?:\.([0-9]+))?")
_SIGNED = re.compile(r"(-?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12}))?(?:\.([0-9]+))?")
_ONE_COMMA = re.compile(r"-?[0-9]{1,3},[0-9]{3}")
_CURRENCY = re.compile(r"(?:[¥￥]|CNY|RMB|人民币)\s*(.*)|(.*?)\s*(?:元|圆|CNY|RMB)", re.IGNORECASE)
_MOST_DIGITS = 12
NO_PRICE = {
    "面议",
    "询价",
    "电议",
    "on request",
    "por",
    "poa",
    "price on request",
    "call",
    "n/a",
    "tba",
    "-",
    "--",
}


def decimal(places: int, *, least: int = 0, rounded: bool = False) -> Reader:
    """Return a reader of a number as an integer of its last place, at least `least` (in that unit).

    More decimals than `places` are refused, or rounded half up and reported where `rounded`.
    """

    def read(raw: str) -> Value | Finding:
        match = _PLAIN.fullmatch(raw)
        if match is None:
            return _odd(raw, places, least, rounded)
        return _scaled(raw, match[1], match[2] or "", places, least, rounded)

    return read


def money(*, least: int = 0) -> Reader:
    """Return a reader of an amount in minor units; a sign of the house's own currency is dropped."""
    number = decimal(2, least=least)

    def read(raw: str) -> Value | Finding:
        if _PLAIN.fullmatch(raw):
            return number(raw)
        match = _CURRENCY.fullmatch(raw.strip(BLANKS))
        return number((match[1] or match[2] or "?") if match else raw)

    return read


def price() -> Reader:
    """Return a reader of a selling price: words like "on request" and 0 mean none."""
    amount = money()

    def read(raw: str) -> Value | Finding:
        value = amount(raw)
        if value == 0 or (isinstance(value, Finding) and value.value == 0):
            return Finding(Outcome.WARN, Reason.PRICE_ZERO, None, "", {"value": shown(raw)})
        if isinstance(value, Finding) and plain(raw).strip(BLANKS).casefold() in NO_PRICE:
            return Finding(Outcome.NORMALISE, Reason.NO_PRICE, None, "", {"value": shown(raw)})
        return value

    return read


def hours(raw: str) -> Value | Finding:
    """Read an hour meter in whole hours; 99999 and the like are no reading."""
    value = _whole_hours(raw)
    number = value.value if isinstance(value, Finding) else value
    if isinstance(number, int) and number > _HIGHEST_METER:
        return Finding(Outcome.WARN, Reason.IMPLAUSIBLE, None, "", {"value": shown(raw)})
    return value


_HIGHEST_METER = 90_000
_whole_hours = decimal(0, rounded=True)


def _odd(raw: str, places: int, least: int, rounded: bool) -> Value | Finding:
    value = plain(raw).strip(BLANKS)
    if not value:
        return None
    if _ONE_COMMA.fullmatch(value):
        return Finding(Outcome.HOLD, Reason.BAD_NUMBER, params={"value": shown(value)})
    match = _SIGNED.fullmatch(value)
    whole = (match[2] or "").replace(",", "") if match else ""
    if match is None or not (whole or match[3]) or len(whole) > _MOST_DIGITS:
        return Finding(Outcome.REJECT, Reason.BAD_NUMBER, params={"value": shown(raw)})
    number = _scaled(raw, whole or "0", match[3] or "", places, least, rounded)
    if match[1] and number != 0:
        return Finding(Outcome.REJECT, Reason.NEGATIVE, params={"value": shown(raw)})
    if isinstance(number, int) and value != raw.strip(BLANKS):
        return Finding(Outcome.NORMALISE, Reason.FULL_WIDTH, number, value, {"value": shown(raw)})
    return number


def _scaled(raw: str, whole: str, decimals: str, places: int, least: int, rounded: bool) -> Value | Finding:
    number = int(whole + decimals[:places].ljust(places, "0"))
    if decimals[places:].strip("0"):
        params = {"value": shown(raw), "limit": str(places)}
        if not rounded:
            return Finding(Outcome.REJECT, Reason.TOO_PRECISE, params=params)
        number += decimals[places] >= "5"
        return Finding(Outcome.NORMALISE, Reason.TOO_PRECISE, number, str(number), params)
    if number < least:
        return Finding(Outcome.REJECT, Reason.BAD_NUMBER, params={"value": shown(raw)})
    return number
