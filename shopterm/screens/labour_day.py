"""One person's labour day on screen: every interval, the gaps in red, corrections beside what was clocked."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopterm.db.queries.facts import facts_for
from shopterm.db.queries.labour_marks import mark_of
from shopterm.db.session import Shop
from shopterm.domain.action import Action
from shopterm.domain.facts import Facts
from shopterm.domain.labour_figures import Figures
from shopterm.domain.text import clean
from shopterm.domain.units import Minutes
from shopterm.domain.vocabulary import Doc
from shopterm.domain.words import _
from shopterm.i18n import language, tr
from shopterm.reports.day import UNEXPLAINED, what
from shopterm.reports.labor_corrections import at, explained
from shopterm.reports.labor_desk import OneDay, read_one
from shopterm.screens.desks import Column
from shopterm.screens.keymap import Keymap
from shopterm.screens.labour_lines import sum_lines, weekday
from shopterm.screens.lines import Line, Tone, text, wrap
from shopterm.screens.reading import judge
from shopterm.screens.session import Session
from shopterm.screens.verb_screen import VerbScreen
from shopterm.screens.verbs import Target, Verb
from shopterm.screens.widgets.header_line import HeaderLine
from shopterm.screens.widgets.key_bar import KeyBar
from shopterm.screens.widgets.queue_table import QueueTable
from shopterm.screens.widgets.reason_line import ReasonLine
from shopterm.screens.widgets.text_lines import TextLines
from shopterm.show import show

COLUMNS = (
    Column("mark", _("Mark"), 9, firm=True),
    Column("began", _("Began"), 11, firm=True),
    Column("ended", _("Ended"), 11, firm=True),
    Column("what", _("What"), 12),
    Column("on", _("On"), 16),
    Column("work", _("Work line"), 8, grows=True),
    Column("minutes", _("time"), 7, right=True),
)
OTHERS = ("own_day", "not_own_day")
"""Guards that say a verb is for another person's day: it is not shown here."""


class DayScreen(VerbScreen):
    """A day of one person; the foreman corrects the interval under the cursor."""

    HOUSE: ClassVar[tuple[str, ...]] = ("help", "palette")

    def __init__(self, session: Session, number: str, day: date | None = None) -> None:
        """Begin with a day, or today."""
        super().__init__(session)
        self._number, self._day = number, day
        self._found: OneDay | None = None

    @classmethod
    def keys(cls, keymap: Keymap) -> list[BindingType]:
        """Return the verbs' keys and those that turn to other days."""
        turns: list[BindingType] = [
            Binding("left", "turn(-1)", show=False),
            Binding("right", "turn(1)", show=False),
        ]
        return [*super().keys(keymap), *turns]

    def compose(self) -> ComposeResult:
        """Yield the intervals, what they come to, and what was corrected."""
        yield HeaderLine(id="header")
        yield QueueTable(self._cell, _key, id="queue")
        yield TextLines(id="sum", classes="sum")
        yield ReasonLine(id="reason")
        yield KeyBar(lines=1, id="keys")

    def on_mount(self) -> None:
        """Read the day."""
        self.query_one(QueueTable).focus()
        self._load()

    @property
    def target(self) -> Target | None:
        """The day shown, of whoever it is."""
        return Target(Doc.DAY, self._found.person.id, self._found.person.number) if self._found else None

    def _target_of(self, action: Action) -> Target | None:
        return self.target

    def chosen(self, action: Action) -> dict[str, Any]:
        """Name the interval under the cursor."""
        step = self.query_one(QueueTable).current
        return {"interval": mark_of(step[0].key)} if step and step[0] else {}

    @work(exclusive=True, group="day")
    async def _load(self, *, keep: bool = True) -> None:
        found = await self.ask(partial(self._read, day=self._day))
        if found is not None:
            self._found, self.verbs, facts = found
            self.state, self._day = facts.state, self._found.day
            self._show(keep=keep)

    def _read(self, shop: Shop, day: date | None) -> tuple[OneDay, tuple[Verb, ...], Facts]:
        actor = self.session.actor
        found = read_one(shop, actor.site, self._number, day)
        key = found.person.id
        verbs = judge(shop, actor, Doc.DAY, key)
        mine = tuple(verb for verb in verbs if not (verb.refusal and verb.refusal.guard in OTHERS))
        return found, mine, facts_for(shop, Doc.DAY, key, actor)

    def _show(self, *, keep: bool = True) -> None:
        found = self._found
        if found is None:
            return
        actor, name = self.session.actor, clean(found.person.name(language()))
        right = [text(weekday(found.day)), text(f"{clean(actor.name)} · {actor.site_code}")]
        self.query_one(HeaderLine).show([(" ".join([tr("Labour day"), clean(found.person.number), name]), True)], right)
        advice = tr("{name} has no labour on this day.", name=name)
        self.query_one(QueueTable).show(COLUMNS, found.course.steps, advice, keep=keep)
        self.query_one("#sum", TextLines).lay(lambda size: list(self._below(found, size)))
        self.show_verbs()

    def _below(self, found: OneDay, size: int) -> Iterator[Line]:
        if found.course.steps:
            yield from sum_lines(found.figures or Figures(), size)
        for note in explained(found.course.pairs, self.session.zone, found.day):
            yield from (text(part, "warn") for part in wrap(tr(note.sentence, **note.params), size))

    def _cell(self, step: Any, name: str) -> Line:
        one, counted = step
        tone: Tone = "bad" if one is None else "dim" if one.voided else "strong" if one.attendance else ""
        return text(self._words(one, counted, name), tone)

    def _words(self, one: Any, counted: Any, name: str) -> str:
        """Write a cell of an interval, or of a gap where there is none."""
        if name == "minutes":
            return str(Minutes(counted.minutes)) if counted else ""
        if name in ("began", "ended"):
            begun, ended = (one.start, one.end) if one else (counted.start, counted.end)
            moment = begun if name == "began" else ended
            return "" if moment is None else at(moment, self.session.zone, self._day or date.min).people
        if one is None:
            return tr(UNEXPLAINED) if name == "what" else ""
        code = self._name_of(one.entry.code) if one.entry else ""
        words = {
            "mark": mark_of(one.key),
            "what": show(what(one)),
            "on": clean(code or one.job).removeprefix(f"{self.session.site}-"),
            "work": clean(one.work),
        }
        return words[name]

    def _name_of(self, code: str) -> str:
        """Return the name of a code of indirect time; of one the settings do not know any more, the code."""
        codes = self.session.shop.settings.indirect.codes
        return next((known.name(language()) for known in codes if known.code == code), code)

    def action_turn(self, days: int) -> None:
        """Go to another day."""
        if self._day is not None:
            self._day += timedelta(days=days)
            self._load(keep=False)

    def reload(self, select: tuple[Doc, int] | None = None) -> None:
        """Read the day again."""
        self._load()

    def data_changed(self) -> None:
        """Follow what is clocked."""
        self._load()

    def language_changed(self) -> None:
        """Say everything in the other language."""
        self.query_one(QueueTable).remeasure()
        self._show()

    def help_title(self) -> str:
        """Name what is shown."""
        return tr("Labour day")


def _key(step: Any) -> tuple[int, int]:
    one, counted = step
    return (one.key if one else 0, counted.start if counted else 0)
