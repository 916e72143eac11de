"""Keeps a form's draft on disk while it is typed into, off the event loop and one write at a time."""

import asyncio
import logging
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shopterm.drafts import Draft, Drafts

_LOG = logging.getLogger(__name__)


class DraftKeeper:
    """Writes the draft of one form; after `discard` nothing is written any more."""

    def __init__(self, drafts: Drafts, draft: Draft) -> None:
        """Begin with what is on disk already, or with a draft that has not been written yet."""
        self._drafts = drafts
        self.draft = draft
        """What is on disk, once something is."""
        self._turn = asyncio.Lock()
        self._over = False

    async def save(self, values: Mapping[str, Any], now: int) -> None:
        """Write these values unless they are on disk; OSError if the disk refuses."""
        async with self._turn:
            if self._over or (values == self.draft.values and self.draft.saved_at):
                return
            fresh = replace(self.draft, values=values, saved_at=now)
            await asyncio.to_thread(self._drafts.save, fresh)
            self.draft = fresh

    async def renew(self, version: int | None) -> None:
        """Go on under another operation id: what the present one was for has been done."""
        async with self._turn:
            await self._forget()
            self.draft = replace(self.draft, op_id=uuid.uuid4().hex, version=version, saved_at=0)

    async def discard(self) -> None:
        """Forget the draft for good."""
        async with self._turn:
            self._over = True
            await self._forget()

    async def _forget(self) -> None:
        """Remove the file; one that a broken disk keeps is known as done when drafts are offered."""
        try:
            await asyncio.to_thread(self._drafts.discard, self.draft.op_id)
        except OSError as error:
            _LOG.warning("a draft stays behind: %s", error.strerror)
