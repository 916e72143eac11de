"""The demo: a living workshop to look at, or the day played and verified where there is no terminal."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shopterm.db.session import Shop, host_clock
from shopterm.demo.build import Tell, build
from shopterm.demo.day import Story, play_day
from shopterm.demo.player import Player
from shopterm.demo.workshop import fill
from shopterm.domain.vocabulary import Role
from shopterm.settings import load


@dataclass(frozen=True)
class Demo:
    """A demo workshop that is open: its shop, everybody's PIN, and one person per role."""

    shop: Shop
    pin: str
    people: dict[Role, str]


@contextmanager
def living_workshop(url: str | None = None, tell: Tell | None = None) -> Iterator[Demo]:
    """Build a workshop full of machines in a throw-away folder, or in the empty database named."""
    with _player(url, tell) as player:
        fill(player, tell)
        release_clock(player)
        cast = player.cast()
        people = {role: cast.one(role) for role in Role if cast.people.get(role)}
        yield Demo(player.shop, next(iter(player.pins.values())), people)


@contextmanager
def played_day(url: str | None = None, tell: Tell | None = None) -> Iterator[tuple[Player, Story]]:
    """Build a workshop and play the day that must work in it."""
    with _player(url, tell) as player:
        yield player, play_day(player)


@contextmanager
def _player(url: str | None, tell: Tell | None) -> Iterator[Player]:
    with tempfile.TemporaryDirectory(prefix="shopterm-demo-") as folder:
        data = Path(folder)
        settings = load({}, {"storage.data_dir": str(data), "photos.drop_dir": str(data / "drop")})
        player = build(url or f"sqlite:///{data / 'shop.db'}", data, settings, tell=tell)
        try:
            yield player
        finally:
            player.shop.close()


def release_clock(player: Player) -> None:
    """Let the host's clock run from where the story's clock stands, so that time never goes back."""
    ahead = max(0, player.now - host_clock())
    player.shop.shift = (lambda: host_clock() + ahead) if ahead else None
