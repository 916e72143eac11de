"""What somebody sees on a terminal: words of the interface, which field has the keyboard, what stands in it."""

from shopterm import i18n
from tests.journeys.terminal import COLUMNS, Terminal

MARK = ">"
"""Stands before the label of the field that has the keyboard, and before a chosen line or item."""
CURSOR, BAND = "005f5f", "00005f"
"""What is behind the row under the cursor; behind headers, and the first line of the document under a queue."""
HELD = {CURSOR, "5f5f5f", "d7d7d7", "5f87af"}
"""What is behind the editor that has the keyboard, behind its cursor, and behind what typing replaces."""
LEAD = 5
"""Cells before the first column of a form's lines, and fewer than before any editor."""
NEW, TAKEN_UP = "+", "="
"""Signs before the entry of a form's lines: for a new line, for one that is changed."""


class Eyes:
    """Looks at a terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.language = "zh"

    def word(self, message: str) -> str:
        """A word of the interface in the language on the screen."""
        i18n.use(self.language)
        return i18n.tr(message)

    @property
    def title(self) -> str:
        """The first line of the screen."""
        return self.terminal.lines[0].strip()

    @property
    def marked(self) -> int:
        """The screen line with the label of the field that has the keyboard, not that of a chosen line; 0 for none."""
        return next((y for y, line in enumerate(self.terminal.lines) if line[:1] == MARK and line[1:2].strip()), 0)

    @property
    def marked_line(self) -> str:
        """The line on which the field with the keyboard begins."""
        return self.terminal.lines[self.marked] if self.marked else ""

    @property
    def label(self) -> str:
        """Label of the field that has the keyboard."""
        return self.marked_line[1:].partition("  ")[0].partition(" *")[0].strip()

    @property
    def held(self) -> tuple[int, int, str]:
        """The editor that has the keyboard: line, first cell and text of its first line; (0, 0, "") for none."""
        for y in filter(None, (self.marked, self.entry(NEW), self.entry(TAKEN_UP))):
            cells = [x for x in range(LEAD, COLUMNS) if self.terminal.background(y, x) in HELD]
            if cells:
                row = self.terminal.screen.buffer[y]
                return y, cells[0], "".join(row[x].data for x in range(cells[0], cells[-1] + 1)).rstrip()
        return 0, 0, ""

    def entry(self, sign: str) -> int:
        """The screen line of the entry of a form's lines that has this sign; 0 for none."""
        return next((y for y, line in enumerate(self.terminal.lines) if line[:LEAD].strip() == sign), 0)

    @property
    def heading(self) -> int:
        """The screen line of the heading of the lines that have the keyboard."""
        return self.marked + 1

    @property
    def cell(self) -> int | None:
        """The place of the entry's cell that has the keyboard, by the heading above the lines; None elsewhere."""
        y, start, _text = self.held
        if y == 0 or y not in (self.entry(NEW), self.entry(TAKEN_UP)):
            return None
        return sum(1 for begin in self.terminal.starts(self.heading) if begin < start)  # those of numbers begin later

    @property
    def chosen_line(self) -> int:
        """Which of a form's lines is chosen; 0 for a new one."""
        lines = range(self.heading + 1, self.entry(NEW) or self.entry(TAKEN_UP))
        return next((y - self.heading for y in lines if self.terminal.background(y, COLUMNS // 2) == CURSOR), 0)

    @property
    def kept(self) -> int:
        """How many of a form's lines are kept."""
        return self.entry(NEW) - self.heading - 1
