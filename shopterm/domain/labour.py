"""The labour day: what each person did with each minute of attendance, and what they earned with it.

Instants come in, whole minutes go out. The steps `resolve`, `split_earned` and `day_rows` are open to callers
that need one alone (a report by order, a database that adds up); `summarise` is all three.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shopterm.domain.calendar import SiteCalendar
from shopterm.domain.labour_earned import Earned, Share, Worked, split_earned, worked_on_lines
from shopterm.domain.labour_figures import DayRow
from shopterm.domain.labour_records import Attendance, DoneLine, Entry
from shopterm.domain.labour_time import Piece, Shift, Timesheet, View, resolve
from shopterm.domain.local_time import whole_minutes
from shopterm.domain.vocabulary import EntryKind

__all__ = ["Attendance", "DayRow", "DoneLine", "Entry", "View", "day_rows", "share_shift", "summarise"]

Calendars = Mapping[int, SiteCalendar]


def summarise(
    attendances: Iterable[Attendance],
    entries: Iterable[Entry],
    done: Iterable[DoneLine],
    calendars: Calendars,
    *,
    now: int,
    view: View = View.SHIFT,
    worked: Worked | None = None,
) -> list[DayRow]:
    """Compute the labour days of already chosen rows, sorted by day, site and person.

    A finished line's minutes reach back further than its day: give them as `worked` unless the entries hold
    the line's whole history. A person at two sites in one day has two rows that share one planned shift, so
    choose a site from the result, not from the rows that go in.
    """
    zones = {site: calendar.zone for site, calendar in calendars.items()}
    sheet = resolve(attendances, entries, zones, now, view)
    earned = split_earned(done, worked_on_lines(sheet) if worked is None else worked)
    return day_rows(sheet, earned, calendars)


def day_rows(sheet: Timesheet, earned: Earned, calendars: Calendars) -> list[DayRow]:
    """Add up a timesheet and earned shares to one row for each day, site and person."""
    book = _Book()
    for shift in sheet.shifts:
        book.tally(shift.day, shift.person, shift.site).add_shift(shift)
    for piece in sheet.pieces:
        book.tally(piece.day, piece.entry.person, piece.site).add_piece(piece)
    for piece in sheet.outside:
        book.tally(piece.day, piece.entry.person, piece.site).outside += piece.minutes
    for share in earned.shares:
        book.tally_of_share(share).earned += share.minutes
    return sorted(book.rows(calendars), key=lambda row: (row.day, row.site, row.person))


def share_shift(planned: int, worked: Sequence[int]) -> list[int]:
    """Spread one planned shift over a person's sites in order of clock-in; the last takes the rest."""
    shares = []
    for minutes in worked[:-1]:
        shares.append(min(planned, minutes))
        planned -= shares[-1]
    return [*shares, planned] if worked else []


@dataclass(slots=True)
class _Tally:
    """The running count of one row."""

    present: bool = False
    attendance: int = 0
    direct: int = 0
    rework: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    breaks: int = 0
    earned: int = 0
    outside: int = 0
    open: bool = False

    def add_shift(self, shift: Shift) -> None:
        """Count a shift's whole minutes as attendance."""
        self.present = True
        self.attendance += whole_minutes(shift.start, shift.end)
        self.open = self.open or shift.open

    def add_piece(self, piece: Piece) -> None:
        """Count a piece's minutes by its kind; rework is part of direct."""
        entry, minutes = piece.entry, piece.minutes
        self.open = self.open or entry.end is None
        if entry.kind == EntryKind.DIRECT:
            self.direct += minutes
            self.rework += minutes if entry.rework else 0
        elif entry.kind == EntryKind.INDIRECT:
            self.codes[entry.code] = self.codes.get(entry.code, 0) + minutes
        else:
            self.breaks += minutes

    def row(self, day: date, site: int, person: int, shift: int) -> DayRow:
        """Return the row for a planned shift of so many minutes."""
        return DayRow(
            day=day,
            site=site,
            person=person,
            attendance=self.attendance,
            direct=self.direct,
            rework=self.rework,
            indirect_by_code=dict(sorted(self.codes.items())),
            breaks=self.breaks,
            earned=self.earned,
            shift=shift,
            overtime=max(0, self.attendance - self.breaks - shift),
            outside=self.outside,
            open=self.open,
        )


class _Book:
    """The running counts of all rows: for each day and person their sites, in order of clock-in."""

    def __init__(self) -> None:
        self.days: dict[tuple[date, int], dict[int, _Tally]] = {}
        self.planned: dict[tuple[int, date], int] = {}

    def tally(self, day: date, person: int, site: int) -> _Tally:
        """Return the count of a person at a site on a day, begun if there is none yet."""
        sites = self.days.setdefault((day, person), {})
        if (tally := sites.get(site)) is None:
            tally = sites[site] = _Tally()
        return tally

    def tally_of_share(self, share: Share) -> _Tally:
        """Credit the site that signed the line, or else where the person was that day."""
        sites = self.days.get((share.done.done_day, share.person), {})
        site = share.done.site if share.done.site in sites or not sites else next(iter(sites))
        return self.tally(share.done.done_day, share.person, site)

    def rows(self, calendars: Calendars) -> Iterator[DayRow]:
        """Yield the rows of all days, each with its share of the day's planned minutes."""
        for (day, person), sites in self.days.items():
            shifts = self.shifts(day, sites, calendars)
            for site, tally in sites.items():
                yield tally.row(day, site, person, shifts.get(site, 0))

    def shifts(self, day: date, sites: Mapping[int, _Tally], calendars: Calendars) -> dict[int, int]:
        """Plan a shift where somebody came in: without a clock-in there is no shift to compare with."""
        present = [site for site, tally in sites.items() if tally.present]
        if not present:
            return {}
        planned = self.planned_minutes(day, present[0], calendars)
        worked = [sites[site].attendance - sites[site].breaks for site in present]
        return dict(zip(present, share_shift(planned, worked), strict=True))

    def planned_minutes(self, day: date, site: int, calendars: Calendars) -> int:
        """Ask the calendar once for each day and site: hundreds of people share the answer."""
        key = site, day
        if key not in self.planned:
            self.planned[key] = calendars[site].shift_minutes(day)
        return self.planned[key]
