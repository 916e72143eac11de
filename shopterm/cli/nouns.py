"""Makes the commands `list`, `find` and `show` of a noun; all nouns read the same queries."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from shopterm.cli.base import TABLE, Argument, Command, Group, Option
from shopterm.cli.context import Cli
from shopterm.cli.output import answer, plain, table, write_csv
from shopterm.domain.errors import NotFound
from shopterm.domain.text import clean
from shopterm.domain.vocabulary import Word
from shopterm.domain.words import _
from shopterm.i18n import tr

if TYPE_CHECKING:
    from shopterm.db.queries.lists import Ask, Page
    from shopterm.db.session import Shop

NOTHING = _("Nothing.")
NOTHING_FOUND = _("Nothing fits “{text}”.")
MORE = _("{shown} of {total}; more with --limit and --offset.")

Show = Callable[[Cli, str], None]
Find = Callable[[Cli, str, int, int], None]


def noun(
    name: str,
    help_text: str,
    show: Show,
    *,
    states: type[Word] | None = None,
    by_site: bool = True,
    find: Find | None = None,
) -> Group:
    """Make the group of a noun with its three commands."""
    group = Group(name, help=help_text)
    group.add_command(_list_command(name, states, by_site))
    group.add_command(_find_command(name, by_site, find))
    group.add_command(_show_command(show))
    return group


def print_page(cli: Cli, name: str, page: "Page") -> None:
    """Write one page of a list in the form that was asked for."""
    if cli.csv:
        write_csv(page.columns, page.rows, cli.zone, bom=cli.bom)
        return
    keys = [column.key for column in page.columns]
    rows = [dict(zip(keys, (plain(cell, cli.zone) for cell in row), strict=True)) for row in page.rows]
    answer(
        cli,
        {"list": name, "rows": rows, "total": page.total},
        lambda: table(page.columns, page.rows, cli.zone) if page.rows else [tr(NOTHING)],
    )
    if not cli.json and page.total > len(page.rows):
        click.echo(tr(MORE, shown=len(page.rows), total=page.total), err=True)


def read_page(cli: Cli, name: str, ask: "Ask") -> "Page":
    """Read one page of a list; a person named by --as signs in first."""
    shop, _reader = cli.shop, cli.reader
    from shopterm.db.queries.lists import list_rows

    with shop.reader():
        return list_rows(shop, name, ask)


def _site(cli: Cli, shop: "Shop", everywhere: bool, by_site: bool) -> str | None:
    return None if everywhere or not by_site else shop.settings.site.code


def _list_command(name: str, states: type[Word] | None, by_site: bool) -> Command:
    def callback(
        cli: Cli, text: str, sort: str, limit: int, offset: int, state: tuple[str, ...] = (), all_sites: bool = False
    ) -> None:
        shop = cli.shop
        from shopterm.db.queries.lists import Ask

        ask = Ask(text, state, _site(cli, shop, all_sites, by_site), sort, limit, offset)
        print_page(cli, name, read_page(cli, name, ask))

    params = [
        *_of_state(states),
        _option("--text", default="", metavar="TEXT", help=_("Only rows in which all these words occur.")),
        _option("--sort", default="", metavar="COLUMN", help=_("Order by a column; with “-” before it, from the end.")),
        *_paging(),
        *_everywhere(by_site),
    ]
    return Command(
        "list",
        callback=click.pass_obj(callback),
        params=params,
        table=True,
        shows=TABLE,
        help=_("Prints the list, page by page."),
    )


def _find_command(name: str, by_site: bool, find: Find | None) -> Command:
    def callback(cli: Cli, text: tuple[str, ...], limit: int, offset: int, all_sites: bool = False) -> None:
        words = " ".join(text)
        if find is not None:
            find(cli, words, limit, offset)
            return
        shop = cli.shop
        from shopterm.db.queries.lists import Ask

        ask = Ask(words, (), _site(cli, shop, all_sites, by_site), "", limit, offset)
        page = read_page(cli, name, ask)
        if not page.total:
            raise nothing_found(words)
        print_page(cli, name, page)

    params = [Argument(["text"], nargs=-1, required=True), *_paging(), *_everywhere(by_site)]
    return Command(
        "find",
        callback=click.pass_obj(callback),
        params=params,
        table=True,
        shows=TABLE,
        help=_("Prints what fits the words; exit status 6 if nothing does."),
    )


def _show_command(show: Show) -> Command:
    def callback(cli: Cli, number: str) -> None:
        show(cli, number)

    return Command(
        "show",
        callback=click.pass_obj(callback),
        params=[Argument(["number"])],
        shows=("person", "pin_file", "json"),
        help=_("Prints one as a page, by its number."),
    )


def nothing_found(text: str) -> NotFound:
    """Make the error for a search without a hit."""
    return NotFound(NOTHING_FOUND, text=clean(text, 60))


def _of_state(states: type[Word] | None) -> list[click.Parameter]:
    if states is None:
        return []
    words = click.Choice([word.value for word in states])
    return [_option("--state", multiple=True, type=words, help=_("Only this state; may be repeated."))]


def _paging() -> list[click.Parameter]:
    return [
        _option("--limit", default=50, type=click.IntRange(1, 10_000), metavar="N", help=_("Rows at most.")),
        _option("--offset", default=0, type=click.IntRange(0), metavar="N", help=_("Rows to leave out first.")),
    ]


def _everywhere(by_site: bool) -> list[click.Parameter]:
    return (
        [_option("--all-sites", is_flag=True, help=_("Of all sites, not only of the acting one."))] if by_site else []
    )


def _option(*flags: str, **attrs: Any) -> click.Parameter:
    return Option(list(flags), **attrs)
