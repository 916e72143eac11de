"""The labour summary: what became of the hours of some days, by mechanic, by work order or by kind of time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from typing import Literal, NamedTuple, TypeVar

from shopterm.db.queries import labour as rows
from shopterm.db.queries.labour import Read
from shopterm.domain.calendar import SiteCalendar
from shopterm.domain.labour import day_rows
from shopterm.domain.labour_figures import DayRow, Figures, totals
from shopterm.domain.labour_groups import Kind, Work, by_kind, by_order
from shopterm.domain.labour_records import DoneLine
from shopterm.domain.local_time import wall_clock
from shopterm.domain.text import clean
from shopterm.domain.units import Minutes
from shopterm.domain.vocabulary import EntryKind, LabourKind
from shopterm.domain.words import Message, _
from shopterm.i18n import language, tr
from shopterm.reports.labor_book import Book, Ledger, at_site
from shopterm.reports.labor_columns import (
    OF_DAY,
    OF_KIND,
    OF_ORDER,
    OF_PERSON,
    OF_SITE,
    OF_WORK,
    PARTS,
    bar,
    cells_of_day,
    cells_of_work,
    spent,
    terms,
)
from shopterm.reports.labor_days import Days, Period
from shopterm.reports.report import Cell, Column, Note, Report, Row

By = Literal["mechanic", "day", "site", "order", "kind"]
TITLE = _("Labour summary")
BY: Mapping[By, str] = {
    "mechanic": _("by mechanic"),
    "day": _("by day"),
    "site": _("by site"),
    "order": _("by work order"),
    "kind": _("by kind of time"),
}
EMPTY = _("There is no labour on these days.")
RUNNING = _("Still running, counted until {time}: {names}")
UNASSIGNED = _("Lines signed done on which nobody clocked a minute, so that nobody earned them: {n} ({time})")
ALL_SITES = _("all sites")
TOTAL, NO_ORDER = Message(_("Total")), Message(_("no order"))
DIRECT = Kind(EntryKind.DIRECT)
COMMON_SITE = 0
"""Stands for what the sites share; nobody works there."""
WEEKDAYS = (
    *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday")),
    *(_("Friday"), _("Saturday"), _("Sunday")),
)
NAMED = 6
"""People named in a note, at most."""


class Ask(NamedTuple):
    """What is to be told."""

    period: Period
    now: int
    zone: tzinfo
    """In which times are written."""
    by: By = "mechanic"
    site: int | None = None
    """Key of the only site, or None for all."""
    place: str = ""
    """The site's code, or "" for all."""
    codes: Mapping[str, str] = {}
    """Names of the codes of indirect time."""
    explain: bool = False


Key = TypeVar("Key", int, date)
Named = tuple[Sequence[Cell], Figures]
"""What names a row, and its figures."""


class Told(NamedTuple):
    """The answer before it is dressed as a report."""

    rows: list[Named]
    unassigned: list[DoneLine]
    """Lines that nobody earned."""


def labor(read: Read, calendars: Mapping[int, SiteCalendar], ask: Ask) -> Report:
    """Make the labour summary from the rows that ``read`` finds; calendars by key of the site."""
    way = WAYS[ask.by]
    told = way.tell(read, calendars, ask)
    notes, facts = _corrected(read, calendars, ask) if ask.explain else ((), {})
    return Report(
        name="labor",
        title=TITLE,
        asked={"site": ask.place or None, "from": str(ask.period.first), "to": str(ask.period.last), "by": ask.by},
        heading=_heading(ask),
        columns=way.columns,
        rows=[_row(named, ask) for named in told.rows],
        empty=EMPTY,
        total=_total(told.rows, ask),
        parts=PARTS[: way.parts],
        notes=(*_notes(told, ask), *notes),
        facts={"unassigned": {"lines": len(told.unassigned), "minutes": _standard(told.unassigned)}, **facts},
    )


def _corrected(
    read: Read, calendars: Mapping[int, SiteCalendar], ask: Ask
) -> tuple[Sequence[Note], Mapping[str, Sequence[object]]]:
    """Tell what was corrected of the days, for people and for programs."""
    from shopterm.db.queries.labour_day import corrections  # only who asks for explanations pays for loading this
    from shopterm.reports.labor_corrections import explained, fact

    days, people, spoken = Days(ask.period, calendars), rows.people(read), language()
    window = days.window(ask.now)
    pairs = [
        pair
        for pair in corrections(read, window.since, window.until)
        if days.of(pair[0].site, pair[0].start) and ask.site in (None, pair[0].site)
    ]
    names = {key: person.name(spoken) for key, person in people.items()}
    listed = [{"person": clean(people[pair[0].person].number), **fact(*pair, ask.zone)} for pair in pairs]
    return list(explained(pairs, ask.zone, ask.period.first, names)), {"corrections": listed}


def _by_mechanic(read: Read, calendars: Mapping[int, SiteCalendar], ask: Ask) -> Told:
    people, spoken = rows.people(read), language()
    groups, unassigned = _days(read, calendars, ask, lambda row: row.person)
    groups.sort(key=lambda group: people[group[0]].number)
    return Told([((people[key].number, people[key].name(spoken)), figures) for key, figures in groups], unassigned)


def _by_day(read: Read, calendars: Mapping[int, SiteCalendar], ask: Ask) -> Told:
    groups, unassigned = _days(read, calendars, ask, lambda row: row.day)
    found: list[Named] = [((str(day), Message(WEEKDAYS[day.weekday()])), figures) for day, figures in groups]
    return Told(found, unassigned)


def _by_site(read: Read, calendars: Mapping[int, SiteCalendar], ask: Ask) -> Told:
    sites = {site.id: site for site in rows.sites(read)}
    groups, unassigned = _days(read, calendars, ask, lambda row: row.site)
    return Told([((sites[key].code, sites[key].name), figures) for key, figures in groups], unassigned)


