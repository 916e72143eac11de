"""Amounts in the minor unit; every division rounds half up, once."""

BASIS = 10_000


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero; the denominator is positive."""
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def labour_amount(minutes: int, rate: int) -> int:
    """Return the charge for minutes at a rate per hour."""
    return half_up(minutes * rate, 60)


def part_amount(quantity: int, price: int, price_per: int = 1) -> int:
    """Return the price of a quantity (thousandths) at a price for ``price_per`` pieces."""
    return half_up(quantity * price, 1000 * price_per)


def tax_within(gross: int, rate: int) -> int:
    """Return the tax contained in a gross amount; the rate is in basis points."""
    return half_up(gross * rate, BASIS + rate)


def tax_on(net: int, rate: int) -> int:
    """Return the tax to add to a net amount; the rate is in basis points."""
    return half_up(net * rate, BASIS)
