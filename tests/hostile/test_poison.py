"""The poison is everywhere: in every text column there is, one that was added yesterday too."""

from tests.hostile.conftest import Place
from tests.hostile.poison import CHOICES, LEFT_ALONE, MODELS, NESTED, name_of, text_columns


def test_every_column_holds_hostile_text(hostile: Place) -> None:
    for _model, field in text_columns():
        with hostile.shop.reader() as db:
            rows = db.execute_sql(f'SELECT "{field.column_name}" FROM {field.model._meta.table_name}').fetchall()
        found = [text for (text,) in rows if text.startswith(tuple(CHOICES))]
        assert found or name_of(field) in NESTED, name_of(field)


def test_what_is_left_alone_and_what_is_nested_are_columns() -> None:
    columns = {name_of(field) for model in MODELS for field in model._meta.sorted_fields}
    assert columns >= LEFT_ALONE | NESTED
