"""The keyboard: whatever bytes come, messages come out and nothing breaks."""

from hypothesis import given
from hypothesis import strategies as st
from textual import events

from shopterm.screens.driver import Keyboard, NotUtf8

PIECES = [
    b"\x1b",
    b"[",
    b"<",
    b"M",
    b"m",
    b";",
    b"0",
    b"9",
    b"48",
    b"t",
    b"u",
    b":",
    b"?",
    b"$y",
    b"2026",
    b"200~",
    b"201~",
    b"\xd6\xd0",
    b"\xff",
    b"a",
    b"\r",
    b"R",
    b"O",
    b"1" * 20,
    b"\x9b",
    b"\x00",
    "中".encode(),
]


def keys(keyboard: Keyboard, data: bytes) -> str:
    return "".join(m.character or "" for m in keyboard.feed(data) if isinstance(m, events.Key))


def test_utf8_arrives_whole_also_when_it_is_torn_between_reads() -> None:
    keyboard = Keyboard()
    data = "油缸".encode()
    assert keys(keyboard, data[:2]) + keys(keyboard, data[2:4]) + keys(keyboard, data[4:]) == "油缸"


def test_another_encoding_is_left_out_and_told_once_per_read() -> None:
    keyboard = Keyboard()
    found = list(keyboard.feed("油a缸".encode("gbk")))
    assert sum(isinstance(message, NotUtf8) for message in found) == 1
    assert keys(keyboard, b"ok") == "ok"


def test_what_two_characters_of_another_encoding_make_together_is_left_out_too() -> None:
    data = "中国".encode("gbk")
    assert "й" in data.decode(errors="replace")
    keyboard = Keyboard()
    assert keys(keyboard, data) == ""
    assert keys(keyboard, "é ok".encode()) == "é ok"


@given(st.lists(st.lists(st.sampled_from(PIECES) | st.binary(max_size=6), max_size=30), max_size=8))
def test_noise_breaks_nothing_and_what_follows_is_understood(reads: list[list[bytes]]) -> None:
    keyboard = Keyboard()
    for read in reads:
        for message in keyboard.feed(b"".join(read)):
            assert not isinstance(message, events.Resize) or max(message.size) <= 1000
        list(keyboard.tick())
