"""The formula beside every number of the labour summary: the same words mean other sums elsewhere."""

from typing import NamedTuple

from shopterm.domain.labour_figures import Figures
from shopterm.domain.words import _


class Measure(NamedTuple):
    """One number of the summary: the figure's name, its label, its formula in words and as a pattern."""

    name: str
    label: str
    formula: str
    pattern: str

    def with_numbers(self, figures: Figures) -> str:
        """Write the formula with its numbers, as `90 ÷ (100 − 10)`; empty where something is just counted."""
        return self.pattern.format_map(_Terms(figures))


class _Terms(dict[str, int]):
    """Looks terms of a pattern up among the figures."""

    def __init__(self, figures: Figures) -> None:
        super().__init__()
        self.figures = figures

    def __missing__(self, term: str) -> int:
        value: int = getattr(self.figures, term)
        return value


MEASURES = (
    Measure("attendance", _("attendance"), _("clock-in to clock-out, in whole minutes"), ""),
    Measure("direct", _("direct"), _("minutes on job lines, rework included"), ""),
    Measure("rework", _("rework"), _("minutes on job lines to redo earlier work"), ""),
    Measure("indirect", _("indirect"), _("minutes on no line, by code"), ""),
    Measure("breaks", _("break"), _("minutes on break"), ""),
    Measure(
        "unexplained",
        _("unexplained"),
        _("attendance − direct − indirect − break"),
        "{attendance} − {direct} − {indirect} − {breaks}",
    ),
    Measure("outside", _("without attendance"), _("minutes clocked on while not clocked in"), ""),
    Measure(
        "earned",
        _("standard earned"),
        _("standard minutes of the lines signed done that day, split by minutes clocked on them"),
        "",
    ),
    Measure("shift", _("shift"), _("minutes planned for the day by the site's calendar"), ""),
    Measure(
        "overtime",
        _("overtime"),
        _("attendance − break − shift of each day, if above 0"),
        "max(0, {attendance} − {breaks} − {shift})",
    ),
    Measure(
        "efficiency",
        _("efficiency"),
        _("standard earned ÷ (direct − rework)"),
        "{earned} ÷ ({direct} − {rework})",
    ),
    Measure(
        "productivity",
        _("productivity"),
        _("(direct − rework) ÷ (attendance − break)"),
        "({direct} − {rework}) ÷ ({attendance} − {breaks})",
    ),
    Measure(
        "proficiency",
        _("proficiency"),
        _("standard earned ÷ (attendance − break)"),
        "{earned} ÷ ({attendance} − {breaks})",
    ),
)
"""All numbers in the order they are shown; a name is a property of `Figures`."""
