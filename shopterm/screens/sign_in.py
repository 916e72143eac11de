"""Who is at this terminal: a badge or a name, then the PIN; the first PIN by a one-time code."""

import asyncio
from importlib import import_module

from textual import events, on, work
from textual.app import ComposeResult
from textual.widgets import Input

from shopterm.db.queries.people import PersonRow, people_to_pick
from shopterm.domain.errors import Invalid, ShopError, SignInFailed, Unavailable
from shopterm.domain.facts import Actor
from shopterm.domain.text import clean
from shopterm.domain.words import _
from shopterm.i18n import language, tr
from shopterm.screens.desks import Column
from shopterm.screens.keymap import Keymap, house_label, shown
from shopterm.screens.lines import Line, Tone, text
from shopterm.screens.live_screen import Away, LiveScreen, SignedIn
from shopterm.screens.scans import is_badge
from shopterm.screens.thread import ShopThread
from shopterm.screens.widgets.header_line import HeaderLine
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.queue_table import QueueTable
from shopterm.screens.widgets.reason_line import ReasonLine
from shopterm.screens.widgets.scan_input import ScanInput
from shopterm.show import say, show

COLUMNS = (
    Column("number", _("Staff number"), 12),
    Column("name", _("Full name"), 20),
    Column("roles", _("Roles"), 10, grows=True),
)
SECRETS = ("code", "pin", "again")
AHEAD = ("shopterm.usecases.sign_in", "shopterm.screens.arrival")
"""What comes after the PIN."""
STANDING = 0.1
"""Seconds after which the screen surely stands."""


