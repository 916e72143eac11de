"""What a foreman may make of an interval that was clocked: another end, and with it the end of what ran in it.

A correction never overlaps what was clocked next, never leaves the attendance and never lies in the future, so that a
corrected day adds up like any other. Whole minutes are judged: within the minute of its beginning an interval may end.
"""

from collections.abc import Iterable
from typing import NamedTuple

from shopterm.domain.errors import Invalid, invalid
from shopterm.domain.local_time import MINUTE
from shopterm.domain.units import Instant
from shopterm.domain.words import _

EARLY = _("It began at {time}: it cannot end before that.")
FUTURE = _("That moment has not come yet.")
SAME = _("It ends then already.")
NEXT = _("What came next began at {time}: it cannot end after that.")
GONE = _("The person went at {time}: correct the attendance first.")
AWAY = _("By this the person was away at {time}, when {what} began. Say when the person came back.")
NO_BACK = _("Only an attendance can be taken up again.")
BACK = _("The person came back after that end, and before the end that was clocked.")


class Interval(NamedTuple):
    """One attendance or entry as it is stored; ``what`` names it for people."""

    key: int
    start: int
    end: int | None
    what: str = ""


class Correction(NamedTuple):
    """What becomes of an interval: its end, when the person came back after it, and the entries it cuts."""

    end: int
    back: int | None = None
    cut: tuple[Interval, ...] = ()


def correct_entry(
    one: Interval, end: int, back: int | None, *, now: int, following: int | None, gone: int | None
) -> Correction:
    """Judge another end for an entry; ``following`` began next, ``gone`` is the end of the attendance it stands in."""
    if back is not None:
        raise invalid("back", NO_BACK)
    end = _end(one, end, now, following)
    if gone is not None and end > gone:
        raise _told("end", GONE, gone)
    return Correction(end)


def correct_attendance(
    one: Interval, end: int, back: int | None, *, now: int, following: int | None, entries: Iterable[Interval]
) -> Correction:
    """Judge another end for an attendance, in which ``entries`` were begun, or two attendances in place of one."""
    end = _end(one, end, now, following)
    if back is not None and not end < back < (now + 1 if one.end is None else one.end):
        raise invalid("back", BACK)
    cut = []
    for entry in entries:
        if entry.start < end:
            cut += [entry] if entry.end is None or entry.end > end else []
        elif entry.end != entry.start and (back is None or entry.start < back):
            raise _told("end" if back is None else "back", AWAY, entry.start, what=entry.what)
    return Correction(end, back, tuple(cut))


def _end(one: Interval, end: int, now: int, following: int | None) -> int:
    """Return the end as it is stored, or say what is wrong with it."""
    if one.start // MINUTE == end // MINUTE:
        end = max(end, one.start)
    if end < one.start:
        raise _told("end", EARLY, one.start)
    if end > now:
        raise invalid("end", FUTURE)
    if following is not None and end > following:
        raise _told("end", NEXT, following)
    if one.end is not None and one.end // MINUTE == end // MINUTE:
        raise invalid("end", SAME)
    return end


def _told(field: str, sentence: str, at: int, **params: str) -> Invalid:
    return invalid(field, sentence, time=Instant(at), **params)
