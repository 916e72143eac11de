"""Reports: the list of them, and the labour summary."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date
from itertools import chain
from typing import TYPE_CHECKING

import click

from shopterm.cli.base import TABLE, Command, Group, common_options, option
from shopterm.cli.context import Cli
from shopterm.cli.output import Heading, answer, table, write_csv, write_json
from shopterm.domain.errors import NotFound, Usage, invalid
from shopterm.domain.text import clean
from shopterm.domain.words import _
from shopterm.i18n import language, tr
from shopterm.reports.registry import REPORTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopterm.db.queries.labour import SiteRow
    from shopterm.domain.calendar import SiteCalendar
    from shopterm.reports.labor import By
    from shopterm.reports.labor_days import Period
    from shopterm.reports.report import Report
    from shopterm.reports.table import Canvas

NO_SITE = _("There is no site “{site}”.")
NO_PERSON = _("There is no person “{who}”.")
NO_DAY = _("“{value}” is no date: write it as 2026-11-24.")
TWICE = _("Say either --date or --from and --to.")
HALF = _("--to needs --from.")
BACKWARDS = _("The last day lies before the first.")
ONE_FORMAT = _("Say either JSON or CSV.")
NAMES = (Heading("name", _("Name")), Heading("title", _("Title")))


class Reports(Group):
    """Knows the reports under their other names too."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a report by any of its names."""
        name = next((entry.name for entry in REPORTS if cmd_name in entry.aliases), cmd_name)
        return super().get_command(ctx, name)


def _list(ctx: click.Context) -> None:
    """List the reports when none is named."""
    if ctx.invoked_subcommand is not None:
        return
    cli = ctx.ensure_object(Cli)
    data = {"reports": [{"name": entry.name, "title": entry.title, "aliases": entry.aliases} for entry in REPORTS]}
    answer(cli, data, lambda: table(NAMES, [(entry.name, tr(entry.title)) for entry in REPORTS], cli.zone))


report = Reports(
    "report",
    help=_("Reports; without a name, their list."),
    invoke_without_command=True,
    callback=click.pass_context(_list),
    params=common_options(("json",)),
)


def _day(_ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Read a date."""
    try:
        return None if value is None else date.fromisoformat(value.strip())
    except ValueError as error:
        raise invalid(str(param.opts[0]), NO_DAY, value=value) from error


def _format(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    """Take a format as if its own switch had been given: errors are told in it too."""
    if value in ("json", "csv"):
        ctx.ensure_object(Cli).take(value, True)


@report.command(
    "labor",
    cls=Command,
    table=True,
    shows=("site", *TABLE),
    help=_("""Prints what became of the hours: direct, rework, indirect, break, unexplained; and what was earned.

Today's, unless days are named. Reading needs no sign-in. A day is a shift, dated by its clock-in."""),
)
@option("--date", "day", metavar="DATE", callback=_day, help=_("The day, as 2026-11-24."))
@option("--from", "first", metavar="DATE", callback=_day, help=_("The first of several days."))
@option("--to", "last", metavar="DATE", callback=_day, help=_("The last of them; today if it is not named."))
@option(
    "--by",
    type=click.Choice(["mechanic", "day", "site", "order", "kind"]),
    default="mechanic",
    help=_("What makes a row."),
)
@option("--all-sites", is_flag=True, help=_("Of all sites, not only of the acting one."))
@option(
    "--format",
    type=click.Choice(["table", "json", "csv"]),
    callback=_format,
    expose_value=False,
    is_eager=True,
    help=_("As --json and --csv."),
)
@option("--explain", is_flag=True, help=_("With the formula beside every number."))
@click.pass_obj
def labor(
    cli: Cli, day: date | None, first: date | None, last: date | None, by: "By", all_sites: bool, explain: bool
) -> None:
    """Print the labour summary."""
    if cli.json and cli.csv:
        raise Usage(ONE_FORMAT)
    if day and (first or last):
        raise Usage(TWICE)
    if last and not first:
        raise Usage(HALF)
    _print(cli, _made(cli, (day or first, day or last), by, all_sites, explain), explain)


@report.command(
    "day",
    cls=Command,
    table=True,
    shows=("site", *TABLE),
    help=_("""Prints a person's labour day: what was clocked, the gaps nobody can explain, and every correction.

The marks name intervals for “shopterm do correct_day”. Today's, unless a day is named."""),
)
@option("--person", "who", metavar="PERSON", required=True, help=_("Number or badge."))
@option("--date", "day", metavar="DATE", callback=_day, help=_("The day, as 2026-11-24."))
@option(
    "--format",
    type=click.Choice(["table", "json", "csv"]),
    callback=_format,
    expose_value=False,
    is_eager=True,
    help=_("As --json and --csv."),
)
@click.pass_obj
def person_day(cli: Cli, who: str, day: date | None) -> None:
    """Print one person's day."""
    if cli.json and cli.csv:
        raise Usage(ONE_FORMAT)
    _print(cli, _made_day(cli, who, day), explained=False)


