"""Spellings of part numbers: stored, compared, suggested."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm.domain.partnumber import (
    Match,
    compact,
    is_number_pattern,
    is_spelling_of,
    lookalike_key,
    lookalikes,
    normalise,
    suffixes,
)

NUMBERS = st.text(string.ascii_uppercase + string.digits + "-. /", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("708-2L-00300", "708-2L-00300"),
        ("  708-2L-00300\t", "708-2L-00300"),
        ("\xa0708-2L-00300\u3000", "708-2L-00300"),
        ("'01010-10802", "01010-10802"),
        ("“01010-10802”", "01010-10802"),
        ("７０８－２Ｌ－００３００", "708-2L-00300"),
        ("708–2L—00300", "708-2L-00300"),
        ("708−2L‐00300", "708-2L-00300"),
        ("964ー2L—00300", "964-2L-00300"),
        ("708一2L一00300", "708-2L-00300"),
        ("k1000221d", "K1000221D"),
        ("970 1D 10000", "970 1D 10000"),
        ("NL 002.210.04", "NL 002.210.04"),
        ("6003/C3", "6003/C3"),
        ("805-2", "805-2"),
        ("8052", "8052"),
        ("一号泵", "一号泵"),
        ("٣", "٣"),
        ("", ""),
    ],
)
def test_number_is_stored_in_one_spelling(written: str, stored: str) -> None:
    assert normalise(written) == stored


@pytest.mark.parametrize(
    ("part", "code", "meant"),
    [
        ("Komatsu 01010-67855", "0101067855", True),
        ("Komatsu 01010-67855", "komatsu 01010-67855", True),
        ("Iveco 970 1D 10000", "970 1D 10000", True),
        ("Iveco 970 1D 10000", "10000", False),
        ("hose 3/4", "", False),
        ("油封", "油封", False),
    ],
)
def test_a_code_is_known_with_the_maker_before_it_or_not(part: str, code: str, meant: bool) -> None:
    assert is_spelling_of(part, code) is meant


def test_compact_keeps_letters_and_digits_only() -> None:
    assert compact("nl 002.210.04") == "NL00221004"
    assert compact("６００３/c3") == "6003C3"
    assert compact("密封圈") == ""


def test_numbers_without_dashes_are_candidates_never_the_same() -> None:
    assert normalise("805-2") != normalise("8052")
    assert compact("805-2") == compact("8052")


@pytest.mark.parametrize("text", ["708-2L-00300", "O1010-1O802", "XJAF-00190", "8052", "NL 002.210.04", "6003/C3"])
def test_numbers_are_recognised(text: str) -> None:
    assert is_number_pattern(text)


@pytest.mark.parametrize(
    "text", ["BOSS", "SEAL RING", "SOIL", "滤芯", "3/4", "SEALING-12", "", "OIL-B", "12", "a-b-c-"]
)
def test_words_are_no_numbers(text: str) -> None:
    assert not is_number_pattern(text)
    assert lookalikes(text) == []


def test_lookalikes_come_with_the_fewest_changes_first() -> None:
    found = lookalikes("O1010-10802")
    assert found[0] == "0101010802"
    assert "01O1010802" in lookalikes("0101010802", 200)
    assert "O101010802" not in found
    assert len(found) <= 32
    assert lookalikes("277-4C") == []


def test_lookalike_key_is_equal_for_numbers_read_as_each_other() -> None:
    assert lookalike_key("SYO0000O17") == lookalike_key("SY00000017")
    assert lookalike_key("I5B-12") == lookalike_key("1S8 12")
    assert lookalike_key("277-4C") != lookalike_key("277-4G")


@given(NUMBERS)
def test_every_lookalike_has_the_same_key(number: str) -> None:
    for variant in lookalikes(number):
        assert variant != compact(number)
        assert lookalike_key(variant) == lookalike_key(number)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert compact(once) == compact(text)


@given(NUMBERS.filter(lambda number: len(compact(number)) >= 3), st.data())
def test_each_middle_of_a_number_begins_a_suffix(number: str, data: st.DataObject) -> None:
    whole = compact(number)
    start = data.draw(st.integers(0, len(whole) - 3))
    end = data.draw(st.integers(start + 3, len(whole)))
    assert any(suffix.startswith(whole[start:end]) for suffix in suffixes(number))


def test_short_numbers_are_their_own_only_suffix() -> None:
    assert suffixes("A-1") == ["A1"]
    assert suffixes("--") == []


def test_exact_hits_rank_first_and_every_reason_has_a_label() -> None:
    assert sorted(Match, key=lambda match: match.rank) == list(Match)
    assert Match.EXACT.rank == 0
    assert all(match.label for match in Match)
