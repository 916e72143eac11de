"""The figures of a labour day: minutes as counted, and the sums and ratios that follow from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Minutes of one day, person, site or any sum of them.

    `attendance = direct + indirect + breaks + unexplained` holds exactly and unexplained is never negative.
    Rework is a part of direct. `outside` (clocked without attendance) and `earned` (standard minutes) stand
    beside the day, not in it. `open` says that something counted here has no clock-off yet.
    """

    attendance: int = 0
    direct: int = 0
    rework: int = 0
    indirect_by_code: Mapping[str, int] = field(default_factory=dict)
    breaks: int = 0
    earned: int = 0
    shift: int = 0
    overtime: int = 0
    outside: int = 0
    open: bool = False

    @property
    def indirect(self) -> int:
        """Minutes on no line, over all codes."""
        return sum(self.indirect_by_code.values())

    @property
    def unexplained(self) -> int:
        """Minutes in the house of which nobody knows what they were spent on."""
        return self.attendance - self.direct - self.indirect - self.breaks

    @property
    def productive(self) -> int:
        """Minutes on lines, rework left out."""
        return self.direct - self.rework

    @property
    def available(self) -> int:
        """Minutes in the house, breaks left out."""
        return self.attendance - self.breaks

    @property
    def efficiency(self) -> "Fraction | None":
        """Earned minutes for each productive one."""
        return ratio(self.earned, self.productive)

    @property
    def productivity(self) -> "Fraction | None":
        """Productive minutes for each available one."""
        return ratio(self.productive, self.available)

    @property
    def proficiency(self) -> "Fraction | None":
        """Earned minutes for each available one."""
        return ratio(self.earned, self.available)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow(Figures):
    """The labour day of one person at one site."""

    day: date
    site: int
    person: int


def ratio(part: int, whole: int) -> "Fraction | None":
    """Divide exactly; nothing divided by nothing is undefined and shown blank, not 0."""
    from fractions import Fraction  # a report writes thousandths and needs none

    return Fraction(part, whole) if whole else None


def permille(part: int, whole: int) -> int | None:
    """Round a ratio half up to whole tenths of a percent, for showing; an undefined one stays undefined."""
    return (2000 * part + whole) // (2 * whole) if whole else None


def totals(rows: Iterable[Figures]) -> Figures:
    """Add up rows; overtime is added up too, so that nobody's short day hides another's long one."""
    listed = list(rows)
    codes: dict[str, int] = {}
    for row in listed:
        for code, minutes in row.indirect_by_code.items():
            codes[code] = codes.get(code, 0) + minutes
    return Figures(
        attendance=sum(row.attendance for row in listed),
        direct=sum(row.direct for row in listed),
        rework=sum(row.rework for row in listed),
        indirect_by_code=dict(sorted(codes.items())),
        breaks=sum(row.breaks for row in listed),
        earned=sum(row.earned for row in listed),
        shift=sum(row.shift for row in listed),
        overtime=sum(row.overtime for row in listed),
        outside=sum(row.outside for row in listed),
        open=any(row.open for row in listed),
    )
