"""What works on every screen, also where letters type: scans, the jump, the help and the why-not."""

from textual import work
from textual.widget import Widget
from textual.widgets import Input, TextArea

from shopterm.domain.fields import Field, Kind
from shopterm.i18n import tr
from shopterm.screens.scans import DOCUMENT, Scanned, is_badge
from shopterm.screens.session import Session
from shopterm.screens.sturdy import SturdyApp
from shopterm.screens.thread import ShopThread
from shopterm.screens.verb_screen import VerbScreen


class Anywhere(SturdyApp, inherit_bindings=False):
    """Takes a code to where it belongs, and opens over any screen what is asked from there."""

    thread: ShopThread
    session: Session | None
    terminal: str

    # ── scans ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def on_scanned(self, event: Scanned) -> None:
        """Take a code to where it belongs: a person, a document, the field that is typed into."""
        from shopterm.screens.jump import JumpScreen

        types = isinstance(self.focused, Input | TextArea)
        if self.session is not None and self._is_badge(event.code) and not asks_person(self.focused):
            self._offer(event.code)
        elif self.session is None or (types and not DOCUMENT.fullmatch(event.code)) or self._at(JumpScreen):
            for key in event.keys:
                await self.on_event(key)
        elif isinstance(self.screen, VerbScreen) or DOCUMENT.fullmatch(event.code):
            if not (isinstance(self.screen, VerbScreen) and self.screen.take_code(event.code)):
                await self._jump(event.code)
        else:
            self.notify(tr("“{code}” was scanned; nothing here takes it.", code=event.code), markup=False)

    def _is_badge(self, code: str) -> bool:
        return is_badge(code, self.thread.shop.settings.badge.form)

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
        if isinstance(self.screen, VerbScreen):
            self.screen.answer(told, "warn")
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

        if isinstance(self.screen, VerbScreen):
            self.screen.action_why_not()
        elif isinstance(self.screen, FormScreen) and self.session and (target := self.screen.target):
            self.push_screen(WhyNotScreen(self.session, target, ()))

    def action_help(self) -> None:
        """Explain the screen in front; desks and pages explain themselves."""
        from shopterm.screens.help import Explains, PageHelp

        if self.session is not None and isinstance(self.screen, Explains):
            self.push_screen(PageHelp(self.session, self.screen))

    def forget_secrets(self) -> None:
        """Leave no PIN half typed to whoever comes next."""
        for screen in self.screen_stack:
            for field in screen.query(Input):
                field.value = "" if field.password else field.value


def asks_person(widget: Widget | None) -> bool:
    """Say whether a badge is what is asked for here: a person in a form, or the badge of a new one."""
    field = getattr(widget, "field", None)
    return isinstance(field, Field) and (field.kind in (Kind.PERSON, Kind.PEOPLE) or field.name == "badge")
