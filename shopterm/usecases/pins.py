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
NO_PIN = _("No PIN has been set yet: set it with the one-time code an administrator gives.")
DENIED = frozenset("0123456789" * 2) | {"123123", "112233", "121212", "696969", "159753", "147258", "246810"}
CODE_DIGITS = 8


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
    subjects = (f"person:{person}", f"terminal:{terminal}")
    shop.write(lambda: _count(shop, subjects))
    if not fits(shop, stored, secret):
        raise SignInFailed(WRONG)
    shop.write(lambda: sql.change("DELETE FROM attempts WHERE subject IN (?, ?)", *subjects))


def _count(shop: Shop, subjects: tuple[str, ...]) -> None:
    now, rules = shop.now(), shop.settings.pin
    for subject in subjects:
        failures, until = sql.row("SELECT failures, locked_until FROM attempts WHERE subject = ?", subject) or (0, 0)
        if until > now:
            raise SignInFailed(LOCKED, minutes=max(1, -(-(until - now) // 60_000_000)))
        allowed = rules.attempts if subject.startswith("person:") else rules.attempts * 4
        failures += 1
        lock = now + rules.lock_minutes * 60_000_000 if failures >= allowed else 0
        sql.change(
            "INSERT INTO attempts (subject, failures, locked_until) VALUES (?, ?, ?) ON CONFLICT (subject) "
            "DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until",
            subject,
            0 if lock else failures,
            lock,
        )
