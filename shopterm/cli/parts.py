"""Prints parts: what a text may mean with the reason, and one part as a page."""

from shopterm.cli.context import Cli
from shopterm.cli.nouns import nothing_found
from shopterm.cli.output import Heading, answer, plain, table, write_csv
from shopterm.cli.pages import print_detail
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import Message, _

COLUMNS = (
    Heading("maker", _("Maker")), Heading("number", _("Part number")), Heading("name_zh", _("Name")),
    Heading("name_en", _("Name (Latin)")), Heading("reason", _("Found by")), Heading("via", _("Over")),
    Heading("successor", _("Replaced by")), Heading("on_hand", _("In stock")), Heading("reserved", _("Reserved")),
    Heading("unit", _("Unit")), Heading("bin", _("Bin")), Heading("price", _("List price")),
    Heading("price_per", _("Per")),
)  # fmt: skip
SHORT = tuple(column for column in COLUMNS if column.key not in {"name_en", "price_per", "unit"})


def find_parts(cli: Cli, text: str, limit: int, offset: int) -> None:
    """Print the parts a text may mean, the best reason first."""
    _reader, shop = cli.reader, cli.shop
    from shopterm.db.queries.lists import site_number
    from shopterm.db.queries.parts import search_parts

    with shop.reader():
        hits = search_parts(shop, text, site_number(shop.settings.site.code), limit, offset)
    if not hits and not offset:
        raise nothing_found(text)
    rows = [{column.key: getattr(hit, column.key) for column in COLUMNS} for hit in hits]
    if cli.csv:
        write_csv(COLUMNS, [tuple(row.values()) for row in rows], cli.zone, bom=cli.bom)
        return
    data = [{key: plain(cell, cli.zone) for key, cell in row.items()} for row in rows]
    shown = [tuple(_told(column.key, row) for column in SHORT) for row in rows]
    answer(cli, {"list": "part", "rows": data}, lambda: table(SHORT, shown, cli.zone))


def _told(key: str, row: dict[str, object]) -> object:
    """Return a cell as it is shown: reasons are translated, a part has a name in some language."""
    if key == "reason":
        return Message(str(row[key]))
    return row["name_zh"] or row["name_en"] if key == "name_zh" else row[key]


def show_part(cli: Cli, number: str) -> None:
    """Print one part by its number, with or without its maker before it."""
    _reader, shop = cli.reader, cli.shop
    from shopterm.db.queries.lists import key_of
    from shopterm.db.queries.parts import part_card

    with shop.reader():
        found = part_card(shop, key_of(Doc.PART, number))
    print_detail(cli, found)  # outside: what fails then is the printing, not the database
