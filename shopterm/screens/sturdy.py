"""Textual's App made sturdy: own faults, signals, keyboards without UTF-8 and unsafe text end or mislead nobody."""

import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from textual.app import App
from textual.filter import LineFilter
from textual.screen import Screen

from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.screens.driver import ShopDriver
from shopterm.screens.faults import FAULT, report
from shopterm.screens.safe import CleanFilter

NOT_UTF8 = _("This terminal does not send UTF-8: set it to UTF-8. What came was left out.")
SEEN = 5.0
"""Seconds a sentence about the terminal stands; until then it is not said again."""
_CLEAN = CleanFilter()


class SturdyApp(App[None], inherit_bindings=False):
    """Ends with the right exit status and never with a traceback on the screen."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False  # a click on what is just going away would end textual 8.2; terminals select by themselves

    def __init__(self, log_folder: Path) -> None:
        """Use our own driver; faults are logged in this folder."""
        super().__init__(driver_class=ShopDriver)
        self._log_folder = log_folder
        self._named_at = 0.0
        self._named_on: Screen[Any] | None = None

    async def on_load(self) -> None:
        """Listen for the signals that ask the program to end."""
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._asked_to_end, number)

    def _asked_to_end(self, number: signal.Signals) -> None:
        """End quietly and give the terminal back; drafts are on disk. A second signal does not wait."""
        asyncio.get_running_loop().remove_signal_handler(number)
        self.exit(return_code=128 + number)

    def _handle_exception(self, error: Exception) -> None:
        super()._handle_exception(error)
        self._return_code = FAULT

    def _fatal_error(self) -> None:
        """Say one sentence with a reference; textual would print the traceback with all values in it."""
        self.panic(report(self._exception, self._log_folder))

    def panic(self, *renderables: Any) -> None:
        """End with a fault; textual calls this for what fails outside the event loop, too."""
        self._return_code = FAULT
        super().panic(*renderables if self._exception else [report(None, self._log_folder)])

    def on_not_utf8(self) -> None:
        """Name the trouble with the terminal in one sentence, over whatever screen is in front."""
        if monotonic() - self._named_at >= SEEN or self.screen is not self._named_on:
            self._named_at, self._named_on = monotonic(), self.screen
            self.notify(tr(NOT_UTF8), severity="warning", timeout=SEEN, markup=False)

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew; before there is a screen, only the colours are noted for it."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Clean every line drawn, after all other filters."""
        return [*super().get_line_filters(), _CLEAN]
