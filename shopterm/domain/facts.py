"""What the guards look at: frozen facts about one document, read from the database in a constant number of queries."""

from dataclasses import dataclass, field

from shopterm.domain.vocabulary import (
    JobState,
    LoanState,
    OrderState,
    QuoteState,
    Role,
    SheetState,
    Word,
)

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Lent:
    """What somebody else has lent a person: a few verbs of theirs, at one site, for a time."""

    id: int
    giver: int
    name: str
    roles: frozenset[Role]
    """The giver's own roles that do these verbs; what was lent to the giver is not lent on."""
    verbs: frozenset[str]
    since: int
    until: int


@dataclass(frozen=True)
class Actor:
    """Who acts: known after the PIN check, never from a parameter."""

    person: int
    number: str
    name: str
    roles: frozenset[Role]
    site: int
    site_code: str
    terminal: str = ""
    language: str = "zh"
    lent: tuple[Lent, ...] = ()
    """The delegations that are valid now."""


@dataclass(frozen=True)
class Facts:
    """What every document has: its state (none for parts), and the persons who act on it."""

    state: Word | None = None


@dataclass(frozen=True)
class OrderFacts(Facts):
    """A work order with its jobs, sheets, clocks and stock seen together."""

    state: OrderState | None = None
    read_back: bool = False
    intake_done: bool = False
    covers_fitted: bool = False
    joint_signed: bool = False
    washed: bool = False
    job_states: tuple[JobState, ...] = ()
    unassigned_jobs: int = 0
    mechanics: frozenset[int] = NOBODY
    """Everybody assigned to, clocked on or reporting for any job of the order."""
    unsigned_sheets: int = 0
    priced_unquoted: int = 0
    """Jobs and supplements whose sheets are ready for a quote."""
    open_quotes: int = 0
    open_entries: int = 0
    unissued_lines: int = 0
    untagged_old_parts: int = 0
    open_loans: int = 0
    inspector_signed: bool = False
    work_started: bool = False


@dataclass(frozen=True)
class JobFacts(Facts):
    """A job and what surrounds it."""

    state: JobState | None = None
    order_state: OrderState | None = None
    lead: int | None = None
    helpers: frozenset[int] = NOBODY
    order_mechanics: frozenset[int] = NOBODY
    assembly: bool = False
    assembly_photos: int = 0
    has_material_sheet: bool = False
    has_labour_sheet: bool = False
    labour_approved: bool = False
    open_supplement: bool = False
    open_entries: int = 0
    own_open_entry: bool = False
    waiting: bool = False
    unissued_lines: int = 0


@dataclass(frozen=True)
class SheetFacts(Facts):
    """A material or labour sheet in its present version."""

    state: SheetState | None = None
    order_state: OrderState | None = None
    job_state: JobState | None = None
    supplement: bool = False
    lines: int = 0
    declared_none: bool = False
    editors: frozenset[int] = NOBODY
    """Everybody who reported, edited or submitted the present version."""
    lead: int | None = None
    helpers: frozenset[int] = NOBODY
    consented_lines: int = 0
    quoted: bool = False
    issued_lines: int = 0
    old_parts_due: int = 0


@dataclass(frozen=True)
class QuoteFacts(Facts):
    """A quote version."""

    state: QuoteState | None = None
    order_state: OrderState | None = None
    supplement: bool = False
    lines: int = 0
    warranty_signed: bool = False
    jobs_without_plan: int = 0
    outdated: bool = False
    """A sheet it was made from has changed since."""
    expired: bool = False
    confirmed: bool = False
    calls_allowed: bool = False
    mechanics: frozenset[int] = NOBODY


@dataclass(frozen=True)
class LoanFacts(Facts):
    """A loan."""

    state: LoanState | None = None
    borrower: int | None = None
    outstanding: int = 0


@dataclass(frozen=True)
class PersonFacts(Facts):
    """A person as an administrator sees them."""

    person: int | None = None
    has_pin: bool = False
    locked: bool = False
    other_administrators: int = 0
    is_administrator: bool = False
    lent_by: frozenset[int] = NOBODY
    """Who has delegated something to this person that has neither ended nor been taken back."""


@dataclass(frozen=True)
class PartFacts(Facts):
    """A part in the catalogue: no verb looks at more than that it is there."""


@dataclass(frozen=True)
class DayFacts(Facts):
    """A person's labour day as it stands."""

    person: int | None = None
    open_kind: str = ""
    """Kind of the running entry: direct, indirect, break or nothing."""
    codes: tuple[str, ...] = field(default=())
