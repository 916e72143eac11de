"""Text for the search column and terms for looking it up; both sides use the same forms.

A search column holds blank-separated tokens of lower-case letters, digits and Chinese characters. A record is
found when each term of the query is the beginning of one of its tokens.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from shopterm.domain.partnumber import compact, is_number_pattern, plain, suffixes

_HAN = "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
_RUNS = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_COMPOUND = re.compile(r"[0-9A-Z]+(?:[-./#][0-9A-Z]+)+", re.IGNORECASE)
_IS_HAN = re.compile(f"[{_HAN}]")
_SHORTEST_INITIALS = 2
_LONGEST_TERM = 64
_MOST_TERMS = 16


def words_of(texts: Iterable[str] = (), numbers: Iterable[str] = (), initials: Iterable[str] = ()) -> str:
    """Return the search column of a record from its names, its part numbers and its names' pinyin initials."""
    tokens: dict[str, None] = {}
    for number in numbers:
        tokens.update(dict.fromkeys(suffix.lower() for suffix in suffixes(number)))
        tokens.update(dict.fromkeys(_tokens(number)))
    for text in texts:
        tokens.update(dict.fromkeys(_tokens(text)))
        tokens.update(dict.fromkeys(_joined(text)))
    for letters in initials:
        tokens.update(dict.fromkeys(_tails(letters.lower())))
    return " ".join(tokens)


def query_terms(query: str) -> list[str]:
    """Return the terms that must all begin some token; empty when the query holds nothing to look for."""
    terms: dict[str, None] = {}
    for part in plain(query).split():
        if is_number_pattern(part):
            terms[compact(part).lower()] = None
            continue
        for run in _runs(part):
            terms.update(dict.fromkeys(_bigrams(run) if _IS_HAN.match(run) and len(run) > 1 else [run]))
    return [term[:_LONGEST_TERM] for term in terms][:_MOST_TERMS]


def fold(text: str) -> str:
    """Return the text in one form for comparing: compatibility characters, case and accents removed."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(char for char in decomposed if not unicodedata.combining(char) or char in "\u3099\u309a")
    return unicodedata.normalize("NFC", bare)


def _tokens(text: str) -> Iterator[str]:
    for run in _runs(text):
        if _IS_HAN.match(run):
            yield from run
            yield from _bigrams(run)
        else:
            yield run


def _joined(text: str) -> Iterator[str]:
    """Yield the numbers inside a text without their dashes, as a query for such a number spells them."""
    return (compact(number).lower() for number in _COMPOUND.findall(plain(text)) if is_number_pattern(number))


def _runs(text: str) -> list[str]:
    return _RUNS.findall(fold(text))


def _bigrams(run: str) -> list[str]:
    return [first + second for first, second in pairwise(run)]


def _tails(letters: str) -> list[str]:
    return [letters[start:] for start in range(max(len(letters) - _SHORTEST_INITIALS + 1, 1))] if letters else []
