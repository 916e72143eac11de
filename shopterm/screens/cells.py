"""What the columns of a queue show: from a row to text with a tone. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, tzinfo

from shopterm.db.queries.rows import QueueRow
from shopterm.domain.text import clean
from shopterm.domain.vocabulary import Doc, JobState, OrderState, QuoteState, Role, SheetState, Word
from shopterm.i18n import tr
from shopterm.screens.lines import Line, Tone, join, text
from shopterm.show import ago, show, when

HOUR = 3_600_000_000
_ROLES = frozenset(Role)

TONES: dict[Word, Tone] = {
    OrderState.SHOP_CLOSED: "good",
    OrderState.CHECKED: "good",
    OrderState.CANCELLED: "dim",
    OrderState.IN_SHOP: "key",
    JobState.IN_WORK: "key",
    JobState.QC_PASSED: "good",
    JobState.DONE: "good",
    JobState.NOT_REPAIRED: "dim",
    JobState.DECLINED: "warn",
    SheetState.RETURNED: "warn",
    SheetState.APPROVED: "good",
    SheetState.WITHDRAWN: "dim",
    QuoteState.EXPIRED: "warn",
    QuoteState.REPLACED: "dim",
    QuoteState.ANSWERED: "good",
}
"""Tones of states; all others are plain."""


@dataclass(frozen=True)
class View:
    """From where a row is looked at."""

    now: int = 0
    zone: tzinfo = UTC
    site: str = ""
    """Code of the own site, left out of document numbers."""
    own: frozenset[Role] = frozenset()
    """Whose turn is told from others', at a desk that follows what waits for others too."""
    on: str = ""
    """Number of the job the person is clocked on to."""


def short(number: str, site: str) -> str:
    """Return a document number without the own site's code; other sites keep theirs."""
    return clean(number.removeprefix(f"{site}-"))


def number_cell(row: QueueRow, view: View) -> Line:
    """Show the document's number."""
    return text(short(row.number, view.site))


def state_cell(row: QueueRow, view: View) -> Line:
    """Show the document's state."""
    return text(show(row.state), TONES.get(row.state, "") if row.state else "")


def title_cell(row: QueueRow, view: View) -> Line:
    """Show the row's marks, then what it is about."""
    marks = text(" ".join(tr(flag) for flag in row.flags), "warn") if row.flags else ()
    return join([marks, text(clean(row.title))], " ")


def machine_cell(row: QueueRow, view: View) -> Line:
    """Show the machine."""
    return text(clean(row.machine))


def customer_cell(row: QueueRow, view: View) -> Line:
    """Show the customer."""
    return text(clean(row.customer))


def who_cell(row: QueueRow, view: View) -> Line:
    """Show who has it in hand; of a person the roles, of a work order the bay."""
    if row.doc is Doc.ORDER:
        return text(tr("bay {bay}", bay=clean(row.who)) if row.who else "", "dim")
    if row.doc is Doc.PERSON:
        return text(show(tuple(Role(role) for role in row.who.split() if role in _ROLES)))
    return text(short(row.who, view.site) if row.doc is Doc.QUOTE else clean(row.who))


def bay_cell(row: QueueRow, view: View) -> Line:
    """Show in which bay the machine stands."""
    return text(clean(row.who))


def turn_cell(row: QueueRow, view: View) -> Line:
    """Show whose turn it is."""
    return text(show(row.waits_for))


def since_cell(row: QueueRow, view: View) -> Line:
    """Show for how long it has waited."""
    return text(ago(row.since, view.now) if row.since else "", "dim")


def promised_cell(row: QueueRow, view: View) -> Line:
    """Show the promised time: overdue, due within four hours, or far enough."""
    if row.promised is None:
        return text("")
    left = row.promised - view.now
    tone: Tone = "bad" if left < 0 else "warn" if left < 4 * HOUR else ""
    return text(when(row.promised, view.now, view.zone), tone)


def sign(row: QueueRow, view: View) -> Line:
    """Return the row's sign, readable without colour: * clocked on, ! overdue, ~ marked, = ready or one's own turn."""
    if row.number == view.on:
        return text("*", "good")
    if row.promised is not None and row.promised < view.now:
        return text("!", "bad")
    if row.flags:
        return text("~", "warn")
    if view.own:
        return text("=", "good") if row.waits_for in view.own else text(" ")
    return text("=", "good") if row.state and TONES.get(row.state) == "good" else text(" ")


CELLS: dict[str, Callable[[QueueRow, View], Line]] = {
    "number": number_cell,
    "state": state_cell,
    "title": title_cell,
    "machine": machine_cell,
    "customer": customer_cell,
    "who": who_cell,
    "bay": bay_cell,
    "turn": turn_cell,
    "since": since_cell,
    "promised": promised_cell,
}
"""Cells by the name a column gives."""
