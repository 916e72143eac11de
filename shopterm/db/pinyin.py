"""Pinyin initials of Chinese text, for the search column; needed on write only."""

from functools import lru_cache
from itertools import combinations, product

_MOST_READINGS = 16


@lru_cache(maxsize=65536)
def initials(text: str) -> frozenset[str]:
    """Return the initials of the text's Chinese characters, in every reading, at most 16.

    Characters with several readings give several results (长螺栓: `cls`, `zls`); where there are too many, those
    that differ least from the usual reading stay. Text without Chinese characters has none.
    """
    letters = [choices for char in text if char >= "\u3400" and (choices := _letters(char))]
    if not letters:
        return frozenset()
    found: set[str] = set()
    several = [place for place, choices in enumerate(letters) if len(choices) > 1]
    usual = [choices[0] for choices in letters]
    for count in range(len(several) + 1):
        for places in combinations(several, count):
            for chosen in product(*(letters[place][1:] for place in places)):
                found.add(_replaced(usual, places, chosen))
                if len(found) == _MOST_READINGS:
                    return frozenset(found)
    return frozenset(found)


def _replaced(usual: list[str], places: tuple[int, ...], chosen: tuple[str, ...]) -> str:
    reading = list(usual)
    for place, letter in zip(places, chosen, strict=True):
        reading[place] = letter
    return "".join(reading)


@lru_cache(maxsize=32768)
def _letters(char: str) -> tuple[str, ...]:
    """Return the first letters of one character's readings, the usual one first."""
    from pypinyin import Style, pinyin  # a third of a second to import: only where a name is written

    readings = pinyin(char, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    letters = (reading[:1].lower() for group in readings for reading in group)
    return tuple(dict.fromkeys(letter for letter in letters if letter.isascii() and letter.isalpha()))
