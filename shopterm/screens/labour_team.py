"""The labour day on screen: the foreman sees the team's, everybody else the own; what nobody can explain is red."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopterm.domain.labour_figures import Figures, permille, totals
from shopterm.domain.text import clean
from shopterm.domain.units import Minutes
from shopterm.domain.vocabulary import Role
from shopterm.domain.words import _
from shopterm.i18n import language, tr
from shopterm.reports.labor_desk import Team, TeamRow, read_team
from shopterm.screens.desks import Column
from shopterm.screens.labour_lines import sum_lines, weekday
from shopterm.screens.lines import Line, text
from shopterm.screens.live_screen import PersonScreen
from shopterm.screens.session import Session
from shopterm.screens.widgets.header_line import HeaderLine
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.queue_table import QueueTable
from shopterm.screens.widgets.text_lines import TextLines

COLUMNS = (
    Column("name", _("Full name"), 8, grows=True),
    Column("attendance", _("attend."), 7, right=True),
    Column("direct", _("direct"), 8, right=True),
    Column("rework", _("rework"), 7, right=True),
    Column("indirect", _("indir."), 7, right=True),
    Column("breaks", _("break"), 7, right=True),
    Column("unexplained", _("unexpl."), 7, right=True),
    Column("overtime", _("overt."), 7, right=True),
    Column("earned", _("earned"), 7, right=True),
    Column("efficiency", _("effic."), 7, right=True),
)
LEADERS = {Role.FOREMAN, Role.GENERAL_MANAGER, Role.DEPARTMENT_HEAD, Role.REGIONAL_SUPERVISOR}
"""Who sees everybody's day."""
EMPTY = _("Nobody came in on this day.")


class TeamScreen(PersonScreen[None]):
    """A day of everybody: Enter opens one person's, ← and → go to other days."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
    ]

    def __init__(self, session: Session, day: date | None = None) -> None:
        """Begin with a day, or today."""
        super().__init__(session)
        self._day = day
        self._team: Team | None = None

    def compose(self) -> ComposeResult:
        """Yield the table between the day's name and its sum."""
        yield HeaderLine(id="header")
        yield QueueTable(self._cell, lambda row: row.person.id, id="queue")
        yield TextLines(id="sum", classes="sum")
        yield KeyBar(lines=1, id="keys")

    def on_mount(self) -> None:
        """Read the day."""
        self.query_one(QueueTable).focus()
        self._load()

    @work(exclusive=True, group="day")
    async def _load(self, *, keep: bool = True) -> None:
        found = await self.ask(partial(read_team, site=self.session.actor.site, day=self._day))
        if found is not None:
            self._team, self._day = found, found.day
            self._show(keep=keep)

    def _show(self, *, keep: bool = True) -> None:
        if self._team is None:
            return
        actor, rows = self.session.actor, self._team.rows
        right = [text(weekday(self._team.day)), text(f"{clean(actor.name)} · {actor.site_code}")]
        self.query_one(HeaderLine).show([(tr("Labour day of the team"), True)], right)
        self.query_one(QueueTable).show(COLUMNS, rows, tr(EMPTY), keep=keep)
        summed: Figures = totals(row.figures for row in rows)
        self.query_one("#sum", TextLines).lay(lambda size: sum_lines(summed, size) if rows else [])
        self.query_one(KeyBar).show([Hint("Enter", tr("Open")), Hint("← →", tr("Other day")), Hint("Esc", tr("Back"))])

    @staticmethod
    def _cell(row: TeamRow, name: str) -> Line:
        if name == "name":
            return text(f"{'* ' if row.figures.open else ''}{clean(row.person.name(language()))}")
        if name == "efficiency":
            share = permille(row.figures.earned, row.figures.productive)
            return text("" if share is None else f"{share // 10}.{share % 10}%")
        minutes: int = getattr(row.figures, name)
        return text(str(Minutes(minutes)), "bad" if name == "unexplained" and minutes else "" if minutes else "dim")

    def action_turn(self, days: int) -> None:
        """Go to another day."""
        if self._day is not None:
            self._day += timedelta(days=days)
            self._load(keep=False)

    @on(QueueTable.Chosen)
    def _open(self) -> None:
        row: TeamRow | None = self.query_one(QueueTable).current
        if row is not None:
            self.app.push_screen(day_screen(self.session, row.person.number, self._day))

    def data_changed(self) -> None:
        """Follow what people clock."""
        self._load()

    def language_changed(self) -> None:
        """Say everything in the other language."""
        self.query_one(QueueTable).remeasure()
        self._show()


def day_screen(session: Session, number: str, day: date | None) -> PersonScreen[None]:
    """Make the screen of one person's day."""
    from shopterm.screens.labour_day import DayScreen

    return session.keyed(DayScreen)(session, number, day)


def labour_screen(session: Session) -> PersonScreen[None]:
    """Return what the key of the labour day opens: the team's for those who lead it, the own for others."""
    leads: Sequence[Role] = sorted(LEADERS & session.actor.roles)
    return TeamScreen(session) if leads else day_screen(session, session.actor.number, None)
