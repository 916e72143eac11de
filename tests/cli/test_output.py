"""What is printed: for people aligned, for spreadsheets harmless, for programs exact."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta, timezone
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from shopterm.cli.output import harmless, plain, table, write_csv, write_json
from shopterm.domain.text import width
from shopterm.domain.units import Instant, Minutes, Money, Quantity
from shopterm.domain.vocabulary import OrderState, Role

ZONE = timezone(timedelta(hours=8))
MOMENT = Instant(1795503600_000_000)


class Head(NamedTuple):
    key: str
    label: str


HEADS = (Head("part", "Part number"), Head("name", "Name"), Head("price", "Price"))
ROWS = [("600-311-3750", "柴油滤芯", Money(1_234_567)), ("X", "fuel filter", Money(5)), ("Y", None, None)]


@contextmanager
def written() -> Iterator[Callable[[], bytes]]:
    """Catch standard output as bytes."""
    with CliRunner().isolation() as (stream, _err, _both):
        yield lambda: (sys.stdout.flush(), stream.getvalue())[1]


@pytest.mark.parametrize(
    ("cell", "program"),
    [
        (None, None),
        (True, True),
        (7, 7),
        (Money(123_450), "1234.50"),
        (Money(-5), "-0.05"),
        (Quantity(2_500), "2.5"),
        (Quantity(12_000_000), "12000"),
        (Minutes(90), 90),
        (OrderState.IN_SHOP, "in_shop"),
        (MOMENT, "2026-11-24T15:00:00+08:00"),
        ("bad\x1b]0;x\x07", "bad\ufffd]0;x\ufffd"),
        (frozenset({Role.MECHANIC, Role.FOREMAN}), ["foreman", "mechanic"]),
    ],
)
def test_programs_read_exact_values(cell: object, program: object) -> None:
    found = plain(cell, ZONE)
    assert found == program
    assert type(found) is type(program)


@pytest.mark.parametrize("text", ["=1+1", "+86 100", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_spreadsheet_never_takes_text_for_a_formula(text: str) -> None:
    assert harmless(text, ZONE) == f"'{text}"


def test_numbers_stay_numbers() -> None:
    assert harmless(Money(-1_250), ZONE) == "-12.50"
    assert harmless(-3, ZONE) == -3
    assert harmless(False, ZONE) == 0
    assert harmless(None, ZONE) == ""


def test_csv_reads_back() -> None:
    rows = [("a,b", 'say "hi"', Money(100)), ("line\nbreak", "=x", Money(-1))]
    with written() as out:
        write_csv(HEADS, rows, ZONE, bom=True)
        text = out().decode("utf-8")
    assert text.startswith("\ufeffpart,name,price\n")
    assert list(csv.reader(io.StringIO(text)))[1:] == [["a,b", 'say "hi"', "1.00"], ["line\nbreak", "'=x", "-0.01"]]


def test_json_is_one_utf8_object() -> None:
    with written() as out:
        write_json({"name": "柴油滤芯"})
        found = out()
    assert json.loads(found) == {"name": "柴油滤芯"}
    assert "柴油".encode() in found


def test_columns_align_by_cells_and_numbers_to_the_right() -> None:
    lines = table(HEADS, ROWS, ZONE)
    assert len({width(line) for line in lines[:3]}) == 1
    assert lines[1].endswith("12,345.67")
    assert lines[2].endswith("     0.05")


def test_nothing_from_data_reaches_the_terminal_raw() -> None:
    (_head, line) = table(HEADS, [("\x1b[31m", "a\u202eb\ttab", Money(1))], ZONE)
    assert not any(char < " " or "\x7f" <= char <= "\x9f" for char in line)
    assert "\u202e" not in line


@pytest.mark.parametrize("columns", [24, 40, 60, 80])
def test_a_table_fits_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setenv("COLUMNS", str(columns))
    rows = [("600-311-3750-0000-1111", "一个很长很长很长很长很长很长的名称", Money(1_234_567))]
    assert all(width(line) <= max(columns, 28) for line in table(HEADS, rows, ZONE))


class Terminal(io.StringIO):
    """Says that it is a terminal."""

    def isatty(self) -> bool:
        return True
