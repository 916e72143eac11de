"""Names and notes are kept and made safe; identifying values are right to the letter or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm.domain.text import is_clean
from shopterm.imports.issues import Finding, Value
from shopterm.imports.texts import code, text
from tests.imports.findings import brief

NAME = text(20)
NOTE = text(200, multiline=True)
NUMBER = code(40, number=True)
BIN = code(40)
MAKER = code(40, guarded=False)


@pytest.mark.parametrize(
    "value", ["SEAL RING", "密封圈（大）", '3CX 9"', "a", "45 mm; 1/2", "Lü", "-5", "+", "数量 = 3", "a@b.c"]
)
def test_usual_text_is_kept_without_a_word(value: str) -> None:
    assert NAME(value) == value


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("", None),
        (" \u3000\t", None),
        (" SEAL ", ("normalise", "blanks", "SEAL")),
        ("SEAL\tRING", ("normalise", "blanks", "SEAL RING")),
        ("SEAL\r\n  RING\nLONG", ("normalise", "line_break", "SEAL RING LONG")),
        ("SEAL\x00RING", ("clean", "control_character", "SEAL\ufffdRING")),
        ("SE\u200bAL", ("clean", "invisible_character", "SE\ufffdAL")),
        ("=1+1", ("keep", "formula", "=1+1")),
        ("@SUM(A1)", ("keep", "formula", "@SUM(A1)")),
        ("[b]x[/b]", ("keep", "markup", "[b]x[/b]")),
        ("a" * 21, ("reject", "too_long", None)),
        ("e\u0301", "é"),
    ],
)
def test_other_text_is_made_safe_and_reported(raw: str, found: object) -> None:
    assert brief(NAME(raw)) == found


def test_notes_keep_their_lines() -> None:
    assert NOTE("分三行写\n第二行\r\n第三行") == "分三行写\n第二行\n第三行"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("708-2L-00300", "708-2L-00300"),
        ("6003/C3", "6003/C3"),
        ("65.01321-5114B", "65.01321-5114B"),
        ("5E-1234", "5E-1234"),
        ("1E-5000", "1E-5000"),
        ("1E5", "1E5"),
        ("大泵-1", "大泵-1"),
        ("", None),
        ("   ", None),
        ("708-2l", ("normalise", "letter_case", "708-2L")),
        ("７０８－２Ｌ", ("normalise", "full_width", "708-2L")),
        ("708–2L", ("normalise", "odd_dash", "708-2L")),
        ("\ufeff708-2L", ("normalise", "invisible_character", "708-2L")),
        ('="01010"', ("normalise", "formula", "01010")),
        ("NL 002.210.04", ("keep", "blanks", "NL 002.210.04")),
        ("708\u200b2L", ("reject", "invisible_character", None)),
        ("708\x1b2L", ("reject", "control_character", None)),
        ("708\n2L", ("reject", "control_character", None)),
        ("1.23E+05", ("reject", "excel_mangled", None)),
        ("1E+05", ("reject", "excel_mangled", None)),
        ("01-Jan", ("reject", "excel_mangled", None)),
        ("Mar-02", ("reject", "excel_mangled", None)),
        ("1月2日", ("reject", "excel_mangled", None)),
        ("#DIV/0!", ("reject", "excel_mangled", None)),
        ("######", ("reject", "excel_mangled", None)),
        ("=708-2L", ("hold", "excel_mangled", "708-2L")),
        ("6735515143.0", ("hold", "excel_mangled", "6735515143")),
        ("2026/1/2", ("hold", "excel_mangled", "2026/1/2")),
        ("9" * 41, ("reject", "too_long", None)),
    ],
)
def test_part_numbers(raw: str, found: object) -> None:
    assert brief(NUMBER(raw)) == found


def test_other_codes_keep_their_case_and_blanks() -> None:
    assert BIN("a-01 b") == "a-01 b"
    assert brief(BIN("2-Mar")) == ("reject", "excel_mangled", None)
    assert MAKER("Hyundai Heavy") == "Hyundai Heavy"
    assert MAKER("2-Mar") == "2-Mar"


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_comes_out_is_clean_and_stays_so(raw: str) -> None:
    for read in (NAME, NOTE, NUMBER, BIN, MAKER):
        value = _value(read(raw))
        if value is not None:
            assert is_clean(str(value), multiline=read is NOTE)
            assert _value(read(str(value))) == value or read is NUMBER


def _value(found: Value | Finding) -> Value:
    return found.value if isinstance(found, Finding) else found
