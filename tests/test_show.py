"""Values as people read them."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from shopterm.domain.units import Day, Instant, Minutes, Money, Quantity
from shopterm.domain.vocabulary import Payer, Role
from shopterm.i18n import use
from shopterm.show import DAY, HOUR, MINUTE, ago, say, show, when

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = Instant(1_795_492_800_000_000)
"""2026-11-24 12:00 in Shanghai."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use("en")
    yield
    use("en")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (7, "7"),
        ("text [b]", "text [b]"),
        ("a\x1bb", "a\ufffdb"),
        (Money(123_450), "1,234.50"),
        (Money(-5), "-0.05"),
        (Quantity(2000), "2"),
        (Quantity(-1_500), "-1.5"),
        (Quantity(1_234_567_001), "1,234,567.001"),
        (Minutes(90), "1:30"),
        (Minutes(-5), "-0:05"),
        (NOON, "2026-11-24 12:00"),
        (Day("2026-11-24"), "2026-11-24"),
        (Payer.HOUSE, "house"),
        ((Role.FOREMAN, Role.CASHIER), "foreman, cashier"),
    ],
)
def test_cells(cell: object, text: str) -> None:
    assert show(cell, SHANGHAI) == text


def test_a_moment_is_as_short_as_it_stays_clear() -> None:
    def at(hours: int) -> str:
        return when(Instant(NOON + hours * HOUR), NOON, SHANGHAI)

    assert [at(1), at(-13), at(24 * 60), at(-24 * 400)] == [
        "13:00",
        "11-23 23:00",
        "2027-01-23 12:00",
        "2025-10-20 12:00",
    ]


def test_how_long_ago_in_the_largest_whole_unit() -> None:
    ages = [0, MINUTE - 1, MINUTE, HOUR - 1, HOUR, DAY - 1, 3 * DAY, -2 * HOUR, -1]
    assert [ago(NOON - age, NOON) for age in ages] == [
        "now",
        "now",
        "1 min",
        "59 min",
        "1 h",
        "23 h",
        "3 d",
        "-2 h",
        "now",
    ]


def test_a_sentence_shows_its_parameters_and_never_reads_them() -> None:
    told = say("{who} owes {amount} for {what}", {"who": Role.CASHIER, "amount": Money(150), "what": "{who}\x1b"})
    assert told == "cashier owes 1.50 for {who}\ufffd"
