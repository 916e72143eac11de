"""Where the log of our own faults is for a command line, also when its settings are what went wrong."""

from pathlib import Path

from shopterm import fault_log
from shopterm.cli.context import Cli
from shopterm.domain.errors import ShopError
from shopterm.settings import default_data_dir


def log_fault(error: BaseException, cli: Cli) -> tuple[str, str]:
    """Write an error with its traceback; returns its reference, and why it could not be written, if so."""
    return fault_log.log_fault(error, log_folder(cli))


def log_folder(cli: Cli) -> Path:
    """Return where the log is, also when the settings are what went wrong."""
    try:
        return cli.data_dir / "log"
    except ShopError:
        return default_data_dir(cli.environ) / "log"
