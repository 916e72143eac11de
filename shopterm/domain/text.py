"""Makes text from outside safe to store, to show on a terminal and to measure in cells."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

REPLACEMENT = "\ufffd"
ELLIPSIS = "…"
TEXT_LIMIT = 4000

# Everything a terminal may obey, hide or reorder by: controls, surrogates, line separators, bidirectional
# and zero-width characters, blank "fillers", tags and non-characters. Variation selectors 15 and 16 belong
# to ordinary emoji and stay; the supplement (U+E0100…) only ever smuggles text.
_NONCHARACTERS = "".join(f"{chr(end - 2)}{chr(end - 1)}" for end in range(0x10000, 0x110001, 0x10000))
_HIDDEN = (
    "\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001345f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff" + _NONCHARACTERS
)
_UNSAFE = re.compile(f"[\x00-\x1f{_HIDDEN}]")
_UNSAFE_BUT_NEWLINE = re.compile(f"[\x00-\x09\x0b-\x1f{_HIDDEN}]")
# The usual case decided at once: printable ASCII, Chinese characters and punctuation, full-width forms.
_PLAIN = re.compile("[ -~\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]*")
_LINE_END = re.compile("\r\n?")


def clean(value: str, limit: int | None = None, *, multiline: bool = False) -> str:
    """Return the text in NFC, each unsafe character replaced by U+FFFD, cut visibly to `limit` characters.

    A line break is unsafe unless `multiline`, where every kind of line end becomes a newline.
    """
    if not _PLAIN.fullmatch(value):
        value = _replaced(value, multiline)
    if limit is not None and len(value) > limit:
        return value[: max(limit - 1, 0)] + ELLIPSIS[:limit]
    return value


def is_clean(value: str, limit: int | None = None, *, multiline: bool = False) -> bool:
    """Tell whether `clean` would leave the text as it is."""
    return clean(value, limit, multiline=multiline) == value


def has_control(value: str) -> bool:
    """Tell whether the text holds a control character (C0, DEL, C1), line breaks and tabs included."""
    return any(char < " " or "\x7f" <= char <= "\x9f" for char in value)


def width(value: str) -> int:
    """Return how many terminal cells the text takes."""
    if value.isascii():
        return len(value)
    cells = sum(map(_cells, value))
    if "\ufe0f" in value:  # emoji presentation: a narrow symbol becomes two cells wide
        cells += sum(1 for base, mark in pairwise(value) if mark == "\ufe0f" and _cells(base) == 1)
    return cells


def shorten(value: str, cells: int) -> str:
    """Return the text cut to at most `cells` terminal cells, the cut marked by an ellipsis."""
    if len(value) * 2 <= cells or width(value) <= cells:
        return value
    if cells < 1:
        return ""
    end = min(len(value), cells)
    while (excess := width(value[:end]) - (cells - 1)) > 0:
        end -= (excess + 1) // 2  # no character takes more than two cells
    return value[:end] + ELLIPSIS


def _replaced(value: str, multiline: bool) -> str:
    if not unicodedata.is_normalized("NFC", value):
        value = unicodedata.normalize("NFC", value)
    if multiline:
        return _UNSAFE_BUT_NEWLINE.sub(REPLACEMENT, _LINE_END.sub("\n", value))
    return _UNSAFE.sub(REPLACEMENT, value)


@lru_cache(maxsize=8192)
def _cells(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"} or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
