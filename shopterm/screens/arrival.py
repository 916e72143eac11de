"""Coming to a desk: what is read before anything is painted, and the screen made of it.

Nobody needs this to sign in: it is loaded while the PIN is still being typed.
"""

from shopterm.db.session import Shop
from shopterm.screens.desk import DeskScreen
from shopterm.screens.desks import Desk
from shopterm.screens.reading import Page, Place, read_first
from shopterm.screens.session import Session


def first_page(shop: Shop, session: Session, desk: Desk) -> Page:
    """Read what a desk begins with; from here on only what is newer counts as a change."""
    shop.changed()
    return read_first(shop, session.actor, Place(desk.name, sort=desk.sort), desk.day)


def desk_screen(session: Session, desk: Desk, page: Page | None) -> DeskScreen:
    """Make the screen of a desk; without a page its database did not answer.

    Desks with a shape of their own are loaded when somebody sits there.
    """
    shape: type[DeskScreen] = DeskScreen
    if desk.shape == "counter":
        from shopterm.screens.counter import CounterScreen as shape
    elif desk.shape == "board":
        from shopterm.screens.board import BoardScreen as shape
    return session.keyed(shape, DESK=desk)(session, page or Page(failed=True))
