"""A program around a single form: real drafts, a submit that answers what the test says."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from textual.app import App
from textual.pilot import Pilot

from shopterm.domain.actions import action_named
from shopterm.domain.checklist import Checklist
from shopterm.domain.errors import ShopError
from shopterm.domain.fields import Field
from shopterm.drafts import Draft, Drafts
from shopterm.screens.form import FormScreen
from shopterm.screens.form_data import Ending, Opening, Surroundings
from shopterm.screens.pick import Choice
from shopterm.screens.theme import THEMES
from shopterm.screens.widgets.text_lines import TextLines
from shopterm.usecases.request import Request

SCREENS = Path(__file__).parents[2] / "shopterm" / "screens"
NOW = 1_795_501_800_000_000
"""2026-11-24 14:30 in Shanghai."""
KNOWN = (Choice("Komatsu 20Y-70-14520", "斗杆销轴 Pin, arm"), Choice("M01", "王大明"), Choice("M02", "李强"))


class Host(App[None]):
    """Opens forms and remembers what they asked for."""

    CSS_PATH = [SCREENS / "shop.tcss", SCREENS / "forms_part.tcss"]

    def __init__(self, data_dir: Path, theme: str = "shop-dark") -> None:
        super().__init__()
        for one in THEMES:
            self.register_theme(one)
        self.theme = theme
        self.data_dir, self.drafts = data_dir, Drafts(data_dir, 7)
        self.errors: list[ShopError] = []
        self.requests: list[Request] = []
        self.endings: list[Ending | None] = []

    async def submit(self, request: Request) -> ShopError | None:
        self.requests.append(request)
        return self.errors.pop(0) if self.errors else None

    async def look_up(self, field: Field, typed: str) -> Sequence[Choice]:
        return [choice for choice in KNOWN if typed.casefold() in f"{choice.value} {choice.label}".casefold()]

    async def photos(self) -> Sequence[str]:
        return ["IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg"]

    def form(
        self,
        name: str,
        *,
        prefill: dict[str, Any] | None = None,
        draft: Draft | None = None,
        checklist: Checklist | None = None,
    ) -> FormScreen:
        """Make the form of an action."""
        opening = Opening(action_named(name), 5, "SH1-WO-2611-0007/2", 3, prefill or {}, draft, checklist)
        zone = ZoneInfo("Asia/Shanghai")
        return FormScreen(opening, Surroundings(zone, lambda: NOW, self.drafts, self.submit, self.look_up, self.photos))

    async def open(
        self,
        pilot: Pilot[None],
        name: str,
        *,
        prefill: dict[str, Any] | None = None,
        draft: Draft | None = None,
        checklist: Checklist | None = None,
    ) -> FormScreen:
        """Open the form of an action and wait until it has the keyboard."""
        form = self.form(name, prefill=prefill, draft=draft, checklist=checklist)
        self.push_screen(form, self.endings.append)
        await pilot.pause()
        await pilot.pause()
        return form


def answer(form: FormScreen) -> str:
    """Return the sentence at the foot of the form."""
    return form.query_one("#form-answer", TextLines).said


def said_at(form: FormScreen, name: str) -> str:
    """Return the sentence at a field."""
    row = form.body.row(name)
    assert row
    return row.said


async def settle(pilot: Pilot[None]) -> None:
    """Wait until workers have done what was asked."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
