"""The one thread in which a terminal talks to its database; screens wait for it, they never block."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread, current_thread
from time import monotonic, sleep
from typing import TypeVar

from shopterm.db.session import Shop

T = TypeVar("T")


class ShopThread:
    """Does blocking work with the shop one after the other, off the event loop."""

    def __init__(self, shop: Shop) -> None:
        """Start no thread yet: the first call does."""
        self.shop = shop
        self.changes = 0
        """How often something was seen to have changed; a screen that comes back compares."""
        self._threads: list[Thread] = []
        self._executor = ThreadPoolExecutor(1, "shop", lambda: self._threads.append(current_thread()))

    async def read(self, query: Callable[[Shop], T]) -> T:
        """Run a query on this thread's connection and return what it found; raises what it raises."""
        return await self._run(self._reading, query)

    async def call(self, work: Callable[[Shop], T]) -> T:
        """Run a use case, which opens its own transaction."""
        return await self._run(work, self.shop)

    def poll(self, tell: "Callable[[Future[bool]], None]") -> None:
        """Ask in the background whether another process changed something; `tell` is called in that thread."""
        self._executor.submit(self.shop.changed).add_done_callback(tell)

    async def _run(self, work: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work, *arguments)

    def _reading(self, query: Callable[[Shop], T]) -> T:
        with self.shop.reader():
            return query(self.shop)

    def close(self) -> None:
        """End the thread after what it does now; what waits is dropped."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def ended(self, seconds: float) -> bool:
        """Wait for the end of a closed thread, but not longer; says whether it came."""
        end = monotonic() + seconds
        while any(thread.is_alive() for thread in self._threads) and monotonic() < end:
            sleep(0.01)
        return not any(thread.is_alive() for thread in self._threads)
