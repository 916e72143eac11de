"""Every page of every document of the poisoned workshop as lines: text only, and no wider than there is room."""

import pytest

from shopterm.db import models as m
from shopterm.db.queries.cards import customer_card, machine_card
from shopterm.db.queries.details import detail
from shopterm.db.queries.rows import Section
from shopterm.db.session import Shop
from shopterm.domain.vocabulary import Doc
from shopterm.screens.lines import Line, cells
from shopterm.screens.page import body, heading, page
from tests.hostile.conftest import Place
from tests.hostile.texts import unsafe

PAGES = {
    Doc.ORDER: m.WorkOrder, Doc.JOB: m.Job, Doc.MATERIAL_SHEET: m.MaterialSheet, Doc.LABOUR_SHEET: m.LabourSheet,
    Doc.QUOTE: m.Quote, Doc.LOAN: m.Loan, Doc.PERSON: m.Person, Doc.PART: m.Part,
}  # fmt: skip
MOST = 25


def check(lines: list[Line], room: int) -> None:
    """Assert that lines are text and fit."""
    for line in lines:
        text = "".join(piece for piece, _tone in line)
        assert not unsafe(text) and "\n" not in text, ascii(text)
        assert cells(line) <= room, text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("doc", PAGES, ids=str)
def test_pages_are_lines_of_text(hostile: Place, doc: Doc, language: str) -> None:
    shop = hostile.shop
    actor = hostile.actor("E001" if language == "zh" else "ADM")
    with shop.reader():
        keys = [row.id for row in PAGES[doc].select().limit(MOST)]
    assert keys
    for key in keys:
        found = detail(shop, doc, key, actor)
        for room in (78, 58):
            check(page(found, room, shop.zone, "C01"), room)
        assert not unsafe("".join(piece for piece, _tone in heading(found, "C01")))


def test_cards_are_lines_of_text(hostile: Place) -> None:
    with hostile.shop.reader():
        typed = [row.number for row in m.Customer.select() if row.number == row.number.strip().upper()]
        serials = [row.serial for row in m.Machine.select() if row.serial == row.serial.strip().upper()]
        cards = [customer_card(hostile.shop, number) for number in typed[:MOST]]
        cards += [machine_card(hostile.shop, serial) for serial in serials[:MOST]]
    assert len(cards) > MOST
    for card in cards:
        for section in card.sections:
            check(lines_of(section, hostile.shop), 78)


def lines_of(section: Section, shop: Shop) -> list[Line]:
    """Lay a section out."""
    return body(section, 78, shop.zone)
