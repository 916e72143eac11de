"""One part as a page: prices, stock by bin, promised to whom, on loan to whom, how its number relates to others."""

from shopterm.db import sql
from shopterm.db.queries.names import name_of, named
from shopterm.db.queries.order_pages import Pairs, pairs
from shopterm.db.queries.relations import successors
from shopterm.db.queries.rows import Detail, Section, columns
from shopterm.db.session import Shop
from shopterm.domain.errors import NotFound
from shopterm.domain.known_words import Fit, Returnable, known
from shopterm.domain.units import Instant, Money, Quantity
from shopterm.domain.vocabulary import Doc, MoveKind
from shopterm.domain.words import Keyed, _

NO_SUCH_PART = _("There is no part with the key {key}.")
LAST_MOVES = 10
Related = tuple[tuple[Doc, int, str], ...]


def part_card(shop: Shop, part: int, language: str = "zh") -> Detail:
    """Return a part's page, people named in a language; NotFound if there is none."""
    with shop.reader():
        found = sql.row(
            """
            SELECT maker, number, compact, name_zh, name_en, unit, pack_qty, list_price, price_per, core_deposit,
              serial_tracked, returnable, weight_g, abc, version FROM part WHERE id = ?""",
            part,
        )
        if found is None:
            raise NotFound(NO_SUCH_PART, key=part)
        maker, number, key, zh, en, *_rest, version = found
        sheets, promised = _promised(part)
        loans, lent = _lent(part, language)
        sections = (
            # First what a clerk is asked on the telephone: only the first lines show beside the search.
            _stock(part),
            _replaced_by(maker, number, key),
            promised,
            lent,
            _facts(found),
            _replaces(maker, number, key),
            _interchange(maker, number, key),
            _kit(maker, number),
            _own_numbers(maker, number),
            _moves(part, language),
        )
    return Detail(
        Doc.PART,
        part,
        number,
        None,
        version,
        f"{maker} {number} {named(language, zh, en)}",
        tuple(section for section in sections if section.rows or section.empty),
        (*sheets, *loans),
    )


def _facts(found: tuple[object, ...]) -> Section:
    maker, number, _key, zh, en, unit, pack, price, per, core, tracked, returnable, weight, abc, _version = found
    named: Pairs = [
        ("number", _("Part number"), str(number)),
        ("maker", _("Maker"), str(maker)),
        ("name_zh", _("Name"), str(zh)),
        ("name_en", _("Name (Latin)"), str(en)),
        ("price", _("List price"), Money(price) if isinstance(price, int) and price else Keyed("", _("no price"))),
        ("price_per", _("Price is for"), f"{per} {unit}"),
        ("pack", _("Pack"), f"{pack} {unit}"),
        ("core_deposit", _("Core deposit"), Money(core) if isinstance(core, int) and core else None),
        ("weight", _("Weight (kg)"), Quantity(weight) if isinstance(weight, int) else None),
        ("returnable", _("Returnable"), known(Returnable, str(returnable))),
        ("serial_tracked", _("Serial numbers"), True if tracked else None),
        ("abc", _("Class"), str(abc)),
    ]
    return pairs(Keyed("part", _("Part")), named)


def _stock(part: int) -> Section:
    rows = sql.rows(
        """
        SELECT t.code, n.store, n.code, b.on_hand, b.reserved FROM balance b JOIN bin n ON n.id = b.bin_id
        JOIN site t ON t.id = n.site WHERE b.part_id = ? AND n.virtual = 0 ORDER BY t.code, b.on_hand DESC, n.code""",
        part,
    )
    return Section(
        Keyed("stock", _("Stock")),
        columns(
            site=_("Site"),
            store=_("Store"),
            bin=_("Bin"),
            on_hand=_("In stock"),
            reserved=_("Reserved"),
            free=_("Free"),
        ),
        tuple(
            (site, store, code, Quantity(there), Quantity(reserved), Quantity(there - reserved))
            for site, store, code, there, reserved in rows
        ),
        _("Never in stock."),
    )


def _promised(part: int) -> tuple[Related, Section]:
    rows = sql.rows(
        """
        SELECT s.id, s.number, j.number, o.customer_name, n.code, r.quantity FROM reservation r
        JOIN bin n ON n.id = r.bin_id JOIN material_line l ON l.id = r.material_line_id
        JOIN material_sheet s ON s.id = l.sheet_id JOIN job j ON j.id = s.job_id JOIN work_order o ON o.id = s.order_id
        WHERE r.part_id = ? ORDER BY r.id""",
        part,
    )
    return tuple((Doc.MATERIAL_SHEET, key, number) for key, number, *_more in rows), Section(
        Keyed("reserved_for", _("Reserved for")),
        columns(job=_("Job"), customer=_("Customer"), bin=_("Bin"), quantity=_("Quantity")),
        tuple((job, customer, code, Quantity(quantity)) for _key, _number, job, customer, code, quantity in rows),
    )


