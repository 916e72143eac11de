"""Was, theirs, mine: what a colleague changed while a form was filled in, chosen field by field with one key."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopterm.domain.clash import Clash, Difference, Side
from shopterm.domain.text import clean
from shopterm.domain.units import Instant
from shopterm.i18n import tr
from shopterm.screens.cells import short
from shopterm.screens.conflict_lines import item_lines
from shopterm.screens.leaving import LeavingScreen
from shopterm.screens.lines import Line, spread, text, wrap
from shopterm.screens.page import rule
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.page_view import PageView
from shopterm.screens.widgets.text_lines import TextLines
from shopterm.show import when

Chosen = list[tuple[Difference, Side]]
"""What was chosen, difference by difference."""


class ConflictScreen(LeavingScreen[Chosen | None]):
    """Lists the differences; F2 gives back what was chosen, Escape goes back to the form with nothing chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "take('mine')", show=False),
        Binding("t", "take('theirs')", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down,enter", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("f2", "done", show=False),
        Binding("escape", "dismiss(None)", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(
        self,
        clash: Clash,
        items: Sequence[Difference],
        news: Callable[[int], Sequence[Line]],
        *,
        zone: tzinfo,
        now: int,
        signs: bool,
        site: str = "",
    ) -> None:
        """Show a clash: the differences to choose among, and the document's other news by the width there is."""
        super().__init__()
        self.items, self.sides = list(items), [one.side for one in items]
        self.cursor = next((place for place, side in enumerate(self.sides) if not side), 0)
        self._clash, self._news, self._zone, self._now, self._signs = clash, news, zone, now, signs
        self._site = site
        self._heading, self._said = TextLines(id="form-title"), TextLines(id="form-answer")
        self._view, self._key_bar = PageView(self._lines, id="page"), KeyBar(lines=1, id="form-keys")
        self._places: list[int] = []
        """The line at which each difference begins, and the one after the last."""

    def compose(self) -> ComposeResult:
        """Lay out title, differences, answer and keys."""
        yield self._heading
        yield self._view
        yield self._said
        yield self._key_bar

    def on_mount(self) -> None:
        """Show the first difference that is open."""
        self._show()
        self.call_after_refresh(self._follow)

    # ── choosing ───────────────────────────────────────────────────────────────────────────────────

    def action_take(self, side: Side) -> None:
        """Take mine or theirs for the difference under the cursor, and go to the next that is open."""
        if not self.items:
            return
        self.sides[self.cursor] = side
        places = [*range(self.cursor + 1, len(self.items)), *range(self.cursor)]
        self.cursor = next((place for place in places if not self.sides[place]), self.cursor)
        self._show()

    def action_step(self, by: int) -> None:
        """Go to another difference, and past the last one down the page."""
        there = self.cursor + by
        if 0 <= there < len(self.items):
            self.cursor = there
            self._show()
        else:
            self._view.action_scroll_by(by)

    def action_page(self, way: int) -> None:
        """Scroll a page."""
        self._view.action_scroll_page(way)

    def action_done(self) -> None:
        """Give back the choice once everything is chosen."""
        if all(self.sides):
            self.dismiss(list(zip(self.items, self.sides, strict=True)))
        else:
            self.cursor = self.sides.index("")
            self._show(tr("Choose for every one: t takes theirs, m keeps mine."))

    def help_name(self) -> str:
        """Name the place for the help."""
        return tr("Changed meanwhile")

    def help_lines(self, size: int) -> list[Line]:
        """Explain how to choose."""
        told = tr(
            "“Was” is what the form started from, “theirs” what is there now, “mine” what you typed. "
            "What only one side changed is taken from that side; t and m change it."
        )
        return [*(text(row) for row in wrap(told, size)), (), *(hint.line() for hint in self._keys())]

    # ── what it shows ──────────────────────────────────────────────────────────────────────────────

    def language_changed(self) -> None:
        """Say everything in the other language."""
        self._show()

    def _show(self, said: str = "") -> None:
        self._heading.lay(self._title)
        self._view.lay_out()
        self._follow()
        self._said.say(said or self._left(), "warn" if said else "dim")
        self._key_bar.show(self._keys())

    def _left(self) -> str:
        left = self.sides.count("")
        if left:
            return tr("{n} to choose.", n=left)
        if self._signs:
            return tr("Nothing was signed. Look at what changed, then sign again.")
        return tr("F2 saves it so.")

    def _follow(self) -> None:
        """Bring the difference under the cursor into view."""
        if self.items and self._places and self._view.size.height:
            first, after = self._places[self.cursor], self._places[self.cursor + 1]
            self._view.top = max(min(self._view.top, first), after - self._view.size.height, 0)

    def _title(self, size: int) -> list[Line]:
        left = (
            *text(" " + tr("Changed meanwhile"), "title"),
            *text(f"  {short(self._clash.number, self._site)}", "strong"),
        )
        return [spread(left, (), size)]

    def _lines(self, size: int) -> list[Line]:
        lines: list[Line] = [text(part) for part in wrap(self._told(), size)] + [()]
        self._places = []
        for place, (one, side) in enumerate(zip(self.items, self.sides, strict=True)):
            self._places.append(len(lines))
            lines += item_lines(one, side, place == self.cursor, size, self._zone)
        self._places.append(len(lines))
        if more := list(self._news(size)):
            lines += [(), rule(tr("In the document"), size), *more]
        return lines

    def _told(self) -> str:
        clash = self._clash
        if not clash.by:
            return tr("{number} was changed while you had it open.", number=clean(clash.number))
        moment = when(Instant(clash.at), self._now, self._zone)
        return tr("{who} changed it at {time}: {action}.", who=clean(clash.by), time=moment, action=tr(clash.action))

    def _keys(self) -> list[Hint]:
        choose = [Hint("t", tr("take theirs")), Hint("m", tr("keep mine"))] if self.items else []
        done = tr("sign again") if self._signs else tr("save")
        return [*choose, Hint("↑↓", tr("go")), Hint("F2", done), Hint("Esc", tr("back to the form"))]
