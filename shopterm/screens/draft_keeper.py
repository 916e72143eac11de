"""Keeps a form's draft on disk while it is typed into, off the event loop and one write at a time."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shopterm.drafts import Draft, Drafts


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

    async def discard(self) -> None:
        """Forget the draft for good."""
        async with self._turn:
            self._over = True
            await asyncio.to_thread(self._drafts.discard, self.draft.op_id)