def _made_day(cli: Cli, who: str, day: date | None) -> "Report":
    """Read one person's day as it is at one moment."""
    from shopterm.db.queries import labour
    from shopterm.db.reading import open_reading
    from shopterm.domain.local_time import local_day
    from shopterm.reports.day import AskDay
    from shopterm.reports.day import day as make

    with open_reading(cli.url) as reading:
        now, sites = reading.now(), labour.sites(reading.rows)
        acting = _acting(sites, cli.settings.site.code)
        calendars = _calendars(cli, sites)
        person = labour.person_named(reading.rows, who)
        if person is None:
            raise NotFound(NO_PERSON, who=who)
        asked = day or local_day(now, calendars[acting.id].zone)
        return make(reading.rows, calendars, AskDay(person, asked, now, acting.id, _codes(cli)))


def _codes(cli: Cli) -> dict[str, str]:
    """Return what the codes of indirect time are called."""
    return {code.code: getattr(code, language()) for code in cli.settings.indirect.codes}


def _made(cli: Cli, days: tuple[date | None, date | None], by: "By", all_sites: bool, explain: bool) -> "Report":
    """Read the database once, as it is at one moment, and make the report."""
    with _without("typing_extensions"):  # the settings' library takes it where it finds it, and needs it nowhere
        url = cli.url
    _reader = cli.reader
    from shopterm.db.queries import labour
    from shopterm.db.reading import open_reading
    from shopterm.reports.labor import Ask
    from shopterm.reports.labor import labor as make

    with open_reading(url) as reading:
        sites, now = labour.sites(reading.rows), reading.now()
        acting = _acting(sites, cli.settings.site.code)
        calendars = _calendars(cli, sites)
        period = _period(days, now, calendars[acting.id])
        site, place = (None, "") if all_sites else (acting.id, acting.code)
        return make(
            reading.rows, calendars, Ask(period, now, calendars[acting.id].zone, by, site, place, _codes(cli), explain)
        )


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Keep a module out that has not been imported yet: starting up fast is a feature."""
    spared = name not in sys.modules
    if spared:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if spared:
            del sys.modules[name]


def _acting(sites: "Sequence[SiteRow]", code: str) -> "SiteRow":
    for site in sites:
        if site.code == code:
            return site
    raise NotFound(NO_SITE, site=code)


def _calendars(cli: Cli, sites: "Sequence[SiteRow]") -> "dict[int, SiteCalendar]":
    """Return each site's calendar on that site's own clock."""
    from dataclasses import replace
    from zoneinfo import ZoneInfo

    from shopterm.calendar_file import load_calendars
    from shopterm.settings import find_config

    read = load_calendars(find_config("calendar.toml", cli.environ))
    return {site.id: replace(read.of(site.code), zone=ZoneInfo(site.zone)) for site in sites}


def _period(days: tuple[date | None, date | None], now: int, calendar: "SiteCalendar") -> "Period":
    from shopterm.domain.local_time import local_day
    from shopterm.reports.labor_days import Period

    today = local_day(now, calendar.zone)
    period = Period(days[0] or today, days[1] or today)
    if period.last < period.first:
        raise invalid("--to", BACKWARDS)
    return period


def _print(cli: Cli, made: "Report", explained: bool) -> None:
    """Write a report in the form that was asked for."""
    from shopterm.reports import report as reports

    if cli.csv:
        write_csv(made.columns, reports.for_sheet(made), UTC, bom=cli.bom)
    elif cli.json:
        write_json(reports.as_data(made))
    else:
        _show(made, explained)


def _show(made: "Report", explained: bool) -> None:
    """Draw a report: coloured to the terminal's width, or plain and whole where there is no terminal."""
    from shopterm.reports.table import draw, explain

    canvas = _canvas()
    lines = chain(draw(made, canvas), explain(made, canvas) if explained else ())
    if canvas.width is None:
        for line in lines:
            click.echo(clean("".join(span.text for span in line).rstrip()))
        return
    from shopterm.reports.colour import write

    write(lines)


def _canvas() -> "Canvas":
    import os
    import shutil

    from shopterm.reports.table import Canvas
    from shopterm.terminal import profile

    if not sys.stdout.isatty():
        return Canvas()
    blocks = "utf" in sys.stdout.encoding.lower() and not profile(os.environ, "utf-8").ascii
    return Canvas(shutil.get_terminal_size().columns, bars=True, ascii=not blocks)
