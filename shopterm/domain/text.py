"""Makes text from outside safe to store, to show on a terminal and to measure in cells."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise

REPLACEMENT = "\ufffd"
ELLIPSIS = "…"

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
# Marks that stand on the character before them: no script needs more than four on one, and a pile of them paints
# over the lines above and below.
_MARK = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0730-\u074a\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a"
    "\ufe20-\ufe2f]"
)
_CONTROLS, _BUT_NEWLINE = "\x00-\x1f", "\x00-\x09\x0b-\x1f"
_PILED = f"(?<={_MARK * 4}){_MARK}"
# The usual case decided at once: printable ASCII, Chinese characters and punctuation, full-width forms.
_PLAIN = re.compile("[ -~\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]*")
_LINE_END = re.compile("\r\n?")
# Hangul vowels and finals and the skin tones of emoji take no cell of their own.
_JOINING = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\U0001f3fb-\U0001f3ff]")
# Wide since Unicode 16, which is newer than Python 3.11: trigrams, hexagrams, counting rods.
_WIDENED = re.compile("[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\U0001d300-\U0001d356\U0001d360-\U0001d376]")


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


def rewritten(value: str, write: Callable[[str], str]) -> str:
    """Return the text with each unsafe character, line breaks apart, written as `write` says: nothing is lost."""
    return _unsafe(_BUT_NEWLINE).sub(lambda found: write(found[0]), value)


def has_control(value: str) -> bool:
    """Tell whether the text holds a control character (C0, DEL, C1), line breaks and tabs included."""
    return any(char < " " or "\x7f" <= char <= "\x9f" for char in value)


def width(value: str) -> int:
    """Return how many terminal cells the text takes."""
    if value.isascii():
        return len(value)
    cells = sum(map(_cells, value))
    if "\ufe0f" in value:  # emoji presentation: a narrow symbol becomes two cells wide
        cells += sum(1 for base, mark in pairwise(value) if mark == "\ufe0f" and _cells(base) == 1 and _is_emoji(base))
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
        return _unsafe(_BUT_NEWLINE).sub(REPLACEMENT, _LINE_END.sub("\n", value))
    return _unsafe(_CONTROLS).sub(REPLACEMENT, value)


@cache
def _unsafe(controls: str) -> re.Pattern[str]:
    """Match what is unsafe; put together when first needed, which a program with plain data never does."""
    return re.compile(f"[{controls}{_HIDDEN}]|{_PILED}")


@lru_cache(maxsize=8192)
def _cells(char: str) -> int:
    """Count as textual's own tables do, for they say where on a line it takes the next column to be."""
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Mc", "Cf", "Cc"} or _JOINING.match(char):
        return 0
    if category == "Cn":  # not assigned yet: Python calls all of them wide
        return 2 if "\U00020000" <= char <= "\U0003fffd" else 1
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} or _WIDENED.match(char) else 1


def _is_emoji(char: str) -> bool:
    return unicodedata.category(char) in {"So", "Sm"} or char in "#*0123456789‼⁉ℹ"
