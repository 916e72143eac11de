"""Watches the database for what colleagues change, without stirring anything while nothing changes."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from time import monotonic

from shopterm.domain.errors import Unavailable
from shopterm.screens.thread import ShopThread

RETRY = 2.0
"""Seconds between two tries to reach a database that does not answer."""


class Watch:
    """Asks now and again, one question at a time; tells only news: changed, away, or an error of our own."""

    def __init__(
        self,
        thread: ShopThread,
        every: float,
        changed: Callable[[], object],
        away: Callable[[], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Begin to watch; what is told is told in the event loop."""
        self._thread, self._every = thread, every
        self._changed, self._away, self._failed = changed, away, failed
        self._loop = asyncio.get_running_loop()
        self._asking = False
        self._away_since: float | None = None
        self._next = self._loop.call_later(every, self._ask)

    @property
    def is_away(self) -> bool:
        """Whether the database did not answer when it was last asked."""
        return self._away_since is not None

    def lost(self) -> None:
        """Note that the database did not answer somebody."""
        self._away_since = monotonic()

    def stop(self) -> None:
        """Watch no more."""
        self._next.cancel()

    def _ask(self) -> None:
        self._next = self._loop.call_later(self._every, self._ask)
        resting = self._away_since is not None and monotonic() - self._away_since < RETRY
        if not self._asking and not resting:
            self._asking = True
            self._thread.poll(self._answered)

    def _answered(self, found: "Future[bool]") -> None:
        """Pass on what is news; runs in the shop's thread."""
        self._asking = False
        if not found.cancelled() and (found.exception() is not None or found.result() or self.is_away):
            self._loop.call_soon_threadsafe(self._tell, found)

    def _tell(self, found: "Future[bool]") -> None:
        error = found.exception()
        if isinstance(error, Unavailable):
            self._away()
        elif isinstance(error, Exception):
            self._failed(error)
        elif found.result() or self.is_away:
            self._away_since = None
            self._changed()
