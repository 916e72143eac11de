"""A form whose answer was lost with the database: whether it was saved is asked, never guessed, never done again."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from shopterm.db.session import LOST
from shopterm.domain.errors import Conflict, Invalid, ShopError, SignInFailed, Unavailable, Unsure
from shopterm.domain.words import _
from shopterm.usecases.request import Done

BACK = _("The database answers again; nothing was saved yet. F2 saves.")
BACK_SIGNED = _("The database answers again; nothing was saved yet. F2 signs and saves.")
KEPT = _("Your draft is kept.")
BEFORE = _("{number} was saved already, without your last changes. F2 does it once more with them; F8 drops them.")


class SavedBefore(Conflict):
    """What was sent first took effect, but something else stands in the form now."""

    def __init__(self, done: Done) -> None:
        """Name what was made, and the version that further changes begin from."""
        super().__init__(BEFORE, number=done.number)
        self.version = done.version


class LostReply:
    """What one form, or one verb without a form, sent without an answer."""

    def __init__(self, became: Callable[[str], Awaitable[Done | None]] | None = None, hint: str = "") -> None:
        """Ask with this what an operation did; it raises Unavailable where that cannot be asked."""
        self._became, self._hint = became, hint
        self._sent: Mapping[str, Any] | None = None
        self._unsure = False
        """What was sent may have been saved."""

    @property
    def is_open(self) -> bool:
        """Whether something was sent of which nobody knows whether it was saved."""
        return self._sent is not None

    def judge(self, error: ShopError, sent: Mapping[str, Any]) -> ShopError:
        """Remember what got no answer, or that there was one; returns what to tell.

        After an answer was lost, a next try that does not even connect knows nothing: the first may have been saved.
        """
        if isinstance(error, Invalid | SignInFailed):  # found before the operation is asked for: nothing is known yet
            return error
        if not isinstance(error, Unavailable):
            self._sent, self._unsure = None, False
            return error
        if isinstance(error, Unsure) or not self._unsure:
            self._sent = sent
        self._unsure = self._unsure or isinstance(error, Unsure)
        told = error if isinstance(error, Unsure) or not self._unsure else Unsure(LOST)
        told.hint = told.hint or self._hint
        return told

    async def settle(self, op_id: str, values: Mapping[str, Any]) -> Done | ShopError | None:
        """Ask: what was done, that it was done without the last changes, or None for nothing; errors are returned."""
        if self._became is None or self._sent is None:
            return None
        try:
            done = await self._became(op_id)
        except ShopError as error:
            return error
        sent, self._sent, self._unsure = self._sent, None, False
        return SavedBefore(done) if done is not None and values != sent else done
