"""The kinds of file, as data.

Values: money in minor units; `qty` and `qty_new_per_old` in thousandths; weights in grams, tons in thousandths
(kilograms), pin sizes in micrometres; `discount_limit_pct` in hundredths of a percent, `warranty_factor` in
thousandths; `pack_qty`, `price_per` and everything else countable in whole pieces; `superseded_by`
names each new number as often as one old part needs it; days as ISO text; flags 1 or 0.
"""

from shopterm.domain.partnumber import compact, lookalike_key
from shopterm.imports.choices import (
    ABC,
    CUSTOMER_KINDS,
    FITS,
    LABOUR_KINDS,
    LANGUAGES,
    RETURNABLE,
    ROLES,
    SUPERSESSIONS,
    UNITS,
    choice,
    flag,
    several,
    terms,
)
from shopterm.imports.dates import day
from shopterm.imports.kinds import Column, Kind, Near, Reference
from shopterm.imports.numbers import decimal, hours, money, price
from shopterm.imports.reasons import Outcome, Reason
from shopterm.imports.texts import code, text

_MAKER = code(40, guarded=False)
_NUMBER = code(40, number=True)
_CODE = code(40)
_NAME = text(200)
_NOTE = text(2000, multiline=True)
_WHOLE = decimal(0)
_COUNT = decimal(0, least=1)
_THOUSANDTHS = decimal(3)


def _maker(name: str = "maker") -> Column:
    return Column(name, _MAKER, required=True)


def _number(name: str = "part_no") -> Column:
    return Column(name, _NUMBER, required=True)


def _part(maker: str = "maker", number: str = "part_no", missing: Outcome = Outcome.REJECT) -> Reference:
    return Reference("part", (maker, number), number, Reason.UNKNOWN_PART, missing)


_NAMES = (Column("name_en", _NAME), Column("name_zh", _NAME))
_COMMON_TO_PARTS_AND_PRICES = (
    *_NAMES,
    Column("pack_qty", _COUNT),
    Column("price_per", _COUNT),
    Column("weight_kg", decimal(3, rounded=True)),
    Column("core_deposit", money()),
    Column("returnable", choice(RETURNABLE), lenient=True),
    Column("serial_tracked", flag, lenient=True),
    Column("cost", money()),
)
_SAME_WITHOUT_DASHES = Near(("maker", "part_no"), lambda maker, number: f"{maker}\0{compact(number)}", "part_no")
_SAME_AT_ANOTHER_MAKER = Near(("part_no",), str, "maker")

PARTS = Kind(
    "parts",
    (
        _maker(), _number(), Column("unit", choice(UNITS), required=True), *_COMMON_TO_PARTS_AND_PRICES,
        Column("list_price", price()), Column("abc", choice(ABC), lenient=True),
    ),
    key=("maker", "part_no"), key_field="part_no",
    near=(_SAME_WITHOUT_DASHES, _SAME_AT_ANOTHER_MAKER), part=("maker", "part_no"),
)  # fmt: skip

PRICES = Kind(
    "prices",
    (
        _maker(), _number(), Column("list_price", price(), required=True), Column("list_price_net", money()),
        *_COMMON_TO_PARTS_AND_PRICES, Column("unit", choice(UNITS), lenient=True), Column("currency", text(10)),
        Column("superseded_by", several(number=True)),
        Column("effective", day), Column("remark", _NAME),
    ),
    key=("maker", "part_no"), key_field="part_no", part=("maker", "part_no"),
)  # fmt: skip

CUSTOMERS = Kind(
    "customers",
    (
        Column("customer_no", _CODE, required=True), Column("kind", choice(CUSTOMER_KINDS), required=True),
        Column("name", _NAME, required=True), Column("name_en", _NAME), Column("contact", _NAME),
        Column("phone", _CODE, lenient=True), Column("email", _NAME), Column("address", text(400, multiline=True)),
        Column("tax_no", _CODE, lenient=True), Column("price_group", _CODE), Column("terms", terms, lenient=True),
        Column("credit_limit", money()), Column("language", choice(LANGUAGES), lenient=True), Column("note", _NOTE),
    ),
    key=("customer_no",), key_field="customer_no", near=(Near(("name",), str.casefold, "name"),),
)  # fmt: skip

MACHINES = Kind(
    "machines",
    (
        Column("serial", _CODE, required=True), _maker(), Column("model", text(80), required=True),
        Column("year", _WHOLE), Column("purchase_date", day, past=True), Column("warranty_months", _WHOLE),
        Column("warranty_hours", _WHOLE), Column("hours", hours), Column("hours_read_on", day, past=True),
        Column("customer_no", _CODE), Column("site", _CODE), Column("engine_no", _CODE, lenient=True),
        Column("sold_by_us", flag, lenient=True), Column("demo", flag, lenient=True), Column("note", _NOTE),
    ),
    key=("maker", "serial"), key_field="serial",
    near=(
        Near(("maker", "serial"), lambda maker, serial: f"{maker}\0{lookalike_key(serial)}", "serial", Outcome.HOLD),
        Near(("serial",), lookalike_key, "serial"),
    ),
    references=(
        Reference("customer", ("customer_no",), "customer_no", Reason.UNKNOWN_CUSTOMER, Outcome.WARN),
        Reference("site", ("site",), "site", Reason.UNKNOWN_SITE, Outcome.WARN),
    ),
)  # fmt: skip

