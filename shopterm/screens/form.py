"""The form of an action: asks its fields, keeps a draft while typing, stays open until the action is done."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from shopterm.domain.clash import Clash, Overtaken
from shopterm.domain.errors import Invalid, Problem, Refused, ShopError, SignInFailed, Unavailable
from shopterm.domain.fields import Field
from shopterm.domain.units import Instant
from shopterm.drafts import Draft
from shopterm.i18n import tr
from shopterm.screens.cells import short
from shopterm.screens.draft_keeper import DraftKeeper
from shopterm.screens.elsewhere import LISTED, Elsewhere
from shopterm.screens.filling import typed_form
from shopterm.screens.form_data import Ending, Opening, Surroundings
from shopterm.screens.form_help import form_help
from shopterm.screens.lines import Line, Tone, spread, text
from shopterm.screens.lost_reply import BACK, BACK_SIGNED, KEPT, LostReply, SavedBefore
from shopterm.screens.meeting import Meeting
from shopterm.screens.signing import PIN, SECOND_PIN, second
from shopterm.screens.stray_pin import take_out
from shopterm.screens.unmarked import unmarked
from shopterm.screens.verbs import Target, sentence
from shopterm.screens.walled import WalledScreen
from shopterm.screens.widgets.detail_pane import DetailPane
from shopterm.screens.widgets.editors import Edited, Onward, Opened, Opener
from shopterm.screens.widgets.form_body import FormBody
from shopterm.screens.widgets.key_bar import Hint, KeyBar
from shopterm.screens.widgets.lines_editor import LinesEditor
from shopterm.screens.widgets.text_lines import TextLines
from shopterm.show import say, when
from shopterm.usecases.request import Done, Request

AUTOSAVE = 0.5
"""Seconds between looks whether something was typed; with the write a draft is less than a second behind."""


class FormScreen(WalledScreen[Ending]):
    """Asks the fields of an action; F2 does it, Escape goes back and keeps the draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "save", show=False),
        Binding("escape", "back", show=False),
        Binding("f4", "list", show=False),
        Binding("f8", "throw_away", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(self, opening: Opening, around: Surroundings) -> None:
        """Open the form; nothing is written before something is typed."""
        super().__init__()
        self.opening, self.around = opening, around
        # Kept by name: workers may end when the screen is being taken down and has no children any more.
        self.body = FormBody(opening.action, around.zone, around.now)
        self._heading, self._hint = TextLines(id="form-title"), TextLines(id="form-hint")
        self._answer_line, self._document = TextLines(id="form-answer"), DetailPane(id="form-detail")
        self._key_bar = KeyBar(lines=1, id="form-keys")
        self._keeper = DraftKeeper(
            around.drafts,
            opening.draft
            or Draft(
                opening.action.name,
                opening.number,
                uuid.uuid4().hex,
                version=opening.version,
                base=typed_form(opening.action.form, opening.prefill, around.zone),
            ),
        )
        self._before: dict[str, Any] = {}
        """What stands in the untouched form."""
        self._seen: dict[str, Any] = {}
        """What stood in the form when it was last looked at for the draft."""
        self._lost = LostReply(around.became, KEPT)
        self._busy = self._sure = self._unkept = False

    def compose(self) -> ComposeResult:
        """Lay out title, fields, document, answer and keys."""
        yield self._heading
        yield self._hint
        yield self.body
        yield self._document
        yield self._answer_line
        yield self._key_bar

    def on_mount(self) -> None:
        """Fill the fields: from the document or with their defaults, then from the draft."""
        self._elsewhere = Elsewhere(self.app, self.body, self.opening, self.around)
        form, prefill, zone = self.opening.action.form, self.opening.prefill, self.around.zone
        self.body.fill(typed_form(form, prefill, zone), given=True)
        self._before = self.body.raw()
        self._answer("")
        if draft := self.opening.draft:
            self.body.fill(typed_form(form, {**prefill, **draft.values}, zone))
            self._answer(self._draft_is_back(draft))
        self._seen = self.body.raw()
        self._show()
        self._show_document()
        self.set_interval(AUTOSAVE, self._autosave)
        self.call_after_refresh(self.body.enter_first, {**prefill, **(draft.values if draft else {})})
        self.run_worker(self._explain_filled(), group="name")

    def _draft_is_back(self, draft: Draft) -> str:
        """Say that the draft is back, and if the document is another one by now."""
        told = tr("Your draft of {time} is back.", time=self._time(draft.saved_at))
        overtaken = self.opening.version is not None and draft.version not in (None, self.opening.version)
        since = tr("The document has changed since: F2 shows what.") if overtaken else ""
        return f"{told} {since}".strip()

    def _show_document(self) -> None:
        """Show the document beneath the fields."""
        if self.opening.detail:
            self.add_class("-beside")
            self._elsewhere.tell_lines(self.opening.detail)
            self._document.show(self.opening.detail, self.around.zone, self.around.site)

    # ── doing it ───────────────────────────────────────────────────────────────────────────────────

    def action_save(self) -> None:
        """Do the action if everything is filled in."""
        if not self._busy:
            self._busy = True
            self.run_worker(self._save(), group="save")

    async def _save(self) -> None:
        strays = take_out(self.body)
        problems = [*strays, *self.body.problems(), *unmarked(self.body, self.opening.checklist)]
        self._complain(problems)
        if strays:  # and not into the same field once more
            self.body.enter_first_empty_pin()
        if not problems:
            self._answer(tr("One moment …"))
            request = self._request()
            error = await self.around.submit(request)
            if error is None:
                await self._close()
                return
            error = self._lost.judge(error, request.values)
            if isinstance(error, Overtaken) and not error.clash.refused:
                self.run_worker(self._meet(error.clash), group="meet")
                return
            await self._not_done(error)
        self._busy = False

    async def _close(self) -> None:
        """Leave after the action was done."""
        await self._keeper.discard()
        self.dismiss(Ending.DONE)

    # ── the database away ──────────────────────────────────────────────────────────────────────────

    def trouble(self, told: str) -> None:
        """Say that the database does not answer, unless something was sent: that says more."""
        if not self._lost.is_open and not self._busy:
            self._answer(told or tr("The database answers again."), "bad" if told else "good")

    def data_changed(self) -> None:
        """The database answers: ask what became of what was sent."""
        if self._lost.is_open and not self._busy:
            self._busy = True
            self.run_worker(self._settle(), group="save")

    async def _settle(self) -> None:
        found = await self._lost.settle(self._keeper.draft.op_id, self.body.raw())
        if isinstance(found, Done):
            await self._close()
            return
        if found is None:
            self._answer(tr(BACK_SIGNED) if self.body.signing else tr(BACK), "good")
        elif not isinstance(found, Unavailable):
            await self._not_done(found)
        self._busy = False

    # ── what comes back ────────────────────────────────────────────────────────────────────────────

    async def _meet(self, clash: Clash) -> None:
        """Let the person settle what a colleague changed, and save it so; what is signed is signed again."""
        self.body.forget_pins()
        meeting, draft = Meeting(self.opening, self.around, self._document.detail, clash), self._keeper.draft
        settled = await meeting.settle(self.app, self.body.raw(), draft.base)
        if meeting.document:
            self._document.show(meeting.document, self.around.zone, self.around.site)
        self._busy = False
        if settled is None:
            self._answer(tr("Not saved yet: F2 shows again what changed."), "warn")
            return
        self.body.fill(settled)
        self._keeper.draft = replace(draft, version=clash.version, base=meeting.base, saved_at=0)
        await self._keep()
        if not self.body.signing:
            self.action_save()
        elif pin := self.body.row(PIN.name):
            self._answer(tr("Look at what changed, then sign again with your PIN."), "warn")
            pin.enter()

    def _request(self) -> Request:
        signed, draft = self.body.signed(), self._keeper.draft
        return Request(
            draft.action,
            self.opening.ref,
            self.body.raw(),
            draft.op_id,
            draft.version,
            signed.get(PIN.name),
            second(signed),
        )

    async def _not_done(self, error: ShopError) -> None:
        """Say why the action was not done; what was typed stays, PINs are asked anew."""
        self.body.forget_pins()
        if isinstance(error, SavedBefore):
            await self._keeper.renew(error.version if self.opening.ref is not None else None)
            self._seen = {}
        if isinstance(error, Invalid):
            self._complain(error.problems)
            return
        said = sentence(error) if isinstance(error, Refused) else say(error.sentence, error.params)
        if isinstance(error, Overtaken) and error.clash.refused:
            said = f"{said} {sentence(error.clash.refused)}"
        self._answer(f"{said} {tr(error.hint)}".strip(), "bad")
        if isinstance(error, SignInFailed) and (pin := self.body.row((SECOND_PIN if error.second else PIN).name)):
            pin.enter()

    def _complain(self, problems: Sequence[Problem]) -> None:
        strange = [say(problem.sentence, problem.params) for problem in self.body.complain(problems)]
        told = [tr("Please check the marked fields.")] if len(strange) < len(problems) else []
        self._answer(" ".join([*told, *strange]), "bad")

    # ── leaving, and the draft ─────────────────────────────────────────────────────────────────────

    async def action_back(self) -> None:
        """Leave; what was typed is kept as a draft, and said so."""
        if self._busy:
            return
        if self.body.raw() == self._before:
            await self._leave_nothing()
        elif await self._keep():
            self.dismiss(Ending.KEPT)

    async def action_throw_away(self) -> None:
        """Leave without a draft, when asked twice."""
        if self._sure or self.body.raw() == self._before:
            await self._leave_nothing()
        elif not self._busy:
            self._sure = True
            self._answer(tr("Throw away what was typed? F8 once more."), "warn")

    async def _leave_nothing(self) -> None:
        await self._keeper.discard()
        self.dismiss(Ending.DROPPED)

    def _autosave(self) -> None:
        seen = self.body.raw()
        if seen != self._seen:  # while saving, too: who knows how that ends
            self._seen = seen
            self.run_worker(self._keep(retry=self._unkept), group="draft")

    async def keep(self) -> None:
        """Write the draft now, because another screen is opened over the form."""
        if self.body.raw() != self._before:
            await self._keep()

    @property
    def target(self) -> Target | None:
        """The document the form is of, if it is of one."""
        open_, ref = self.opening, self.opening.ref
        return Target(open_.action.doc, ref, open_.number, open_.version or 0) if isinstance(ref, int) else None

    async def _keep(self, *, retry: bool = False) -> bool:
        """Write the draft; if the disk refuses, say so, once: what is answered meanwhile stays to be read."""
        try:
            await self._keeper.save(self.body.raw(), self.around.now())
        except OSError as error:
            if not retry:
                self._answer(tr("The draft cannot be kept: {reason}", reason=error.strerror or ""), "bad")
            self._seen, self._unkept = {}, True  # tried again
            return False
        self._unkept = False
        self._heading.lay(self._title)
        return True

    # ── what the fields ask for ────────────────────────────────────────────────────────────────────

    def on_onward(self, event: Onward) -> None:
        """After the last field Enter does nothing but name the key that saves."""
        if event.entered:
            self.at_end(1)

    def at_end(self, step: int) -> None:
        """Name the key that saves after the last field."""
        if step > 0:
            self._answer(tr("F2 signs and saves.") if self.body.signing else tr("F2 saves."))

    def on_edited(self, event: Edited) -> None:
        """Forget that something was to be thrown away."""
        self._sure = False

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys of the field."""
        self._key_bar.show(self._keys())

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Say what the typed person or part is."""
        row = next((row for row in self.body.rows if row.editor_widget is event.widget), None)
        if row and isinstance(event.widget, Input) and row.field.kind in LISTED:
            self.run_worker(self._explain(row.field), group="name")

    def on_opened(self, event: Opened) -> None:
        """Open the field's own screen."""
        self.run_worker(self._elsewhere.open(event.field), group="open", exclusive=True)

    def on_lines_editor_asked(self, event: LinesEditor.Asked) -> None:
        """Say what a scanned code is."""
        self.run_worker(self._elsewhere.name_line(event), group="name")

    def action_list(self) -> None:
        """List what fits the typed person, part, machine or customer."""
        if (field := self._field_here) and isinstance(self.focused, Input):
            self.run_worker(self._elsewhere.pick(self.focused, field), group="open", exclusive=True)

    async def _explain_filled(self) -> None:
        """Say what the numbers are that stand in the form from the start."""
        for row in self.body.fields:
            if row.field.kind in LISTED and row.raw():
                await self._explain(row.field)

    async def _explain(self, field: Field) -> None:
        row = self.body.row(field.name)
        if row and not row.is_wrong:
            row.explain(await self._elsewhere.name(field, row.raw()))

    @property
    def _field_here(self) -> Field | None:
        field = getattr(self.focused, "field", None)
        return field if isinstance(field, Field) else None

    def help_name(self) -> str:
        """Name the form for the help."""
        return f"{tr(self.opening.action.label)}  {short(self.opening.number, self.around.site)}".strip()

    def help_lines(self, size: int) -> list[Line]:
        """Explain the field, the action and the keys."""
        return form_help(self.opening.action, self.body.here.field if self.body.here else None, self._keys(), size)

    # ── what it shows ──────────────────────────────────────────────────────────────────────────────

    def language_changed(self) -> None:
        """Say everything in the other language; what was typed stays as it is."""
        self.body.language_changed()
        self._document.lay_out()
        self._answer("")
        self._show()

    def _show(self) -> None:
        self._elsewhere.summarize()
        self._heading.lay(self._title)
        self._hint.say(tr(self.opening.action.hint), "dim")
        self._key_bar.show(self._keys())

    def _answer(self, said: str, tone: Tone = "dim") -> None:
        self._answer_line.say(said, tone)

    def _title(self, size: int) -> list[Line]:
        saved_at = self._keeper.draft.saved_at
        kept = text(tr("draft kept {time}", time=self._time(saved_at)) + " " if saved_at else "", "dim")
        title = text(f" {tr(self.opening.action.label)}", "title")
        return [spread((*title, *text(f"  {short(self.opening.number, self.around.site)}", "strong")), kept, size)]

    def _keys(self) -> list[Hint]:
        saves = tr("sign and save") if self.body.signing else tr("save")
        opens = [Hint("Enter", tr("fill in"))] if isinstance(self.focused, Opener) else []
        lists = [Hint("F4", tr("list"))] if self._lists_here else []
        in_lines = self.body.here and isinstance(self.body.here.editor_widget, LinesEditor)
        lines = [Hint("Enter", tr("keep line")), Hint("↑", tr("change a line")), Hint("Del", tr("remove it"))]
        return [
            Hint("F2", saves),
            *(lines if in_lines else opens),
            *lists,
            Hint("Tab", tr("next field")),
            Hint("Esc", tr("back, draft kept")),
            Hint("F8", tr("throw away")),
            Hint("F1", tr("Help")),
        ]

    @property
    def _lists_here(self) -> bool:
        field = self._field_here
        return bool(field and field.kind in LISTED and self.around.look_up)

    def _time(self, moment: int) -> str:
        return when(Instant(moment), self.around.now(), self.around.zone)
