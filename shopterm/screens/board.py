"""The board: every machine in the house, whose turn it is, by when; readable without colour."""

from collections import Counter
from itertools import accumulate

from shopterm.domain.text import width
from shopterm.i18n import tr
from shopterm.screens.desk import DeskScreen


class BoardScreen(DeskScreen):
    """A queue over the whole height with a line that sums it up."""

    KEY_LINES = 1

    def top_line(self) -> str | None:
        """Count what is in the house, what is overdue, and for whom it waits."""
        rows = self._page.rows
        late = sum(1 for row in rows if row.promised is not None and row.promised < self._view.now)
        turns = Counter(row.waits_for for row in rows if row.waits_for is not None)
        parts = [tr("{n} in the house", n=self._page.total)]
        parts += [tr("! {n} overdue", n=late)] if late else []
        parts += [f"{tr(role.label)} {count}" for role, count in turns.most_common()]
        fitting = accumulate(parts, "{}   {}".format)
        return next((line for line in reversed(list(fitting)) if width(line) <= self.app.size.width - 2), "")
