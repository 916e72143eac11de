"""A click on a hostile text does what a click on that row does, and nothing that the text says."""

from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from shopterm.screens.desk import DeskScreen
from shopterm.screens.document import DocumentScreen
from shopterm.screens.form import FormScreen
from shopterm.screens.widgets.queue_table import QueueTable
from tests.hostile.conftest import Place
from tests.hostile.eyes import cells_of, sound
from tests.hostile.seat import press, settle, sitting
from tests.screens.kit import at

LURES = ("@click", "app.bell", "app.quit", "]x[/", "Li[/]", "[link", "file:")


async def click_all(pilot: Pilot[None]) -> int:
    """Click every cell of the screen in which a text that wants to be clicked stands; return how many there were."""
    lured = sorted({cell for lure in LURES for cell in cells_of(pilot, lure)})
    for x, y in lured:
        for kind in (events.MouseDown, events.MouseUp, events.Click):
            pilot.app.screen._forward_event(kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))
    await settle(pilot)
    return len(lured)


class Parsing(App[None]):
    """What a program that parses markup is: one in which the same clicks do run what the text says."""

    rung = 0

    def compose(self) -> ComposeResult:
        """Show a lure."""
        yield Static("[@click=app.bell()]file:[/]")

    def bell(self) -> None:
        """Count."""
        self.rung += 1


async def test_the_same_clicks_run_what_a_parsed_text_says() -> None:
    app = Parsing()
    async with app.run_test() as pilot:
        assert await click_all(pilot) == 5
        await pilot.pause()
    assert app.rung


async def test_no_click_runs_what_a_text_says(hostile: Place) -> None:
    async with sitting(hostile, "foreman", "en") as pilot:
        before = pilot.app.screen
        assert await click_all(pilot) > 50
        assert at(pilot, DeskScreen, DocumentScreen)  # a second click on a row opens it
        assert before.query_one(QueueTable).cursor  # the clicks have arrived
        while pilot.app.screen is not before:
            await press(pilot, "escape")
        await press(pilot, "enter")
        assert at(pilot, DocumentScreen)
        await press(pilot, "pagedown")
        assert await click_all(pilot)
        assert at(pilot, DocumentScreen)
        await press(pilot, "question_mark")
        await click_all(pilot)
        await press(pilot, "escape")
        assert at(pilot, DocumentScreen) and pilot.app.is_running


async def test_a_toast_and_a_tooltip_show_text_only(hostile: Place) -> None:
    async with sitting(hostile, "foreman", "zh") as pilot:
        desk = pilot.app.screen
        assert isinstance(desk, DeskScreen)
        while not any(verb.free and verb.action.name == "wait_job" for verb in desk.verbs):
            await press(pilot, "down")
        await press(pilot, "H")
        assert at(pilot, FormScreen)
        await press(pilot, "tab", "x", "escape")
        sound(pilot, "a kept draft")
        for text in ("[@click=app.bell()]x[/]", "seal [/", "\x1b]0;owned\x07", "a\u202eb"):
            pilot.app.notify(text, markup=False)
        await press(pilot, "down")
        sound(pilot, "toasts")
        await pilot.hover("#queue", offset=(20, 3))
        await pilot.pause(0.6)
        sound(pilot, "a tooltip")
        await click_all(pilot)
