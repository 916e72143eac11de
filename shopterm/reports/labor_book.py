"""The labour of some days: sums by the database for the people in order, laid out by the domain for all others."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from shopterm.db.queries import labour as rows
from shopterm.db.queries.labour import FinishedLine, Read, ShiftSum, Window, WorkSum
from shopterm.domain.calendar import SiteCalendar
from shopterm.domain.labour_earned import Earned, Share, Worked, split_earned, worked_on_lines
from shopterm.domain.labour_records import DoneLine, Entry
from shopterm.domain.labour_time import Piece, Shift, Timesheet, resolve
from shopterm.domain.vocabulary import EntryKind
from shopterm.reports.labor_days import Days, Period

Sums = Callable[[Read, Window, Collection[int]], Iterator[WorkSum]]


class Book(NamedTuple):
    """All labour of the days at all sites: a timesheet whose pieces may be sums, and what was earned."""

    sheet: Timesheet
    earned: Earned


class Ledger:
    """Reads the labour of some days with the fewest rows from which every minute comes out exactly."""

    def __init__(self, read: Read, calendars: Mapping[int, SiteCalendar], period: Period, now: int) -> None:
        """Remember what to read from, and when the days are at each site."""
        self._read, self._calendars = read, calendars
        self._days = Days(period, calendars)
        self._window = self._days.window(now)

    def by_shift(self) -> Book:
        """Read time by person and day."""
        sums = rows.shift_sums(self._read, self._window)
        odd, sheet = self._laid_out(rows.inside_shifts(sums))
        self._add_shifts(sheet, sums, odd, pieces=True)
        return Book(sheet, self._earned(odd))

    def by_order(self, presence: bool) -> Book:
        """Read direct time by work order; with ``presence`` also who was where, for judging between sites."""
        return self._by_work(rows.order_sums, _on_order, presence)

    def by_kind(self, presence: bool) -> Book:
        """Read all explained time by what it went into."""
        return self._by_work(rows.kind_sums, _of_kind, presence)

    def _by_work(self, sums: Sums, entry: Callable[[WorkSum], Entry], presence: bool) -> Book:
        odd, sheet = self._laid_out(rows.inside(self._read, self._window))
        day = self._days.all[0]
        sheet.pieces += (Piece(day, row.site, entry(row), row.minutes) for row in sums(self._read, self._window, odd))
        if presence:
            self._add_shifts(sheet, rows.shift_sums(self._read, self._window), odd, pieces=False)
        return Book(sheet, self._earned(odd))

    def _laid_out(self, inside: rows.Inside) -> tuple[set[int], Timesheet]:
        """Find the people who are not in order, and lay them out interval by interval."""
        odd = rows.out_of_order(self._read, self._window, inside)
        since, until, now = self._window.since, self._window.until, self._window.now
        sheet, days = self._resolved(rows.history(self._read, odd, since, until, now)), set(self._days.all)
        kept = Timesheet(
            [shift for shift in sheet.shifts if shift.day in days],
            [piece for piece in sheet.pieces if piece.day in days],
            [piece for piece in sheet.outside if piece.day in days],
        )
        return odd, kept

    def _resolved(self, history: rows.History) -> Timesheet:
        zones = {site: calendar.zone for site, calendar in self._calendars.items()}
        return resolve(history.attendances, history.entries, zones, self._window.now)

    def _add_shifts(self, sheet: Timesheet, sums: Iterable[ShiftSum], odd: Collection[int], *, pieces: bool) -> None:
        """Add the attendances of the people in order, each with one piece for each kind of time in it."""
        now, day_of = self._window.now, self._days.of
        known: dict[int, tuple[Entry, ...]] = {}
        for row in sums:
            day = day_of(row.site, row.start)
            if day is None or row.person in odd:
                continue
            end = now if row.end is None else row.end
            sheet.shifts.append(Shift(day, row.site, row.person, row.start, end, row.end is None))
            if pieces:
                entries = known.get(row.person) or known.setdefault(row.person, _entries(row.person))
                for entry, minutes in zip(entries, (row.productive, row.rework, row.indirect, row.breaks), strict=True):
                    if minutes:
                        sheet.pieces.append(Piece(day, row.site, entry, minutes))

    def _earned(self, odd: Collection[int]) -> Earned:
        """Split what was signed done; who was alone on a line has earned it whole."""
        alone: list[Share] = []
        several: list[DoneLine] = []
        tangled: list[DoneLine] = []
        nobody: list[DoneLine] = []
        for row in rows.finished(self._read, self._window, odd):
            done = self._done(row)
            if done is None:
                continue
            if row.tangled:
                tangled.append(done)
            elif row.lowest is None or not row.minutes:
                nobody.append(done)
            elif row.lowest == row.highest:
                alone.append(Share(done, row.lowest, done.standard_minutes))
            else:
                several.append(done)
        worked = {**rows.worked(self._read, _keys(several), self._window.now), **self._untangled(tangled)}
        split = split_earned(chain(several, tangled), worked)
        shares = sorted(chain(alone, split.shares), key=_when_signed)
        return Earned(tuple(shares), tuple(chain(nobody, split.unassigned)))

    def _done(self, row: FinishedLine) -> DoneLine | None:
        day = self._days.of(row.site, row.done_at)
        if day is None:
            return None
        return DoneLine(row.line, day, row.standard_minutes, False, row.site, row.order, row.kind)

    def _untangled(self, lines: Collection[DoneLine]) -> Worked:
        """Lay out the whole history of the people who clocked on lines whose entries overlap or are open."""
        if not lines:
            return {}
        people = rows.clocked_on(self._read, _keys(lines))
        since = min(first for first, _ in people.values())
        until = max(last for _, last in people.values()) + 1
        return worked_on_lines(self._resolved(rows.history(self._read, people, since, until, self._window.now)))


def _keys(lines: Iterable[DoneLine]) -> Iterator[int]:
    return (line.line for line in lines)


_when_signed = attrgetter("done.done_day", "done.line")


def _entries(person: int) -> tuple[Entry, ...]:
    """Return what sums of a person's time are booked on, in the order of a `ShiftSum`.

    Indirect time comes in one sum: its codes are told by kind.
    """
    return (
        Entry(person, 0, 0, 0, EntryKind.DIRECT),
        Entry(person, 0, 0, 0, EntryKind.DIRECT, rework=True),
        Entry(person, 0, 0, 0, EntryKind.INDIRECT),
        Entry(person, 0, 0, 0, EntryKind.BREAK),
    )


def _on_order(row: WorkSum) -> Entry:
    return Entry(0, row.site, 0, 0, EntryKind.DIRECT, order=int(row.key), rework=bool(row.rework))


def _of_kind(row: WorkSum) -> Entry:
    kind, key = EntryKind(row.entry), str(row.key)
    code, labour_kind = (key, "") if kind is EntryKind.INDIRECT else ("", key)
    return Entry(0, row.site, 0, 0, kind, code=code, rework=bool(row.rework), labour_kind=labour_kind)


def at_site(book: Book, site: int) -> Book:
    """Keep what belongs to one site: time where the person was, earned minutes where `day_rows` credits them.

    That is the site that signed the line if the person was there that day, or else where the person was.
    """
    sheet, earned = book
    places: dict[tuple[date, int], list[int]] = {}
    for day, place, person in chain(
        ((shift.day, shift.site, shift.person) for shift in sheet.shifts),
        ((piece.day, piece.site, piece.entry.person) for piece in chain(sheet.pieces, sheet.outside)),
    ):
        places.setdefault((day, person), []).append(place)
    shares = []
    for share in earned.shares:
        been = places.setdefault((share.done.done_day, share.person), [share.done.site])
        if (share.done.site if share.done.site in been else been[0]) == site:
            shares.append(share)
    return Book(
        Timesheet(
            [shift for shift in sheet.shifts if shift.site == site],
            [piece for piece in sheet.pieces if piece.site == site],
            [piece for piece in sheet.outside if piece.site == site],
        ),
        Earned(tuple(shares), tuple(line for line in earned.unassigned if line.site == site)),
    )
