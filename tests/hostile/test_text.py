"""Measuring text as textual does, so that no column is moved by what stands before it; and piles of marks."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from shopterm.domain.text import clean, rewritten, width
from tests.hostile.texts import LONE, TEXTS, unsafe

EVERY = TEXTS | LONE


def test_every_character_takes_as_many_cells_as_textual_gives_it() -> None:
    same = {0x3400: 0x9FFF, 0xAC00: 0xD7A3, 0xE000: 0xF8FF, 0x20000: 0x10FFFF}  # one width for all of these
    skipped = [range(first + 1, last) for first, last in same.items()]
    for code in range(sys.maxunicode + 1):
        if code >= 0x20000 or any(code in part for part in skipped[:3]):
            continue
        char = chr(code)
        if unicodedata.category(char) != "Cn" and clean(char) == char:
            assert width(f"x{char}") == cell_len(f"x{char}"), f"U+{code:04X}"


@given(st.text(st.characters(exclude_categories=["Cn"], exclude_characters="\ufe0f")))
def test_clean_text_is_measured_as_textual_measures_it(value: str) -> None:
    assert width(clean(value)) == cell_len(clean(value))


@pytest.mark.parametrize("text", EVERY.values(), ids=EVERY)
def test_hostile_text_is_clean_and_measured_alike(text: str) -> None:
    assert not unsafe(clean(text)) and not unsafe(clean(text, multiline=True))
    assert width(clean(text)) == cell_len(clean(text))


def test_a_pile_of_marks_is_cut_visibly() -> None:
    assert clean("Z" + "\u0336" * 4000) == "Z" + "\u0336" * 4 + "\ufffd" * 3996
    assert clean("ก\u0e34\u0e48 e\u0323\u0302 שׁ\u05b8") == unicodedata.normalize(
        "NFC", "ก\u0e34\u0e48 e\u0323\u0302 שׁ\u05b8"
    )


def test_what_is_rewritten_is_not_lost() -> None:
    assert rewritten("a\x1b[b\u202e\nc", lambda char: f"<{ord(char):x}>") == "a<1b>[b<202e>\nc"
