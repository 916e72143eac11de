"""Somebody at a terminal: signs in, chooses a document, presses a verb's key, fills in, saves, reads the answer."""

import re
from typing import Any

from shopterm.domain.action import Action
from shopterm.domain.actions import action_named
from tests.journeys import terminal as keys
from tests.journeys.eyes import BAND, CURSOR
from tests.journeys.filling import Filling
from tests.journeys.imported import SITE
from tests.journeys.program import pin_of
from tests.journeys.terminal import COLUMNS, LINES

DONE = "{action}: {number} ✓"
"""What is told of verbs that tell nothing else."""
FUNCTION_KEYS = {f"f{number}": getattr(keys, f"F{number}") for number in range(1, 11)}


class Hands(Filling):
    """Whoever sits at the terminal just now."""

    # ── people ───────────────────────────────────────────────────────────────────────────────────────

    def sign_in(self, person: str, language: str = "zh", pin: str = "") -> None:
        """Name the person and type the PIN; ends at the person's desk, which speaks the person's language."""
        terminal = self.terminal
        terminal.until(
            lambda: terminal.lines[0].startswith(" shopterm") and "PIN" not in terminal.lines[3],
            "the field for the name",
        )
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
        """The screen line of a document's row: its number stands first, maybe after a sign or its kind; 0 for none."""
        short, lines = number.removeprefix(f"{SITE}-"), self.terminal.lines
        rows = [y for y in range(self.row_heading() + 1, LINES) if short in lines[y].split()[:2]]
        return next((y for y in rows if self.terminal.background(y, COLUMNS // 2) != BAND), 0)

    def row_heading(self) -> int:
        """The screen line of the queue's heading."""
        heading = f" {self.word('Number')} "
        return next((y for y, line in enumerate(self.terminal.lines) if heading in f"{line} "), LINES)

    def choose(self, number: str) -> None:
        """Put the cursor on a document's row."""
        self.terminal.until(lambda: self.row(number) > 0 and self.cursor > 0, f"a row of {number}")
        for _step in range(LINES):
            row, cursor = self.row(number), self.cursor
            if row == cursor:
                return
            self.terminal.send(keys.DOWN if row > cursor else keys.UP)
            self.terminal.until(lambda: self._moved(number, cursor), "another row")  # noqa: B023
        raise AssertionError(f"{number} cannot be chosen:\n{self.terminal.picture()}")

    def _moved(self, number: str, cursor: int) -> bool:
        return self.cursor not in (0, cursor) or self.row(number) == cursor

    def newest(self, kind: str) -> str:
        """The number of the newest document of a kind on the screen."""
        return f"{SITE}-{max(re.findall(rf'{kind}-[0-9]+-[0-9]+', self.terminal.text))}"

    def open(self, number: str) -> None:
        """Jump to a document by its number."""
        terminal = self.terminal
        if not terminal.lines[1][:2].strip():  # the counter's field: there a full stop is typed
            terminal.send(keys.DOWN)
        terminal.send(".")
        terminal.until(lambda: self.title.startswith(self.word("Jump")), "the field to jump from")
        terminal.send(number + keys.ENTER)
        short = number.removeprefix(f"{SITE}-")
        terminal.until(lambda: short in self.title or self.row(number) > 0, f"{number} found")
        if short not in self.title:  # it begins other numbers too: those of an order's jobs
            self.choose(number)
            terminal.send(keys.ENTER)
        terminal.until(lambda: short in self.title, f"the page of {number}")

    def close(self) -> None:
        """Go back to the desk."""
        self.terminal.send(keys.ESCAPE)
        self.terminal.until(lambda: self.title.startswith("1 "), "the desk")

    # ── verbs ────────────────────────────────────────────────────────────────────────────────────────

    def do(self, name: str, number: str = "", told: str = "", *, second: str = "", **values: Any) -> None:
        """Do a verb to a document: choose it, press the key, fill in and save; the answer says what is to be told.

        That is a message of the program, of which the longest piece without a placeholder is looked for.
        """
        action = action_named(name)
        self.begin(name, number, second=second, **values)
        if action.form or action.signs:
            self.save(action)
        pieces = re.split(r"\{\w+\}", self.word(told or DONE))
        self.terminal.expect(max(pieces, key=len).strip() if told else f"{number}{pieces[-1]}")

    def begin(self, name: str, number: str = "", *, second: str = "", **values: Any) -> None:
        """Choose a document, press a verb's key and fill in the form, but do not save yet."""
        action = action_named(name)
        if number:
            self.choose(number)
        self.press(action.key)
        if action.form or action.signs:
            self.wait_for_form(action)
            self.fill(action, values, second)

    def press(self, key: str) -> None:
        """Press a key by its name in the table."""
        self.terminal.send(FUNCTION_KEYS.get(key, key))

    def wait_for_form(self, action: Action) -> None:
        """Wait until the form is there and has the keyboard."""
        self.terminal.until(lambda: self.title.startswith(self.word(action.label)), f"the form of {action.name}")
        self.terminal.until(lambda: self.label != "", "a field with the keyboard")

    def save(self, action: Action) -> None:
        """Save a form; it closes when it is done."""
        title = self.word(action.label)
        self.terminal.send(keys.F2)
        self.terminal.until(lambda: not self.title.startswith(title), f"the end of the form {title}")

    def clock_on(self, job: str) -> None:
        """Clock on to a job; the line above the queue says so."""
        self.do("clock_on", job, told=f"{self.word('direct')} {job.removeprefix(f'{SITE}-')}")

    def ask_why(self, name: str, sentence: str, rule: str) -> None:
        """Ask why not; the answer names the verb, says the sentence and the rule."""
        title = self.word("Why not?")
        self.terminal.send("?")
        self.terminal.until(lambda: self.title.startswith(title), "the list of reasons")
        self.terminal.expect(self.word(action_named(name).label), sentence, rule)
        self.terminal.send(keys.ESCAPE)
        self.terminal.until(lambda: not self.title.startswith(title), "the desk")

    # ── the counter ──────────────────────────────────────────────────────────────────────────────────

    def look_up(self, part: str) -> None:
        """Scan a part into the counter's empty field; it is the first of the hits."""
        self.put_hits_away()
        self.terminal.send(part + keys.ENTER)
        self.terminal.until(lambda: self.cursor > 0 and part in self.terminal.lines[self.cursor], f"{part} found")

    def put_hits_away(self) -> None:
        """Empty the counter's field; only the queue is left, its document below."""
        empty = self.word("part number, name, pinyin initials; sheet, loan")
        self.terminal.send(keys.ESCAPE)
        self.terminal.until(lambda: empty in self.terminal.lines[1] and self.row_heading() == 2, "the empty field")
