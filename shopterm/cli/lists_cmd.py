"""The nouns: work orders, jobs, sheets, quotes, parts, loans, customers, machines."""

from shopterm.cli.context import Cli
from shopterm.cli.nouns import noun
from shopterm.cli.pages import show_document
from shopterm.domain.vocabulary import Doc, JobState, LoanState, OrderState, QuoteState, SheetState
from shopterm.domain.words import _


def _show_order(cli: Cli, number: str) -> None:
    show_document(cli, number, Doc.JOB, Doc.ORDER)


def _show_job(cli: Cli, number: str) -> None:
    show_document(cli, number, Doc.JOB)


def _show_sheet(cli: Cli, number: str) -> None:
    show_document(cli, number, Doc.MATERIAL_SHEET, Doc.LABOUR_SHEET)


def _show_quote(cli: Cli, number: str) -> None:
    show_document(cli, number, Doc.QUOTE)


def _show_loan(cli: Cli, number: str) -> None:
    show_document(cli, number, Doc.LOAN)


def _show_part(cli: Cli, number: str) -> None:
    from shopterm.cli.parts import show_part

    show_part(cli, number)


def _find_parts(cli: Cli, text: str, limit: int, offset: int) -> None:
    from shopterm.cli.parts import find_parts

    find_parts(cli, text, limit, offset)


def _show_customer(cli: Cli, number: str) -> None:
    from shopterm.cli.cards import show_customer

    show_customer(cli, number)


def _show_machine(cli: Cli, serial: str) -> None:
    from shopterm.cli.cards import show_machine

    show_machine(cli, serial)


order = noun("order", _("Work orders: one for each visit of a machine."), _show_order, states=OrderState)
job = noun("job", _("Jobs: the repair items of work orders."), _show_job, states=JobState)
sheet = noun("sheet", _("Material and labour sheets, as mechanics report them."), _show_sheet, states=SheetState)
quote = noun("quote", _("Quotes and the customer's answers."), _show_quote, states=QuoteState)
loan = noun("loan", _("Loans: stock out on a person's signature."), _show_loan, states=LoanState)
part = noun("part", _("Parts with price, and stock at the acting site."), _show_part, by_site=False, find=_find_parts)
customer = noun("customer", _("Customers; telephone numbers are masked."), _show_customer, by_site=False)
machine = noun("machine", _("Machines by serial number."), _show_machine, by_site=False)
