"""PINs and one-time codes: how they are kept, judged and locked; the only file that sees them."""

import hashlib
import hmac
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shopterm.db import sql
from shopterm.db.session import Shop
from shopterm.domain.errors import SignInFailed, invalid
from shopterm.domain.words import _

WRONG = _("Name or PIN is wrong.")
LOCKED = _("Too many wrong PINs: locked for about {minutes} minutes; an administrator can unlock.")
TERMINAL_LOCKED = _(
    "Too many wrong PINs at terminal {terminal}: locked for about {minutes} minutes; an administrator can unlock it."
)
NO_PIN = _("No PIN has been set yet: set it with the one-time code an administrator gives.")
DENIED = frozenset("0123456789" * 2) | {"123123", "112233", "121212", "696969", "159753", "147258", "246810"}
CODE_DIGITS = 8
TOUCH = (
    "INSERT INTO attempts (subject, failures, locked_until) VALUES (?, 0, 0) "
    "ON CONFLICT (subject) DO UPDATE SET failures = attempts.failures"
)
PERSON = "person:"
MINUTE = 60_000_000
TERMINAL_FACTOR = 4
"""A terminal that several people share is locked after so many times the wrong PINs that lock a person."""


def hasher(shop: Shop) -> PasswordHasher:
    """Return argon2id with the house's parameters; demo and test databases use cheap ones."""
    if shop.kind in ("demo", "test"):
        return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def _peppered(shop: Shop, secret: str) -> str:
    return hmac.new(shop.pepper, secret.encode(), hashlib.sha256).hexdigest()


def hash_secret(shop: Shop, secret: str) -> str:
    """Return the hash of a PIN or code for storing."""
    return hasher(shop).hash(_peppered(shop, secret))


def fits(shop: Shop, stored: str | None, secret: str) -> bool:
    """Say whether a secret fits a stored hash; takes as long when there is none."""
    try:
        return hasher(shop).verify(stored or _dummy(shop), _peppered(shop, secret)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


_DUMMIES: dict[str, str] = {}


def _dummy(shop: Shop) -> str:
    if shop.kind not in _DUMMIES:
        _DUMMIES[shop.kind] = hasher(shop).hash(secrets.token_hex(16))
    return _DUMMIES[shop.kind]


def check_new_pin(shop: Shop, pin: str, number: str = "") -> None:
    """Refuse a PIN that is short, not all digits, or easily guessed."""
    least = shop.settings.pin.min_length
    if not (pin.isascii() and pin.isdigit() and len(pin) >= least):
        raise invalid("pin", _("A PIN has at least {least} digits."), least=least)
    steps = {(int(b) - int(a)) % 10 for a, b in zip(pin, pin[1:], strict=False)}
    if len(steps) == 1 or pin in DENIED or pin == pin[::-1] or pin in number:
        raise invalid("pin", _("This PIN is too easy to guess."))


def new_code() -> str:
    """Return a fresh one-time code."""
    return "".join(secrets.choice("0123456789") for _digit in range(CODE_DIGITS))


def judge(shop: Shop, person: int, stored: str | None, secret: str, terminal: str) -> None:
    """Check a secret; every attempt is counted and committed before the answer, by person and by terminal."""
    _peppered(shop, secret)  # without the house's secret no PIN is wrong: that is told, and none is counted
    mine, here = f"person:{person}", f"terminal:{terminal}"
    locked = shop.write(lambda: _count(shop, mine, here))
    if fits(shop, stored, secret):
        shop.write(lambda: _forgive(mine, here))
    elif locked:
        raise locked
    else:
        raise SignInFailed(WRONG)


def _count(shop: Shop, *subjects: str) -> SignInFailed | None:
    """Count an attempt as failed, refused where a lock stands; returns what to say if it fails and locks."""
    now, rules, locked = shop.now(), shop.settings.pin, None
    for subject in subjects:  # whoever guesses at the same moment waits here: PostgreSQL would let both read the same
        sql.change(TOUCH, subject)
    before = {subject: _attempts(subject, now) for subject in subjects}
    for subject, (_failures, until) in before.items():
        if until > now:
            raise _locked(subject, until - now)
    for subject, (failures, _until) in before.items():
        allowed = rules.attempts * (1 if subject.startswith(PERSON) else TERMINAL_FACTOR)
        lock = rules.lock_minutes * MINUTE if failures + 1 >= allowed else 0
        sql.change(
            "INSERT INTO attempts (subject, failures, locked_until) VALUES (?, ?, ?) ON CONFLICT (subject) "
            "DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until",
            subject,
            failures + 1,
            now + lock if lock else 0,
        )
        if lock:
            locked = locked or _locked(subject, lock)
    return locked


def _attempts(subject: str, now: int = 0) -> tuple[int, int]:
    """Return how many failed and until when it is locked; after a lock it begins anew."""
    found = sql.row("SELECT failures, locked_until FROM attempts WHERE subject = ?", subject)
    return (int(found[0]), int(found[1])) if found and not 0 < found[1] <= now else (0, 0)


def _locked(subject: str, left: int) -> SignInFailed:
    """Make the error that says how long, and who can lift it."""
    minutes = max(1, -(-left // MINUTE))
    if subject.startswith(PERSON):
        return SignInFailed(LOCKED, minutes=minutes)
    return SignInFailed(TERMINAL_LOCKED, minutes=minutes, terminal=subject.partition(":")[2])


def _forgive(person: str, terminal: str) -> None:
    """Forget the person's wrong PINs, and of the terminal's as many: those of other people stay counted there."""
    own, _until = _attempts(person)
    at_terminal, _until = _attempts(terminal)
    sql.change("DELETE FROM attempts WHERE subject = ?", person)
    if at_terminal > own > 0:
        sql.change("UPDATE attempts SET failures = failures - ?, locked_until = 0 WHERE subject = ?", own, terminal)
    else:
        sql.change("DELETE FROM attempts WHERE subject = ?", terminal)
