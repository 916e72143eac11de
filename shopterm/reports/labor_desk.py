"""What the labour screens read: a day of the whole team, and one person's day, as numbers without words."""

from dataclasses import replace
from datetime import date
from functools import cache
from os import environ
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shopterm.calendar_file import Calendars, load_calendars
from shopterm.db import sql
from shopterm.db.queries import labour as rows
from shopterm.db.queries.labour import PersonRow
from shopterm.db.session import Shop
from shopterm.domain.calendar import SiteCalendar
from shopterm.domain.errors import NotFound
from shopterm.domain.labour import day_rows
from shopterm.domain.labour_figures import DayRow
from shopterm.domain.local_time import local_day
from shopterm.domain.words import _
from shopterm.reports.day import AskDay, Course, read_course
from shopterm.reports.labor_book import Ledger
from shopterm.reports.labor_days import Period
from shopterm.settings import find_config

NO_PERSON = _("There is no person “{who}”.")


class TeamRow(NamedTuple):
    """One person's day among the team's."""

    person: PersonRow
    figures: DayRow


class Team(NamedTuple):
    """Who was there on a day."""

    day: date
    rows: tuple[TeamRow, ...]


class OneDay(NamedTuple):
    """One person's day, interval by interval, and what it comes to."""

    day: date
    person: PersonRow
    course: Course
    figures: DayRow | None


def read_team(shop: Shop, site: int, day: date | None, person: int | None = None) -> Team:
    """Return the labour day of everybody at a site, or of one person; today's if no day is named."""
    with shop.reader():
        calendars, now = _calendars(shop), shop.now()
        day = day or local_day(now, calendars[site].zone)
        book = Ledger(sql.rows, calendars, Period(day, day), now).by_shift()
        found = [row for row in day_rows(book.sheet, book.earned, calendars) if row.site == site]
        people = rows.people(sql.rows)
    chosen = [TeamRow(people[row.person], row) for row in found if person in (None, row.person)]
    return Team(day, tuple(sorted(chosen, key=lambda row: row.person.number)))


def read_one(shop: Shop, site: int, number: str, day: date | None) -> OneDay:
    """Return one person's day at a site's clock, today's if no day is named; NotFound if there is no such person."""
    with shop.reader():
        calendars, now = _calendars(shop), shop.now()
        person = rows.person_named(sql.rows, number)
        if person is None:
            raise NotFound(NO_PERSON, who=number)
        day = day or local_day(now, calendars[site].zone)
        course = read_course(sql.rows, calendars, AskDay(person, day, now, site))
    team = read_team(shop, site, day, person.id)
    return OneDay(day, person, course, team.rows[0].figures if team.rows else None)


def _calendars(shop: Shop) -> dict[int, SiteCalendar]:
    """Return each site's calendar on that site's own clock."""
    read = _file()
    return {site.id: replace(read.of(site.code), zone=ZoneInfo(site.zone)) for site in rows.sites(sql.rows)}


@cache
def _file() -> Calendars:
    """Read the calendar once for a terminal; whoever changes it starts the program anew."""
    return load_calendars(find_config("calendar.toml", environ))
