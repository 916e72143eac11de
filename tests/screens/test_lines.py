"""Lines measured in terminal cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm.domain.text import width
from shopterm.screens.lines import cells, fit, flow, merged, shared, spread, text, wrap

ANY = st.text(st.sampled_from("ab 中文，。-1…é"), max_size=60)


@given(ANY, st.integers(1, 40), st.booleans())
def test_a_fitted_line_has_exactly_the_cells_asked_for(value: str, size: int, right: bool) -> None:
    assert cells(fit(text(value), size, right=right)) == size


@given(ANY, ANY, st.integers(1, 40))
def test_two_pieces_fit_like_one(first: str, second: str, size: int) -> None:
    assert cells(fit((*text(first), *text(second, "dim")), size)) == size


@given(ANY, st.integers(4, 40))
def test_wrapping_loses_nothing_and_keeps_to_the_width(value: str, size: int) -> None:
    rows = wrap(value, size)
    assert all(width(row) <= size for row in rows)
    assert "".join(rows).replace(" ", "") == value.replace(" ", "")


def test_chinese_breaks_between_characters_and_latin_between_words() -> None:
    assert wrap("大臂油缸漏油", 6) == ["大臂油", "缸漏油"]
    assert wrap("boom cylinder leaks", 10) == ["boom", "cylinder", "leaks"]
    assert wrap("油缸，漏油", 4) == ["油", "缸，", "漏油"]


def test_the_right_part_of_a_spread_line_is_kept_whole() -> None:
    line = spread(text("a very long left part"), text("right"), 12)
    assert "".join(piece for piece, _tone in line) == "a very… right"[:7] + "right"


def test_parts_flow_over_as_many_lines_as_they_need_and_none_is_torn() -> None:
    rows = flow([text("aaaa"), text("bbbb"), text("cccc")], 10)
    assert ["".join(piece for piece, _tone in row) for row in rows] == ["aaaa  bbbb", "cccc"]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ((("a", ""), (" ", ""), ("b", "")), [("a b", "")]),
        ((("a", "dim"), ("  ", ""), ("b", "")), [("a  ", "dim"), ("b", "")]),
        ((("油", ""), (" ", ""), ("b", "")), [("油 ", ""), ("b", "")]),
        ((("", "bad"), ("a", "")), [("a", "")]),
    ],
)
def test_pieces_that_look_the_same_are_sent_as_one(
    line: tuple[tuple[str, str], ...], pieces: list[tuple[str, str]]
) -> None:
    assert merged(line) == pieces  # type: ignore[arg-type]


def test_headings_give_way_before_what_stands_below_them() -> None:
    assert shared([8, 4], [1, 12], 22) == [8, 12]
    assert shared([8, 4], [1, 12], 18) == [4, 12]
    assert shared([8, 4], [1, 12], 16) == [4, 10]


def test_long_text_gives_way_before_headings() -> None:
    assert shared([8, 4], [1, 28], 30) == [8, 20]
