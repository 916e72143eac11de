"""Whole shares always add up and never stray from the exact share."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shopterm.domain.shares import largest_remainder

totals = st.integers(-(10**12), 10**12)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=8)


@given(totals, weights)
def test_shares_sum_to_the_total_and_are_the_exact_share_rounded(total: int, parts: list[int]) -> None:
    assume(sum(parts))
    shares = largest_remainder(total, parts)
    assert sum(shares) == total
    for share, weight in zip(shares, parts, strict=True):
        assert abs(share - Fraction(total * weight, sum(parts))) < 1


@given(totals, weights)
def test_who_has_more_weight_never_gets_less_and_no_weight_gets_nothing(total: int, parts: list[int]) -> None:
    assume(sum(parts))
    by_weight = sorted(zip(parts, map(abs, largest_remainder(total, parts)), strict=True))
    assert all(share == 0 for weight, share in by_weight if weight == 0)
    for (lighter, less), (heavier, more) in zip(by_weight, by_weight[1:], strict=False):
        assert less <= more or lighter == heavier


@given(totals, weights)
def test_a_credit_mirrors_the_bill(total: int, parts: list[int]) -> None:
    assume(sum(parts))
    assert largest_remainder(-total, parts) == [-share for share in largest_remainder(total, parts)]


def test_units_left_over_go_to_the_largest_remainders_then_to_the_first() -> None:
    assert largest_remainder(100, [1, 1, 1]) == [34, 33, 33]
    assert largest_remainder(10, [15, 14, 1]) == [5, 5, 0]
    assert largest_remainder(2, [1, 1, 1, 1]) == [1, 1, 0, 0]


def test_nothing_to_split_is_fine_but_nothing_to_split_by_is_not() -> None:
    assert largest_remainder(0, []) == []
    assert largest_remainder(0, [0, 0]) == [0, 0]
    for total, parts in ((5, [0, 0]), (5, []), (5, [3, -1])):
        with pytest.raises(ValueError, match="weight"):
            largest_remainder(total, parts)
