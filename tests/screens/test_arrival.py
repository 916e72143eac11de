"""Coming to a desk: nobody waits for what only comes later, and the first paint shows the document, too."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.css.stylesheet import Stylesheet

from shopterm.db.session import Shop
from shopterm.screens.arrival import first_page
from shopterm.screens.desks import desks_of
from shopterm.screens.keymap import Keymap
from shopterm.screens.session import Session
from shopterm.screens.thread import ShopThread
from shopterm.screens.widgets.detail_pane import DetailPane
from tests.screens.kit import orders, press, sitting
from tests.shopkit import who

LATER = {
    "shopterm.screens.desk",
    "shopterm.screens.form",
    "shopterm.usecases.run",
    "argon2",
    "textual.widgets._text_area",
}


@contextmanager
def session_of(shop: Shop, person: str) -> Iterator[Session]:
    thread = ShopThread(shop)
    yield Session(thread, who(shop, person), Keymap())
    thread.close()


def test_who_signs_in_does_not_wait_for_desks_and_forms() -> None:
    code = "import sys, shopterm.app, shopterm.screens.sign_in; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "shopterm.screens.sign_in" in loaded.split()
    assert not LATER & set(loaded.split())


def test_a_desk_is_read_with_the_document_its_cursor_begins_on(shop: Shop) -> None:
    with session_of(shop, "A1") as session:
        desk = desks_of(session.actor)[0]
        assert first_page(shop, session, desk).top is None
        orders(shop, ["no power"])
        page = first_page(shop, session, desk)
        assert page.top is not None
        assert (page.top.detail.id, page.top.detail.number) == (page.rows[0].id, page.rows[0].number)
        assert not shop.changed(), "what the desk was read with would be read again as a change"


async def test_the_stylesheet_is_not_read_again_for_another_desk(
    sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders(sqlite_shop, ["no power"])
    read: list[Stylesheet] = []
    whole = Stylesheet.reparse

    def reparse(sheet: Stylesheet) -> None:
        read.append(sheet)
        whole(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", reparse)
    async with sitting(sqlite_shop, "A1") as pilot:
        await press(pilot, "2")
        assert pilot.app.screen.query_one(DetailPane).detail is not None
        assert not read
        await press(pilot, "ctrl+t")
        assert read, "other colours are for every screen"
