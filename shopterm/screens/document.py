"""One document whole: every section and its history to scroll through, related documents one key away."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopterm.domain.vocabulary import Doc
from shopterm.i18n import tr
from shopterm.screens.cells import short
from shopterm.screens.keymap import Keymap
from shopterm.screens.lines import Line, text
from shopterm.screens.page import heading, numbered, page, rule
from shopterm.screens.reading import Seen, look
from shopterm.screens.session import Session
from shopterm.screens.verb_screen import VerbScreen
from shopterm.screens.verbs import Target
from shopterm.screens.widgets.header_line import HeaderLine
from shopterm.screens.widgets.key_bar import KeyBar
from shopterm.screens.widgets.page_view import PageView
from shopterm.screens.widgets.reason_line import ReasonLine
from shopterm.show import say, show


class DocumentScreen(VerbScreen):
    """The page of a document; its verbs are keys here as on the desk."""

    HOUSE: ClassVar[tuple[str, ...]] = ("why_not", "jump", "help", "palette")

    def __init__(self, session: Session, doc: Doc, key: int, seen: Seen | None = None) -> None:
        """Show what was seen already while the document is read again."""
        super().__init__(session)
        self._doc, self._key, self._seen = doc, key, seen

    @classmethod
    def keys(cls, keymap: Keymap) -> list[BindingType]:
        """Return the verbs' keys and a digit for each related document."""
        digits: list[BindingType] = [Binding(str(n), f"related({n})", show=False) for n in range(1, 10)]
        return [*super().keys(keymap), *digits]

    def compose(self) -> ComposeResult:
        """Yield header, page, reason and keys."""
        yield HeaderLine(id="header")
        yield PageView(self._lines, id="page")
        yield ReasonLine(id="reason")
        yield KeyBar(lines=1, id="keys")

    def on_mount(self) -> None:
        """Show what is known and read it again."""
        self.query_one(PageView).focus()
        self._show()
        self.reload()

    @property
    def target(self) -> Target | None:
        """The document itself."""
        return self._seen.target if self._seen else None

    def _lines(self, size: int) -> Sequence[Line]:
        if self._seen is None:
            return []
        found, site = self._seen.detail, self.session.site
        related = numbered(found.related, size, site)
        lines = [heading(found, site), *([(), *related] if related else []), ()]
        lines += page(found, size, self.session.zone, site)
        kept_back = [verb for verb in self.verbs if verb.offered and not verb.free]
        if kept_back:
            lines += [(), rule(tr("Not possible yet"), size)]
            lines += [
                (*text(tr(verb.action.label)), *text("  " + self._why(verb.refusal), "dim")) for verb in kept_back
            ]
        return lines

    @staticmethod
    def _why(refused: object) -> str:
        from shopterm.domain.policy import Refusal

        return say(refused.sentence, refused.params) if isinstance(refused, Refusal) else ""

    def _show(self) -> None:
        if self._seen is None:
            return
        self.verbs, self.state = self._seen.verbs, self._seen.detail.state
        title = f"{show(self._doc)} {short(self._seen.detail.number, self.session.site)}"
        actor = self.session.actor
        self.query_one(HeaderLine).show([(title, True)], [text(f"{actor.name} · {actor.site_code}")])
        self.query_one(PageView).lay_out()
        self.show_verbs()

    def reload(self, select: tuple[Doc, int] | None = None) -> None:
        """Read the document again."""
        self._load()

    def data_changed(self) -> None:
        """Follow what a colleague did."""
        self.reload()

    @work(exclusive=True, group="document")
    async def _load(self) -> None:
        seen = await self.ask(partial(look, actor=self.session.actor, doc=self._doc, key=self._key))
        if seen is not None:
            self._seen = seen
            self._show()

    def action_related(self, number: int) -> None:
        """Open a related document by its digit."""
        related = self._seen.detail.related if self._seen else ()
        if number <= len(related):
            doc, key, _number = related[number - 1]
            self.app.push_screen(self.session.keyed(DocumentScreen)(self.session, doc, key))

    def language_changed(self) -> None:
        """Say everything in the other language."""
        self._show()
        self.reload()

    def help_title(self) -> str:
        """Name the kind of document."""
        return show(self._doc)

    def help_docs(self) -> tuple[Doc, ...]:
        """Explain this document's verbs."""
        return (self._doc,)