def _days(
    read: Read, calendars: Mapping[int, SiteCalendar], ask: Ask, key: Callable[[DayRow], Key]
) -> tuple[list[tuple[Key, Figures]], list[DoneLine]]:
    """Add labour days up under a key, in its order; one alone stays a day, with its own overtime to explain."""
    book = Ledger(read, calendars, ask.period, ask.now).by_shift()
    groups: dict[Key, list[DayRow]] = {}
    for row in day_rows(book.sheet, book.earned, calendars):
        if ask.site in (None, row.site):
            groups.setdefault(key(row), []).append(row)
    unassigned = [line for line in book.earned.unassigned if ask.site in (None, line.site)]
    return [(one, days[0] if len(days) == 1 else totals(days)) for one, days in sorted(groups.items())], unassigned


def _by_order(read: Read, calendars: Mapping[int, SiteCalendar], ask: Ask) -> Told:
    book = _book(read, calendars, ask, Ledger.by_order)
    works = by_order(book.sheet, book.earned)
    orders = rows.orders(read, filter(None, works))
    found: list[Named] = [
        ((order.number, order.machine, order.customer), _figures(works[key])) for key, order in orders.items()
    ]
    found.sort(key=lambda named: str(named[0][0]))
    if 0 in works:
        found.append(((NO_ORDER, "", ""), _figures(works[0])))
    return Told(found, list(book.earned.unassigned))


def _by_kind(read: Read, calendars: Mapping[int, SiteCalendar], ask: Ask) -> Told:
    book = _book(read, calendars, ask, Ledger.by_kind)
    works = by_kind(book.sheet, book.earned)
    order = list(EntryKind)
    found: list[Named] = [
        (_names_of(kind, ask), _figures(works[kind], kind))
        for kind in sorted(works, key=lambda kind: (order.index(kind.entry), kind.name))
    ]
    return Told(found, list(book.earned.unassigned))


class Way(NamedTuple):
    """A way to tell the labour of some days."""

    tell: Callable[[Read, Mapping[int, SiteCalendar], Ask], Told]
    columns: Sequence[Column]
    cells: Callable[[Figures], Sequence[Cell]]
    measures: tuple[str, ...] | None
    """The measures that are explained, or None for all."""
    parts: int
    """How many of the parts make its bars."""


WAYS: Mapping[By, Way] = {
    "mechanic": Way(_by_mechanic, OF_PERSON, cells_of_day, None, 5),
    "day": Way(_by_day, OF_DAY, cells_of_day, None, 5),
    "site": Way(_by_site, OF_SITE, cells_of_day, None, 5),
    "order": Way(_by_order, OF_ORDER, cells_of_work, OF_WORK, 2),
    "kind": Way(_by_kind, OF_KIND, lambda figures: (spent(figures), *cells_of_work(figures)[1:]), OF_WORK, 4),
}


def _book(read: Read, calendars: Mapping[int, SiteCalendar], ask: Ask, of: Callable[[Ledger, bool], Book]) -> Book:
    """Read a book, of one site if asked; only between several sites it matters who was where."""
    several = len(calendars.keys() - {COMMON_SITE}) > 1
    book = of(Ledger(read, calendars, ask.period, ask.now), several and ask.site is not None)
    return at_site(book, ask.site) if several and ask.site is not None else book


def _figures(work: Work, kind: Kind = DIRECT) -> Figures:
    """Return work as figures, its minutes as what they are: only direct time makes a ratio."""
    direct = Figures(direct=work.minutes, rework=work.rework, outside=work.outside, earned=work.earned)
    if kind.entry is EntryKind.INDIRECT:
        return replace(direct, direct=0, indirect_by_code={kind.name: work.minutes})
    return replace(direct, direct=0, breaks=work.minutes) if kind.entry is EntryKind.BREAK else direct


def _names_of(kind: Kind, ask: Ask) -> Sequence[Cell]:
    if kind.entry is EntryKind.DIRECT:
        return kind.entry, LabourKind(kind.name) if kind.name else "", ""
    return kind.entry, kind.name, ask.codes.get(kind.name, "")


def _row(named: Named, ask: Ask) -> Row:
    (names, figures), way = named, WAYS[ask.by]
    explained = terms(figures, way.measures) if ask.explain and not (ask.by == "kind" and not figures.direct) else ()
    return Row((*names, *way.cells(figures)), bar(figures)[: way.parts], explained)


def _total(found: Sequence[Named], ask: Ask) -> Row | None:
    """Add all rows up; the sum has no bar, which would make the others short."""
    if not found:
        return None
    names = (TOTAL, *[None] * (len(found[0][0]) - 1))
    return _row((names, totals(figures for _names, figures in found)), ask)._replace(bar=())


def _heading(ask: Ask) -> str:
    first, last = ask.period
    days = str(first) if first == last else f"{first} – {last}"
    return ", ".join((ask.place or tr(ALL_SITES), days, tr(BY[ask.by])))


def _notes(told: Told, ask: Ask) -> Iterator[Note]:
    running = [str(names[1]) for names, figures in told.rows if figures.open]
    if running:
        some = ", ".join(running[:NAMED]) + (" …" if len(running) > NAMED else "")
        yield Note(RUNNING, {"time": f"{wall_clock(ask.now, ask.zone):%H:%M}", "names": clean(some)}, "yellow")
    if told.unassigned:
        time = Minutes(_standard(told.unassigned))
        yield Note(UNASSIGNED, {"n": len(told.unassigned), "time": time}, "yellow")


def _standard(lines: Sequence[DoneLine]) -> int:
    return sum(line.standard_minutes for line in lines)
