"""Pastes taken out of what a terminal sends, wherever the line tears it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Paste

from shopterm.screens.paste import END, MOST, QUIET, START, Pastes, plain


def read(*pieces: str) -> list[tuple[str, str]]:
    """Feed pieces and return what came: joined keys, and each paste."""
    pastes, found = Pastes(), list[tuple[str, str]]()
    for piece in pieces:
        for part in pastes.feed(piece):
            kind, text = ("paste", part.text) if isinstance(part, Paste) else ("keys", part)
            if kind == "keys" and found and found[-1][0] == "keys":
                text = found.pop()[1] + text
            found.append((kind, text))
    return found


@given(st.text(st.sampled_from("ab\r\n中[2~"), max_size=20), st.lists(st.integers(0, 60), max_size=6))
def test_a_paste_is_whole_however_it_is_torn(inside: str, cuts: list[int]) -> None:
    sent = f"x{START}{inside}{END}y"
    places = sorted({1, *(1 + min(max(cut, 1), len(sent) - 2) for cut in cuts)} - {2})  # ESC alone is the keyboard's
    pieces = [sent[a:b] for a, b in zip([0, *places], [*places, len(sent)], strict=True)]
    assert read(*pieces) == [("keys", "x"), ("paste", plain(inside)), ("keys", "y")]


@pytest.mark.parametrize(
    ("pasted", "left"),
    [
        ("a\rb\r\nc\nd", "a\nb\nc\nd"),
        ("a\x1b[31mb\x1b]0;title\x07c\x1b]0;title\x1b\\d", "abcd"),
        ("a\x1bOQb\x1b", "ab"),
        ("a\x00\x07\x9bb\tc", "ab\tc"),
    ],
)
def test_what_a_terminal_would_obey_is_left_out(pasted: str, left: str) -> None:
    assert plain(pasted) == left


def test_a_paste_that_never_ends_is_taken_when_nothing_more_comes() -> None:
    pastes = Pastes()
    assert list(pastes.feed(f"{START}half")) == []
    assert pastes.is_open and list(pastes.tick()) == []
    time.sleep(QUIET)
    assert [part.text for part in pastes.tick() if isinstance(part, Paste)] == ["half"]
    assert list(pastes.feed("q")) == ["q"]


def test_a_paste_larger_than_any_field_is_cut_and_what_follows_is_understood() -> None:
    sent = f"{START}{'z' * (3 * MOST)}{END}k"
    pieces = [sent[place : place + 4096] for place in range(0, len(sent), 4096)]
    assert [(kind, len(text)) for kind, text in read(*pieces)] == [("paste", MOST), ("keys", 1)]
