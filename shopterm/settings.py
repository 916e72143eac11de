"""Settings: the shipped file, the workshop's own file over it, then the environment, then the command line.

The shipped `config/shopterm.toml` holds every default and says what each setting means; the structs below say
what values are allowed.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from shopterm.domain.errors import Invalid, NotFound, Problem
from shopterm.domain.words import _

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Name = Annotated[str, Meta(min_length=1)]
SiteCode = Annotated[str, Meta(pattern="^[A-Z][A-Z0-9]{1,7}$")]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$")]
Amount = Annotated[int, Meta(ge=0, le=10**12)]
BasisPoints = Annotated[int, Meta(ge=0, le=10_000)]
Days = Annotated[int, Meta(ge=0, le=3650)]
Minutes = Annotated[int, Meta(ge=0, le=100_000)]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One table of the settings file."""


class Site(Section, frozen=True):
    """Where this is."""

    code: SiteCode
    timezone: Name
    language: Literal["zh", "en", "auto"]


class Storage(Section, frozen=True):
    """Where files are kept; loaded settings name an absolute path."""

    data_dir: str


class Database(Section, frozen=True):
    """Which database; loaded settings name one."""

    url: str


class Money(Section, frozen=True):
    """Currency and tax; rates are hundredths of a percent."""

    currency: Currency
    tax_rate: BasisPoints
    labour_tax_rate: BasisPoints
    prices_include_tax: bool


class Labour(Section, frozen=True):
    """Charges per hour, in the smallest unit of the currency."""

    repair_rate: Amount
    outsourced_rate: Amount
    removal_installation_rate: Amount
    diagnosis_rate: Amount
    diagnosis_minutes: Minutes

    def rate(self, kind: str) -> int:
        """Return the charge per hour of a labour kind, named by its stored value."""
        return int(getattr(self, f"{kind}_rate"))


class Consent(Section, frozen=True):
    """How customers say yes."""

    calls_for_first_quote: bool


class Quote(Section, frozen=True):
    """What holds for quotes."""

    valid_days: Days


class Loan(Section, frozen=True):
    """What holds for loans."""

    due_days: Days


class Screen(Section, frozen=True):
    """How the screens behave."""

    idle_lock_seconds: Annotated[int, Meta(ge=10, le=86_400)]
    refresh_milliseconds: Annotated[int, Meta(ge=100, le=60_000)]
    keymap: Name


class Photos(Section, frozen=True):
    """Where photos come from and how large they may be; loaded settings name an absolute path."""

    drop_dir: str
    max_bytes: Annotated[int, Meta(ge=1, le=10**9)]
    max_pixels: Annotated[int, Meta(ge=1, le=10**9)]


class Badge(Section, frozen=True):
    """What is read off a badge."""

    form: str


class Pin(Section, frozen=True):
    """What a PIN must be and what follows wrong ones."""

    min_length: Annotated[int, Meta(ge=6, le=32)]
    attempts: Annotated[int, Meta(ge=1, le=100)]
    lock_minutes: Annotated[int, Meta(ge=1, le=100_000)]


class Log(Section, frozen=True):
    """What is logged."""

    level: Literal["debug", "info", "warning", "error"]


class IndirectCode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code for attended time that belongs to no job, with its name in both languages."""

    code: Name
    zh: Name
    en: Name

    def name(self, language: str) -> str:
        """Return the name in a language."""
        return self.zh if language == "zh" else self.en


class Indirect(Section, frozen=True):
    """The codes for attended time that belongs to no job."""

    codes: tuple[IndirectCode, ...]


class Settings(Section, frozen=True):
    """Everything a workshop can set."""

    site: Site
    storage: Storage
    database: Database
    money: Money
    labour: Labour
    consent: Consent
    quote: Quote
    loan: Loan
    screen: Screen
    badge: Badge
    photos: Photos
    pin: Pin
    log: Log
    indirect: Indirect

    @property
    def data_dir(self) -> Path:
        """The data directory as a path."""
        return Path(self.storage.data_dir)

    @property
    def zone(self) -> "ZoneInfo":
        """The time zone instants are shown in."""
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # most commands show no instant

        try:
            return ZoneInfo(self.site.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            sentence = _("site.timezone: there is no time zone {value}")
            raise Invalid([Problem("site.timezone", sentence, {"value": self.site.timezone})]) from error


class _Given(msgspec.Struct, frozen=True):
    """A value on its way into the settings, and where it was found."""

    value: Any
    origin: str
    text: bool = False
    """Whether it is text from the environment, to be read as the setting's type."""


_SECTIONS: dict[str, type[Section]] = Settings.__annotations__
_PREFIX = "SHOPTERM_"
_SHORT = {"SHOPTERM_DB": "database.url"}
"""Environment variables with a short name of their own."""


def load(environ: Mapping[str, str] = os.environ, flags: Mapping[str, Any] | None = None) -> Settings:
    """Return the settings in force; `flags` are options of the command line by key, None where not given.

    Raises `Invalid` with every value that does not fit, each with the file or variable and the key.
    """
    given: dict[str, _Given] = {}
    for path in (_shipped() / "shopterm.toml", _own_file(environ)):
        if path is not None:
            given |= _from_file(path)
    given |= _from_environment(environ)
    given |= {key: _Given(value, key) for key, value in (flags or {}).items() if value is not None}
    return _converted(_resolved(given, environ))


