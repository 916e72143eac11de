"""The least of all our screens: it leaves only when it is in front, and is not styled again while it is new."""

from typing import Any, TypeVar

from textual.app import App
from textual.await_complete import AwaitComplete
from textual.screen import Screen

Result = TypeVar("Result")


class LeavingScreen(Screen[Result]):
    """Leaves at once, or, when another screen or another person came in front meanwhile, as soon as it is back.

    Textual's dismiss takes away whatever screen is.
    """

    _to_leave: tuple[Any] | None = None
    """The result it leaves with, while it waits to be in front."""

    def _post_register(self, app: App[Any]) -> None:
        """Note that it has the styles of now; textual would read the whole stylesheet twice more for a new mode."""
        super()._post_register(app)
        self._css_update_count = app._css_update_count

    @property
    def in_front(self) -> bool:
        """Whether keys come here; textual calls a screen current that shows behind a dialog, too."""
        return bool(self.app.screen_stack) and self.app.screen is self

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave; a second time, or for a screen that is gone, it does nothing."""
        if self.in_front and self.is_mounted:
            return super().dismiss(result)
        self._to_leave = (result,)
        later: AwaitComplete = AwaitComplete.nothing()
        return later

    def on_mount(self) -> None:
        """Leave at once, if a key asked for that before the screen was there."""
        self._leave_now()

    def on_screen_resume(self) -> None:
        """Leave now, if that was asked for."""
        self._leave_now()

    def _leave_now(self) -> None:
        if self._to_leave is not None:
            self.call_later(self._leave)

    def _leave(self) -> None:
        """Leave without anybody waiting for it: textual would wait for the screen inside the screen."""
        if self._to_leave is not None:
            (result,), self._to_leave = self._to_leave, None
            self.dismiss(result)
