"""What the values of one row must have to do with each other, by kind of file."""

from collections.abc import Callable, Iterator, Mapping

from shopterm.domain.units import Quantity
from shopterm.imports.issues import Finding, Value, shown
from shopterm.imports.reasons import Outcome, Reason
from shopterm.imports.remarks import superseding

Values = dict[str, Value]
Rule = Callable[[Values, str], Iterator[tuple[str, Finding]]]
"""Takes the row's values, which it may complete, and the house's currency; yields field and finding."""

_TENTHS_OF_MICROMETRES = 254  # in a thousandth of an inch
_INCH_TOLERANCE = 200  # micrometres: inches are given to two or three decimals


def _parts(values: Values, _currency: str) -> Iterator[tuple[str, Finding]]:
    cost, listed = values.get("cost"), values.get("list_price")
    if isinstance(cost, int) and isinstance(listed, int) and cost > listed:
        yield "cost", Finding(Outcome.WARN, Reason.COST_ABOVE_LIST)


def _prices(values: Values, currency: str) -> Iterator[tuple[str, Finding]]:
    yield from _parts(values, currency)
    if values.get("list_price") is None:
        values["list_price_net"] = None
    said = values.get("currency")
    if isinstance(said, str) and said.upper() != currency:
        yield (
            "currency",
            Finding(Outcome.REJECT, Reason.CURRENCY, params={"value": shown(said), "known": currency}),
        )
    remark = values.get("remark")
    if isinstance(remark, str) and not values.get("superseded_by"):
        values["superseded_by"] = superseding(remark) or None


def _stock(values: Values, _currency: str) -> Iterator[tuple[str, Finding]]:
    serials, quantity = values.get("serials"), values.get("qty")
    if isinstance(serials, tuple) and isinstance(quantity, int) and len(serials) * 1000 != quantity:
        params = {"value": str(len(serials)), "other": str(Quantity(quantity))}
        yield "serials", Finding(Outcome.REJECT, Reason.SERIAL_COUNT, params=params)


def _standards(values: Values, _currency: str) -> Iterator[tuple[str, Finding]]:
    minutes, hundredths = values.get("standard_minutes"), values.get("standard_hours")
    if isinstance(minutes, int) and isinstance(hundredths, int) and abs(minutes * 10 - hundredths * 6) > 6:
        yield "standard_hours", _disagree(f"{hundredths // 100}.{hundredths % 100:02} h", f"{minutes} min")


def _supersessions(values: Values, _currency: str) -> Iterator[tuple[str, Finding]]:
    old = values.get("old_part_no")
    if old is not None and old == values.get("new_part_no"):
        yield "new_part_no", Finding(Outcome.REJECT, Reason.SELF_REFERENCE, params={"value": shown(str(old))})


def _models(values: Values, _currency: str) -> Iterator[tuple[str, Finding]]:
    metric, inch = values.get("pin_centers_mm"), values.get("pin_centers_inch")
    if not (isinstance(metric, int) and isinstance(inch, int)):
        return
    if abs(10 * metric - _TENTHS_OF_MICROMETRES * inch) > 10 * _INCH_TOLERANCE:
        yield "pin_centers_inch", _disagree(f"{Quantity(inch)} inch", f"{Quantity(metric)} mm")


def _disagree(value: str, other: str) -> Finding:
    return Finding(Outcome.WARN, Reason.DISAGREE, params={"value": value, "other": other})


RULES: Mapping[str, Rule] = {
    "parts": _parts,
    "prices": _prices,
    "stock": _stock,
    "standards": _standards,
    "supersessions": _supersessions,
    "models": _models,
}
