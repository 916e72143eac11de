"""Found by every Python program of a journey as it starts: lets its clock run ahead as far as a file says.

The programs themselves know nothing of it; for them the host's clock is what it is.
"""

import os
import time
from pathlib import Path

FILE = Path(os.environ["JOURNEY_CLOCK"])
_host_time_ns = time.time_ns


def time_ns() -> int:
    """Return the host's time and as many nanoseconds as the file says."""
    return _host_time_ns() + int(FILE.read_text())


time.time_ns = time_ns
