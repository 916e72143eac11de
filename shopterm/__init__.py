"""Runs a heavy-equipment dealer's service business from the terminal."""

__version__ = "0.1.0"
