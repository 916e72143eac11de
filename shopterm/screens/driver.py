"""The terminal's driver: textual's own, but it survives a keyboard that does not speak UTF-8, and hang-ups.

In textual 8.2 one byte that is no UTF-8 ends the input thread, and with it the program, with exit status 0.
"""

import os
import re
import selectors
import signal
from codecs import getincrementaldecoder, register_error
from collections.abc import Iterable, Iterator
from itertools import chain

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from shopterm.domain.text import REPLACEMENT
from shopterm.screens.paste import START, Pastes
from shopterm.screens.scans import HOLD, Scans

CHUNK = 4096
TICK = 0.1
"""Seconds after which a lone ESC is a key."""
TICKS = 3
"""So many ticks follow a key; then nothing is pending and the thread sleeps until the next."""
LARGEST = 1000
"""No terminal has more rows or columns; bytes that say so are noise."""
ESC = START[0]
_CHANCE = "[\u0080-\u07ff]*"
"""What bytes of two characters happen to make together."""
_STRAY = re.compile(
    rf"(?:{ESC}[\[O]?[0-9;?]*)?{_CHANCE}(?:(?:{REPLACEMENT}{{2}})*{REPLACEMENT}[@-~]|{REPLACEMENT}+){_CHANCE}"
)
"""Bytes that are no UTF-8, and a torn sequence before them.

Behind an odd one other encodings of Chinese put a letter for which no key was pressed.
"""


def _each(error: UnicodeError) -> tuple[str, int]:
    """Replace every byte that is no UTF-8 by a character of its own."""
    assert isinstance(error, UnicodeDecodeError)
    return REPLACEMENT * (error.end - error.start), error.end


_EACH = "shopterm.each"
register_error(_EACH, _each)


class NotUtf8(Message):
    """The keyboard sent bytes that are no UTF-8."""


class Keyboard:
    """Decodes what the terminal sends into textual's messages, whatever the bytes are."""

    def __init__(self, debug: bool = False) -> None:
        """Begin with an empty parser."""
        self._debug = debug
        self._parser, self._pastes = XTermParser(debug), Pastes()
        self._decoder = getincrementaldecoder("utf-8")(errors=_EACH)
        self._last = ""

    @property
    def waits(self) -> bool:
        """Whether what came is the beginning of something."""
        return self._pastes.is_open

    def feed(self, data: bytes) -> Iterator[Message]:
        """Yield the messages in these bytes; what is no UTF-8 is left out and reported once per read."""
        half = bool(self._decoder.getstate()[0])  # of a character: the letter after it is a key
        text = self._decoder.decode(data)
        if REPLACEMENT in text:
            text = _STRAY.sub("", text.lstrip(REPLACEMENT) if half else text)
            yield NotUtf8()
        if self._last == ESC and text.startswith(START[1:]):  # torn behind its first character, which is no key then
            self._parser, text = XTermParser(self._debug), ESC + text
        self._last = text[-1:]
        yield from self._parsed(self._pastes.feed(text))

    def tick(self) -> Iterator[Message]:
        """Yield what only becomes clear when nothing more comes."""
        yield from self._parsed(self._pastes.tick())
        yield from self._safely(self._parser.tick())

    def _parsed(self, parts: Iterable[str | events.Paste]) -> Iterator[Message]:
        for part in parts:
            yield from [part] if isinstance(part, events.Paste) else self._safely(self._parser.feed(part))

    def _safely(self, messages: Iterable[Message]) -> Iterator[Message]:
        try:
            yield from (message for message in messages if not _absurd(message))
        except (ParseError, ValueError, LookupError, ArithmeticError):  # a broken sequence: forget it
            self._parser = XTermParser(self._debug)


def _absurd(message: Message) -> bool:
    return isinstance(message, events.Resize) and max(message.size) > LARGEST


class ShopDriver(LinuxDriver):
    """Textual's Linux driver with our own keyboard, asleep while nobody types."""

    def start_application_mode(self) -> None:
        """Take the terminal; a hang-up ends the program even where it was started to ignore one."""
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        self._woken, self._waker = os.pipe()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def run_input_thread(self) -> None:
        """Read the terminal until the program ends; a terminal that is gone ends the program."""
        keyboard, scans, ticks = Keyboard(self._debug), Scans(), 0
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = selector.select(HOLD if scans.waits else TICK if ticks else None)
                ticks = TICKS if ready or keyboard.waits else ticks - 1
                typed = any(key.fd == self.fileno for key, _mask in ready)
                came = scans.feed(self._read(keyboard)) if typed else scans.release()
                for message in chain(came, scans.feed(keyboard.tick())):
                    self.process_message(message)
        os.close(self._woken)

    def disable_input(self) -> None:
        """Wake the sleeping thread so that it ends."""
        if not self.exit_event.is_set() and self._key_thread is not None and self._key_thread.is_alive():
            os.close(self._waker)
        super().disable_input()

    def _read(self, keyboard: Keyboard) -> Iterator[Message]:
        try:
            data = os.read(self.fileno, CHUNK)
        except OSError:
            data = b""
        if not data:  # nobody sees the screen any more, and drafts are on disk: end as a hang-up does
            os.kill(os.getpid(), signal.SIGHUP)
        yield from keyboard.feed(data)
