"""Textual's App made sturdy: own faults, signals, keyboards without UTF-8 and unsafe text end or mislead nobody."""

import asyncio
import signal
from collections.abc import Sequence
from typing import Any

from textual.app import App
from textual.filter import LineFilter

from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.screens.driver import ShopDriver
from shopterm.screens.faults import FAULT, report
from shopterm.screens.live_screen import LiveScreen
from shopterm.screens.safe import CleanFilter

NOT_UTF8 = _("This terminal does not send UTF-8: set it to UTF-8. What came was left out.")
_CLEAN = CleanFilter()


class SturdyApp(App[None], inherit_bindings=False):
    """Ends with the right exit status and never with a traceback on the screen."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        """Use our own driver."""
        super().__init__(driver_class=ShopDriver)

    async def on_load(self) -> None:
        """Listen for the signal that asks the program to end."""
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._terminated)

    def _terminated(self) -> None:
        """End quietly and give the terminal back; drafts are on disk. A second signal does not wait."""
        asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)
        self.exit(return_code=128 + signal.SIGTERM)

    def _handle_exception(self, error: Exception) -> None:
        super()._handle_exception(error)
        self._return_code = FAULT

    def _fatal_error(self) -> None:
        """Say one sentence with a reference; textual would print the traceback with all values in it."""
        self.panic(report(self._exception))

    def panic(self, *renderables: Any) -> None:
        """End with a fault; textual calls this for what fails outside the event loop, too."""
        self._return_code = FAULT
        super().panic(*renderables if self._exception else [report(None)])

    def on_not_utf8(self) -> None:
        """Name the trouble with the terminal in one sentence."""
        if isinstance(self.screen, LiveScreen):
            self.screen.answer(tr(NOT_UTF8), "bad")

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Clean every line drawn, after all other filters."""
        return [*super().get_line_filters(), _CLEAN]
