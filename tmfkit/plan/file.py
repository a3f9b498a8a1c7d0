"""Saves a plan and reads it back: people may read the file, and a single changed character is noticed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any, TypeVar

from tmfkit.errors import TmfkitError
from tmfkit.model.base import Key
from tmfkit.plan.canonical import fingerprint
from tmfkit.plan.steps import Action, Brake, Field, Plan, Step, Stop
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.roles import called
from tmfkit.tmf.versions import APIS

FORMAT = "tmfkit plan"
VERSION = 1
AGAIN = "make the plan again with `tmfkit plan {target} --out FILE`"

E = TypeVar("E", bound=Enum)


class _Wrong(Exception):
    """A part of the file that is not as it was written; the message says which."""


def as_file(plan: Plan) -> str:
    """The plan as JSON text; the last line is a digest of all the others."""
    data = plan_data(plan)
    return json.dumps({**data, "digest": fingerprint(data)}, indent=1, ensure_ascii=False) + "\n"


def from_file(text: str | bytes, name: str) -> Plan:
    """The plan that `as_file` wrote; `name` is what people call the file. Raises `TmfkitError` for everything else."""
    data = _opened(text, name)
    target = str(data.get("target", "TARGET"))
    hint = AGAIN.format(target=target)
    if data.get("format") != FORMAT:
        raise TmfkitError(f"{name} is no plan of tmfkit", hint)
    if data.get("formatVersion") != VERSION:
        raise TmfkitError(f"{name} was written by another version of tmfkit: its form is {data.get('formatVersion')}, not {VERSION}", hint)
    said = data.pop("digest", None)
    if said != _digest(data):
        raise TmfkitError(f"{name} was changed since it was written, and a changed plan is nobody's plan", hint)
    try:
        return _read(data)
    except (_Wrong, KeyError, TypeError, ValueError, AttributeError) as error:
        raise TmfkitError(f"{name} is damaged: {error if isinstance(error, _Wrong) else 'a part of it is missing'}", hint) from None


def moved(saved: Plan, now: Plan) -> Iterator[str]:
    """Why a saved plan is not the plan of today; nothing where it is. Each reason names the items concerned, where there are any."""
    if saved.target != now.target:
        yield f"the plan is for the target `{saved.target}`, not for `{now.target}`"
        return
    if saved.apis != now.apis:
        yield f"the addresses of the target are not those that the plan was made for: {_apis(saved)} then, {_apis(now)} now"
        return
    items = _differing(saved.steps, now.steps)
    if saved.wanted != now.wanted:
        yield f"the catalog has changed since the plan was made{items}"
    if saved.known != now.known:
        yield f"somebody has published to the target since the plan was made{items}"
    if saved.live != now.live:
        yield f"somebody has changed items on the server since the plan was made{items}"
    same = saved.wanted == now.wanted and saved.known == now.known and saved.live == now.live
    if same and (items or _without_words(saved) != _without_words(now)):
        yield f"the plan that is made today is another one{items}"


def _apis(plan: Plan) -> str:
    return ", ".join(address for _, address in plan.apis) or "none"


def _differing(before: Sequence[Step], after: Sequence[Step]) -> str:
    """The items with other steps, as the end of a sentence."""
    old, new = ({step.address: step for step in steps} for steps in (before, after))
    names = [called(address) for address in sorted({*old, *new}) if old.get(address) != new.get(address)]
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f": {', '.join(names[:5])}{more}" if names else ""


def _without_words(plan: Plan) -> Plan:
    """What has to be the same: brakes that somebody named meanwhile may have been lifted."""
    return replace(plan, release="", notes=(), stops=tuple(replace(stop, lifted=False) for stop in plan.stops))


def _digest(data: Mapping[str, Any]) -> str:
    """The digest of what was read; none where it holds what tmfkit never writes, such as endless nesting."""
    try:
        return fingerprint(data)
    except TypeError:
        return ""


def _opened(text: str | bytes, name: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise TmfkitError(f"{name} is not JSON: it is no plan, or was cut off", AGAIN.format(target="TARGET")) from None
    if not isinstance(data, dict):
        raise TmfkitError(f"{name} is no plan of tmfkit", AGAIN.format(target="TARGET"))
    return data


def plan_data(plan: Plan) -> dict[str, Any]:
    """The plan as one JSON object, without its digest."""
    return {
        "format": FORMAT,
        "formatVersion": VERSION,
        "target": plan.target,
        "release": plan.release,
        "apis": dict(plan.apis),
        "states": {"wanted": plan.wanted, "known": plan.known, "live": plan.live},
        "unchanged": plan.unchanged,
        "stops": [_stop(stop) for stop in plan.stops],
        "troubles": list(plan.troubles),
        "notes": list(plan.notes),
        "steps": [step_data(step) for step in plan.steps],
    }


def _stop(stop: Stop) -> dict[str, Any]:
    items = [str(address) for address in stop.addresses]
    return {"brake": stop.brake.value, "message": stop.message, "items": items, "lifted": stop.lifted}


def step_data(step: Step) -> dict[str, Any]:
    """A step as one JSON object; what is empty is left out."""
    said: dict[str, Any] = {
        "level": step.level,
        "action": step.action.value,
        "item": str(step.address),
        "name": step.name,
        "entity": {"kind": step.key.kind, "id": step.key.id} if step.key else None,
        "serverId": step.server_id,
        "fields": [_field(one) for one in step.fields],
        "needs": [str(address) for address in step.needs],
        "later": list(step.later),
        "note": step.note,
    }
    return {name: value for name, value in said.items() if value or name == "level"}


def _field(field: Field) -> dict[str, Any]:
    said = {"path": field.path, "before": field.before, "after": field.after}
    return {**said, "foreign": True} if field.foreign else said


def _read(data: Mapping[str, Any]) -> Plan:
    states = data["states"]
    return Plan(
        target=_text(data["target"]),
        release=_text(data["release"]),
        steps=_each(data["steps"], _read_step),
        stops=_each(data["stops"], _read_stop),
        troubles=_each(data["troubles"], _text),
        unchanged=int(data["unchanged"]),
        wanted=_text(states["wanted"]),
        known=_text(states["known"]),
        live=_text(states["live"]),
        notes=_each(data["notes"], _text),
        apis=tuple((_text(dialect), _text(url)) for dialect, url in data["apis"].items()),
    )


def _read_step(data: Mapping[str, Any]) -> Step:
    entity = data.get("entity")
    return Step(
        action=_one_of(Action, data["action"]),
        address=_address(data["item"]),
        key=Key(_text(entity["kind"]), _text(entity["id"])) if entity else None,
        name=_text(data.get("name", "")),
        level=int(data["level"]),
        server_id=_text(data.get("serverId", "")),
        fields=_each(data.get("fields", ()), _read_field),
        needs=_each(data.get("needs", ()), _address),
        later=_each(data.get("later", ()), _text),
        note=_text(data.get("note", "")),
    )


def _read_field(data: Mapping[str, Any]) -> Field:
    return Field(_text(data["path"]), data["before"], data["after"], data.get("foreign") is True)


def _read_stop(data: Mapping[str, Any]) -> Stop:
    return Stop(_one_of(Brake, data["brake"]), _text(data["message"]), _each(data["items"], _address), data["lifted"] is True)


T = TypeVar("T")


def _each(values: Any, read: Callable[[Any], T]) -> tuple[T, ...]:
    return tuple(read(value) for value in values)


def _one_of(words: type[E], said: Any) -> E:
    try:
        return words(said)
    except ValueError:
        raise _Wrong(f"tmfkit knows no `{said}`") from None


def _address(text: Any) -> Address:
    dialect, resource, id = _text(text).split("/", 2)
    api = _one_of(Dialect, dialect)
    if all(entry.path != resource for entry in APIS[api].resources):
        raise _Wrong(f"{APIS[api].title} has no resource `{resource}`")
    return Address(api, resource, id)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong(f"`{value}` stands where a text belongs")
    return value
