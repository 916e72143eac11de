"""Which days a labour report covers, at sites whose days may begin at different moments."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from shopterm.db.queries.labour import Window
from shopterm.domain.calendar import SiteCalendar
from shopterm.domain.local_time import instant_at


class Period(NamedTuple):
    """The first and the last day of a report."""

    first: date
    last: date


class Days:
    """Finds the day of an instant at a site; asking the calendar of every instant would take too long."""

    def __init__(self, period: Period, calendars: Mapping[int, SiteCalendar]) -> None:
        """Find where each day begins at each site; sites of one zone share that."""
        self.all = [period.first + timedelta(days=number) for number in range((period.last - period.first).days + 1)]
        """All days of the report."""
        zones = {calendar.zone for calendar in calendars.values()}
        begins = (*self.all, period.last + timedelta(days=1))
        edges = {zone: [instant_at(day, 0, zone) for day in begins] for zone in zones}
        self._edges = {site: edges[calendar.zone] for site, calendar in calendars.items()}

    def window(self, now: int) -> Window:
        """Return the days as instants."""
        begins, ends = zip(*((edges[0], edges[-1]) for edges in self._edges.values()), strict=True)
        return Window(min(begins), max(ends), max(begins), min(ends), now)

    def of(self, site: int, instant: int) -> date | None:
        """Return the day of an instant, or None if it is none of the report's."""
        number = bisect_right(self._edges[site], instant) - 1
        return self.all[number] if 0 <= number < len(self.all) else None
