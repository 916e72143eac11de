"""What all screens of one signed-in person share."""

from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, Protocol, TypeVar

from textual.binding import BindingType

from shopterm.db.session import Shop
from shopterm.domain.facts import Actor
from shopterm.screens.desks import Desk, desks_of
from shopterm.screens.keymap import Keymap
from shopterm.screens.thread import ShopThread


class Keyed(Protocol):
    """A screen whose keys depend on the keymap."""

    @classmethod
    def keys(cls, keymap: Keymap) -> list[BindingType]:
        """Return its bindings."""


S = TypeVar("S", bound=Keyed)


@dataclass
class Session:
    """One person at this terminal: how to reach the shop, which keys and which desks they have."""

    thread: ShopThread
    actor: Actor
    keymap: Keymap
    desks: list[Desk] = field(init=False)
    place: Desk | None = field(default=None, init=False)
    """The desk they were at last."""
    modes: dict[str, str] = field(default_factory=dict, init=False)
    """Modes of desks that have another than the usual name."""
    _classes: dict[tuple[type[Any], str], type[Any]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Work out the person's desks."""
        self.desks = desks_of(self.actor)

    def renew(self, actor: Actor) -> None:
        """Go on as the same person, with the delegations that are valid now."""
        self.actor, self.desks = actor, desks_of(actor)
        if self.place not in self.desks:
            self.place = None

    @property
    def shop(self) -> Shop:
        """The shop, for what needs no database: its clock, zone and settings."""
        return self.thread.shop

    @property
    def zone(self) -> tzinfo:
        """The zone in which instants are shown."""
        return self.shop.zone

    @property
    def site(self) -> str:
        """Code of the own site."""
        return self.actor.site_code

    def mode(self, desk: Desk) -> str:
        """Return the name of the mode in which this person's desk and what they opened on it are kept."""
        return self.modes.get(desk.name, f"{self.actor.person}:{desk.name}")

    def keyed(self, screen: type[S], **data: Any) -> type[S]:
        """Return a screen class with the keys of this session's keymap and the data given: nothing but data."""
        name = (screen, str(data.get("DESK", "")))
        if name not in self._classes:
            own = {"BINDINGS": screen.keys(self.keymap), "__doc__": screen.__doc__, **data}
            self._classes[name] = type(screen.__name__, (screen,), own)
        return self._classes[name]
