"""What all screens of one signed-in person share."""

from dataclasses import dataclass, field
from datetime import tzinfo

from shopterm.db.session import Shop
from shopterm.domain.facts import Actor
from shopterm.screens.desks import Desk, desks_of
from shopterm.screens.keymap import Keymap
from shopterm.screens.thread import ShopThread


@dataclass
class Session:
    """One person at this terminal: how to reach the shop, which keys and which desks they have."""

    thread: ShopThread
    actor: Actor
    keymap: Keymap
    desks: list[Desk] = field(init=False)

    def __post_init__(self) -> None:
        """Work out the person's desks."""
        self.desks = desks_of(self.actor)

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
