"""Reading text: names and notes that people read, codes and numbers that identify."""

import re
from collections.abc import Callable

from shopterm.domain.partnumber import normalise, plain
from shopterm.domain.text import clean, has_control, is_clean
from shopterm.imports.issues import Finding, Value, shown
from shopterm.imports.reasons import Outcome, Reason

Reader = Callable[[str], Value | Finding]

BLANKS = " \t\r\n\v\f\xa0\u2002\u2003\u2007\u2009\u202f\u3000"
_INVISIBLE_EDGE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"

# What needs no second look: Latin letters, digits, Chinese, usual punctuation; no outer blank, formula, markup.
_HAN = "\u4e00-\u9fff"
_USUAL = rf"!-Z\\-~{_HAN}\u3001-\u3011\uff08-\uff1b"
_PLAIN_TEXT = re.compile(rf"[0-9A-Za-z{_HAN}](?:[ {_USUAL}]*[{_USUAL}])?")
_PLAIN_CODE = re.compile("[0-9A-Z]+(?:-[0-9A-Z]+)*")
_PLAIN_WORD = re.compile("[0-9A-Za-z]+(?:[ -][0-9A-Za-z]+)*")

_LINE_BREAKS = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
_FORMULA = re.compile(r"=.|[+\-@]\s*[^\s\d-]|[+\-@]\d+[^\d]")
_MARKUP = re.compile(r"\[[/@#!$A-Za-z]")
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_LOST = re.compile(
    r"\d(?:\.\d+)?E\+\d+|\d\.\d+E[+-]?\d+"  # 1.23E+05
    rf"|\d{{1,2}}-(?:{_MONTHS})(?:-\d{{2,4}})?|(?:{_MONTHS})-\d{{2}}|\d{{1,2}}月\d{{1,2}}日"  # 01-Jan
    r"|#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|#+)",
    re.IGNORECASE,
)
_DATE_LIKE = re.compile(r"(?:19|20)\d\d/\d{1,2}/\d{1,2}(?: \d{1,2}:\d\d(?::\d\d)?)?")
_DECIMAL_LIKE = re.compile(r"(\d+)\.0+")
_GUARDED = re.compile(r'="([^"]*)"')  # how careful people keep a spreadsheet's hands off


def text(limit: int, *, multiline: bool = False) -> Reader:
    """Return a reader of text for people: made safe, otherwise kept exactly as it is."""

    def read(raw: str) -> Value | Finding:
        if len(raw) <= limit and _PLAIN_TEXT.fullmatch(raw):
            return raw
        return _text(raw, limit, multiline)

    return read


def code(limit: int, *, number: bool = False, guarded: bool = True) -> Reader:
    """Return a reader of an identifying value, which must be right to the letter or be refused.

    `number`: a part number, stored in upper case. `guarded`: spreadsheets like to turn such values into others.
    """
    usual = _PLAIN_CODE if number or guarded else _PLAIN_WORD

    def read(raw: str) -> Value | Finding:
        if len(raw) <= limit and usual.fullmatch(raw):
            return raw
        return _code(raw, limit, number, guarded)

    return read


def _text(raw: str, limit: int, multiline: bool) -> Value | Finding:
    value = raw.strip(BLANKS)
    if len(value) > limit:
        return _too_long(value, limit)
    broken = not multiline and ("\n" in value or "\r" in value)
    joined = _LINE_BREAKS.sub(" ", value) if broken else value
    joined = joined.replace("\t", " ")
    stored = clean(joined, multiline=multiline)
    if not stored:
        return None
    if has_control(joined.replace("\n", "").replace("\r", "")):
        return _kept(Outcome.CLEAN, Reason.CONTROL_CHARACTER, raw, stored)
    if not is_clean(joined, multiline=multiline) and "\ufffd" in stored:
        return _kept(Outcome.CLEAN, Reason.INVISIBLE_CHARACTER, raw, stored)
    if broken:
        return _kept(Outcome.NORMALISE, Reason.LINE_BREAK, raw, stored)
    if joined != raw:
        return _kept(Outcome.NORMALISE, Reason.BLANKS, raw, stored)
    if _FORMULA.match(stored):
        return _kept(Outcome.KEEP, Reason.FORMULA, raw, stored)
    if _MARKUP.search(stored):
        return _kept(Outcome.KEEP, Reason.MARKUP, raw, stored)
    return stored


def _code(raw: str, limit: int, number: bool, guarded: bool) -> Value | Finding:
    bare = raw.strip(BLANKS + _INVISIBLE_EDGE)
    guard = _GUARDED.fullmatch(bare) if guarded else None
    value = plain(guard[1] if guard else bare).strip(" ")
    if not value:
        return None
    if len(value) > limit:
        return _too_long(value, limit)
    if has_control(value) or not is_clean(value):
        reason = Reason.CONTROL_CHARACTER if has_control(value) else Reason.INVISIBLE_CHARACTER
        return Finding(Outcome.REJECT, reason, params={"value": shown(raw)})
    if guarded and (mangled := _mangled(value)):
        return mangled
    value = normalise(value) if number else value
    return _kept(Outcome.NORMALISE, Reason.FORMULA, raw, value) if guard else _respelled(raw, bare, value, number)


def _mangled(value: str) -> Finding | None:
    """Tell what a spreadsheet did to an identifying value: lost for good, or open to a question."""
    if _LOST.fullmatch(value):
        return Finding(Outcome.REJECT, Reason.EXCEL_MANGLED, params={"value": shown(value)})
    meant = None
    if decimal := _DECIMAL_LIKE.fullmatch(value):
        meant = decimal[1]
    elif value.startswith("="):
        meant = value[1:].strip()
    elif _DATE_LIKE.fullmatch(value):
        meant = value
    return None if meant is None else _kept(Outcome.HOLD, Reason.EXCEL_MANGLED, value, meant)


def _respelled(raw: str, bare: str, value: str, number: bool) -> Value | Finding:
    if value == raw:
        return _kept(Outcome.KEEP, Reason.BLANKS, raw, value) if number and " " in value else value
    if _FULL_WIDTH.search(bare):
        reason = Reason.FULL_WIDTH
    elif raw.strip(BLANKS) != bare:
        reason = Reason.INVISIBLE_CHARACTER
    elif plain(bare) != bare:
        reason = Reason.ODD_DASH
    else:
        reason = Reason.BLANKS if bare != raw else Reason.LETTER_CASE
    return _kept(Outcome.NORMALISE, reason, raw, value)


def _kept(outcome: Outcome, reason: Reason, raw: str, value: str) -> Finding:
    return Finding(outcome, reason, value or None, value, {"value": shown(raw)})


def _too_long(value: str, limit: int) -> Finding:
    return Finding(Outcome.REJECT, Reason.TOO_LONG, params={"count": str(len(value)), "limit": str(limit)})