def _lent(part: int, language: str) -> tuple[Related, Section]:
    rows = sql.rows(
        f"""
        SELECT n.id, n.number, {name_of("p", language)}, n.due, l.quantity - l.returned - l.issued - l.written_off
        FROM loan_line l JOIN loan n ON n.id = l.loan_id JOIN person p ON p.id = n.borrower_id
        WHERE l.part_id = ? AND n.state = 'out' AND l.quantity > l.returned + l.issued + l.written_off
        ORDER BY n.due, n.id""",
        part,
    )
    return tuple((Doc.LOAN, key, number) for key, number, *_more in rows), Section(
        Keyed("on_loan", _("On loan")),
        columns(loan=_("Loan"), borrower=_("Borrower"), due=_("Back by"), quantity=_("Quantity")),
        tuple((number, who, Instant(due) if due else None, Quantity(out)) for _key, number, who, due, out in rows),
    )


def _replaced_by(maker: str, number: str, key: str) -> Section:
    return Section(
        Keyed("replaced_by", _("Replaced by")),
        columns(part=_("Part number"), ratio=_("For one piece"), note=_("Note")),
        tuple(
            (
                found.number,
                Quantity(found.ratio),
                Keyed("all_together", _("all of these together")) if found.split else None,
            )
            for found in successors(maker, number, key)
        ),
    )


def _replaces(maker: str, number: str, key: str) -> Section:
    rows = sql.rows(
        """
        SELECT s.old_number, s.effective, COALESCE((SELECT CAST(SUM(b.on_hand - b.reserved) AS BIGINT) FROM part p
          JOIN balance b ON b.part_id = p.id JOIN bin n ON n.id = b.bin_id AND n.virtual = 0
          WHERE p.maker = s.maker AND p.number = s.old_number), 0)
        FROM supersession s WHERE s.new_compact = ? AND s.maker = ? AND s.new_number = ? AND s.old_number <> ?
        ORDER BY s.old_number""",
        key,
        maker,
        number,
        number,
    )
    return Section(
        Keyed("replaces", _("Replaces")),
        columns(part=_("Part number"), effective=_("In force from"), free=_("Free")),
        tuple((old, since, Quantity(free)) for old, since, free in rows),
    )


def _interchange(maker: str, number: str, key: str) -> Section:
    rows = sql.rows(
        """
        SELECT other_maker, other_number, fit, note FROM interchange WHERE compact = ? AND maker = ? AND number = ?
        UNION SELECT maker, number, fit, note FROM interchange
        WHERE other_compact = ? AND other_maker = ? AND other_number = ? ORDER BY 1, 2""",
        key,
        maker,
        number,
        key,
        maker,
        number,
    )
    fitting = tuple((other, code, known(Fit, fit), note) for other, code, fit, note in rows)
    return Section(
        Keyed("interchange", _("Interchange")),
        columns(maker=_("Maker"), part=_("Part number"), fit=_("Fit"), note=_("Note")),
        fitting,
    )


def _kit(maker: str, number: str) -> Section:
    rows = sql.rows(
        "SELECT maker, number, quantity FROM kit_line WHERE kit_maker = ? AND kit_number = ? ORDER BY line",
        maker,
        number,
    )
    return Section(
        Keyed("kit", _("Contents of the kit")),
        columns(maker=_("Maker"), part=_("Part number"), quantity=_("Quantity")),
        tuple((other, content, Quantity(quantity)) for other, content, quantity in rows),
    )


def _own_numbers(maker: str, number: str) -> Section:
    rows = sql.rows(
        """
        SELECT c.name, w.own_number FROM own_number w JOIN customer c ON c.id = w.customer_id
        WHERE w.maker = ? AND w.number = ? ORDER BY c.name, w.own_number""",
        maker,
        number,
    )
    return Section(
        Keyed("own_numbers", _("Customers' numbers")),
        columns(customer=_("Customer"), own_number=_("Own number")),
        tuple(rows),
    )


def _moves(part: int, language: str) -> Section:
    rows = sql.rows(
        f"""
        SELECT v.at, v.kind, n.code, v.quantity, {name_of("p", language)} FROM move v JOIN bin n ON n.id = v.bin_id
        JOIN person p ON p.id = v.person_id WHERE v.part_id = ? ORDER BY v.at DESC, v.id DESC LIMIT ?""",
        part,
        LAST_MOVES,
    )
    return Section(
        Keyed("last_moves", _("Last moves")),
        columns(at=_("When"), kind=_("What"), bin=_("Bin"), quantity=_("Quantity"), by=_("By")),
        tuple((Instant(at), MoveKind(kind), code, Quantity(quantity), who) for at, kind, code, quantity, who in rows),
    )