def find_config(name: str, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the path of a configuration file or directory: the workshop's own, else the shipped one."""
    for folder in (_own_folder(environ), _shipped()):
        if (folder / name).exists():
            return folder / name
    raise NotFound(_("There is no configuration file {name}"), name=name)


def default_data_dir(environ: Mapping[str, str]) -> Path:
    """Return the data directory for which nothing is set: shopterm in the user's XDG data directory."""
    home = environ.get("XDG_DATA_HOME") or environ.get("HOME", "~") + "/.local/share"
    return Path(home).expanduser().absolute() / "shopterm"


def _shipped() -> Path:
    """Return the shipped configuration: in the installed package, or beside it in a source checkout."""
    package = Path(__file__).parent
    installed = package / "config"
    return installed if installed.is_dir() else package.parent / "config"


def _own_folder(environ: Mapping[str, str]) -> Path:
    """Return where the workshop keeps its own configuration: as SHOPTERM_CONFIG says, else with the data."""
    if named := environ.get("SHOPTERM_CONFIG"):
        path = Path(named).expanduser().absolute()
        return path if path.is_dir() else path.parent
    if named := environ.get("SHOPTERM_STORAGE__DATA_DIR"):
        return Path(named).expanduser().absolute()
    return default_data_dir(environ)


def _own_file(environ: Mapping[str, str]) -> Path | None:
    named = environ.get("SHOPTERM_CONFIG")
    path = Path(named).expanduser().absolute() if named else _own_folder(environ)
    if path.is_dir() or not named:
        path = path / "shopterm.toml"
    return path if named or path.is_file() else None


def _from_file(path: Path) -> dict[str, _Given]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # some editors write a byte order mark
    except (OSError, ValueError) as error:
        sentence = _("{origin} cannot be read: {reason}")
        raise Invalid([Problem(str(path), sentence, {"origin": path, "reason": error})]) from error
    return dict(_flat(tables, str(path)))


def _flat(tables: Mapping[str, Any], origin: str) -> Iterator[tuple[str, _Given]]:
    for section, table in tables.items():
        if isinstance(table, dict):
            yield from ((f"{section}.{key}", _Given(value, origin)) for key, value in table.items())
        else:
            yield section, _Given(table, origin)


def _from_environment(environ: Mapping[str, str]) -> dict[str, _Given]:
    given = {}
    for name, value in environ.items():
        if name in _SHORT:
            given[_SHORT[name]] = _Given(value, name, text=True)
        elif name.startswith(_PREFIX) and "__" in name:
            key = name.removeprefix(_PREFIX).lower().replace("__", ".", 1)
            given[key] = _Given(value, name, text=True)
    return given


def _resolved(given: dict[str, _Given], environ: Mapping[str, str]) -> dict[str, _Given]:
    """Fill the places that depend on the data directory, where they are left empty."""

    def put(key: str, default: str, *, path: bool) -> str:
        found = given[key]
        if found.value == "":
            given[key] = msgspec.structs.replace(found, value=default)
        elif path and isinstance(found.value, str):
            given[key] = msgspec.structs.replace(found, value=str(Path(found.value).expanduser().absolute()))
        return str(given[key].value)

    data_dir = put("storage.data_dir", str(default_data_dir(environ)), path=True)
    put("database.url", f"sqlite:///{data_dir}/shopterm.db", path=False)
    put("photos.drop_dir", f"{data_dir}/photos-in", path=True)
    return given


def _converted(given: Mapping[str, _Given]) -> Settings:
    values: dict[str, dict[str, Any]] = {section: {} for section in _SECTIONS}
    problems = []
    for key, found in given.items():
        section, _dot, name = key.partition(".")
        kind = _SECTIONS[section].__annotations__.get(name) if section in _SECTIONS else None
        if kind is None:
            sentence = _("{origin}: there is no setting {key}")
            problems.append(Problem(key, sentence, {"origin": found.origin, "key": key}))
            continue
        try:
            values[section][name] = msgspec.convert(found.value, kind, strict=not found.text)
        except msgspec.ValidationError as error:
            problems.append(_misfit(key, found, kind, str(error)))
    if problems:
        raise Invalid(problems)
    return msgspec.convert(values, Settings)


def _misfit(key: str, found: _Given, kind: Any, reason: str) -> Problem:
    """Say what would fit, in words for the kinds a clerk may meet."""
    params = {"origin": found.origin, "key": key, "value": found.value}
    limits = next((extra for extra in get_args(kind) if isinstance(extra, Meta)), None)
    if kind is bool:
        return Problem(key, _("{origin}: {key} must be true or false, not {value}"), params)
    if limits is not None and limits.ge is not None:
        sentence = _("{origin}: {key} must be a whole number from {low} to {high}, not {value}")
        return Problem(key, sentence, params | {"low": limits.ge, "high": limits.le})
    if getattr(kind, "__origin__", None) is Literal:
        sentence = _("{origin}: {key} must be one of {choices}, not {value}")
        return Problem(key, sentence, params | {"choices": ", ".join(get_args(kind))})
    return Problem(key, _("{origin}: {key} does not fit: {reason}"), params | {"reason": reason})
