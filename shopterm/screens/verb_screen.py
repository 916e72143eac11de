"""What desks, the counter and the document page share: a document, its verbs, and doing them."""

from functools import partial
from typing import Any, ClassVar
from uuid import uuid4

from textual import events, work
from textual.binding import BindingType

from shopterm.db.queries.delegations import as_of_now
from shopterm.db.session import Shop
from shopterm.domain.action import Action
from shopterm.domain.actions import BY_NAME, TABLE, actions_for
from shopterm.domain.errors import Invalid, Refused, ShopError, Unavailable
from shopterm.domain.facts import Actor, Facts
from shopterm.domain.policy import Refusal, refusal
from shopterm.domain.vocabulary import Doc, Word
from shopterm.drafts import Draft
from shopterm.i18n import listed, tr
from shopterm.screens.keymap import Keymap, house_label, shown
from shopterm.screens.lines import Tone
from shopterm.screens.live_screen import Away, PersonScreen, Wrote
from shopterm.screens.lost_reply import LostReply
from shopterm.screens.reading import facts_of
from shopterm.screens.session import Session
from shopterm.screens.verbs import Target, Verb, first_reason, meant, sentence
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.reason_line import ReasonLine
from shopterm.show import say, show
from shopterm.usecases.request import Done, Request


class VerbScreen(PersonScreen[None]):
    """A screen whose keys are the verbs of the document under the cursor."""

    HOUSE: ClassVar[tuple[str, ...]] = ("why_not", "help", "palette")
    """Keys of the house shown in the key bar."""

    state: Word | None = None
    """The state of the document under the cursor."""
    verbs: tuple[Verb, ...] = ()
    """The verbs of the document under the cursor, as last judged."""
    busy = False
    """A verb is being done; no second one is begun."""

    def __init__(self, session: Session) -> None:
        """Begin with nothing unsure."""
        super().__init__(session)
        self._unsure: dict[tuple[str, int | None], tuple[str, LostReply]] = {}
        """Operation ids of verbs whose answer was lost with the database."""

    # ── what subclasses tell ─────────────────────────────────────────────────────────────────────────────────────

    @property
    def target(self) -> Target | None:
        """The document verbs are done to."""
        return None

    def more_verbs(self) -> list[Action]:
        """Return verbs that need no document under the cursor: new documents, the own labour day."""
        return []

    def reload(self, select: tuple[Doc, int] | None = None) -> None:
        """Read everything shown again, and go to a document if one is named."""

    def take_code(self, code: str) -> bool:
        """Say whether this screen itself does something with a scanned code; one that does not lets it be jumped to."""
        return False

    def chosen(self, action: Action) -> dict[str, Any]:
        """Return what the cursor says for the form of a verb, by field."""
        return {}

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @classmethod
    def keys(cls, keymap: Keymap) -> list[BindingType]:
        """Return the bindings of such a screen: every verb of the table and the house's keys."""
        house = [keymap.binding("why_not", "why_not"), keymap.binding("help", "help"), keymap.binding("jump", "jump")]
        return [*keymap.verbs(TABLE), *house]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key through to the row that is meant by it: several rows share one on different documents."""
        if action != "perform":
            return True
        row = BY_NAME[str(parameters[0])]
        if row in self.more_verbs():
            return True
        target = self.target
        return target is not None and target.doc is row.doc and not row.new

    def on_key(self, event: events.Key) -> None:
        """Say of a key that means nothing here what it does elsewhere; a key without an answer looks broken."""
        rows = [row for row in TABLE if self.key_of(row) == event.key and row.by & self.session.actor.roles]
        if rows and not any(self.check_action("perform", (row.name,)) for row in rows):
            verbs = listed(dict.fromkeys(tr(row.label) for row in rows))
            docs = listed(dict.fromkeys(show(row.doc) for row in rows))
            told = tr("{key} {verbs}: only with the cursor on {docs}.", key=shown(event.key), verbs=verbs, docs=docs)
            self.answer(told, "warn")

    def show_verbs(self) -> None:
        """Show the keys and the reason that go with the document under the cursor."""
        offered = [verb for verb in self.verbs if verb.offered]
        hints = [self._hint(verb.action, verb.free) for verb in offered]
        hints += [self._hint(action, True) for action in self.more_verbs()]
        hints += [Hint(shown(self.session.keymap.of_house(name)), house_label(name)) for name in self.HOUSE]
        self.query_one(KeyBar).show(hints)
        kept_back = first_reason(self.verbs, self.state)
        reason = ""
        if kept_back and kept_back.refusal:
            why = sentence(kept_back.refusal, self.session.zone)
            reason = tr("{head}: {told}", head=tr(kept_back.action.label), told=why)
        self.query_one("#reason", ReasonLine).say("reason", reason, "dim")

    def _hint(self, action: Action, usable: bool) -> Hint:
        return Hint(shown(self.key_of(action)), tr(action.label), usable)

    def key_of(self, action: Action) -> str:
        """Return the key an action has on this screen."""
        return self.session.keymap.key(action)

    # ── saying ───────────────────────────────────────────────────────────────────────────────────────────────────

    def answer(self, told: str, tone: Tone = "") -> None:
        """Answer the last key in one sentence; nothing takes the answer away."""
        self.query_one("#reason", ReasonLine).say("answer", told, tone)

    def refuse(self, refused: Refusal | Refused) -> None:
        """Say why not."""
        self.answer(sentence(refused, self.session.zone), "warn")

    def trouble(self, told: str) -> None:
        """Say that the database does not answer, above everything else."""
        self.query_one("#reason", ReasonLine).say("trouble", told, "bad")

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────────────────

    def action_perform(self, name: str) -> None:
        """Do a verb of the table to the document under the cursor."""
        if not self.busy:
            self.perform(BY_NAME[name])

    def perform(self, action: Action) -> None:
        """Do a verb: judge it on fresh facts, ask what it needs, run it, say what happened."""
        key = self.session.keymap.key(action)
        rivals = [other.name for other in actions_for(action.doc) if self.session.keymap.key(other) == key]
        self._perform(meant(action, self.verbs, rivals))

    def _perform(self, action: Action) -> None:
        self.resume(action, self._target_of(action))

    @work(group="perform")
    async def resume(self, action: Action, target: Target | None, draft: Draft | None = None) -> None:
        """Do a verb to a document, wherever the cursor is; its form goes on with the draft named."""
        self.busy = True
        try:
            await self._judge_and_do(action, target, draft)
        finally:
            self.busy = False

    async def _judge_and_do(self, action: Action, target: Target | None, draft: Draft | None) -> None:
        if target is None and not action.new:
            return
        found = await self.ask(partial(self._facts, target=target))
        if found is None:
            return
        actor, facts = found
        refused = refusal(action, actor, facts)
        if refused is not None:
            self.refuse(refused)
        elif action.form or action.signs:
            await self._ask_and_do(action, target, draft)
        else:
            await self._do_at_once(action, target)

    def _target_of(self, action: Action) -> Target | None:
        actor = self.session.actor
        if action.new:
            return None
        if action.doc is Doc.DAY:
            return Target(Doc.DAY, actor.person, actor.number)
        return self.target

    def _facts(self, shop: Shop, target: Target | None) -> tuple[Actor, Facts]:
        actor = as_of_now(shop, self.session.actor)
        return actor, Facts() if target is None else facts_of(shop, actor, target)

    async def _ask_and_do(self, action: Action, target: Target | None, draft: Draft | None) -> None:
        from shopterm.screens.asking import ask_form  # forms are loaded when the first one is opened

        done = await ask_form(self, action, target, draft)
        if done is not None:
            self._tell(done)

    async def _do_at_once(self, action: Action, target: Target | None) -> None:
        key = target.id if target else None
        version = target.version or None if target and action.doc is not Doc.DAY else None
        operation, lost = self._unsure.pop((action.name, key), (str(uuid4()), LostReply()))
        try:
            done = await self.write(Request(action.name, key, {}, operation, version=version))
        except Unavailable as error:  # it may have been done: the next try asks for the same operation
            self._unsure[action.name, key] = operation, lost
            self.post_message(Away())
            self._fail(lost.judge(error, {}))
        except ShopError as error:
            self._fail(error)
        else:
            self._tell(done)

    async def write(self, request: Request) -> Done:
        """Run a verb in the shop's thread; raises the ShopError that says why not."""
        from shopterm.usecases.run import run  # every use case there is: loaded when the first one is needed

        actor = self.session.actor
        done = await self.session.thread.call(lambda shop: run(shop, actor, request))
        self.post_message(Wrote())
        return done

    def _tell(self, done: Done) -> None:
        told = say(done.message, done.params, self.session.zone)
        self.answer(f"{told} {done.secret}".strip(), "good")
        new = next(((doc, key) for doc, key, _number in done.made if doc is done.doc), None)
        self.reload(select=new)

    def _fail(self, error: ShopError) -> None:
        if isinstance(error, Refused):
            self.refuse(error)
        elif isinstance(error, Invalid):
            self.answer(" ".join(say(p.sentence, p.params, self.session.zone) for p in error.problems), "warn")
        else:
            self.answer(say(error.sentence, error.params, self.session.zone), "bad")
        self.reload()

    # ── the house's keys ─────────────────────────────────────────────────────────────────────────────────────────

    def action_why_not(self) -> None:
        """List every verb of the document with the reason against it."""
        from shopterm.screens.why_not import WhyNotScreen

        target = self.target
        if target is not None:
            self.app.push_screen(WhyNotScreen(self.session, target, self.verbs))

    def action_help(self) -> None:
        """Explain the keys of this screen."""
        from shopterm.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.session, self.help_title(), self.help_docs()))

    def help_title(self) -> str:
        """Return where the person is, for the help."""
        return ""

    def help_docs(self) -> tuple[Doc, ...]:
        """Return the kinds of document whose verbs the help explains."""
        return (self.target.doc,) if self.target else ()

    def action_jump(self, typed: str = "") -> None:
        """Ask for a number and open what it names."""
        from shopterm.screens.jump import JumpScreen

        self.app.push_screen(JumpScreen(self.session, typed))
