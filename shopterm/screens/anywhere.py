"""What works on every screen, also where letters type: scans, the jump, the help and the why-not."""

from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import events, work
from textual.widget import Widget
from textual.widgets import Input

from shopterm.domain.fields import Field, Kind
from shopterm.i18n import tr
from shopterm.screens.scans import DOCUMENT, Scanned, is_badge
from shopterm.screens.session import Session
from shopterm.screens.sturdy import SturdyApp
from shopterm.screens.thread import ShopThread

if TYPE_CHECKING:
    from shopterm.screens.verb_screen import VerbScreen

WAIT, WAITS = 0.05, 40
"""A code scanned while a form opens waits in steps of so many seconds, at most so many of them."""
PACE = 0.06
"""Seconds between keys typed ahead: each finds the keyboard where the one before has led it, like a finger's."""


@runtime_checkable
class AddsScanned(Protocol):
    """Lines of a form, to which a code is added wherever in them the keyboard stands."""

    def add_scanned(self, code: str) -> bool:
        """Say whether the code became a line; one that did not is typed."""


class Anywhere(SturdyApp, inherit_bindings=False):
    """Takes a code to where it belongs, and opens over any screen what is asked from there."""

    thread: ShopThread
    session: Session | None
    terminal: str
    _ahead: tuple[events.Key, ...] = ()
    """What was typed for a form that is not there yet."""

    # ── typed ahead ──────────────────────────────────────────────────────────────────────────────────────────────

    async def on_event(self, event: events.Event) -> None:
        """Keep what is typed while a form opens: fast fingers do not wait for it."""
        if isinstance(event, events.Key) and _types(event) and (self._ahead or self._form_opens()):
            if not self._ahead:
                self.set_timer(WAIT, self._hand_over)
            self._ahead += (event,)
        else:
            await super().on_event(event)

    async def _hand_over(self) -> None:
        """Type a key into the form that was typed ahead; where no form came, nobody meant it for what is there."""
        from shopterm.screens.form import FormScreen

        if not self._form_opens():
            key, *ahead = self._ahead
            self._ahead = tuple(ahead) if self._at(FormScreen) else ()
            if self._at(FormScreen):
                await super().on_event(events.Key(key.key, key.character))
        if self._ahead:
            self.set_timer(PACE, self._hand_over)

    # ── scans ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def on_scanned(self, event: Scanned) -> None:
        """Take a code to where it belongs: a person, a document, the field that is typed into."""
        await self._take_scan(event, WAITS)

    async def _take_scan(self, event: Scanned, waits: int) -> None:
        from textual.widgets import TextArea  # only forms have one: who starts does not wait for it

        from shopterm.screens.jump import JumpScreen

        if waits and self._form_opens():  # somebody pressed a key and scanned at once: the code is for that form
            self.set_timer(WAIT, partial(self._take_scan, event, waits - 1))
            return
        if self.session is None and len(self.screen_stack) > 1:
            await self.pop_screen()  # the help of the sign-in: a badge is meant for what lies beneath
        types = isinstance(self.focused, Input | TextArea)
        if self.session is not None and self._is_badge(event.code) and not asks_person(self.focused):
            self._offer(event.code)
        elif (lines := self._lines_here()) and not DOCUMENT.fullmatch(event.code) and lines.add_scanned(event.code):
            pass  # a line of its own, wherever in the lines the keyboard stood
        elif self.session is None or (types and not DOCUMENT.fullmatch(event.code)) or self._at(JumpScreen):
            for key in event.keys:
                await self.on_event(key)
        elif (verbal := self._verbs_here()) is not None or DOCUMENT.fullmatch(event.code):
            if not (verbal is not None and verbal.take_code(event.code)):
                await self._jump(event.code)
        else:
            self.notify(tr("“{code}” was scanned; nothing here takes it.", code=event.code), markup=False)

    def _is_badge(self, code: str) -> bool:
        return is_badge(code, self.thread.shop.settings.badge.form)

    def _form_opens(self) -> bool:
        """Say whether a verb's form is being read, or is there and has not the keyboard yet."""
        if self.session is None:
            return False
        if (verbal := self._verbs_here()) is not None:
            return verbal.busy
        from shopterm.screens.form import FormScreen

        return self._at(FormScreen) and self.focused is None

    def _lines_here(self) -> AddsScanned | None:
        """Return the lines of a form in which the keyboard stands."""
        within = self.focused.ancestors if self.focused else ()
        return next((widget for widget in within if isinstance(widget, AddsScanned)), None)

    def _verbs_here(self) -> "VerbScreen | None":
        """Return the screen in front if its keys are verbs; nobody needs such a screen to sign in."""
        from shopterm.screens.verb_screen import VerbScreen

        return self.screen if isinstance(self.screen, VerbScreen) else None

    def _at(self, kind: type[Widget]) -> bool:
        return isinstance(self.screen, kind)

    @work(group="badge", exclusive=True)
    async def _offer(self, code: str) -> None:
        """Let whose badge it is take the terminal over with their PIN."""
        from shopterm.screens.badge import BadgeScreen, name_of_badge

        found, session = await self.thread.call(lambda shop: name_of_badge(shop, code)), self.session
        if session is None:
            return
        if found is None:
            self._say(tr("Badge {code} is nobody's who works here.", code=code))
        elif found[0] == session.actor.person:
            self._say(tr("You are at this terminal already, {name}.", name=session.actor.name))
        else:
            if isinstance(self.screen, BadgeScreen):
                self.pop_screen()
            await self.push_screen(BadgeScreen(self.thread, self.terminal, code, found[1], stays=session.actor.name))

    def _say(self, told: str) -> None:
        if (verbal := self._verbs_here()) is not None:
            verbal.answer(told, "warn")
        else:
            self.notify(told, markup=False)

    # ── from anywhere ────────────────────────────────────────────────────────────────────────────────────────────

    async def action_jump_typing(self) -> None:
        """Ask for a number over whatever is open."""
        await self._jump("")

    async def _jump(self, code: str) -> None:
        from shopterm.screens.form import FormScreen
        from shopterm.screens.jump import JumpScreen

        if self.session is None or self._at(JumpScreen):
            return
        if isinstance(self.screen, FormScreen):
            await self.screen.keep()
            self.notify(tr("What you typed is kept; Esc comes back to the form."), markup=False)
        await self.push_screen(JumpScreen(self.session, code, at_once=bool(code)))

    def action_why_typing(self) -> None:
        """Say of the document whose form is open, or which the cursor is on, what can be done and why not."""
        from shopterm.screens.form import FormScreen
        from shopterm.screens.why_not import WhyNotScreen

        if (verbal := self._verbs_here()) is not None:
            verbal.action_why_not()
        elif isinstance(self.screen, FormScreen) and self.session and (target := self.screen.target):
            self.push_screen(WhyNotScreen(self.session, target, ()))

    def action_help(self) -> None:
        """Explain the screen in front; desks and pages explain themselves."""
        from shopterm.screens.help import Explains, PageHelp
        from shopterm.screens.sign_in import SignInScreen

        if isinstance(self.screen, SignInScreen):
            self.screen.explain()
        elif self.session is not None and isinstance(self.screen, Explains):
            self.push_screen(PageHelp(self.session, self.screen))

    def forget_secrets(self) -> None:
        """Leave no PIN half typed to whoever comes next."""
        for screen in self.screen_stack:
            for field in screen.query(Input):
                field.value = "" if field.password else field.value


def _types(key: events.Key) -> bool:
    """Say whether a key writes into a field or goes to the next one; others, like the way out, never wait."""
    return not key.is_forwarded and (key.is_printable or key.key in ("enter", "tab", "backspace"))


def asks_person(widget: Widget | None) -> bool:
    """Say whether a badge is what is asked for here: a person in a form, or the badge of a new one."""
    field = getattr(widget, "field", None)
    return isinstance(field, Field) and (field.kind in (Kind.PERSON, Kind.PEOPLE) or field.name == "badge")
