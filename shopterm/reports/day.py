"""One person's labour day, interval by interval: gaps nobody can explain, and corrections beside what was clocked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, tzinfo
from typing import NamedTuple

from shopterm.db.queries.labour import PersonRow, Read
from shopterm.db.queries.labour_day import Interval, person_day
from shopterm.db.queries.labour_marks import mark_of
from shopterm.domain.calendar import SiteCalendar
from shopterm.domain.labour_course import Stretch, course
from shopterm.domain.labour_records import Entry
from shopterm.domain.text import clean
from shopterm.domain.units import Minutes
from shopterm.domain.vocabulary import EntryKind
from shopterm.domain.words import Message, _
from shopterm.i18n import language, tr
from shopterm.reports.labor_corrections import at, explained, fact
from shopterm.reports.labor_days import Days, Period
from shopterm.reports.report import Cell, Column, Note, Report, Row, Told

TITLE = _("Labour day")
EMPTY = _("{name} has no labour on this day.")
ATTENDANCE, UNEXPLAINED = Message(_("attendance")), Message(_("unexplained"))
REWORK = Message(_("rework"))
SUM = _("{attendance} attendance = {direct} direct + {indirect} indirect + {breaks} break + {unexplained} unexplained")
COLUMNS = (
    Column("mark", _("Mark")),
    Column("began", _("Began")),
    Column("ended", _("Ended")),
    Column("what", _("What")),
    Column("on", _("On")),
    Column("work", _("Work line"), rank=1),
    Column("minutes", _("time"), unit="minutes"),
    Column("corrected", _("Corrected"), optional=True),
)


class AskDay(NamedTuple):
    """Whose day is to be told."""

    person: PersonRow
    day: date
    now: int
    site: int
    """Whose clock and midnight count."""
    codes: Mapping[str, str] = {}
    """Names of the codes of indirect time."""


class Course(NamedTuple):
    """A day as a screen shows it too: every interval with the minutes it counts, and the gaps in order of time."""

    steps: list[tuple[Interval | None, Stretch | None]]
    """What was clocked (None for a gap), and what counts of it (None for nothing)."""
    pairs: list[tuple[Interval, Interval]]
    """What was clocked, and its correction."""
    minutes: Mapping[str, int]
    """The sum of the day by its parts."""


def read_course(read: Read, calendars: Mapping[int, SiteCalendar], ask: AskDay) -> Course:
    """Read a person's day and lay it out."""
    window = Days(Period(ask.day, ask.day), {ask.site: calendars[ask.site]}).window(ask.now)
    found = person_day(read, ask.person.id, window.since, window.until, ask.now)
    zones = {site: calendar.zone for site, calendar in calendars.items()}
    stretches = [one for one in course(found.attendances, found.entries, zones, ask.now) if one.day == ask.day]
    counted: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        counted.setdefault(id(stretch.entry) if stretch.entry else 0, []).append(stretch)
    steps: list[tuple[Interval | None, Stretch | None]] = [(None, gap) for gap in counted.get(0, [])]
    for one in found.intervals:
        own = counted.get(id(one.entry), []) if one.entry and not one.voided else []
        steps += [(one, stretch) for stretch in own] or [(one, None)]
    steps.sort(key=_in_time)
    known = {one.key: one for one in found.intervals}
    pairs = [(known[one.corrects], one) for one in found.intervals if one.corrects in known]
    return Course(steps, pairs, _sums(stretches))


def day(read: Read, calendars: Mapping[int, SiteCalendar], ask: AskDay) -> Report:
    """Make the page of a person's day from the rows that ``read`` finds."""
    found, zone = read_course(read, calendars, ask), calendars[ask.site].zone
    name = ask.person.name(language())
    return Report(
        name="day",
        title=TITLE,
        asked={"person": ask.person.number, "date": str(ask.day)},
        heading=f"{clean(ask.person.number)} {clean(name)}, {ask.day}",
        columns=COLUMNS,
        rows=[Row(_cells(one, counted, ask, zone), style=_style(one)) for one, counted in found.steps],
        empty=tr(EMPTY, name=clean(name)),
        notes=tuple(_notes(found, ask, zone)),
        facts={**found.minutes, "corrections": [fact(*pair, zone) for pair in found.pairs]},
    )


def _in_time(step: tuple[Interval | None, Stretch | None]) -> tuple[int, int, int]:
    one, counted = step
    start = counted.start if one is None and counted else one.start if one else 0
    return start, 2 if one is None else int(not one.attendance), one.key if one else 0


def _sums(stretches: Iterable[Stretch]) -> dict[str, int]:
    sums = dict.fromkeys(("attendance", "direct", "rework", "indirect", "break", "unexplained"), 0)
    for one in stretches:
        sums["attendance"] += one.minutes
        sums[one.entry.kind.value if one.entry else "unexplained"] += one.minutes
        sums["rework"] += one.minutes if one.entry and one.entry.rework else 0
    return sums


def _cells(one: Interval | None, counted: Stretch | None, ask: AskDay, zone: tzinfo) -> list[Cell]:
    if one is None:
        assert counted is not None
        began, ended = at(counted.start, zone, ask.day), at(counted.end, zone, ask.day)
        return [None, began, ended, UNEXPLAINED, None, None, counted.minutes, None]
    ended_at = None if one.end is None else at(one.end, zone, ask.day)
    began, minutes = at(one.start, zone, ask.day), _minutes(one, counted)
    kind, on = what(one), _on(one, ask)
    return [mark_of(one.key), began, ended_at, kind, on, clean(one.work), minutes, _corrected(one)]


def _style(one: Interval | None) -> str:
    """Show what nobody can explain in red, and what counts no more dimmed."""
    return "bold red" if one is None else "dim" if one.voided else ""


def _minutes(one: Interval, counted: Stretch | None) -> int | None:
    """Return the minutes an interval counts; what was corrected counts none, an attendance is the sum of the rest."""
    return None if one.voided or one.attendance else counted.minutes if counted else 0


def _corrected(one: Interval) -> Cell:
    if one.voided:
        return Told("voided", tr("counts no more"))
    return None if one.corrects is None else Told(mark_of(one.corrects), tr("for {mark}", mark=mark_of(one.corrects)))


def what(one: Interval) -> Cell:
    """Name the kind of an interval."""
    if one.entry is None:
        return ATTENDANCE
    return REWORK if one.entry.rework and one.entry.kind is EntryKind.DIRECT else one.entry.kind


def _on(one: Interval, ask: AskDay) -> Cell:
    entry: Entry | None = one.entry
    if entry is None or not entry.code:
        return clean(one.job)
    return Told(entry.code, ask.codes.get(entry.code, entry.code))


def _notes(found: Course, ask: AskDay, zone: tzinfo) -> Iterator[Note]:
    if found.steps:
        told = {name: Minutes(minutes) for name, minutes in found.minutes.items()}
        yield Note(SUM, told | {"breaks": told["break"]}, "bold red" if found.minutes["unexplained"] else "")
    yield from explained(found.pairs, zone, ask.day)
