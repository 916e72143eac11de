"""Days in any clear spelling become ISO; two readings are asked, others refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopterm.imports.dates import day
from tests.imports.findings import brief


@pytest.mark.parametrize(
    "raw",
    [
        "2026/2/8", "2026.02.08", "2026年2月8日", "20260208", "08.02.2026", "8.2.2026", "２０２６－０２－０８",
        " 2026-02-08", "2026-2-8", "2026-02-08 00:00:00", "2026-02-08T00:00",
    ],
)  # fmt: skip
def test_other_spellings_become_iso(raw: str) -> None:
    assert brief(day(raw)) == ("normalise", "date_form", "2026-02-08")


def test_day_and_month_are_told_apart_where_they_can_be() -> None:
    assert brief(day("13/04/2025")) == ("normalise", "date_form", "2025-04-13")
    assert brief(day("04/13/2025")) == ("normalise", "date_form", "2025-04-13")
    assert brief(day("04/04/2025")) == ("normalise", "date_form", "2025-04-04")


@pytest.mark.parametrize("raw", ["03/04/2025", "03-04-2025", "45678", "45678.5", "08/02/26", "8.2.26"])
def test_doubtful_days_are_held(raw: str) -> None:
    assert brief(day(raw)) == ("hold", "ambiguous_date", None)


@pytest.mark.parametrize(
    "raw",
    [
        "2026/2/30", "2026-13-01", "2026-02-29", "20261301", "99/99/2025", "yesterday", "2026", "1026-01-01",
        "9999-01-01", "2026-02-08 13:45", "٢٠٢٦-٠٢-٠٨", "1",
    ],
)  # fmt: skip
def test_no_days_are_refused(raw: str) -> None:
    assert brief(day(raw)) == ("reject", "bad_date", None)


def test_no_day_is_no_day() -> None:
    assert day("") is None
    assert day("  ") is None


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_in_both_usual_forms(when: date) -> None:
    assert day(when.isoformat()) == when.isoformat()
    assert brief(day(f"{when.year}/{when.month}/{when.day}")) == ("normalise", "date_form", when.isoformat())


@given(st.text(max_size=14))
def test_any_text_is_a_day_nothing_or_a_finding(raw: str) -> None:
    day(raw)
