"""The migrations and the models say the same, on both databases; what has landed stays as it was."""

import hashlib
from typing import Any

import peewee as pw
import pytest
from playhouse.apsw_ext import APSWDatabase

from shopterm.db.models import MODELS
from shopterm.db.schema import SCHEMA
from shopterm.db.scripts import SCRIPTS
from shopterm.db.session import Shop
from shopterm.db.setup import MIGRATIONS

LANDED = {
    "0001_postgres.sql": "e8e789ce0022090dd231be6ca5a9cb46026fcc9f9ee09c9c780e607a259bbd3c",
    "0001_sqlite.sql": "f8238ecb3e80f48c65f712af0304c44d8a26b6d144d8f766986ff0f2a01795be",
    "0002_postgres.sql": "a3ca676317146d2c639fa2dfd656457f8605996ece9c31b3f7230e4de912b1d0",
    "0002_sqlite.sql": "e9f2a9eeca2e8144846bb7c9412fa3881dd702279a7bb1b7aa833b456086b2ee",
}
"""SHA-256 of the scripts that people's databases were made by."""


def described(model: type[pw.Model]) -> dict[str, tuple[bool, bool]]:
    """Whether each column of a model may be empty, and is of the key."""
    keys = {field.column_name for field in model._meta.get_primary_keys()}
    return {field.column_name: (field.null, field.column_name in keys) for field in model._meta.sorted_fields}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.table_name)
def test_a_table_is_as_its_model_says(shop: Shop, model: type[pw.Model]) -> None:
    table = model._meta.table_name
    with shop.reader() as db:
        columns = {column.name: (column.null, column.primary_key) for column in db.get_columns(table)}
        references = {key.column: key.dest_table for key in db.get_foreign_keys(table)}
    assert columns == described(model)
    assert references == {
        field.column_name: field.rel_model._meta.table_name
        for field in model._meta.sorted_fields
        if isinstance(field, pw.ForeignKeyField)
    }


def test_the_indexes_are_those_of_the_models(shop: Shop) -> None:
    def indexes(db: Any, table: str) -> set[tuple[tuple[str, ...], bool]]:
        return {(tuple(index.columns), index.unique) for index in db.get_indexes(table)}

    fresh = APSWDatabase(":memory:")
    with fresh.bind_ctx(MODELS):
        fresh.create_tables(MODELS)
    with shop.reader() as db:
        for model in MODELS:
            table = model._meta.table_name
            assert indexes(fresh, table) <= indexes(db, table), table


def test_the_schemas_number_is_the_newest_migration() -> None:
    assert [int(path.name[:4]) for path in sorted(MIGRATIONS.glob("[0-9]*.py"))] == list(range(1, SCHEMA + 1))


def test_what_has_landed_is_not_edited() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SCRIPTS.glob("*.sql")}
    assert found == LANDED
