"""Why not? Every verb of a document with the sentence that refuses it, the rule, and who can lift it."""

from collections.abc import Iterable, Sequence
from functools import partial

from textual import work

from shopterm.i18n import tr
from shopterm.screens.cells import short
from shopterm.screens.keymap import shown
from shopterm.screens.lines import Line, text, wrap
from shopterm.screens.page import rule
from shopterm.screens.reading import judge
from shopterm.screens.reading_screen import ReadingScreen
from shopterm.screens.session import Session
from shopterm.screens.verbs import Target, Verb, lifters
from shopterm.show import say, show

KEY = 4
"""Cells a key takes."""


class WhyNotScreen(ReadingScreen):
    """Lists the verbs: what can be done now, what waits for something, what others do."""

    def __init__(self, session: Session, target: Target, verbs: Sequence[Verb]) -> None:
        """Show the verbs as judged last while they are judged anew."""
        super().__init__(session)
        self._target, self._verbs = target, tuple(verbs)

    def on_mount(self) -> None:
        """Judge on fresh facts."""
        self._judge()

    def data_changed(self) -> None:
        """Judge again: what refused may be lifted."""
        self._judge()

    @work(exclusive=True, group="document")
    async def _judge(self) -> None:
        target = self._target
        verbs = await self.ask(partial(judge, actor=self.session.actor, doc=target.doc, key=target.id))
        if verbs is not None and verbs != self._verbs:
            self._verbs = verbs
            self.fill_in()

    def title_line(self) -> str:
        """Name the document."""
        return tr("Why not?") + f"  {show(self._target.doc)} {short(self._target.number, self.session.site)}"

    def lines(self, size: int) -> Sequence[Line]:
        """Return the verbs in three groups."""
        mine = [verb for verb in self._verbs if verb.refusal is None or verb.refusal.guard != "role"]
        groups = (
            (tr("Can be done now"), [verb for verb in mine if verb.free]),
            (tr("Not possible yet"), [verb for verb in mine if verb.offered and not verb.free]),
            (tr("At another stage"), [verb for verb in mine if not verb.offered]),
            (tr("Done by others"), [verb for verb in self._verbs if verb not in mine]),
        )
        lines: list[Line] = []
        for title, verbs in groups:
            if verbs:
                lines += [*([()] if lines else []), rule(title, size)]
                lines += [line for verb in verbs for line in self._verb(verb, size)]
        return lines

    def _verb(self, verb: Verb, size: int) -> Iterable[Line]:
        key = shown(self.session.keymap.key(verb.action)).ljust(KEY)
        name = text(tr(verb.action.label), "strong" if verb.free else "")
        yield (*text(key, "key" if verb.free else "dim"), *name)
        if verb.refusal is None:
            return
        indent = text(" " * KEY)
        for part in wrap(say(verb.refusal.sentence, verb.refusal.params, self.session.zone), size - KEY):
            yield (*indent, *text(part, "warn" if verb.offered else "dim"))
        plain = verb.refusal.guard in ("role", "state")
        who = "" if plain else " · " + tr("can lift it: {who}", who=lifters(verb.refusal))
        yield (*indent, *text(verb.refusal.rule + who, "dim"))
