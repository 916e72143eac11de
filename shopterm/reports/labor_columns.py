"""The columns of the labour summary: every measure of the domain with its short heading, and what names a row."""

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter

from shopterm.domain.labour_figures import DayRow, Figures, permille
from shopterm.domain.labour_formulas import MEASURES, Measure
from shopterm.domain.words import _
from shopterm.reports.report import Cell, Column, Part, Term, written

RATIOS = {
    "efficiency": ("earned", "productive"),
    "productivity": ("productive", "available"),
    "proficiency": ("earned", "available"),
}
"""What is divided by what; the domain's properties of these names say the same exactly."""
KEYS = {"breaks": "break"}
"""Names for programs where the domain's own would not do."""
HEADS = {
    "attendance": _("attend."),
    "indirect": _("indir."),
    "unexplained": _("unexpl."),
    "outside": _("no att."),
    "earned": _("earned"),
    "overtime": _("overt."),
    "efficiency": _("effic."),
    "productivity": _("produc."),
    "proficiency": _("profic."),
}
RANKS = {"shift": 6, "proficiency": 5, "overtime": 4, "productivity": 3, "breaks": 2, "indirect": 1}
NUMBER, NAME = Column("number", _("Staff number"), _("ID")), Column("name", _("Full name"))
ORDER_NUMBER = Column("number", _("Number"))
OPEN = Column("open", _("still running"), unit="flag")
PARTS = (
    Part(_("direct"), "█", "#", "green"),
    Part(_("rework"), "▓", "R", "yellow"),
    Part(_("indirect"), "▒", "i", "cyan"),
    Part(_("break"), "░", ".", "dim"),
    Part(_("unexplained"), "?", "?", "bold red"),
)
OF_WORK = ("direct", "rework", "outside", "earned", "efficiency")
"""The measures that hold for work on an order or of a kind."""


def column(measure: Measure) -> Column:
    """Return the column of a measure."""
    name = measure.name
    return Column(
        KEYS.get(name, name),
        measure.label,
        HEADS.get(name, ""),
        "ratio" if name in RATIOS else "minutes",
        measure.formula,
        RANKS.get(name, 0),
        optional=name == "outside",
        alarming=name == "unexplained",
    )


OF_PERSON = (NUMBER, NAME, *map(column, MEASURES), OPEN)
OF_DAY = (Column("date", _("Date")), Column("weekday", _("Weekday")), *map(column, MEASURES), OPEN)
OF_SITE = (Column("code", _("Site")), Column("name", _("Name"), optional=True), *map(column, MEASURES), OPEN)
OF_ORDER = (
    ORDER_NUMBER,
    Column("machine", _("Machine"), rank=2),
    Column("customer", _("Customer"), rank=1),
    *(column(measure) for measure in MEASURES if measure.name in OF_WORK),
)
OF_KIND = (
    Column("entry", _("Kind")),
    Column("code", _("labour kind or code"), _("Code")),
    Column("name", _("Name"), optional=True),
    Column("minutes", _("time"), unit="minutes", formula=_("minutes clocked in attendance")),
    *(column(measure) for measure in MEASURES if measure.name in OF_WORK[1:]),
)


def _cells(measures: Sequence[Measure]) -> Callable[[Figures], tuple[int | None, ...]]:
    """Make what reads the values of measures; the ratios among them, in thousandths, come last."""
    minutes = [measure.name for measure in measures if measure.name not in RATIOS]
    ratios = [RATIOS[measure.name] for measure in measures if measure.name in RATIOS]
    count, read = len(minutes), attrgetter(*minutes, *(term for terms in ratios for term in terms))

    def cells(figures: Figures) -> tuple[int | None, ...]:
        found = read(figures)
        return *found[:count], *map(permille, found[count::2], found[count + 1 :: 2])

    return cells


cells_of_person = _cells(MEASURES)


def cells_of_day(figures: Figures) -> tuple[Cell, ...]:
    """Return the cells of a day, or of several: every measure, and whether anything still runs."""
    return *cells_of_person(figures), figures.open


cells_of_work = _cells([measure for measure in MEASURES if measure.name in OF_WORK])


def spent(figures: Figures) -> int:
    """Return all minutes of which it is known what they were spent on."""
    return figures.direct + figures.indirect + figures.breaks


def bar(figures: Figures) -> tuple[int, ...]:
    """Return the minutes of the parts of a bar."""
    return figures.productive, figures.rework, figures.indirect, figures.breaks, figures.unexplained


def terms(figures: Figures, names: Collection[str] | None = None) -> list[Term]:
    """Explain the measures, or those named; a sum of overtime has no arithmetic of its own."""
    return [
        Term(
            measure.label,
            "" if cell is None else written("ratio" if measure.name in RATIOS else "minutes", cell),
            measure.formula,
            "" if measure.name == "overtime" and not isinstance(figures, DayRow) else measure.with_numbers(figures),
        )
        for measure, cell in zip(MEASURES, cells_of_person(figures), strict=True)
        if names is None or measure.name in names
    ]
