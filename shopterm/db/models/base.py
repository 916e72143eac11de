"""Field types that read the same on SQLite (STRICT) and PostgreSQL, and the base of all models."""

from typing import Any

import peewee as pw

from shopterm.domain.vocabulary import Word

database = pw.DatabaseProxy()
"""Bound once per process by ``db.session``."""


class Int(pw.BigIntegerField):
    """A 64-bit integer: key, instant, quantity, amount."""


class Flag(pw.IntegerField):
    """Yes or no, stored as 1 or 0."""

    def db_value(self, value: Any) -> int | None:
        """Store a truth value as an integer."""
        return None if value is None else int(bool(value))

    def python_value(self, value: Any) -> bool | None:
        """Read the integer as a truth value."""
        return None if value is None else bool(value)


class WordField(pw.TextField):
    """A word of the vocabulary, stored as its value."""

    def __init__(self, words: type[Word], **options: Any) -> None:
        """Remember which vocabulary the word belongs to."""
        self.words = words
        super().__init__(**options)

    def db_value(self, value: Any) -> str | None:
        """Store the word's value; refuse what is no word."""
        return None if value is None else str(self.words(value).value)

    def python_value(self, value: Any) -> Word | None:
        """Read the stored value as a word."""
        return None if value is None else self.words(value)


class Row(pw.Model):
    """A table whose key is made by the program, the site in its high bits."""

    id = Int(primary_key=True)

    class Meta:
        """Bind to the process' database; SQLite checks types."""

        database = database
        strict_tables = True
        legacy_table_names = False


class Document(Row):
    """A document with a number, a state and a version that counts every change."""

    site = Int()
    number = pw.TextField(unique=True)
    version = Int(default=1)
