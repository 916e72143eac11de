"""Help that knows where you are: the keys of this desk's documents, from the table, and those of the house."""

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from shopterm.domain.action import Action
from shopterm.domain.actions import actions_for
from shopterm.domain.policy import in_hand
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import _
from shopterm.i18n import tr
from shopterm.screens.keymap import HOUSE, house_label, shown
from shopterm.screens.lines import Line, flow, text, wrap
from shopterm.screens.page import rule
from shopterm.screens.reading_screen import ReadingScreen
from shopterm.screens.session import Session
from shopterm.show import show

KEY = 5
SIGNS = (
    ("*", _("you are clocked on to it")),
    ("!", _("past the promised time")),
    ("~", _("marked: see the document")),
    ("=", _("agreed, signed or done")),
    ("•", _("new here")),
)
"""Signs that stand before a row of a queue."""


@runtime_checkable
class Explains(Protocol):
    """A screen that is no desk and no page, and explains itself: a form, a checklist, a conflict."""

    def help_name(self) -> str:
        """Return where the person is."""

    def help_lines(self, size: int) -> Sequence[Line]:
        """Return what there is to say."""


class PageHelp(ReadingScreen):
    """Shows what a screen says about itself."""

    def __init__(self, session: Session, about: Explains) -> None:
        """Explain this screen."""
        super().__init__(session)
        self._about = about

    def title_line(self) -> str:
        """Name the place."""
        return tr("Help") + "  " + self._about.help_name()

    def lines(self, size: int) -> Sequence[Line]:
        """Return the screen's own words, then the keys that work on every screen."""
        return [*self._about.help_lines(size), (), rule(tr("Everywhere"), size), *flow(self._keys(), size, "   ")]

    def _keys(self) -> Iterable[Line]:
        names = ("help", "language", "jump_typing", "why_typing", "person", "quit")
        return [
            (*text(shown(self.session.keymap.of_house(name)) + " ", "key"), *text(house_label(name))) for name in names
        ]


class HelpScreen(ReadingScreen):
    """Explains the keys of where the person came from."""

    def __init__(self, session: Session, place: str, docs: Sequence[Doc]) -> None:
        """Explain a place and the verbs of these kinds of document."""
        super().__init__(session)
        self._place, self._docs = place, docs

    def title_line(self) -> str:
        """Name the place."""
        return tr("Help") + "  " + self._place

    def lines(self, size: int) -> Sequence[Line]:
        """Return the keys of the house, then those of each kind of document."""
        lines = [rule(tr("Everywhere"), size), *flow(self._house(), size, "   ")]
        signs = [(*text(sign + " ", "key"), *text(tr(told))) for sign, told in SIGNS]
        lines += [(), rule(tr("Before a row"), size), *flow(signs, size, "   ")]
        for doc in self._docs:
            mine = [action for action in actions_for(doc) if in_hand(action, self.session.actor)]
            if mine:
                lines += [(), rule(show(doc), size)]
                lines += [line for action in mine for line in self._explain(action, size)]
        return [
            *lines,
            (),
            *(
                text(part, "dim")
                for part in wrap(
                    tr(
                        "What cannot be done now is dimmed; the line above the keys says why, and ? says it for "
                        "every verb."
                    ),
                    size,
                )
            ),
        ]

    def _house(self) -> Iterable[Line]:
        keys = [("Enter", tr("Open")), ("Esc", tr("Back")), ("1–9", tr("Other desk, related document"))]
        keys += [(shown(self.session.keymap.of_house(name)), house_label(name)) for name in HOUSE]
        return [(*text(key + " ", "key"), *text(label)) for key, label in keys]

    def _explain(self, action: Action, size: int) -> Iterable[Line]:
        key = shown(self.session.keymap.key(action)).ljust(KEY)
        signs = " · " + tr("with your PIN") if action.signs else ""
        yield (*text(key, "key"), *text(tr(action.label)), *text(f"  {action.rule}{signs}", "dim"))
        if action.hint:
            yield from ((*text(" " * KEY), *text(part, "dim")) for part in wrap(tr(action.hint), size - KEY))
