"""The program on screen: who is signed in, one mode per desk, live refresh, language, idle lock, faults."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.screen import Screen

from shopterm.db.queries.people import name_of
from shopterm.db.session import Shop
from shopterm.domain.errors import Unavailable
from shopterm.domain.facts import Actor
from shopterm.domain.words import _
from shopterm.fault_log import keep_off_terminal
from shopterm.i18n import LANGUAGES, language, tr, use
from shopterm.preferences import Preferences
from shopterm.screens.anywhere import Anywhere
from shopterm.screens.desks import Desk
from shopterm.screens.faults import FAULT
from shopterm.screens.keymap import Keymap
from shopterm.screens.live_screen import Away, Following, SignedIn, Speaking, Wrote
from shopterm.screens.session import Session
from shopterm.screens.theme import THEMES
from shopterm.screens.thread import ShopThread
from shopterm.screens.watch import Watch
from shopterm.terminal import Profile

if TYPE_CHECKING:
    from shopterm.screens.reading import Page

AWAY = _("The database does not answer; trying again. Nothing is lost.")
COLOURS = ("shop-dark", "shop-light")
"""Themes to choose from where the terminal has more than sixteen colours."""
FRESH = 60.0
"""Seconds after which somebody who comes back finds everything read again: relative times have aged."""
LAST_WAIT = 1.0
"""Seconds the end of the program waits for the database."""
FIRST, SIGN_IN = "first", "sign-in"
"""Modes: of the screen the program begins with, and of the sign-in screen where it did not begin with that."""


class ShopApp(Anywhere, inherit_bindings=False):
    """Holds what outlives a screen; what is shown and asked is the screens'."""

    CSS_PATH = ["screens/shop.tcss", "screens/forms_part.tcss"]
    TITLE = "shopterm"
    DEFAULT_MODE = FIRST

    def __init__(
        self,
        shop: Shop,
        *,
        actor: Actor | None = None,
        desk: str = "",
        profile: Profile | None = None,
        keymap: Keymap | None = None,
        terminal: str = "",
        demo_pin: str = "",
    ) -> None:
        """Run on an open shop; an actor whose PIN was checked already goes straight to a desk."""
        super().__init__(shop.data_dir / "log")
        self.thread = ShopThread(shop)
        self.profile, self.keymap, self.terminal = profile or Profile(), keymap or Keymap(), terminal
        self._demo_pin = demo_pin
        self.session: Session | None = None
        """Who sits here now; nobody while the sign-in screen shows."""
        self._sessions: dict[int, Session] = {}
        self._first = actor, desk
        self._first_page: Page | None = None
        self._sign_in_mode = FIRST if actor is None else SIGN_IN
        self._watch: Watch | None = None
        self._in_trouble = False
        self._used_at = monotonic()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "shop-ansi" if self.profile.ansi else COLOURS[0]
        self.add_mode(FIRST, self._first_screen)
        self.add_mode(SIGN_IN, self._sign_in_screen)
        self._bind_house()

    def _bind_house(self) -> None:
        for name in ("language", "colours", "next_desk", "person", "palette", "drafts", "help", "repaint", "quit"):
            self.bind(self.keymap.of_house(name), name, show=False)
        for name in ("jump_typing", "why_typing"):  # these must come before what a field would do with the key
            self._bindings.bind(self.keymap.of_house(name), name, show=False, priority=True)

    # ── beginning and ending ─────────────────────────────────────────────────────────────────────────────────────

    async def on_load(self) -> None:
        """Read the first desk before anything is painted, so that it is painted once."""
        await super().on_load()
        actor, name = self._first
        if actor is None:
            return
        self.session = self._join(actor)
        await self._rename(self.session)
        desk = next((desk for desk in self.session.desks if desk.name == name), self.session.desks[0])
        self.session.modes[desk.name], self.session.place = FIRST, desk
        self._first_page = await self._read_first(self.session, desk)

    def _first_screen(self) -> Screen[Any]:
        """Begin with the sign-in, or at the desk of a person known already."""
        if self.session is None or self.session.place is None:
            return self._sign_in_screen()
        from shopterm.screens.arrival import desk_screen

        return desk_screen(self.session, self.session.place, self._first_page)

    def on_mount(self) -> None:
        """Watch for what colleagues change, and for a terminal left alone."""
        screen = self.thread.shop.settings.screen
        self._watch = Watch(
            self.thread,
            screen.refresh_milliseconds / 1000,
            lambda: self.post_message(Wrote()),
            lambda: self.post_message(Away()),
            self._handle_exception,
        )
        self.set_timer(screen.idle_lock_seconds, self._lock_if_idle)
        self.call_after_refresh(self._offer_drafts)

    def on_unmount(self) -> None:
        """End the thread."""
        if self._watch is not None:
            self._watch.stop()
        self.thread.close()

    # ── people ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _sign_in_screen(self) -> Screen[Any]:
        from shopterm.screens.sign_in import SignInScreen

        return SignInScreen(self.thread, self.keymap, self.terminal, self._demo_pin)

    def _join(self, actor: Actor) -> Session:
        """Return the person's session: the one they left, unless their roles changed meanwhile."""
        left = self._sessions.get(actor.person)
        if left is None or left.actor.roles != actor.roles:
            left = self._sessions[actor.person] = Session(self.thread, actor, self.keymap)
        left.renew(actor)
        liked = Preferences(self.thread.shop.data_dir, actor.person)
        use(self.profile.language_forced or liked.get("language", LANGUAGES) or actor.language)
        if not self.profile.ansi:
            self.theme = liked.get("colours", COLOURS) or COLOURS[0]
        return left

    async def on_signed_in(self, event: SignedIn) -> None:
        """Bring the person to where they were, or to their first desk."""
        self.forget_secrets()
        before = self._sessions.get(event.actor.person)
        self.session = self._join(event.actor)
        await self._rename(self.session)
        if before is not None and before is not self.session:
            for desk in before.desks:
                if (mode := before.mode(desk)) in self._modes and mode != FIRST:
                    await self.remove_mode(mode)
        await self._go(self.session, self.session.place or self.session.desks[0])
        self._offer_drafts()

    @work(group="drafts", exclusive=True)
    async def _offer_drafts(self) -> None:
        """Tell somebody who comes to a desk of drafts that wait there; a form left open is in front already."""
        if self.session is None:
            return
        from shopterm.screens.desk import DeskScreen
        from shopterm.screens.kept import offer_drafts

        if isinstance(self.screen, DeskScreen):
            await offer_drafts(self.screen)

    async def action_person(self) -> None:
        """Let somebody else sign in; the present person's place is kept."""
        await self._leave(locked=False)

    async def _leave(self, *, locked: bool) -> None:
        from shopterm.screens.sign_in import SignInScreen

        if self.session is None:
            return
        self.forget_secrets()
        actor, self.session = self.session.actor, None
        await self.switch_mode(self._sign_in_mode)
        if isinstance(self.screen, SignInScreen):
            self.screen.begin(actor if locked else None)

    async def _lock_if_idle(self) -> None:
        idle, limit = monotonic() - self._used_at, self.thread.shop.settings.screen.idle_lock_seconds
        if idle >= limit:
            self.forget_secrets()
            await self._leave(locked=True)
        self.set_timer(limit - idle if idle < limit else limit, self._lock_if_idle)

    async def on_event(self, event: events.Event) -> None:
        """Note when somebody last used the terminal."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            before, self._used_at = self._used_at, monotonic()
            if self._used_at - before > FRESH:
                self.post_message(Wrote())
        await super().on_event(event)

    # ── desks ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def action_desk(self, number: int) -> None:
        """Go to another desk of the person."""
        if self.session is not None and number <= len(self.session.desks):
            await self._go(self.session, self.session.desks[number - 1])

    async def action_next_desk(self) -> None:
        """Go to the person's next desk, also from where digits type."""
        if self.session is not None and self.session.place is not None:
            desks = self.session.desks
            await self._go(self.session, desks[(desks.index(self.session.place) + 1) % len(desks)])

    async def _go(self, session: Session, desk: Desk) -> None:
        from shopterm.screens.arrival import desk_screen

        mode = session.mode(desk)
        if mode not in self._modes:
            page = await self._read_first(session, desk)
            self.add_mode(mode, partial(desk_screen, session, desk, page))
        session.place = desk
        await self.switch_mode(mode)

    async def _read_first(self, session: Session, desk: Desk) -> "Page | None":
        from shopterm.screens.arrival import first_page

        try:
            return await self.thread.read(partial(first_page, session=session, desk=desk))
        except Unavailable:
            self.post_message(Away())
            return None

    # ── what changes ─────────────────────────────────────────────────────────────────────────────────────────────

    def _following(self) -> Iterator[Following]:
        yield from (screen for screen in self.screen_stack if isinstance(screen, Following))

    def on_away(self) -> None:
        """Say so once, calmly, and try again."""
        if self._watch is not None:
            self._watch.lost()
        self._in_trouble = True
        for screen in self._following():
            screen.trouble(tr(AWAY))

    def on_wrote(self) -> None:
        """Let the screens look again; a database that answers takes back what was said."""
        self.thread.changes += 1
        back, self._in_trouble = self._in_trouble, False
        for screen in self._following():
            if back:
                screen.trouble("")
            screen.data_changed()

    # ── keys of the house ────────────────────────────────────────────────────────────────────────────────────────

    async def action_language(self) -> None:
        """Speak the other language at once, and remember it for this person."""
        if self.profile.language_forced:
            return
        use(LANGUAGES[(LANGUAGES.index(language()) + 1) % len(LANGUAGES)])
        self._like("language", language())
        if self.session is not None:
            await self._rename(self.session)
        for screen in self.screen_stack:
            if isinstance(screen, Speaking):
                screen.language_changed()

    async def _rename(self, session: Session) -> None:
        """Name the person in the language spoken now, which need not be their own."""
        actor, spoken = session.actor, language()
        if actor.language == spoken:
            return
        try:
            name = await self.thread.read(partial(name_of, person=actor.person, language=spoken))
        except Unavailable:
            self.post_message(Away())
        else:
            session.actor = replace(actor, name=name, language=spoken)

    def action_colours(self) -> None:
        """Change between dark and light, and remember it for this person."""
        if not self.profile.ansi:
            self.theme = COLOURS[(COLOURS.index(self.theme) + 1) % len(COLOURS)]
            self._like("colours", self.theme)

    def _like(self, name: str, choice: str) -> None:
        if self.session is not None:
            Preferences(self.thread.shop.data_dir, self.session.actor.person).choose(name, choice)

    def action_palette(self) -> None:
        """List all actions."""
        from shopterm.screens.palette import PaletteScreen, entries_of
        from shopterm.screens.verb_screen import VerbScreen

        if self.session is not None and isinstance(self.screen, VerbScreen):
            self.push_screen(PaletteScreen(self.session, entries_of(self.screen, self._house(self.screen))))

    @work(group="drafts", exclusive=True)
    async def action_drafts(self) -> None:
        """List the drafts that are kept."""
        from shopterm.screens.kept import KeptScreen, kept_drafts
        from shopterm.screens.verb_screen import VerbScreen

        screen = self.screen
        if self.session is not None and isinstance(screen, VerbScreen):
            self.push_screen(KeptScreen(self.session, screen, await kept_drafts(screen)))

    def _house(self, screen: Any) -> Iterator[tuple[str, Callable[[], object]]]:
        yield from (("language", self.action_language), ("colours", self.action_colours))
        yield from (("drafts", self.action_drafts), ("person", self.action_person), ("quit", self.exit))
        yield from (("why_not", screen.action_why_not), ("help", screen.action_help), ("jump", screen.action_jump))
        from shopterm.screens.desk import DeskScreen

        if isinstance(screen, DeskScreen):
            yield "labour_day", screen.action_labour_day

    def action_repaint(self) -> None:
        """Paint everything again, after something else wrote on the terminal."""
        self.refresh(layout=True)


def run_app(
    shop: Shop,
    *,
    actor: Actor | None = None,
    desk: str = "",
    profile: Profile | None = None,
    keymap: Keymap | None = None,
    terminal: str = "",
    demo_pin: str = "",
) -> int:
    """Run the screens until somebody quits; returns the exit status."""
    keep_off_terminal(shop.data_dir / "log")
    app = ShopApp(shop, actor=actor, desk=desk, profile=profile, keymap=keymap, terminal=terminal, demo_pin=demo_pin)
    app.run(mouse=app.profile.mouse)
    status = FAULT if app.return_code is None else app.return_code
    if not app.thread.ended(LAST_WAIT):  # it waits for a database that does not answer; nobody else has to
        sys.stdout.flush()
        os._exit(status)
    return status