class SignInScreen(LiveScreen[None]):
    """One field for who, one for the PIN; two more where the first PIN is set."""

    def __init__(self, thread: ShopThread, keymap: Keymap, terminal: str, demo_pin: str = "") -> None:
        """Sign people in at this terminal; a demo says the PIN that everybody has."""
        super().__init__(thread)
        self._demo_pin = demo_pin
        self._keymap, self._terminal = keymap, terminal
        self._people: list[PersonRow] = []
        self._who = ""
        """Number, badge or name of whoever gives the PIN now."""
        self._first_pin = False
        self._busy = False

    # ── building ─────────────────────────────────────────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        """Yield the fields, the people to pick from, and the keys."""
        yield HeaderLine(id="header")
        yield ReasonLine(id="ask")
        yield ScanInput(id="who", max_length=80)
        for name in SECRETS:
            field = Input(id=name, password=True, compact=True, max_length=32, select_on_focus=False)
            field.cursor_blink = False
            yield field
        yield QueueTable(self._cell, lambda person: person.number, id="people")
        yield ReasonLine(id="reason")
        yield KeyBar(lines=1, id="keys")

    def on_mount(self) -> None:
        """Ask who it is."""
        self.begin()
        self._load_ahead()

    @work(group="ahead")
    async def _load_ahead(self) -> None:
        """Load what comes after the PIN while it is still being typed."""
        await asyncio.sleep(STANDING)
        for name in AHEAD:
            await self._thread.call(lambda _shop, name=name: import_module(name))  # type: ignore[misc]

    def begin(self, locked: Actor | None = None) -> None:
        """Ask anew; after an idle lock the person is named already and only the PIN is asked."""
        self._who, self._first_pin = locked.number if locked else "", False
        self._empty("who", *SECRETS)
        self._say("")
        if locked:
            self._say(tr("Locked. {name}: your place is kept.", name=clean(locked.name)))
        self._show()
        self._load()

    def language_changed(self) -> None:
        """Say everything in the other language."""
        self.query_one(QueueTable).remeasure()
        self._show()

    def data_changed(self) -> None:
        """People may have come or gone."""
        self._load()

    def trouble(self, told: str) -> None:
        """Say calmly that the database does not answer."""
        self.query_one("#reason", ReasonLine).say("trouble", told, "bad")

    # ── drawing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        """Show the fields of the step the person is at."""
        place = text(self._terminal, "dim")
        if self._demo_pin:
            place = text(tr("Demo: everybody's PIN is {pin}", pin=self._demo_pin), "strong")
        self.query_one(HeaderLine).show([("shopterm", True)], [place])
        wanted = {"who"} if not self._who else set(SECRETS) if self._first_pin else {"pin"}
        for name in ("who", *SECRETS):
            self.query_one(f"#{name}").display = name in wanted
        self.query_one("#ask", ReasonLine).say("answer", self._question(), "strong")
        labels = {
            "who": tr("badge, number or name"),
            "code": tr("one-time code"),
            "again": tr("the new PIN again"),
            "pin": tr("new PIN, at least {n} digits", n=self._shortest) if self._first_pin else tr("PIN"),
        }
        for name, label in labels.items():
            self.query_one(f"#{name}", Input).placeholder = label
        self.query_one(QueueTable).visible = not self._who
        self.query_one(f"#{'who' if not self._who else 'code' if self._first_pin else 'pin'}").focus()
        house = [Hint(shown(self._keymap.of_house(name)), house_label(name)) for name in ("help", "language", "quit")]
        back = [Hint("Esc", tr("Somebody else"))] if self._who else [Hint("↓", tr("List"))]
        self.query_one(KeyBar).show([Hint("Enter", tr("Continue")), *back, *house])

    @property
    def _shortest(self) -> int:
        return self._thread.shop.settings.pin.min_length

    def _question(self) -> str:
        if not self._who:
            return tr("Scan your badge, or pick your name.")
        name = next((p.name(language()) for p in self._people if p.number == self._who), self._who)
        if self._first_pin:
            return tr("{name}: set your PIN with the one-time code from the administrator.", name=clean(name))
        return tr("{name}: your PIN.", name=clean(name))

    def _cell(self, person: PersonRow, name: str) -> Line:
        if name == "roles":
            return text(show(person.roles) + ("" if person.has_pin else " · " + tr("no PIN yet")), "dim")
        return text(clean(person.number if name == "number" else person.name(language())))

    def answer(self, told: str, tone: Tone = "") -> None:
        """Say one sentence."""
        self.query_one("#reason", ReasonLine).say("answer", told, tone)

    def _say(self, sentence: str) -> None:
        self.answer(sentence, "warn")

    def _empty(self, *names: str) -> None:
        for name in names:
            self.query_one(f"#{name}", Input).value = ""

    # ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @work(exclusive=True, group="people")
    async def _load(self) -> None:
        self._people = await self.ask(people_to_pick) or self._people
        self._narrow()

    @on(Input.Changed, "#who")
    def _narrow(self) -> None:
        """List the people in whose number or name occurs what is typed."""
        fitting = self._fitting(self.query_one("#who", Input).value)
        table = self.query_one(QueueTable)
        table.active = table.has_focus or len(fitting) == 1
        table.show(COLUMNS, fitting, tr("Nobody is called that; a badge is read with Enter."), keep=False)
        self.query_one("#ask", ReasonLine).say("answer", self._question(), "strong")

    def on_descendant_focus(self) -> None:
        """Show the list's cursor where Enter means it."""
        table = self.query_one(QueueTable)
        table.active = table.has_focus or len(table.rows) == 1
        table.refresh()

    def _fitting(self, typed: str) -> list[PersonRow]:
        wanted = typed.strip().lower()
        return [p for p in self._people if wanted in f"{p.number} {p.name_zh} {p.name_en}".lower()]

    @on(ScanInput.Scanned)
    def _scanned(self, event: ScanInput.Scanned) -> None:
        self._who_is(event.value)

    def _who_is(self, value: str) -> None:
        typed, fitting = value.strip(), self._fitting(value)
        exact = next((p for p in self._people if typed in (p.number, p.badge, p.name_zh, p.name_en)), None)
        self._ask_pin(exact or (fitting[0] if len(fitting) == 1 else None), typed)

    @on(QueueTable.Chosen)
    def _picked(self) -> None:
        person: PersonRow | None = self.query_one(QueueTable).current
        if person is not None:
            self._ask_pin(person, person.number)

    def _ask_pin(self, person: PersonRow | None, typed: str) -> None:
        self._who = person.number if person else typed
        self._first_pin = person is not None and not person.has_pin
        self._say("")
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Go from the field to the list."""
        if event.key == "down" and self.focused is self.query_one("#who"):
            event.stop()
            self.query_one(QueueTable).focus()

    def explain(self) -> None:
        """Say how one signs in."""
        from shopterm.screens.sign_in_help import SignInHelp

        self.app.push_screen(SignInHelp(self._thread, self._keymap, self._terminal))

    async def action_leave(self) -> None:
        """Begin anew with somebody else."""
        self.begin()

    # ── the PIN ──────────────────────────────────────────────────────────────────────────────────────────────────

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        following = {"code": "pin", "pin": "again"}.get(event.input.id or "") if self._first_pin else None
        if following:
            self.query_one(f"#{following}").focus()
        elif event.input.id == "pin" and self._names_somebody(event.value):
            self._empty(*SECRETS)
            self._who_is(event.value)
        elif event.input.id != "who" and not self._busy:
            self._prove()

    def _names_somebody(self, typed: str) -> bool:
        """Say whether a badge or a staff number came where the PIN is asked: a colleague takes the terminal over."""
        form = self._thread.shop.settings.badge.form
        return not typed.isdigit() and (is_badge(typed, form) or any(typed == p.number for p in self._people))

    @work(group="prove")
    async def _prove(self) -> None:
        values = {name: self.query_one(f"#{name}", Input).value for name in SECRETS}
        if not self._first_pin and not values["pin"]:
            return  # an Enter too many is no wrong PIN
        if self._first_pin and values["pin"] != values["again"]:
            self._wrong(tr("The two PINs differ."))
            return
        from shopterm.usecases.sign_in import set_first_pin, sign_in

        self._busy = True
        try:
            actor = await self._thread.call(
                lambda shop: (
                    set_first_pin(shop, self._who, values["code"], values["pin"], self._terminal)
                    if self._first_pin
                    else sign_in(shop, self._who, values["pin"], self._terminal)
                )
            )
        except ShopError as error:
            self._refused(error)
            return
        finally:
            self._busy = False
        self._empty(*SECRETS)
        self.post_message(SignedIn(actor))

    def _refused(self, error: ShopError) -> None:
        from shopterm.usecases.pins import NO_PIN

        if isinstance(error, Unavailable):
            self.post_message(Away())
        if isinstance(error, SignInFailed) and error.sentence == NO_PIN:
            self._first_pin = True
            self._show()
        problems = error.problems if isinstance(error, Invalid) else (error,)
        self._wrong(" ".join(say(problem.sentence, problem.params) for problem in problems))

    def _wrong(self, sentence: str) -> None:
        self._empty(*SECRETS)
        self._say(sentence)
        self.query_one("#code" if self._first_pin else "#pin").focus()
