"""The desks: who sits there, what their queue shows, which documents they work on. Data only."""

from collections.abc import Iterable
from dataclasses import dataclass

from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import Doc, Role
from shopterm.domain.words import _
from shopterm.screens.lines import squeezed


@dataclass(frozen=True)
class Column:
    """A column of a queue: which cell of a row, its heading, and at most how many terminal cells it takes."""

    cell: str
    label: str
    width: int
    right: bool = False
    grows: bool = False
    """Takes what the others leave; its width is then the least it gets."""
    from_width: int = 0
    """Shown only in queues at least this wide."""
    firm: bool = False
    """Never squeezed: cut, it would say nothing."""


@dataclass(frozen=True)
class Desk:
    """What one kind of work needs on its screen."""

    name: str
    label: str
    roles: frozenset[Role]
    docs: tuple[Doc, ...]
    """Kinds of document in the queue; their verbs are the desk's keys."""
    columns: tuple[Column, ...]
    empty: str
    """Said when nothing waits: what to do next."""
    shape: str = "queue"
    sort: str = "since"
    """Column by which the queue is sorted until somebody sorts it otherwise."""
    follows: bool = False
    """Whether the queue also shows what waits for others; what waits for this desk is marked then."""
    day: bool = False
    """Whether the person's own labour day has its keys here."""


NUMBER = Column("number", _("Number"), 14, firm=True)
STATE = Column("state", _("State"), 14)
TITLE = Column("title", _("What"), 12, grows=True)
MACHINE = Column("machine", _("Machine"), 18)
CUSTOMER = Column("customer", _("Customer"), 26, from_width=110)
CUSTOMER_ALWAYS = Column("customer", _("Customer"), 14)
WHO = Column("who", _("Who"), 10)
PROMISED = Column("promised", _("Promised"), 11)
PROMISED_WIDE = Column("promised", _("Promised"), 11, from_width=110)
TURN = Column("turn", _("Turn"), 17)
TURN_WIDE = Column("turn", _("Turn"), 17, from_width=110)
SINCE = Column("since", _("Waiting"), 7, right=True)

WORK = (Doc.JOB, Doc.MATERIAL_SHEET, Doc.LABOUR_SHEET, Doc.ORDER, Doc.QUOTE)

DESKS: tuple[Desk, ...] = (
    Desk(
        "mechanic",
        _("Mechanic"),
        frozenset({Role.MECHANIC, Role.LEAD_MECHANIC}),
        WORK,
        (NUMBER, STATE, TITLE, MACHINE, CUSTOMER, SINCE),
        _("No job is assigned to you. The foreman assigns jobs; what you do meanwhile is clocked as indirect."),
        day=True,
    ),
    Desk(
        "foreman",
        _("Foreman"),
        frozenset({Role.FOREMAN}),
        (*WORK, Doc.LOAN),
        (NUMBER, STATE, TITLE, WHO, MACHINE, CUSTOMER, PROMISED_WIDE, SINCE),
        _("Nothing waits for the foreman. The board shows every machine in the house."),
        day=True,
    ),
    Desk(
        "counter",
        _("Counter"),
        frozenset({Role.PARTS_CLERK}),
        (Doc.MATERIAL_SHEET, Doc.LOAN),
        (NUMBER, STATE, TITLE, WHO, MACHINE, CUSTOMER, SINCE),
        _("No sheet waits for price or issue and no loan is out. Type a number or a name to look up a part."),
        shape="counter",
    ),
    Desk(
        "inspector",
        _("Inspector"),
        frozenset({Role.QUALITY_INSPECTOR}),
        (Doc.JOB, Doc.ORDER),
        (NUMBER, STATE, TITLE, WHO, MACHINE, CUSTOMER, SINCE),
        _("No job waits for inspection. A job comes here when its lead mechanic has signed the self-check."),
    ),
    Desk(
        "advisor",
        _("Reception"),
        frozenset({Role.SERVICE_ADVISOR}),
        (Doc.ORDER, Doc.QUOTE, Doc.JOB),
        (NUMBER, STATE, TITLE, CUSTOMER_ALWAYS, MACHINE, TURN_WIDE, PROMISED_WIDE, SINCE),
        _("No order waits for reception. A new visit begins with a new order."),
        follows=True,
    ),
    Desk(
        "warranty",
        _("Warranty"),
        frozenset({Role.WARRANTY_CLERK, Role.WARRANTY_SUPERVISOR}),
        (Doc.QUOTE, Doc.JOB),
        (NUMBER, STATE, TITLE, CUSTOMER_ALWAYS, MACHINE, SINCE),
        _("No quote waits for the warranty signature and no claim for the maker."),
    ),
    Desk(
        "admin",
        _("Administration"),
        frozenset({Role.ADMINISTRATOR}),
        (Doc.PERSON,),
        (
            Column("number", _("Staff number"), 14, firm=True),
            Column("title", _("Full name"), 12, grows=True),
            STATE,
            Column("who", _("Roles"), 40),
        ),
        _("There is nobody yet. A new person gets a one-time code for the first PIN."),
        sort="number",
    ),
    Desk(
        "board",
        _("Board"),
        frozenset(Role),
        (Doc.ORDER,),
        (
            NUMBER,
            Column("machine", _("Machine"), 14, grows=True),
            CUSTOMER,
            STATE,
            Column("bay", _("Bay"), 10),
            TURN,
            PROMISED,
        ),
        _("No machine is in the house."),
        shape="board",
        sort="promised",
    ),
)
"""In the order in which a person with several of these roles sees them; the board is everybody's and comes last."""


def desks_of(actor: Actor) -> list[Desk]:
    """Return the desks a person sits at, the first of them being where they begin; lent ones come after their own."""
    lent = frozenset(role for one in actor.lent for role in one.roles)
    own = [desk for desk in DESKS if desk.roles & actor.roles]
    return own + [desk for desk in DESKS if desk.roles & lent and desk not in own]


def columns_for(desk: Desk, width: int) -> tuple[Column, ...]:
    """Return the columns a queue of this width has room for."""
    return tuple(column for column in desk.columns if width >= column.from_width)


def widths(columns: Iterable[Column], needed: Iterable[int], total: int, gap: int = 1) -> list[int]:
    """Share a line out: each column gets what its cells need up to its limit, the growing one gets the rest.

    Where that is too much, the widest give way.
    """
    columns = tuple(columns)
    given = [min(column.width, need) for column, need in zip(columns, needed, strict=True)]
    spare = total - sum(given) - gap * (len(columns) - 1)
    for index, column in enumerate(columns):
        if column.grows:
            given[index] = max(given[index] + spare, column.width)
    firm = sum(size for column, size in zip(columns, given, strict=True) if column.firm)
    rest = [size for column, size in zip(columns, given, strict=True) if not column.firm]
    fitted = iter(squeezed(rest, total - firm - gap * (len(columns) - len(rest)), gap))
    return [size if column.firm else next(fitted) for column, size in zip(columns, given, strict=True)]
