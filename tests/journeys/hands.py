"""Hands on a keyboard: sign in, choose a row, press a verb's key, fill in the form; each with a look at the screen."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shopterm import i18n
from shopterm.domain.actions import action_named
from shopterm.domain.actions.action import Action
from shopterm.domain.fields import Field, Kind
from shopterm.screens.signing import HIDDEN, PIN, SECOND, SECOND_PIN, signing
from tests.journeys import terminal as keys
from tests.journeys.imported import SITE
from tests.journeys.program import pin_of
from tests.journeys.terminal import COLUMNS, LINES, Terminal

MARK = ">"
"""Stands before the label of the field that has the keyboard."""
EMPTIED = "\x05\x15"
"""To the end of a field, and all of it deleted."""
CURSOR = "005f5f"
"""What is behind the row of a queue under the cursor."""
BAND = "00005f"
"""What is behind headers, and behind the first line of the document under the queue."""
HELD = {CURSOR, "5f5f5f", "d7d7d7"}
"""What is behind the editor that has the keyboard, and behind its cursor."""
BLANK = "_"
"""Shows the extent of an empty field."""
FUNCTION_KEYS = {f"f{number}": getattr(keys, f"F{number}") for number in range(1, 11)}
LEAD = 5
"""Cells before the first column of lines."""
Row = Mapping[str, object]


class Hands:
    """Whoever sits at a terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.language, self.pin = "zh", ""

    def word(self, message: str) -> str:
        """A word of the interface in the language on the screen."""
        i18n.use(self.language)
        return i18n.tr(message)

    # ── people ───────────────────────────────────────────────────────────────────────────────────────

    def sign_in(self, person: str, language: str = "zh", pin: str = "") -> None:
        """Name the person and type the PIN; ends at the person's desk, which speaks the person's language."""
        terminal = self.terminal
        terminal.until(lambda: terminal.lines[0].startswith(" shopterm") and "PIN" not in terminal.lines[3],
                       "the field for the name")  # fmt: skip
        terminal.send(person + keys.ENTER)
        terminal.until(lambda: "PIN" in terminal.lines[3], "the field for the PIN")
        terminal.send((pin or pin_of(person)) + keys.ENTER)
        self.language, self.pin = language, pin_of(person)
        if not pin:
            terminal.expect("^P")

    def switch_to(self, person: str, language: str = "zh") -> None:
        """Let somebody else sit down."""
        self.terminal.send(keys.OTHER_PERSON)
        self.sign_in(person, language)

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────────

    @property
    def cursor(self) -> int:
        """The screen line of the queue's cursor; 0 for none."""
        half, seen = COLUMNS // 2, self.terminal.background
        return next((y for y in range(1, LINES) if seen(y, half) == CURSOR == seen(y, 1)), 0)

    def row(self, number: str) -> int:
        """The screen line of a document's row: the number stands first, maybe after a sign; 0 for none."""
        short, lines = number.removeprefix(f"{SITE}-"), self.terminal.lines
        rows = [y for y in range(self.row_heading() + 1, LINES) if short in lines[y].split()[:2]]
        return next((y for y in rows if self.terminal.background(y, COLUMNS // 2) != BAND), 0)

    def row_heading(self) -> int:
        """The screen line of the queue's heading."""
        heading = f" {self.word('Number')} "
        return next((y for y, line in enumerate(self.terminal.lines) if heading in line[:12]), LINES)

    def choose(self, number: str) -> None:
        """Put the cursor on a document's row."""
        self.terminal.until(lambda: self.row(number) > 0 and self.cursor > 0, f"a row of {number}")
        for _step in range(LINES):
            away = self.row(number) - self.cursor
            if away == 0:
                return
            before = self.cursor
            self.terminal.send(keys.DOWN if away > 0 else keys.UP)
            self.terminal.until(lambda: self.cursor not in (0, before) or self.row(number) == before, "another row")  # noqa: B023
        raise AssertionError(f"{number} cannot be chosen:\n{self.terminal.picture()}")

    def open(self, number: str) -> None:
        """Jump to a document by its number."""
        if self.terminal.lines[1][:2].strip() == "":
            self.terminal.send(keys.DOWN)
        self.terminal.send(".")
        self.terminal.until(lambda: self.title.startswith(self.word("Jump")), "the field to jump from")
        self.terminal.send(number + keys.ENTER)
        self.terminal.until(lambda: number in self.title, f"the page of {number}")

    def close(self) -> None:
        """Go back to the desk."""
        self.terminal.send(keys.ESCAPE)
        self.terminal.until(lambda: self.title.startswith("1 "), "the desk")

    # ── verbs ────────────────────────────────────────────────────────────────────────────────────────

    def do(self, name: str, number: str = "", told: str = "", *, second: str = "", **values: Any) -> None:
        """Do a verb to a document: choose it, press the key, fill in and save; the answer names the document."""
        action = action_named(name)
        self.begin(name, number, second=second, **values)
        if action.form or action.signs:
            self.save(action)
        self.terminal.expect(told or f"{number} ✓")

    def begin(self, name: str, number: str = "", *, second: str = "", **values: Any) -> None:
        """Choose a document, press a verb's key and fill in the form, but do not save yet."""
        action = action_named(name)
        if number:
            self.choose(number)
        self.press(action)
        if action.form or action.signs:
            self.wait_for_form(action)
            self.fill(action, values, second)

    def press(self, action: Action) -> None:
        """Press a verb's key."""
        self.press_key(action.key)

    def press_key(self, key: str) -> None:
        """Press a key by its name in the table."""
        self.terminal.send(FUNCTION_KEYS.get(key, key))

    def clock_on(self, job: str) -> None:
        """Clock on to a job; the line above the queue says so."""
        direct = self.word("direct")
        self.do("clock_on", job, told=f"{direct} {job.removeprefix(f'{SITE}-')}")

    def look_up(self, part: str) -> None:
        """Scan a part into the counter's empty field; it is the first of the hits."""
        self.put_hits_away()
        self.terminal.send(part + keys.ENTER)
        self.terminal.until(
            lambda: part in self.terminal.lines[self.cursor] and self.cursor > 0, f"{part} among the hits"
        )

    def put_hits_away(self) -> None:
        """Empty the counter's field; only the queue is left, its document below."""
        empty = self.word("part number, name, pinyin initials; sheet, loan")
        self.terminal.send(keys.ESCAPE)
        self.terminal.until(lambda: empty in self.terminal.lines[1] and self.row_heading() == 2, "the empty field")

    def ask_why(self, verb: str, sentence: str, rule: str) -> None:
        """Ask why not; the answer names the verb, says the sentence and the rule."""
        title = self.word("Why not?")
        self.terminal.send("?")
        self.terminal.until(lambda: self.title.startswith(title), "the list of reasons")
        self.terminal.expect(verb, sentence, rule)
        self.terminal.send(keys.ESCAPE)
        self.terminal.until(lambda: not self.title.startswith(title), "the desk")

    def newest(self, kind: str) -> str:
        """The number of the newest document of a kind on the screen."""
        return f"{SITE}-{max(re.findall(rf'{kind}-[0-9]+-[0-9]+', self.terminal.text))}"

    def wait_for_form(self, action: Action) -> None:
        """Wait until the form is there and has the keyboard."""
        self.terminal.until(lambda: self.title.startswith(self.word(action.label)), f"the form of {action.name}")
        self.terminal.until(lambda: self.label != "", "a field with the keyboard")

    def save(self, action: Action) -> None:
        """Save a form; it closes when it is done."""
        title = self.word(action.label)
        self.terminal.send(keys.F2)
        self.terminal.until(lambda: not self.title.startswith(title), f"the end of the form {title}")

    @property
    def title(self) -> str:
        """The first line of the screen."""
        return self.terminal.lines[0].strip()

    # ── forms ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def label(self) -> str:
        """Label of the field that has the keyboard."""
        return re.split(r" \*|  ", self.marked_line[1:])[0].strip()

    @property
    def marked_line(self) -> str:
        """The line on which the field with the keyboard begins."""
        return self.terminal.lines[self.marked] if self.marked else ""

    @property
    def marked(self) -> int:
        """The screen line with the label of the field that has the keyboard, not that of a chosen line; 0 for none."""
        return next((y for y, line in enumerate(self.terminal.lines) if line[:1] == MARK and line[1:2].strip()), 0)

    def fill(self, action: Action, values: Mapping[str, Any], second: str = "") -> None:
        """Type into a form's fields, and sign it; fields of which nothing is said stay as they are."""
        signed = {PIN.name: self.pin} | ({SECOND.name: second, SECOND_PIN.name: pin_of(second)} if second else {})
        for field in (*action.form, *signing(action)):
            if field.name in values or field in signing(action):
                self.go_to(field)
                self.type(field, {**values, **signed}[field.name])

    def go_to(self, field: Field) -> None:
        """Go to a field."""
        wanted = self.word(field.label)
        for _step in range(40):
            if self.label == wanted:
                return
            self.tab()
        raise AssertionError(f"there is no field {wanted}:\n{self.terminal.picture()}")

    def tab(self, *, back: bool = False) -> None:
        """Go to the next field or cell of a line, or to the one before."""
        label, cell = self.label, self.cell
        self.terminal.send(keys.BACK_TAB if back else keys.TAB)
        self.terminal.until(lambda: self.label not in (label, "") or self.cell not in (cell, None), "the next field")

    @property
    def held(self) -> tuple[int, int, str] | None:
        """The editor that has the keyboard: line, first cell and text of its first line; None for none."""
        for y in filter(None, (self.marked, self.entry("+"), self.entry("="))):
            cells = [x for x in range(LEAD, COLUMNS) if self.terminal.background(y, x) in HELD]
            if cells:
                row = self.terminal.screen.buffer[y]
                return y, cells[0], "".join(row[x].data for x in range(cells[0], cells[-1] + 1)).rstrip()
        return None

    def type(self, field: Field, value: Any) -> None:
        """Give a field a value in the way of its kind."""
        if field.kind is Kind.LINES:
            self.type_lines(field, value)
        elif field.kind is Kind.CHECKLIST:
            self.walk(value)
        elif field.kind is Kind.PHOTOS:
            self.pick(value)
        elif field.kind in (Kind.CHOICE, Kind.YES_NO):
            self.choose_word(field, value)
        else:
            self.type_text(" ".join(value) if isinstance(value, list) else str(value), hidden=field in HIDDEN)

    def type_text(self, text: str, *, hidden: bool = False) -> None:
        """Type into the editor that has the keyboard, in place of what stands there."""

        def holds(wanted: Callable[[str], bool]) -> bool:
            y, _x, found = self.held or (0, 0, "")
            return y > 0 and wanted(found)

        if not holds(lambda found: not found.strip(BLANK)):
            self.terminal.send(EMPTIED)
            self.terminal.until(lambda: holds(lambda found: not found.strip(BLANK)), "an empty field")
        self.terminal.send(text)
        shown = "•" * len(text) if hidden else text
        self.terminal.until(
            lambda: holds(lambda found: found.rstrip(BLANK).strip().endswith(shown[-8:])), f"the text {text}"
        )

    def choose_word(self, field: Field, value: Any) -> None:
        """Choose by number, yes and no by their letters."""
        key = ("y" if value else "n") if field.kind is Kind.YES_NO else str(list(field.choices or ()).index(value) + 1)
        self.terminal.send(key)
        self.terminal.until(lambda: f">{key} " in self.marked_line, f"{value} in {field.name}")

    # ── lines of a form ──────────────────────────────────────────────────────────────────────────────

    def type_lines(self, field: Field, rows: Sequence[Row] | Mapping[int, Row]) -> None:
        """Add lines, or change those of these numbers."""
        if isinstance(rows, Mapping):
            for number, row in rows.items():
                self.take_up(number)
                self.type_line(field, row)
                self.terminal.until(lambda: self.entry("=") is None, f"line {number}")
            return
        for row in rows:
            before = self.kept
            self.type_line(field, row)
            self.terminal.until(lambda: self.kept > before, f"one more line than {before}")  # noqa: B023

    def type_line(self, field: Field, row: Row) -> None:
        """Type the cells of a line and keep it."""
        for place, column in enumerate(field.columns):
            if column.name in row:
                self.go_to_cell(place)
                self.type_cell(column, row[column.name])
        self.terminal.send(keys.ENTER)

    def type_cell(self, column: Field, value: object) -> None:
        """Type one cell of the entry."""
        if column.kind in (Kind.CHOICE, Kind.YES_NO):
            key = ("y" if value else "n") if column.kind is Kind.YES_NO else str(
                list(column.choices or ()).index(str(value)) + 1)  # fmt: skip
            self.terminal.send(key)
            self.terminal.settle()
        else:
            self.type_text(str(value))

    def left_line(self, line: Any) -> Callable[[], bool]:
        """Return whether another line is chosen by now."""
        return lambda: bool(self.chosen_line != line)

    def walked_on(self, before: Any) -> Callable[[], bool]:
        """Return whether a checklist has more marks by now."""
        return lambda: bool(self.walked != before)

    def take_up(self, number: int) -> None:
        """Choose a line and take it into the entry."""
        for _step in range(60):
            chosen = self.chosen_line
            if chosen == number:
                break
            self.terminal.send(keys.UP if chosen == 0 or chosen > number else keys.DOWN)
            self.terminal.until(self.left_line(chosen), "another line")
        self.terminal.send(keys.ENTER)
        self.terminal.until(lambda: self.entry("=") is not None, f"line {number} in the entry")

    @property
    def heading(self) -> int:
        """The screen line of the heading of the lines that have the keyboard."""
        return self.marked + 1

    @property
    def chosen_line(self) -> int:
        """Which line is chosen; 0 for a new one."""
        last = self.entry("+") or self.entry("=") or 0
        chosen = (y for y in range(self.heading + 1, last) if self.terminal.background(y, COLUMNS // 2) == CURSOR)
        return next((y - self.heading for y in chosen), 0)

    @property
    def kept(self) -> int:
        """How many lines are kept."""
        return (self.entry("+") or 0) - self.heading - 1

    def entry(self, sign: str) -> int | None:
        """The screen line of the entry with this sign."""
        return next((y for y, line in enumerate(self.terminal.lines) if line[:5].strip() == sign), None)

    def go_to_cell(self, place: int) -> None:
        """Go to a cell of the entry."""
        for _step in range(12):
            self.terminal.until(lambda: self.cell is not None, "a cell with the keyboard")
            if self.cell == place:
                return
            self.tab(back=(self.cell or 0) > place)
        raise AssertionError(f"there is no cell {place}:\n{self.terminal.picture()}")

    @property
    def cell(self) -> int | None:
        """The place of the entry's cell that has the keyboard, by the heading above the lines; None elsewhere."""
        y, start, _text = self.held or (0, 0, "")
        if y == 0 or y not in (self.entry("+"), self.entry("=")):
            return None
        return sum(
            1 for begin in self.terminal.starts(self.heading) if begin < start
        )  # of numbers it stands to the right

    # ── what belongs to a field and has a screen of its own ──────────────────────────────────────────

    def walk(self, found: Mapping[str, str]) -> None:
        """Walk a checklist with one key an item: in order, unless something is found about the item of these words."""
        self.terminal.send(keys.ENTER)
        self.terminal.until(lambda: self.walked is not None, "the checklist")
        while self.walked and self.walked[0] < self.walked[1]:
            before = self.walked
            self.terminal.until(lambda: self.item != "", "an item")
            item = self.item
            self.terminal.send(next((key for words, key in found.items() if words in item), "") or self.fine())
            self.terminal.until(self.walked_on(before), f"a mark for {item}")
        self.terminal.send(keys.F2)
        self.terminal.until(lambda: self.walked is None, "the form")

    @property
    def item(self) -> str:
        """The item of a checklist that is looked at."""
        return next((line for line in self.terminal.lines[2:] if line.startswith(MARK)), "")

    @property
    def walked(self) -> tuple[int, int] | None:
        """How many items of a checklist are marked, and of how many; None where there is none."""
        done, slash, total = self.terminal.lines[0].rpartition(" ")[2].partition("/")
        return (int(done), int(total)) if slash and done.isdigit() and total.isdigit() else None

    def fine(self) -> str:
        """The keys that find nothing wrong with the item: its mark, a value within the limits, the first choice."""

        def bars() -> list[str]:
            return [line for line in self.terminal.lines if line.startswith((" 1 ", " 0-9 "))]

        self.terminal.until(lambda: bool(bars()), "the keys of the item")
        bar = bars()[0]
        if bar.startswith(" 0-9 "):
            limits = re.search(r"(-?[\d.,]*) – (-?[\d.,]*)", self.terminal.text)
            low, high = limits.groups() if limits else ("", "")
            return (low or high or "1").replace(",", "") + keys.ENTER
        return "y" if bar.startswith(" 1 y ") else "1"

    def pick(self, names: Sequence[str]) -> None:
        """Pick photos from the drop folder."""
        terminal = self.terminal
        terminal.send(keys.ENTER)
        for name in names:
            terminal.expect(names[0], "F2")
            terminal.send(name)
            terminal.until(lambda: f"> {name}" in terminal.text, f"{name} found")  # noqa: B023
            terminal.send(keys.ENTER)
            terminal.expect(f"√ {name}")
            terminal.send(EMPTIED)
            terminal.until(lambda: terminal.text.count(name) == 1, "the whole list")  # noqa: B023
        terminal.send(keys.F2)
        terminal.until(lambda: ", ".join(names) in self.marked_line, "the picked photos")
