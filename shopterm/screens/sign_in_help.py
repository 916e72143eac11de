"""Help where nobody is signed in yet: how one gets in, and what to do when one does not."""

from collections.abc import Iterable, Sequence

from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.screens.keymap import Keymap, house_label, shown
from shopterm.screens.lines import Line, flow, text, wrap
from shopterm.screens.page import rule
from shopterm.screens.reading_screen import Leaf
from shopterm.screens.thread import ShopThread

TOLD = (
    (
        _("Who you are"),
        _("Scan your badge, or type your staff number or a part of your name, and press Enter; ↓ goes to the list."),
    ),
    (
        _("Your PIN"),
        _(
            "It shows as dots. After {attempts} wrong ones you are locked out for {minutes} minutes; "
            "an administrator can unlock you."
        ),
    ),
    (
        _("The first time, or a forgotten PIN"),
        _("An administrator gives you a one-time code; with it you set a PIN that nobody else knows."),
    ),
    (
        _("Somebody else sat here"),
        _(
            "What they have open stays theirs, and drafts are kept. Esc asks for another name. "
            "After {idle} minutes without a key this screen comes back by itself, and your place is kept."
        ),
    ),
)
"""What is told, each with its heading."""


class SignInHelp(Leaf):
    """Explains the sign-in."""

    def __init__(self, thread: ShopThread, keymap: Keymap, terminal: str) -> None:
        """Explain the sign-in at this terminal."""
        super().__init__(thread)
        self._keymap, self._terminal = keymap, terminal

    def title_line(self) -> str:
        """Name the place."""
        return tr("Help") + "  " + tr("Signing in")

    def corner(self) -> str:
        """Name the terminal."""
        return self._terminal

    def lines(self, size: int) -> Sequence[Line]:
        """Return what is told, and the keys."""
        pin, screen = self._thread.shop.settings.pin, self._thread.shop.settings.screen
        numbers = {"attempts": pin.attempts, "minutes": pin.lock_minutes, "idle": -(-screen.idle_lock_seconds // 60)}
        lines: list[Line] = []
        for heading, told in TOLD:
            lines += [rule(tr(heading), size)]
            lines += [text(row) for row in wrap(tr(told, **numbers), size)]
            lines += [()]
        return [*lines, rule(tr("Keys"), size), *flow(self._keys(), size, "   ")]

    def _keys(self) -> Iterable[Line]:
        keys = [("Enter", tr("Continue")), ("↓", tr("List")), ("Esc", tr("Somebody else"))]
        keys += [(shown(self._keymap.of_house(name)), house_label(name)) for name in ("help", "language", "quit")]
        return [(*text(key + " ", "key"), *text(label)) for key, label in keys]
