"""A form has a beginning and an end: Tab does not run round from its last field, the PIN, into its first."""

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType

from shopterm.screens.leaving import LeavingScreen

Result = TypeVar("Result")


class WalledScreen(LeavingScreen[Result]):
    """Keeps Tab between its first and its last field: what is typed blindly next is typed where it was meant."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "step(1)", show=False),
        Binding("shift+tab", "step(-1)", show=False),
    ]

    def action_step(self, step: int) -> None:
        """Go to the next or the previous field, unless there is none."""
        chain = self.focus_chain
        if chain and self.focused is chain[-1 if step > 0 else 0]:
            self.at_end(step)
        elif step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def at_end(self, step: int) -> None:
        """Say that there is no field after the last (1) or before the first (-1)."""
