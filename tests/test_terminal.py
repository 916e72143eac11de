import subprocess
import sys

import pytest

from shopterm.i18n import tr
from shopterm.terminal import CONSOLE, NO_SCREENS, NO_UTF8, Profile, prepare, profile

XTERM = {"TERM": "xterm-256color", "LANG": "zh_CN.UTF-8"}


@pytest.mark.parametrize("term", ["", "dumb", "unknown", "DUMB", " dumb "])
def test_a_terminal_without_screens_is_refused_and_the_commands_are_named(term: str) -> None:
    assert profile({"TERM": term}) == Profile(usable=False, reason=NO_SCREENS)
    assert "shopterm --help" in tr(NO_SCREENS)


def test_no_term_at_all_is_refused() -> None:
    assert not profile({}).usable


@pytest.mark.parametrize("term", ["linux", "linux-16color", "vt100", "vt220", "vt525", "ansi"])
def test_a_console_gets_sixteen_colours_no_mouse_ascii_and_english(term: str) -> None:
    found = profile({"TERM": term, "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "full"})
    assert found == Profile(
        usable=True, reason=CONSOLE, ansi=True, mouse=False, ascii=True, animation=False, language_forced="en"
    )


@pytest.mark.parametrize("term", ["xterm-256color", "tmux-256color", "xterm-kitty", "alacritty", "foot"])
def test_a_modern_terminal_gets_everything_but_animation(term: str) -> None:
    assert profile({"TERM": term}) == Profile()


@pytest.mark.parametrize("term", ["xterm", "screen", "rxvt"])
def test_sixteen_colours_unless_the_terminal_says_more(term: str) -> None:
    assert profile({"TERM": term}).ansi
    assert not profile({"TERM": term, "COLORTERM": "truecolor"}).ansi


@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "zh_CN.GBK"},
        {"LANG": "C.UTF-8", "LC_ALL": "en_US.ISO-8859-1"},
        {"LANG": "C.UTF-8", "LC_CTYPE": "zh_CN.gb18030"},
        {"LANG": "de_DE.ISO-8859-15@euro"},
    ],
)
def test_a_locale_that_is_not_utf8_is_refused(locale: dict[str, str]) -> None:
    assert profile({"TERM": "xterm", **locale}) == Profile(usable=False, reason=NO_UTF8)


@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.utf8", "en_US.UTF-8@variant", "C", "POSIX", "", "zh_CN"])
def test_a_utf8_locale_or_none_is_fine(locale: str) -> None:
    assert profile({"TERM": "xterm", "LANG": locale}).usable


def test_an_output_that_is_not_utf8_is_refused() -> None:
    assert profile(XTERM, "UTF-8").usable
    assert profile(XTERM, "ascii").reason == NO_UTF8


def test_input_methods_and_calm_come_first() -> None:
    environ = dict(XTERM)
    assert not prepare(environ, "utf-8").animation
    assert environ["TEXTUAL_DISABLE_KITTY_KEY"] == "1"
    assert environ["TEXTUAL_ANIMATIONS"] == "none"


def test_a_person_may_ask_otherwise() -> None:
    environ = XTERM | {"TEXTUAL_ANIMATIONS": "full", "TEXTUAL_DISABLE_KITTY_KEY": "0"}
    assert prepare(environ, "utf-8").animation
    assert environ["TEXTUAL_ANIMATIONS"] == "full"
    assert environ["TEXTUAL_DISABLE_KITTY_KEY"] == "0"


@pytest.mark.parametrize("line", ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"])
def test_over_ssh_no_24_bit_colours(line: str) -> None:
    environ = {"TERM": "xterm", "COLORTERM": "truecolor", line: "x"}
    assert not prepare(environ, "utf-8").ansi
    assert "COLORTERM" not in environ
    assert environ["TEXTUAL_COLOR_SYSTEM"] == "256"


def test_here_24_bit_colours_stay() -> None:
    environ = XTERM | {"COLORTERM": "truecolor"}
    prepare(environ, "utf-8")
    assert environ["COLORTERM"] == "truecolor"
    assert "TEXTUAL_COLOR_SYSTEM" not in environ


def test_a_leaked_colorterm_does_not_reach_a_console() -> None:
    environ = {"TERM": "linux", "COLORTERM": "truecolor"}
    prepare(environ, "utf-8")
    assert "COLORTERM" not in environ
    assert environ["TEXTUAL_COLOR_SYSTEM"] == "standard"


@pytest.mark.parametrize(("system", "no_colour"), [("none", True), ("NONE", True), ("rainbow", False)])
def test_a_colour_system_textual_would_end_on(system: str, no_colour: bool) -> None:
    environ = XTERM | {"TEXTUAL_COLOR_SYSTEM": system, "TTY_COMPATIBLE": "0"}
    prepare(environ, "utf-8")
    assert "TEXTUAL_COLOR_SYSTEM" not in environ
    assert "TTY_COMPATIBLE" not in environ
    assert ("NO_COLOR" in environ) == no_colour


def test_textual_reads_what_was_prepared() -> None:
    program = """
import os, sys
from shopterm.terminal import prepare
prepare(os.environ, "utf-8")
assert not any(name.partition(".")[0] in {"textual", "rich"} for name in sys.modules)
from textual import constants
print(constants.DISABLE_KITTY_KEY, constants.TEXTUAL_ANIMATIONS, constants.COLOR_SYSTEM)
"""
    run = [sys.executable, "-c", program]
    environ = {"TERM": "linux", "TEXTUAL_COLOR_SYSTEM": "none", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(run, env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "none", "standard"]
