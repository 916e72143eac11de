"""Cleaning, measuring and cutting text from outside."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm.domain.text import clean, has_control, is_clean, shorten, width

ORDINARY = [
    "SEAL RING, 45 mm",
    "液压油缸总成（大臂）",
    'customer\'s "note"; 3CX 9"',
    "[bold red]总成[/bold red]",
    "=cmd|'/C calc'!A0",
    "Österreich, naïve, Привет, 日本語カナ, 한국어",
    "⌀ 45 ± 0.1 µm → ①",
    "👍🏽 🇨🇳 ⚠\ufe0f",
    "rare ideograph 𠮷",
    "全角　空格",
    "",
]
HOSTILE = [
    "\x00", "\x1b", "\x1b]0;title\x07", "\x1b[2J", "\x9b31m", "\x08", "\x7f", "\t", "\u202e", "\u2066", "\u200b",
    "\u200d", "\u2060", "\ufeff", "\xad", "\U000e0041", "\u2028", "\ud800", "\uffff", "\U0010ffff", "\u3164", "\u061c",
]  # fmt: skip


@pytest.mark.parametrize("value", ORDINARY)
def test_ordinary_text_stays_as_it_is(value: str) -> None:
    assert clean(value) == value
    assert is_clean(value)


@pytest.mark.parametrize("char", HOSTILE)
def test_unsafe_characters_become_visible(char: str) -> None:
    cleaned = clean(f"AB{char}CD")
    assert char not in cleaned
    assert "\ufffd" in cleaned
    assert not is_clean(char, multiline=True)


def test_text_is_composed() -> None:
    assert clean("e\u0301") == "é"
    assert not is_clean("e\u0301")


def test_line_breaks_stay_only_where_allowed() -> None:
    assert clean("a\nb\r\nc\rd") == "a\ufffdb\ufffd\ufffdc\ufffdd"
    assert clean("a\nb\r\nc\rd\te", multiline=True) == "a\nb\nc\nd\ufffde"
    assert is_clean("a\nb", multiline=True)


def test_a_cut_is_seen() -> None:
    assert clean("abcdef", 4) == "abc…"
    assert clean("abcd", 4) == "abcd"
    assert clean("液压油缸", 3) == "液压…"
    assert clean("ab", 0) == ""


def test_no_format_control_or_surrogate_character_of_unicode_passes() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    kept = set(clean(every, multiline=True))
    assert {char for char in kept if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} == {"\n"}


def test_private_and_cjk_characters_all_pass() -> None:
    for first, last in ((0x3400, 0x9FFF), (0xE000, 0xF8FF), (0x20000, 0x2F7FF), (0xFF01, 0xFF9F)):
        block = "".join(map(chr, range(first, last + 1)))
        assert clean(block) == block


@given(st.text(st.characters(exclude_categories=())), st.none() | st.integers(0, 30), st.booleans())
def test_cleaning_twice_changes_nothing(value: str, limit: int | None, multiline: bool) -> None:
    once = clean(value, limit, multiline=multiline)
    assert clean(once, limit, multiline=multiline) == once
    assert not has_control(once.replace("\n", "") if multiline else once)
    assert limit is None or len(once) <= limit
    once.encode()


def test_width_counts_cells() -> None:
    samples = ("", "abc", "液压a", "e\u0301", "Ａ", "\ufffd", "한", "⚠\ufe0f", "👍")
    assert [width(sample) for sample in samples] == [0, 3, 5, 1, 2, 1, 2, 2, 2]


def test_shorten_never_exceeds_the_cells() -> None:
    assert shorten("液压油缸", 8) == "液压油缸"
    assert shorten("液压油缸", 7) == "液压油…"
    assert shorten("液压油缸", 6) == "液压…"
    assert shorten("hydraulic", 5) == "hydr…"
    assert shorten("hydraulic", 1) == "…"
    assert shorten("hydraulic", 0) == ""


@given(st.text(), st.integers(0, 40))
def test_shortened_text_fits(value: str, cells: int) -> None:
    short = shorten(value, cells)
    assert width(short) <= cells
    assert short == value or width(value) > cells
