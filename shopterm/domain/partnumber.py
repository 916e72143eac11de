"""Spellings of part numbers: one to store, one to compare, and the suggestions a resolver may make.

Two numbers are the same part only when their stored spelling is equal. Everything weaker (`compact`,
look-alikes, suffixes) finds candidates for a person; nothing here merges `805-2` with `8052`.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations

from shopterm.domain.words import Keyed, _

_BLANKS = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u2501\ufe58\ufe63"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN = str.maketrans(_FULL_WIDTH | dict.fromkeys(map(ord, _BLANKS), " ") | dict.fromkeys(map(ord, _DASHES), "-"))
# A prolonged-sound mark or the character for "one" is a dash only where it stands between Latin characters.
_DASH_IN_PLACE = re.compile("(?<=[0-9A-Za-z])[\u30fc\uff70\u4e00](?=[0-9A-Za-z])")
_NOISE = " \r\n\v\f'\"`\u2018\u2019\u201c\u201d,;"
_SEPARATORS = re.compile(r"[^0-9A-Z]+")
_NUMBER = re.compile(r"[0-9A-Z]+(?:[-./ #][0-9A-Z]+)*", re.IGNORECASE)
_RUN = re.compile(r"[0-9A-Z]+")
_LOOKALIKE_KEY = str.maketrans("OISB", "0158")
_TWIN = {"O": "0", "I": "1", "S": "5", "B": "8", "0": "O", "1": "I", "5": "S", "8": "B"}

SHORTEST_SUFFIX = 3
_SHORTEST_PATTERN = 4
_LONGEST_PREFIX = 4  # letters in one piece, as in XJAF-00190; a longer run is a word


class Match(StrEnum):
    """Why the resolver shows a part, best reason first."""

    EXACT = "exact"
    WITHOUT_DASHES = "without_dashes"
    LOOKALIKE = "lookalike"
    SUPERSEDED_BY = "superseded_by"
    INTERCHANGE = "interchange"
    CUSTOMER_NUMBER = "customer_number"
    PINYIN = "pinyin"
    NAME = "name"

    @property
    def rank(self) -> int:
        """Place in the order of hits, 0 first."""
        return _RANK[self]

    @property
    def label(self) -> Keyed:
        """Message shown beside the hit; programs know it by the member's value."""
        return Keyed(self.value, _LABELS[self])


_LABELS = {
    Match.EXACT: _("exact number"),
    Match.WITHOUT_DASHES: _("same without dashes"),
    Match.LOOKALIKE: _("looks alike (O/0 I/1 S/5 B/8)"),
    Match.SUPERSEDED_BY: _("superseded by"),
    Match.INTERCHANGE: _("interchange"),
    Match.CUSTOMER_NUMBER: _("customer's own number"),
    Match.PINYIN: _("initials"),
    Match.NAME: _("name"),
}
_RANK = {match: rank for rank, match in enumerate(_LABELS)}


def plain(text: str) -> str:
    """Return the text with full-width characters, odd blanks and odd dashes as their ASCII counterparts."""
    return text if text.isascii() else _DASH_IN_PLACE.sub("-", text.translate(_PLAIN))


def normalise(number: str) -> str:
    """Return the number as it is stored: ASCII forms, upper case, no outer blanks or quotes.

    Dashes, dots and single blanks inside stay as the maker writes them.
    """
    return plain(number).replace("\t", " ").strip(_NOISE).upper()


def is_spelling_of(part: str, code: str) -> bool:
    """Say whether a code may mean a part that stands there as its number, its maker before it or not."""
    key = compact(code)
    return bool(key) and key in (compact(part), compact(part.partition(" ")[2]))


def compact(number: str) -> str:
    """Return only the letters A-Z and digits of the number, upper case: for comparing, never for storing."""
    return _SEPARATORS.sub("", plain(number).upper())


def is_number_pattern(text: str) -> bool:
    """Tell whether the text may be a part number: Latin letters and digits, at least two digits, no words."""
    text = normalise(text)
    if not _NUMBER.fullmatch(text) or sum(map(str.isdigit, text)) < 2:
        return False
    return len(compact(text)) >= _SHORTEST_PATTERN and not any(map(_is_word, _RUN.findall(text)))


def lookalike_key(number: str) -> str:
    """Return the compact number with O, I, S, B as 0, 1, 5, 8: equal for numbers that are misread as each other."""
    return compact(number).translate(_LOOKALIKE_KEY)


def lookalikes(number: str, limit: int = 32) -> list[str]:
    """Return compact spellings that look like the number, fewest changed characters first.

    They are suggestions; text that is no number pattern has none.
    """
    if not is_number_pattern(number):
        return []
    found: list[str] = []
    for variant in _variants(compact(number)):
        if len(found) == limit:
            break
        found.append(variant)
    return found


def suffixes(number: str, shortest: int = SHORTEST_SUFFIX) -> list[str]:
    """Return the compact number and its tails of at least `shortest` characters, for finding its middle."""
    whole = compact(number)
    return [whole[start:] for start in range(max(len(whole) - shortest + 1, 1))] if whole else []


def _is_word(run: str) -> bool:
    return run.isalpha() and len(run) > _LONGEST_PREFIX


def _variants(whole: str) -> Iterator[str]:
    places = [place for place, char in enumerate(whole) if char in _TWIN]
    for count in range(1, len(places) + 1):
        for chosen in combinations(places, count):
            yield "".join(_TWIN[char] if place in chosen else char for place, char in enumerate(whole))
