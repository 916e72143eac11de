"""Acts in the workshop as its people do: through the use cases, with PINs, on the workshop's own clock."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shopterm.db.queries.cast import Cast, read_cast
from shopterm.db.queries.facts import day_facts
from shopterm.db.session import Shop
from shopterm.domain.facts import Actor
from shopterm.domain.vocabulary import DayState
from shopterm.usecases.request import Done, Request, Second
from shopterm.usecases.run import run
from shopterm.usecases.sign_in import sign_in

MINUTE = 60_000_000


@dataclass
class Step:
    """Something somebody did, for telling."""

    who: str
    action: str
    number: str
    at: int


@dataclass
class Player:
    """A hand that types for everybody; knows their PINs and moves the clock of a demo or test database."""

    shop: Shop
    pins: dict[str, str]
    now: int
    pace: int = 2 * MINUTE
    """How long a step takes, in microseconds."""
    steps: list[Step] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let the shop's clock be this player's."""
        self.shop.shift = lambda: self.now

    def cast(self) -> Cast:
        """Return who and what the story can be played with in this database."""
        with self.shop.reader():
            return read_cast(self.shop.settings.site.code)

    def wait(self, minutes: int) -> None:
        """Let time pass."""
        self.now += minutes * MINUTE

    def actor(self, person: str) -> Actor:
        """Return a person as an actor, signed in with the PIN."""
        if person not in self.actors:
            self.actors[person] = sign_in(self.shop, person, self.pins[person], "demo")
        return self.actors[person]

    def do(
        self, person: str, action: str, ref: str | int | None = None, *, second: str | None = None, **values: Any
    ) -> Done:
        """Do a verb as somebody, a step after the last one."""
        self.now += self.pace
        signer = Second(second, self.pins[second]) if second else None
        done = run(
            self.shop,
            self.actor(person),
            Request(action, ref, values, str(uuid.uuid4()), None, self.pins[person], signer),
        )
        self.steps.append(Step(person, action, done.number, self.now))
        return done

    def made(self, done: Done) -> str:
        """Return the number of the document a verb made."""
        return done.made[0][2]

    def is_present(self, person: str) -> bool:
        """Say whether somebody has come in."""
        with self.shop.reader():
            return day_facts(self.actor(person).person).state is DayState.PRESENT

    def hour(self) -> int:
        """Return the hour of the day at the shop."""
        return datetime.fromtimestamp(self.now // 1_000_000, self.shop.zone).hour

    def next_morning(self) -> None:
        """Let the night pass: it is eight o'clock of the next day."""
        local = datetime.fromtimestamp(self.now // 1_000_000, self.shop.zone) + timedelta(days=1)
        self.now = int(local.replace(hour=8, minute=0, second=0).timestamp()) * 1_000_000
