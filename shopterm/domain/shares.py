"""Splits a whole number into whole shares that add up: minutes between people, money between payers."""

from collections.abc import Sequence


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Split the total in proportion to the weights; the shares are whole and sum to the total exactly.

    Each share is the exact one rounded down or up. The units left over go to the largest remainders; between
    equal remainders the earlier position wins, so give the weights in a fixed order. A negative total is the
    mirror of the positive one: a credit takes back what the bill gave. Raises ValueError where nothing can be
    in proportion: a negative weight, or a total other than 0 over weights that are all 0.
    """
    whole = sum(weights)
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight is negative")
    if whole == 0:
        if total:
            raise ValueError("there is no weight to split by")
        return [0] * len(weights)
    sign = -1 if total < 0 else 1
    parts = [divmod(abs(total) * weight, whole) for weight in weights]
    shares = [share for share, _ in parts]
    missing = abs(total) - sum(shares)
    by_remainder = sorted(range(len(parts)), key=lambda position: -parts[position][1])
    for position in by_remainder[:missing]:
        shares[position] += 1
    return [sign * share for share in shares]
