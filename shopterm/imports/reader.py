"""Bytes to records: physical line numbers, one bad record at a time, bounded memory."""

import csv
import io
import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO

from shopterm.imports.issues import Finding
from shopterm.imports.reasons import Outcome, Reason

_LONGEST_LINE = 4 << 20
"""Characters; a longer line is no table."""

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')
_WELL_QUOTED = re.compile(r'"(?:[^"]|"")*"\s*|[^"].*|', re.DOTALL)
_SEPARATOR_LINE = re.compile(r"\ufeff?sep=(.)\s*", re.IGNORECASE)


class BadRecord(Exception):
    """A record that cannot be read. The next one can, unless the rest of the file is `lost`."""

    def __init__(self, line: int, place: int, finding: Finding, *, lost: bool) -> None:
        """Keep the line, the place of the field and what is wrong with it."""
        super().__init__(line, place, finding.reason)
        self.line, self.place, self.finding, self.lost = line, place, finding, lost


class Table:
    """The records of a file whose encoding is known.

    Line numbers are those an editor shows: LF, CRLF and a lone CR each end a line, also between quotes.
    """

    def __init__(self, stream: BinaryIO, encoding: str, errors: str = "strict") -> None:
        """Start at the beginning of the file."""
        stream.seek(0)
        self._text = io.TextIOWrapper(stream, encoding, errors, newline="")
        self._first = ""
        self._fresh = True
        head = list(self._head())
        self._csv = csv.reader(self._lines(head), delimiter=self.delimiter, strict=True)
        self.width = 0
        """Number of columns of the header, once known."""

    delimiter = ","

    def records(self) -> Iterator[tuple[int, list[str] | BadRecord]]:
        """Yield each record that is not blank with the line it starts on; raise BadRecord where the rest is lost."""
        while True:
            line, self._fresh = self._csv.line_num + 1, True
            try:
                cells = next(self._csv)
            except StopIteration:
                return
            except csv.Error:
                yield line, self._bad(line)
                continue
            if self._csv.line_num > line:
                self._refuse_swallowed_rows(line, cells)
            if any(map(str.strip, cells)):
                yield line, cells

    def close(self) -> None:
        """Let go of the stream without closing it."""
        self._text.detach()

    def _read(self) -> Iterator[str]:
        return iter(partial(self._text.readline, _LONGEST_LINE), "")

    def _head(self) -> Iterator[str]:
        """Yield the lines up to the header and set the separator, which a spreadsheet may name in a line `sep=;`."""
        named = None
        for text in self._read():
            if match := _SEPARATOR_LINE.fullmatch(text):
                named = match[1]
                yield "\n"
                continue
            yield text
            if text.strip("\ufeff \r\n" + _DELIMITERS):
                self.delimiter = named or max(_DELIMITERS, key=_QUOTED.sub("", text).count)
                return

    def _lines(self, head: list[str]) -> Iterator[str]:
        for text in chain(head, self._read()):
            if self._fresh:
                self._first, self._fresh = text, False
            if len(text) >= _LONGEST_LINE:
                pieces = split_loosely(text, self.delimiter)
                place = max(range(len(pieces)), key=lambda position: len(pieces[position]))
                raise BadRecord(self._csv.line_num + 1, place, _too_long(pieces[place]), lost=True)
            yield text

    def _bad(self, line: int) -> BadRecord:
        """Tell what is wrong with the record that starts on this line; raise it where lines after it are lost."""
        lost = self._csv.line_num > line
        pieces = split_loosely(self._first, self.delimiter)
        for place, piece in enumerate(pieces):
            if len(piece) > csv.field_size_limit():
                return BadRecord(line, place, _too_long(piece), lost=False)
        if lost:
            raise _unbalanced(line, len(pieces) - 1, lost=True)
        odd = (place for place, piece in enumerate(pieces) if not _WELL_QUOTED.fullmatch(piece))
        return _unbalanced(line, next(odd, len(pieces) - 1), lost=False)

    def _refuse_swallowed_rows(self, line: int, cells: list[str]) -> None:
        """Raise where a quoted text holds what looks like rows: its quotation mark was closed by a later row's."""
        for place, cell in enumerate(cells):
            first, *more = re.split(r"\r\n|\r|\n", cell)
            to_come = self.width - 1 - place
            rest_of_row = to_come >= 2 and first.count(self.delimiter) >= to_come
            whole_rows = self.width > 2 and any(text.count(self.delimiter) >= self.width - 1 for text in more[:-1])
            if more and (rest_of_row or whole_rows):
                raise _unbalanced(line, place, lost=True)


def split_loosely(text: str, delimiter: str) -> list[str]:
    """Split a line that csv cannot read, to name the field that is at fault."""
    pieces, start, quoted = [], 0, False
    for match in re.finditer(f'["{re.escape(delimiter)}]', text):
        if match[0] == '"':
            quoted = not quoted
        elif not quoted:
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:].rstrip("\r\n")]


def _too_long(text: str) -> Finding:
    params = {"count": str(len(text)), "limit": str(csv.field_size_limit())}
    return Finding(Outcome.REJECT, Reason.TOO_LONG, params=params)


def _unbalanced(line: int, place: int, *, lost: bool) -> BadRecord:
    return BadRecord(line, place, Finding(Outcome.REJECT, Reason.UNBALANCED_QUOTE), lost=lost)
