"""What the values of one row must have to do with each other, by kind of file."""

import re
from collections.abc import Callable, Iterator, Mapping

from shopterm.domain.partnumber import normalise
from shopterm.imports.issues import Finding, Value, shown
from shopterm.imports.reasons import Outcome, Reason

Values = dict[str, Value]
Rule = Callable[[Values, str], Iterator[tuple[str, Finding]]]
"""Takes the row's values, which it may complete, and the house's currency; yields field and finding."""

_SUPERSEDED = re.compile(
    r"(?:SUPERSEDED BY|REPLACED BY|REPLACED WITH|USE INSTEAD|替代为|替换为|已改为|改用)[:：\s]*"
    r"([0-9A-Z][-0-9A-Z./]*[0-9A-Z])(?:.*?(?:QTY|数量)[:：\s]*([0-9]+))?",
    re.IGNORECASE,
)
_MICROMETRES_PER_THOUSANDTH_INCH = 25.4
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
    if isinstance(remark, str) and not values.get("superseded_by") and (match := _SUPERSEDED.search(remark)):
        values["superseded_by"] = normalise(match[1])
        values["superseded_qty"] = int(match[2] or 1) * 1000


def _stock(values: Values, _currency: str) -> Iterator[tuple[str, Finding]]:
    serials, quantity = values.get("serials"), values.get("qty")
    if isinstance(serials, tuple) and isinstance(quantity, int) and len(serials) * 1000 != quantity:
        params = {"value": str(len(serials)), "other": f"{quantity / 1000:g}"}
        yield "serials", Finding(Outcome.REJECT, Reason.SERIAL_COUNT, params=params)


def _standards(values: Values, _currency: str) -> Iterator[tuple[str, Finding]]:
    minutes, hundredths = values.get("standard_minutes"), values.get("standard_hours")
    if isinstance(minutes, int) and isinstance(hundredths, int) and abs(minutes * 10 - hundredths * 6) > 6:
        yield "standard_hours", _disagree(f"{hundredths / 100:g} h", f"{minutes} min")


def _supersessions(values: Values, _currency: str) -> Iterator[tuple[str, Finding]]:
    old = values.get("old_part_no")
    if old is not None and old == values.get("new_part_no"):
        yield "new_part_no", Finding(Outcome.REJECT, Reason.SELF_REFERENCE, params={"value": shown(str(old))})


def _models(values: Values, _currency: str) -> Iterator[tuple[str, Finding]]:
    metric, inch = values.get("pin_centers_mm"), values.get("pin_centers_inch")
    if isinstance(metric, int) and isinstance(inch, int):
        off = abs(metric - round(inch * _MICROMETRES_PER_THOUSANDTH_INCH))
        if off > _INCH_TOLERANCE:
            yield "pin_centers_inch", _disagree(f"{inch / 1000:g} inch", f"{metric / 1000:g} mm")


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