STOCK = Kind(
    "stock",
    (
        Column("site", _CODE, required=True), Column("store", _CODE, default="MAIN"),
        Column("bin", _CODE, required=True), _maker(), _number(), Column("qty", _THOUSANDTHS, required=True),
        Column("unit_cost", money()), Column("last_count", day, past=True), Column("last_issue", day, past=True),
        Column("serials", several()),
    ),
    key=("site", "store", "bin", "maker", "part_no"), key_field="part_no",
    unique=(("maker", "part_no", "serials"),),
    references=(Reference("site", ("site",), "site", Reason.UNKNOWN_SITE), _part()), part=("maker", "part_no"),
)  # fmt: skip

PEOPLE = Kind(
    "people",
    (
        Column("person_no", _CODE, required=True), Column("name_zh", _NAME, required=True), Column("name_en", _NAME),
        Column("roles", several(ROLES), required=True), Column("sites", several(), required=True),
        Column("language", choice(LANGUAGES), lenient=True), Column("badge", _CODE),
        Column("phone", _CODE, lenient=True), Column("skills", several()), Column("discount_limit_pct", decimal(2)),
        Column("active", flag, lenient=True), Column("joined", day),
    ),
    key=("person_no",), key_field="person_no", unique=(("badge",),),
    references=(Reference("site", ("sites",), "sites", Reason.UNKNOWN_SITE),),
)  # fmt: skip

STANDARDS = Kind(
    "standards",
    (
        Column("code", _CODE, required=True), Column("class", _CODE, required=True), *_NAMES,
        Column("machine_kind", _CODE), Column("tons_from", _THOUSANDTHS), Column("tons_to", _THOUSANDTHS),
        Column("standard_minutes", _WHOLE, required=True), Column("standard_hours", decimal(2, rounded=True)),
        Column("people", _COUNT), Column("labour_kind", choice(LABOUR_KINDS)), Column("skill", _CODE),
        Column("rate_per_hour", money()), Column("warranty_factor", _THOUSANDTHS),
    ),
    key=("code", "class"), key_field="code",
)  # fmt: skip

SUPERSESSIONS_FILE = Kind(
    "supersessions",
    (
        _maker(), _number("old_part_no"), _number("new_part_no"), Column("qty_new_per_old", _THOUSANDTHS),
        Column("kind", choice(SUPERSESSIONS)), Column("effective", day), Column("note", _NAME),
    ),
    key=("maker", "old_part_no", "new_part_no"), key_field="new_part_no",
    chain=("maker", "old_part_no", "new_part_no"),
    references=(
        _part(number="old_part_no", missing=Outcome.WARN), _part(number="new_part_no", missing=Outcome.WARN),
    ),
)  # fmt: skip

INTERCHANGE = Kind(
    "interchange",
    (
        _maker(), _number(), _maker("other_maker"), _number("other_part_no"), Column("fit", choice(FITS)),
        Column("note", _NAME),
    ),
    key=("maker", "part_no", "other_maker", "other_part_no"), key_field="other_part_no",
    references=(_part(missing=Outcome.WARN), _part("other_maker", "other_part_no", Outcome.WARN)),
)  # fmt: skip

KITS = Kind(
    "kits",
    (
        _maker("kit_maker"), _number("kit_part_no"), Column("line", _COUNT), _maker("part_maker"), _number(),
        Column("qty", _THOUSANDTHS, required=True),
    ),
    key=("kit_maker", "kit_part_no", "line", "part_maker", "part_no"), key_field="part_no",
    references=(_part("kit_maker", "kit_part_no"), _part("part_maker", "part_no")),
)  # fmt: skip

NUMBERS = Kind(
    "numbers",
    (
        Column("customer_no", _CODE, required=True), Column("customer_part_no", _CODE, required=True), _maker(),
        _number(),
    ),
    key=("customer_no", "customer_part_no"), key_field="customer_part_no",
    references=(
        Reference("customer", ("customer_no",), "customer_no", Reason.UNKNOWN_CUSTOMER), _part(),
    ),
)  # fmt: skip

_MICROMETRES = decimal(3)
MODELS = Kind(
    "models",
    (
        _maker(), Column("model", text(80), required=True), Column("stick_pin_mm", _MICROMETRES),
        Column("stick_width_mm", _MICROMETRES), Column("link_pin_mm", _MICROMETRES),
        Column("link_width_mm", _MICROMETRES), Column("pin_centers_mm", _MICROMETRES),
        Column("pin_centers_inch", _THOUSANDTHS), Column("notes", _NOTE),
    ),
    key=(), key_field="model",
    near=(Near(("maker", "model"), lambda maker, model: f"{maker}\0{compact(model)}", "model"),),
)  # fmt: skip

KINDS = {
    kind.name: kind
    for kind in (
        PARTS, PRICES, CUSTOMERS, MACHINES, STOCK, PEOPLE, STANDARDS, SUPERSESSIONS_FILE, INTERCHANGE, KITS, NUMBERS,
        MODELS,
    )
}  # fmt: skip
