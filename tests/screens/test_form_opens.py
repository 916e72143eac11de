"""Keys that come while a form is being opened: they are for the form, and none is lost or does another verb."""

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from shopterm.db.documents import find
from shopterm.db.session import Shop
from shopterm.domain.actions import action_named
from shopterm.screens.desk import DeskScreen
from shopterm.screens.form import FormScreen
from shopterm.screens.verb_screen import VerbScreen
from shopterm.screens.verbs import Target
from tests.rules.story import Stage, to
from tests.screens.kit import at, picture, said, sitting, until
from tests.shopkit import do


def resume(pilot: Pilot[None], shop: Shop, verb: str, number: str) -> None:
    """Begin a verb as its key does, without waiting for what comes of it."""
    screen, doc = pilot.app.screen, action_named(verb).doc
    assert isinstance(screen, VerbScreen)
    with shop.reader():
        row = find(doc, number)
    screen.busy = True  # as it is from the key on
    screen.resume(action_named(verb), Target(doc, row.id, number, row.version))


def strike(pilot: Pilot[None], *keys: str) -> None:
    """Strike keys without waiting between them."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_what_is_typed_while_a_form_opens_is_typed_into_it(sqlite_shop: Shop) -> None:
    sheet = to(sqlite_shop, Stage.REPORTED).material
    async with sitting(sqlite_shop, "F1", "foreman") as pilot:
        resume(pilot, sqlite_shop, "approve_parts", sheet)
        strike(pilot, "y", "tab", *"4829")
        await until(pilot, lambda: at(pilot, FormScreen))
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        await until(pilot, lambda: form.body.raw()["old_parts_seen"] == "y")
        await until(pilot, lambda: isinstance(form.focused, Input) and form.focused.value == "4829")


async def test_where_no_form_comes_such_keys_do_nothing(sqlite_shop: Shop) -> None:
    async with sitting(sqlite_shop, "M1", "mechanic") as pilot:
        do(sqlite_shop, "M1", "clock_in", "M1")
        resume(pilot, sqlite_shop, "start_break", "M1")
        strike(pilot, "D", "U")
        await until(pilot, lambda: "Break" in said(pilot))
        await pilot.pause(0.3)
        assert at(pilot, DeskScreen) and "break  since" in picture(pilot)
