"""Reports are asked for through the command line too."""

from tests.cli.conftest import english, shopterm, workshop

__all__ = ["english", "shopterm", "workshop"]
