"""Whose turn it is to write: processes on one host wait in the kernel's queue for a lock on a file."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def turn(path: str, patience: float) -> Iterator[None]:
    """Wait for this process' turn; the kernel frees the place of a killed process.

    A process that was stopped in its turn (^Z, a debugger) would keep all others waiting: after ``patience`` seconds
    one goes on without a turn, and leaves it to the database to say that it is busy.
    """
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if not _Wait(handle).comes(patience):
            yield
            return
    try:
        yield
    finally:
        os.close(handle)


class _Wait:
    """A blocking wait in a thread of its own, for flock knows no time limit; who gives up leaves the file to it."""

    def __init__(self, handle: int) -> None:
        self.handle, self.over = handle, threading.Event()
        self._left, self._lock = False, threading.Lock()
        threading.Thread(target=self._wait, name="turn to write", daemon=True).start()

    def _wait(self) -> None:
        fcntl.flock(self.handle, fcntl.LOCK_EX)
        with self._lock:
            if self._left:
                os.close(self.handle)
            else:
                self.over.set()

    def comes(self, patience: float) -> bool:
        """Say whether the turn came in time; if not, the queue is left."""
        try:
            return self.over.wait(patience) or not self._leave()
        except BaseException:
            if not self._leave():
                os.close(self.handle)
            raise

    def _leave(self) -> bool:
        """Leave the queue; False if the turn has come in this very moment."""
        with self._lock:
            self._left = not self.over.is_set()
            return self._left
