"""In which encoding a file is written: its mark, then strict UTF-8, then GB18030, else the person is asked."""

import codecs
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from shopterm.imports.columns import Refused
from shopterm.imports.issues import Issue
from shopterm.imports.reasons import Outcome, Reason

CHUNK = 1 << 20
Tick = Callable[[int], None]

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_LONGEST_LINE = 1 << 16
# A line of UTF-8 Chinese: three bytes each, none of them alone readable that way in a line of GB18030.
_UTF8_CHINESE = re.compile(rb"(?:[\x00-\x7f]|[\xe3-\xe9][\x80-\xbf]{2}|\xef[\xbc\xbd][\x80-\xbf])+")


class BadLine(Exception):
    """A line is not written in the encoding of the file."""

    def __init__(self, line: int, text: bytes) -> None:
        """Keep the line's number and its bytes, shortened."""
        super().__init__(line)
        self.line, self.text = line, text


def detect(stream: BinaryIO, asked: str | None, tick: Tick) -> str:
    """Return the name of the encoding, the whole file being readable in it.

    Raises Refused for what is no text file, BadLine for a file of mixed or unknown encoding.
    """
    start = stream.read(CHUNK)
    if not start.strip(b"\xef\xbb\xbf\r\n\t \x00"):
        raise _refused(Reason.EMPTY_FILE)
    if start.startswith(_WORKBOOKS):
        raise _refused(Reason.WORKBOOK)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if asked or marked:
        name = _asked(asked, marked) if asked else str(marked)
        if (offset := _first_error(stream, name, tick)) is not None:
            _complain(stream, offset, name)
        return name
    if start[1::2].count(0) > len(start) // 8 or start[::2].count(0) > len(start) // 8:
        raise _refused(Reason.ENCODING, "UTF-8")
    return _guessed(stream, tick)


def _guessed(stream: BinaryIO, tick: Tick) -> str:
    """Return UTF-8 or GB18030; a file that is partly the one and partly the other is neither."""
    if (offset := _first_error(stream, "utf-8", tick)) is None:
        return "utf-8"
    if _first_error(stream, "gb18030", tick) is None and not _holds_utf8_chinese(stream):
        return "gb18030"
    raise BadLine(*_line_at(stream, offset))


def _asked(asked: str, marked: str | None) -> str:
    try:
        name = codecs.lookup(asked).name
        "".encode(name)
    except LookupError:
        raise _refused(Reason.ENCODING, asked) from None
    return "utf-8-sig" if name == "utf-8" and marked == "utf-8-sig" else name


def _complain(stream: BinaryIO, offset: int, name: str) -> None:
    if name.startswith(("utf-16", "utf-32")):
        raise _refused(Reason.ENCODING, name)
    line, _text = _line_at(stream, offset)
    raise Refused(Issue(line, Outcome.REJECT, Reason.ENCODING, params={"encoding": name}))


def _first_error(stream: BinaryIO, name: str, tick: Tick) -> int | None:
    """Return the offset of the first byte that cannot be read, none if all can."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    read = 0
    for chunk in _chunks(stream):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk)
        except UnicodeError as error:
            return read - pending + int(getattr(error, "start", 0))
        read += len(chunk)
        tick(read)
    try:
        decoder.decode(b"", final=True)
    except UnicodeError:
        return read - 1
    return None


def _holds_utf8_chinese(stream: BinaryIO) -> bool:
    stream.seek(0)
    return any(
        not line.isascii() and _UTF8_CHINESE.fullmatch(line) for line in iter(lambda: stream.readline(CHUNK), b"")
    )


def _line_at(stream: BinaryIO, offset: int) -> tuple[int, bytes]:
    """Return the number of the physical line that holds a byte, and the line's bytes."""
    stream.seek(0)
    before, last, line_start = 1, b"", 0
    position = 0
    while position < offset and (chunk := stream.read(min(CHUNK, offset - position))):
        before += chunk.count(b"\n") + chunk.count(b"\r") - chunk.count(b"\r\n")
        if last == b"\r" and chunk.startswith(b"\n"):
            before -= 1
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        line_start = position + end + 1 if end >= 0 else line_start
        position, last = position + len(chunk), chunk[-1:]
    stream.seek(line_start)
    return before, re.split(rb"[\r\n]", stream.read(_LONGEST_LINE), maxsplit=1)[0]


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    return iter(lambda: stream.read(CHUNK), b"")


def _refused(reason: Reason, encoding: str = "") -> Refused:
    return Refused(Issue(None, Outcome.REJECT, reason, params={"encoding": encoding} if encoding else {}))
