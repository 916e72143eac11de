"""What one command line works with: settings, the shop opened when first needed, and who acts."""

import os
import re
from collections.abc import Mapping
from datetime import UTC, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shopterm import i18n
from shopterm.cli import identity
from shopterm.domain.errors import Usage
from shopterm.domain.words import _

if TYPE_CHECKING:
    from shopterm.db.session import Shop
    from shopterm.domain.facts import Actor
    from shopterm.settings import Settings
    from shopterm.usecases.request import Second

SHORT = re.compile(r"[A-Za-z]+-\d{4}-\d")
"""How a document number begins that leaves out its site, as screens do for the own one."""
NO_PERSON = _("Say who acts: --as PERSON.")


class Cli:
    """The options given, and what follows from them; everything is made when it is first asked for."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        """Start with nothing given and nothing opened."""
        self.environ = environ
        self.given: dict[str, Any] = {}
        self._shop: Shop | None = None

    def take(self, name: str, value: Any) -> None:
        """Keep a common option; the language is spoken from this moment on."""
        self.given[name] = value.upper() if name == "site" else value
        if name == "lang":
            identity.speak(value)

    @property
    def json(self) -> bool:
        """Whether one JSON object is wanted."""
        return bool(self.given.get("json"))

    @property
    def csv(self) -> bool:
        """Whether comma-separated values are wanted."""
        return bool(self.given.get("csv") or self.given.get("bom"))

    @property
    def bom(self) -> bool:
        """Whether CSV begins with a byte order mark."""
        return bool(self.given.get("bom"))

    @cached_property
    def settings(self) -> "Settings":
        """The settings in force, the options of this command line over all."""
        from shopterm import settings

        flags = {"database.url": self.given.get("db"), "site.code": self.given.get("site")}
        found = settings.load(self.environ, flags)
        if "lang" not in self.given and found.site.language != "auto":
            identity.speak(found.site.language)
        return found

    @property
    def data_dir(self) -> Path:
        """The data directory."""
        return self.settings.data_dir

    @cached_property
    def url(self) -> str:
        """The database; whoever asks may import peewee afterwards, other databases' drivers stay out."""
        from shopterm.db.drivers import spare_drivers

        spare_drivers(self.settings.database.url)
        return self.settings.database.url

    @property
    def shop(self) -> "Shop":
        """The open shop."""
        if self._shop is None:
            url = self.url
            from shopterm.db.session import open_shop

            self._shop = open_shop(url, data_dir=self.data_dir, settings=self.settings)
        return self._shop

    def number(self, typed: str) -> str:
        """Return a document number whole: as screens show it, it leaves out the own site."""
        return f"{self.settings.site.code}-{typed.strip()}" if SHORT.match(typed.strip()) else typed

    @property
    def zone(self) -> tzinfo:
        """The zone in which this command writes instants: the site's, once the shop is open."""
        return self._shop.zone if self._shop else UTC

    def hold(self, shop: "Shop") -> "Shop":
        """Take over a shop opened elsewhere, to be closed at the end."""
        self._shop = shop
        return shop

    def close(self) -> None:
        """Close what was opened."""
        if self._shop is not None:
            self._shop.close()
            self._shop = None

    @property
    def person(self) -> str:
        """Who is named by --as; the actor exists only after the PIN check."""
        if not self.given.get("person"):
            raise Usage(NO_PERSON)
        return str(self.given["person"])

    @cached_property
    def pin(self) -> str:
        """The PIN of the person who acts, from the file or the terminal; asked once."""
        named = self.given.get("pin_file") or self.environ.get("SHOPTERM_PIN_FILE")
        return identity.secret(_("PIN of {person}"), named, "--pin-file", person=self.person)

    @cached_property
    def actor(self) -> "Actor":
        """The person who acts, signed in."""
        person, shop = self.person, self.shop  # the shop first: it keeps other databases' drivers out
        from shopterm.usecases.sign_in import sign_in

        actor = sign_in(shop, person, self.pin, identity.terminal_name(self.environ))
        if "lang" not in self.given and actor.language in i18n.LANGUAGES:
            identity.speak(actor.language)
        return actor

    @property
    def reader(self) -> "Actor | None":
        """The person who reads, when one is named: reading needs nobody."""
        return self.actor if self.given.get("person") else None

    @cached_property
    def second(self) -> "Second | None":
        """The second signer with the PIN, when one is named."""
        from shopterm.usecases.request import Second

        person = self.given.get("second")
        if not person:
            return None
        pin = identity.secret(_("PIN of {person}"), self.given.get("second_pin_file"), "--with-pin-file", person=person)
        return Second(str(person), pin)
