"""Between stored instants (integer UTC microseconds) and the clock on a site's wall."""

from datetime import UTC, date, datetime, timedelta, tzinfo

SECOND = 1_000_000
MINUTE = 60 * SECOND
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def whole_minutes(start: int, end: int) -> int:
    """Count the minutes of the half-open interval [start, end), both floored to their minute.

    Flooring the ends instead of the length is what lets neighbouring intervals add up to the whole.
    """
    return end // MINUTE - start // MINUTE


def wall_clock(instant: int, zone: tzinfo) -> datetime:
    """Show an instant as the zone's wall clock does, exactly (no float on the way)."""
    return (EPOCH + timedelta(microseconds=instant)).astimezone(zone)


def local_day(instant: int, zone: tzinfo) -> date:
    """Say which date the zone's calendar showed at an instant."""
    return wall_clock(instant, zone).date()


def instant_at(day: date, minute: int, zone: tzinfo) -> int:
    """Find the first instant at which the zone's clock shows this minute of the day, or a later one.

    The minute counts from 00:00 and may be 1440, the next midnight. A time that occurs twice (clock set back)
    means its first occurrence; a time that never occurs (clock set forward) means the moment of the jump.
    """
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    instant = _instant(wall)
    if _naive(instant, zone) == wall.replace(tzinfo=None):
        return instant
    return _jump(_instant(wall.replace(fold=1)), instant, wall.replace(tzinfo=None), zone)


def _jump(before: int, after: int, wall: datetime, zone: tzinfo) -> int:
    """Search the moment between two instants at which the clock jumped past a wall time."""
    while after - before > SECOND:
        middle = (before + after) // (2 * SECOND) * SECOND
        if _naive(middle, zone) >= wall:
            after = middle
        else:
            before = middle
    return after


def _instant(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def _naive(instant: int, zone: tzinfo) -> datetime:
    return wall_clock(instant, zone).replace(tzinfo=None)
