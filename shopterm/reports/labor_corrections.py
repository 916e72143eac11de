"""Corrections of labour days as reports tell them: what was clocked, what counts now, who says so and why."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo

from shopterm.db.queries.labour_day import Interval
from shopterm.db.queries.labour_marks import mark_of
from shopterm.db.queries.names import named
from shopterm.domain.local_time import wall_clock
from shopterm.domain.text import clean
from shopterm.domain.words import _
from shopterm.i18n import language
from shopterm.reports.report import Note, Told

CORRECTED = _("{mark} ended {was}, now {ended}: {reason} ({who}, {when})")
CLOSED = _("{mark} had no clock-off, now it ended {ended}: {reason} ({who}, {when})")
TAKEN_UP = _("{mark} was taken up again at {began}: {reason} ({who}, {when})")
Correction = tuple[Interval, Interval]
"""What was clocked, and what stands in its place."""


def explained(
    pairs: Iterable[Correction], zone: tzinfo, day: date, names: Mapping[int, str] | None = None
) -> Iterator[Note]:
    """Say of each correction what was clocked, what counts now, who says so and why; with names also whose it is."""
    for clocked, correction in pairs:
        zh, en = correction.corrector
        mark = mark_of(clocked.key)
        moments = {"was": clocked.end, "ended": correction.end, "began": correction.start}
        told = {name: "" if moment is None else at(moment, zone, day).people for name, moment in moments.items()}
        told |= {
            "mark": f"{clean(names[clocked.person])} {mark}" if names else mark,
            "reason": clean(correction.reason),
            "who": clean(named(language(), zh, en)),
            "when": at(correction.corrected_at or 0, zone, day).people,
        }
        yield Note(_sentence(clocked, correction), told)


def _sentence(clocked: Interval, correction: Interval) -> str:
    if correction.start != clocked.start:
        return TAKEN_UP
    return CLOSED if clocked.end is None else CORRECTED


def at(instant: int, zone: tzinfo, day: date) -> Told:
    """Write an instant: in full for programs, for people the clock, and the date where it is another than the day."""
    wall = wall_clock(instant // 1_000_000 * 1_000_000, zone)
    return Told(wall.isoformat(), _clock(wall, day))


def _clock(wall: datetime, day: date) -> str:
    if wall.date() == day:
        return f"{wall:%H:%M}"
    return f"{wall:%m-%d %H:%M}" if wall.year == day.year else f"{wall:%Y-%m-%d %H:%M}"


def fact(clocked: Interval, correction: Interval, zone: tzinfo) -> dict[str, str | None]:
    """Tell a correction to programs."""
    moments = {"clocked_end": clocked.end, "began": correction.start, "ended": correction.end}
    written = {name: None if moment is None else str(at(moment, zone, date.min)) for name, moment in moments.items()}
    return {
        "interval": mark_of(clocked.key),
        "correction": mark_of(correction.key),
        **written,
        "reason": clean(correction.reason),
        "by": clean(correction.corrector[0]),
        "at": None if correction.corrected_at is None else str(at(correction.corrected_at, zone, date.min)),
    }
