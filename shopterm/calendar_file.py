"""Reads the working calendars of all sites from a TOML file; every error names the file and the key."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

import msgspec

from shopterm.domain.calendar import DayPlan, Hours, SiteCalendar, SpecialDay, check_plan
from shopterm.domain.errors import invalid
from shopterm.domain.words import _

HOURS = re.compile(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)", re.ASCII)
LONGEST_STRETCH = timedelta(days=366)
NO_WORK: tuple[DayPlan, ...] = ((),) * 7


@dataclass(frozen=True, slots=True)
class Calendars:
    """The working calendars of a house: one for all sites, and those of sites that work otherwise."""

    default: SiteCalendar
    by_site: Mapping[str, SiteCalendar]

    def of(self, site: str) -> SiteCalendar:
        """Give a site's calendar by the site's code."""
        return self.by_site.get(site, self.default)


class _Week(msgspec.Struct, forbid_unknown_fields=True):
    """Hours by day; a day left out is a day off, at a single site what all sites do."""

    mon: list[str] | None = None
    tue: list[str] | None = None
    wed: list[str] | None = None
    thu: list[str] | None = None
    fri: list[str] | None = None
    sat: list[str] | None = None
    sun: list[str] | None = None


class _Special(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    first: date = msgspec.field(name="from")
    last: date | None = msgspec.field(name="to", default=None)
    hours: list[str] = []


class _Site(msgspec.Struct, forbid_unknown_fields=True):
    zone: str | None = None
    week: _Week = msgspec.field(default_factory=_Week)
    special: list[_Special] = []


class _File(msgspec.Struct, forbid_unknown_fields=True):
    zone: str
    week: _Week
    special: list[_Special] = []
    sites: dict[str, _Site] = {}


def load_calendars(path: Path) -> Calendars:
    """Read the calendar file; raises `Invalid`, naming file and key, when it cannot be used."""
    try:
        return parse_calendars(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise invalid("calendar", _("{file} cannot be read: {why}"), file=path, why=error) from error


def parse_calendars(text: str, source: str) -> Calendars:
    """Turn the text of a calendar file into calendars; the source is the name that errors tell."""
    try:
        file = msgspec.convert(tomllib.loads(text), _File)
    except tomllib.TOMLDecodeError as error:
        raise invalid("calendar", _("{file} is not TOML: {why}"), file=source, why=error) from error
    except msgspec.ValidationError as error:
        raise invalid("calendar", _("{file}: {why}"), file=source, why=error) from error
    return _Reader(source).calendars(file)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns checked shapes into calendars and remembers for errors which file they came from."""

    source: str

    def calendars(self, file: _File) -> Calendars:
        """Return the calendars of all sites; Invalid names file and key of the first thing that is wrong."""
        zone = self.zone("zone", file.zone)
        week = self.week("week", file.week, NO_WORK)
        default = SiteCalendar(zone, week, self.specials("special", file.special))
        return Calendars(default, {code: self.site(code, site, default) for code, site in file.sites.items()})

    def site(self, code: str, site: _Site, default: SiteCalendar) -> SiteCalendar:
        """Lay what a site names over what all sites do."""
        at = f"sites.{code}"
        zone = default.zone if site.zone is None else self.zone(f"{at}.zone", site.zone)
        week = self.week(f"{at}.week", site.week, default.week)
        return SiteCalendar(zone, week, {**default.special, **self.specials(f"{at}.special", site.special)})

    def zone(self, key: str, name: str) -> ZoneInfo:
        """Return a time zone by its name, or refuse the file."""
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            self.refuse(key, _("{file}: {key}: no time zone is called {value}"), name)

    def week(self, key: str, week: _Week, base: tuple[DayPlan, ...]) -> tuple[DayPlan, ...]:
        """Return the seven plans of a week, days that are not named as in the base; a week without work is refused."""
        days = zip(msgspec.structs.asdict(week).items(), base, strict=True)
        plans = tuple(plan if hours is None else self.plan(f"{key}.{day}", hours) for (day, hours), plan in days)
        if not any(plans):
            self.refuse(key, _("{file}: {key}: no day has working hours"))
        return plans

    def specials(self, at: str, rows: Sequence[_Special]) -> dict[date, SpecialDay]:
        """Return special days by date; a date that is given twice is refused."""
        days: dict[date, SpecialDay] = {}
        for number, row in enumerate(rows):
            key = f"{at}[{number}]"
            plan = self.plan(f"{key}.hours", row.hours)
            for day in self.stretch(f"{key}.to", row):
                if day in days:
                    self.refuse(key, _("{file}: {key}: {value} is given twice"), day)
                days[day] = SpecialDay(plan, row.name)
        return days

    def stretch(self, key: str, row: _Special) -> list[date]:
        """Return the dates from first to last, at most a year of them."""
        last = row.last or row.first
        if not timedelta() <= last - row.first <= LONGEST_STRETCH:
            self.refuse(key, _("{file}: {key}: {value} is not within a year after the beginning"), last)
        return [row.first + timedelta(days=offset) for offset in range((last - row.first).days + 1)]

    def plan(self, key: str, texts: Sequence[str]) -> DayPlan:
        """Return the hours of one day; stretches that overlap or are out of order are refused."""
        plan = tuple(self.hours(f"{key}[{number}]", text) for number, text in enumerate(texts))
        try:
            check_plan(plan)
        except ValueError:
            self.refuse(key, _("{file}: {key}: hours must be in order and must not overlap"))
        return plan

    def hours(self, key: str, text: str) -> Hours:
        """Read a stretch such as 08:00-12:00 as minutes after midnight, or refuse the file."""
        found = HOURS.fullmatch(text)
        if found is None:
            self.refuse(key, _("{file}: {key}: hours are written as 08:00-12:00, not {value}"), text)
        hour, minute, end_hour, end_minute = map(int, found.groups())
        try:
            return Hours(hour * 60 + minute, end_hour * 60 + end_minute)
        except ValueError:
            self.refuse(key, _("{file}: {key}: {value} does not end after it begins, within one day"), text)

    def refuse(self, key: str, sentence: str, value: object = "") -> NoReturn:
        """Refuse the file, naming it and the key."""
        raise invalid(key, sentence, file=self.source, key=key, value=value)
