"""The living workshop with hostile text in every column: written past the program once, copied for each test."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from shopterm.db import models as m
from shopterm.db.session import Shop
from shopterm.domain.facts import Actor
from shopterm.usecases.sign_in import actor_of
from tests.hostile.poison import poison
from tests.screens.living import build_workshop, open_copy
from tests.usecases.importing import lines, take_in

SOAK = bool(os.environ.get("SHOPTERM_SOAK"))
"""Look at everything: more rows, every desk on a real terminal."""
HELD = lines("serial,maker,model,purchase_date,hours_read_on", "KMT8,Komatsu,PC210-8,2062-01-01,")
"""A line that an import holds back."""


@dataclass(frozen=True)
class Workshop:
    """A workshop before and after: where it is, its moment, and its people's keys by the numbers they had."""

    harmless: Path
    poisoned: Path
    now: int
    people: dict[str, int]


@dataclass(frozen=True)
class Place:
    """An open copy of a workshop and who sits in it."""

    shop: Shop
    people: dict[str, int]

    def actor(self, number: str) -> Actor:
        """Return a person by the number they had before."""
        with self.shop.reader():
            return actor_of(self.shop, m.Person.get_by_id(self.people[number]), "bay-1")


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Build the workshop and poison a copy."""
    harmless, poisoned = tmp_path_factory.mktemp("harmless"), tmp_path_factory.mktemp("poisoned")
    now = build_workshop(harmless)
    shop = open_copy(harmless, poisoned, now)
    with shop.reader():
        people = {person.number: person.id for person in m.Person.select()}
        clerk = actor_of(shop, m.Person.get_by_id(people["ADM"]), "bay-1")
    assert take_in(shop, "machines", HELD, actor=clerk).held
    poison(shop)
    shop.close()
    return Workshop(harmless, poisoned, now, people)


@pytest.fixture
def hostile(workshop: Workshop, tmp_path: Path) -> Iterator[Place]:
    """A copy of the poisoned workshop of this test's own."""
    shop = open_copy(workshop.poisoned, tmp_path / "copy", workshop.now)
    yield Place(shop, workshop.people)
    shop.close()
