"""The environment of a test run, set before textual is imported: pytest loads this plugin first."""

import os
import re

from shopterm.terminal import prepare

OURS = re.compile(r"SHOPTERM_(?!TEST_PG$|REQUIRE_|SOAK$)|TEXTUAL_(?!SNAPSHOT_)|LC_|XDG_|SSH_")
FOREIGN = {"NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE", "COLUMNS", "LINES", "LANGUAGE", "TZ"}

for name in list(os.environ):
    if OURS.match(name) or name in FOREIGN:
        del os.environ[name]
os.environ |= {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
prepare(os.environ, "utf-8")
