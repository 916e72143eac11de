"""What an action asks of one document: whether it can be done, what its form starts from, the checklist it walks."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from shopterm.cli.context import Cli
from shopterm.cli.output import plain
from shopterm.domain.action import Action
from shopterm.domain.checklist import Checklist, Item
from shopterm.domain.fields import Kind
from shopterm.domain.policy import Refusal
from shopterm.domain.text import clean
from shopterm.i18n import language, tr
from shopterm.show import say

Asked = Mapping[str, Any]


def read_asked(cli: Cli, row: Action, number: str) -> dict[str, Any]:
    """Return the action as it stands for a document: start values as “do --values” takes them, checklist, refusal.

    The refusal is judged only for a person named by --as.
    """
    reader, shop, number = cli.reader, cli.shop, cli.number(number)
    from shopterm.db.queries.checklist_to_walk import checklist_of
    from shopterm.db.queries.facts import facts_for
    from shopterm.db.queries.lists import key_of
    from shopterm.db.queries.prefill import prefill
    from shopterm.domain.policy import refusal

    with shop.reader():
        key = key_of(row.doc, number)
    walks = any(field.kind is Kind.CHECKLIST for field in row.form)
    refused = refusal(row, reader, facts_for(shop, row.doc, key, reader)) if reader else None
    return {
        "target": {"doc": row.doc.value, "id": key, "number": number},
        "start": _values(prefill(shop, row.name, row.doc, key, reader), shop.zone),
        "checklist": _checklist(checklist_of(shop, row.name, row.doc, key)) if walks else None,
        "refusal": _refusal(refused, shop.zone) if refused else None,
    }


def asked_lines(asked: Asked) -> Iterator[str]:
    """Yield what a person reads below the action's page."""
    if asked["refusal"]:
        yield ""
        yield f"{asked['refusal']['sentence']} [{asked['refusal']['rule']}]"
    if asked["start"]:
        yield ""
        yield tr("Starts from")
        for name, value in asked["start"].items():
            yield from _start_lines(name, value)
    if asked["checklist"]:
        yield ""
        checklist = tr("Checklist")
        name = clean(asked["checklist"]["text"])
        yield tr("{head}: {told}", head=f"{checklist} {name}", told=", ".join(asked["checklist"]["marks"]))
        yield from (f"  {_item_line(item)}" for item in asked["checklist"]["items"])


def _start_lines(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        yield clean(f"  {name}  {', '.join(value) if isinstance(value, list) else value}")
        return
    for row in value:
        cells = "; ".join(f"{column}={cell}" for column, cell in row.items() if cell not in ("", None))
        yield clean(f"  {name}  {cells}")


def _item_line(item: Mapping[str, Any]) -> str:
    limits = f" {item['low'] or ''}–{item['high'] or ''}" if item["low"] or item["high"] else ""
    choices = f" {{{'|'.join(item['choices'])}}}" if item["choices"] else ""
    unit = f" {item['unit']}" if item["unit"] else ""
    return clean(f"{item['id']}  {item['text']}{limits}{unit}{choices}")


def _values(value: Any, zone: tzinfo) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _values(part, zone) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_values(part, zone) for part in value]
    return plain(value, zone)


def _checklist(checklist: Checklist) -> dict[str, Any]:
    return {
        "id": checklist.id,
        "version": checklist.version,
        "text": checklist.text(language()),
        "marks": [mark.value for mark in checklist.marks],
        "items": [_item(item) for item in checklist.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "text": item.text(language()),
        "kind": item.kind.value,
        "unit": item.unit,
        "low": None if item.low is None else str(item.low).replace(",", ""),
        "high": None if item.high is None else str(item.high).replace(",", ""),
        "choices": list(item.choices),
    }


def _refusal(refused: Refusal, zone: tzinfo) -> dict[str, Any]:
    who = sorted(role.value for role in refused.who)
    return {"rule": refused.rule, "sentence": say(refused.sentence, refused.params, zone), "who": who}
