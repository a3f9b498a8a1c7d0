"""What a run of publishing writes into its journal, line by line: what it is about to do, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any, TypeAlias

from tmfkit.plan.packed import formed, sealed, unsealed
from tmfkit.plan.states import Known
from tmfkit.plan.steps import Action
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect

Canonical: TypeAlias = Mapping[str, Any]


GONE = "*"
"""Stands for all attributes of an item that the server does not have."""


class Damaged(Exception):
    """A line that is no record; the message says why."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A write that is about to be sent, and what tmfkit knows of the item once it is done."""

    number: int
    action: Action
    after: Known


@dataclass(frozen=True, slots=True)
class Done:
    """The server did it; `seen` is what it answered, None where it answered nothing else than what was sent, or nothing at all."""

    number: int
    server_id: str
    seen: Canonical | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The server did not do it; `partly` says that a part of it is done."""

    number: int
    reason: str
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step that was not begun."""

    address: Address
    reason: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the server has when it is asked after the write, None where that is what it answered.

    `differs` are the attributes that are not as they were sent, or `GONE`. `origin` stands for the body that was read.
    """

    address: Address
    seen: Canonical | None = None
    differs: tuple[str, ...] = ()
    origin: str = ""


Record: TypeAlias = Intent | Done | Failed | Skipped | Seen


def as_data(record: Record) -> dict[str, Any]:
    """A record as one JSON object."""
    match record:
        case Intent(number, action, after):
            return {"do": action.value, "number": number, **item_data(after)}
        case Done(number, server_id, seen):
            return {"done": number, "server": server_id, **({} if seen is None else {"seen": seen})}
        case Failed(number, reason, partly):
            return {"failed": number, "reason": reason, **({"partly": True} if partly else {})}
        case Skipped(address, reason):
            return {"skipped": str(address), "reason": reason}
        case Seen(address, seen, differs, origin):
            said = {} if seen is None else {"seen": seen}
            return {"read": str(address), **said, **({"differs": list(differs)} if differs else {}), **_named(seenOf=origin)}


def from_data(data: Any) -> Record:
    """The record that `as_data` wrote; raises `Damaged`."""
    if not isinstance(data, dict):
        raise Damaged("it is no JSON object")
    try:
        return _from_data(data)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Damaged("it is no record that tmfkit writes") from None


def _from_data(data: dict[str, Any]) -> Record:
    match next(iter(data), ""):
        case "do":
            return Intent(_number(data["number"]), Action(data["do"]), item_of(data))
        case "done":
            return Done(_number(data["done"]), _text(data["server"]), _seen(data))
        case "failed":
            return Failed(_number(data["failed"]), _text(data["reason"]), bool(data.get("partly")))
        case "skipped":
            return Skipped(address_of(data["skipped"]), _text(data["reason"]))
        case "read":
            return Seen(address_of(data["read"]), _seen(data), tuple(map(_text, data.get("differs", ()))), _text(data.get("seenOf", "")))
        case _:
            raise Damaged("it is no record that tmfkit writes")


def item_data(known: Known) -> dict[str, Any]:
    """An item as one JSON object; what is empty, and what the server gave back as it was sent, is left out."""
    flags = {name: True for name in _FLAGS if getattr(known, name)}
    texts = _named(name=known.name, version=known.version)
    seen = {} if known.seen == known.sent else {"seen": known.seen}
    origins = _named(sentOf=sealed(known.sent), seenOf=sealed(known.seen))
    return {"item": str(known.address), "server": known.server_id, **texts, **flags, "sent": known.sent, **seen, **origins}


def item_of(data: dict[str, Any]) -> Known:
    """The item that `item_data` wrote; raises what a wrong shape raises."""
    sent = unsealed(_mapping(data["sent"]), _text(data.get("sentOf", "")))
    seen = unsealed(_mapping(data["seen"]) if "seen" in data else sent, _text(data.get("seenOf", "")))
    flags = {name: bool(data.get(name)) for name in _FLAGS}
    address = address_of(data["item"])
    return Known(address, _text(data["server"]), sent, seen, _text(data.get("name", "")), _text(data.get("version", "")), **flags)


def address_of(text: Any) -> Address:
    """The address that `str` writes."""
    dialect, resource, id = _text(text).split("/", 2)
    return Address(Dialect(dialect), intern(resource), id)


_FLAGS = ("launched", "retired", "doubtful")


def _number(value: Any) -> int:
    if type(value) is not int:
        raise ValueError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _named(**texts: str) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def _seen(data: dict[str, Any]) -> Canonical | None:
    return formed(_mapping(data["seen"])) if "seen" in data else None


def _mapping(value: Any) -> Canonical:
    if not isinstance(value, Mapping):
        raise ValueError
    return value
