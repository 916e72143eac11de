"""Lines that labour screens share: a day that adds up, and its date with the weekday. Pure."""

from datetime import date

from shopterm.domain.labour_figures import Figures
from shopterm.domain.units import Minutes
from shopterm.i18n import tr
from shopterm.reports.day import SUM
from shopterm.reports.labor import WEEKDAYS
from shopterm.screens.lines import Line, text, wrap


def sum_lines(figures: Figures, size: int) -> list[Line]:
    """Write that a day adds up, in red when part of it cannot be explained."""
    told = tr(
        SUM,
        attendance=Minutes(figures.attendance),
        direct=Minutes(figures.direct),
        indirect=Minutes(figures.indirect),
        breaks=Minutes(figures.breaks),
        unexplained=Minutes(figures.unexplained),
    )
    return [text(part, "bad" if figures.unexplained else "") for part in wrap(told, size)]


def weekday(day: date) -> str:
    """Write a date with its weekday, between the keys that go to the other days."""
    return f"← {tr(WEEKDAYS[day.weekday()])} {day} →"
