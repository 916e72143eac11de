"""Reads checklists from TOML: groups, items and limits, in both languages."""

import hashlib
import json
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec

from shopterm.domain.checklist import Checklist, Group, Item, ItemKind, Limits, Mark
from shopterm.domain.errors import Invalid, invalid
from shopterm.domain.text import clean
from shopterm.domain.units import Quantity
from shopterm.domain.words import _

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table of the file; a key nobody knows is an error."""


class _Names(_Table, frozen=True):
    zh: Line
    en: Line


class _Limits(_Table, frozen=True):
    min: Quantity | None = None
    max: Quantity | None = None
    machine_kind: str = ""
    tonnage: tuple[Quantity, Quantity] | None = None


class _Item(_Table, frozen=True):
    id: Line
    text: _Names
    kind: ItemKind = ItemKind.MARK
    unit: str = ""
    choices: tuple[Line, ...] = ()
    min: Quantity | None = None
    max: Quantity | None = None
    limits: tuple[_Limits, ...] = ()


class _Group(_Table, frozen=True):
    id: Line
    name: _Names
    items: tuple[_Item, ...]


class _File(_Table, frozen=True):
    id: Line
    version: Annotated[int, msgspec.Meta(ge=1)]
    name: _Names
    marks: Annotated[tuple[Mark, ...], msgspec.Meta(min_length=1)]
    groups: Annotated[tuple[_Group, ...], msgspec.Meta(min_length=1)]
    rule: str = ""
    machine_kind: str = ""
    tonnage: tuple[Quantity, Quantity] | None = None
    """The tonnage class for which the limits beside the items hold."""


class Shipped(NamedTuple):
    """A checklist as a file has it."""

    text: str
    checklist: Checklist


def read_checklist(path: Path) -> Shipped:
    """Return the checklist of a file; Invalid names the file and the place in it."""
    try:
        text = path.read_text(encoding="utf-8")
        return Shipped(text, parse_checklist(text))
    except (ValueError, OSError) as error:
        raise _unusable(path, str(error)) from error


def read_checklists(folder: Path) -> dict[str, Shipped]:
    """Return all checklists of a folder by id; Invalid if a file is unusable or two claim one id."""
    found: dict[str, Shipped] = {}
    for path in sorted(folder.glob("*.toml")):
        one = read_checklist(path)
        if one.checklist.id in found:
            raise _unusable(path, f"id {one.checklist.id!r} is taken by another file")
        found[one.checklist.id] = one
    return found


def parse_checklist(text: str) -> Checklist:
    """Return the checklist that a TOML text describes; ValueError says where it is wrong."""
    file = msgspec.convert(tomllib.loads(text, parse_float=str), _File, dec_hook=_quantity)
    groups = tuple(
        Group(clean(group.id), *_both(group.name), tuple(_item(one, file) for one in group.items))
        for group in file.groups
    )
    _refuse_doubles([item.id for group in groups for item in group.items])
    return Checklist(
        clean(file.id), file.version, *_both(file.name), file.marks, groups, tuple(file.rule.split()), file.machine_kind
    )


def canonical(checklist: Checklist) -> str:
    """Return the checklist as JSON in which equal lists are equal text."""
    return json.dumps(asdict(checklist), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def content_hash(checklist: Checklist) -> str:
    """Return the SHA-256 of the canonical JSON: names exactly which list an inspection walked."""
    return hashlib.sha256(canonical(checklist).encode()).hexdigest()


def _item(item: _Item, file: _File) -> Item:
    if item.kind is ItemKind.CHOICE and not item.choices:
        raise ValueError(f"item {item.id!r} has no choices")
    limits = item.limits
    if item.min is not None or item.max is not None:
        limits += (_Limits(item.min, item.max, file.machine_kind, file.tonnage),)
    return Item(
        clean(item.id),
        *_both(item.text),
        item.kind,
        clean(item.unit),
        tuple(_limits(item, one) for one in limits),
        tuple(map(clean, item.choices)),
    )


def _both(names: _Names) -> tuple[str, str]:
    return clean(names.zh), clean(names.en)


def _limits(item: _Item, limits: _Limits) -> Limits:
    for low, high in [(limits.min, limits.max), limits.tonnage or (None, None)]:
        if low is not None and high is not None and low > high:
            raise ValueError(f"item {item.id!r}: {low} is more than {high}")
    return Limits(limits.min, limits.max, limits.machine_kind, limits.tonnage)


def _refuse_doubles(ids: list[str]) -> None:
    for number, name in enumerate(ids):
        if name in ids[:number]:
            raise ValueError(f"item {name!r} is there twice")


def _quantity(kind: type, value: Any) -> Quantity:
    if kind is not Quantity or isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("a number is expected")
    return Quantity.read(str(value))


def _unusable(path: Path, reason: str) -> Invalid:
    return invalid("checklist", _("{file}: {reason}"), file=clean(path.name), reason=clean(reason, 200))
