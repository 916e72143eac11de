"""A form meets a newer version of its document: what differs is settled, and the form goes on from there."""

from collections.abc import Sequence
from typing import Any

from textual.app import App

from shopterm.db.queries.rows import Detail
from shopterm.domain.clash import Clash, Difference, differences, merged, understood
from shopterm.domain.fields import Values
from shopterm.screens.conflict import ConflictScreen
from shopterm.screens.conflict_lines import news
from shopterm.screens.filling import typed_form
from shopterm.screens.form_data import Opening, Surroundings
from shopterm.screens.lines import Line


class Meeting:
    """What one form met, and what became of it."""

    def __init__(self, opening: Opening, around: Surroundings, seen: Detail | None, clash: Clash) -> None:
        """Settle this clash for a form that showed this document."""
        self._opening, self._around, self._seen, self._clash = opening, around, seen, clash
        self.document: Detail | None = None
        """The document as it is now, once it was read again."""

    async def settle(self, app: App[Any], raw: Values, base: Values) -> dict[str, Any] | None:
        """Let the person choose; returns what stands in the form then, as typed text, or None if they went back."""
        self.document = await self._around.again() if self._around.again else None
        action, zone = self._opening.action, self._around.zone
        mine = understood(action.form, raw, zone, self._around.now())
        chosen = await app.push_screen_wait(
            ConflictScreen(
                self._clash,
                self._differences(mine, base),
                self._news,
                zone=zone,
                now=self._around.now(),
                signs=action.signs,
                site=self._around.site,
            )  # fmt: skip
        )
        if chosen is None:
            return None
        return typed_form(action.form, merged(mine, self._clash.theirs, chosen), zone)

    @property
    def base(self) -> dict[str, Any]:
        """What the form would start from on the newer version, as typed text."""
        return typed_form(self._opening.action.form, self._clash.theirs, self._around.zone)

    def _differences(self, mine: Values, base: Values) -> list[Difference]:
        """Compare with what the form started from; what the record tells serves where the form does not know."""
        action, zone = self._opening.action, self._around.zone
        was = understood(action.form, base, zone, self._around.now()) if base else self._clash.was
        return differences(action.form, was, self._clash.theirs, mine, merge=not action.signs)

    def _news(self, size: int) -> Sequence[Line]:
        return news(self._seen, self.document, size, self._around.zone)
