"""What listeners are told about a change: which events it makes, and how each is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tmfkit.serve.exchange import Body
from tmfkit.serve.json_text import alike
from tmfkit.serve.service import Written, minted, stamp
from tmfkit.tmf import rest
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import REST, Served
from tmfkit.tmf.versions import APIS

SILENT = ("href", "lastUpdate")
"""Attributes whose change alone is no news."""

_WORDS = {
    rest.Change.CREATED: "was created",
    rest.Change.CHANGED: "was changed",
    rest.Change.STATUS: "has another status",
    rest.Change.DELETED: "was deleted",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to tell the listeners of an API; `body` is what they receive."""

    dialect: Dialect
    type: str
    body: Body


def events_of(changes: Iterable[Written], new_id: Callable[[], str] = minted) -> list[Event]:
    """What changes that were made together tell, in their order; one `correlationId` says that they belong together."""
    correlation = new_id()
    found: list[Event] = []
    for written in changes:
        served = REST[written.shelf.dialect].served(written.shelf.resource)
        for change, name in _named(served, written) if served else ():
            found.append(Event(written.shelf.dialect, name, _envelope(written, change, name, new_id(), correlation)))
    return found


def _named(served: Served, written: Written) -> list[tuple[rest.Change, str]]:
    """The events of a change by name. A state that no event of its own tells is a change like any other."""
    happened = list(_happened(served, written.before, written.after))
    if rest.Change.STATUS in happened and rest.Change.STATUS not in served.events and rest.Change.CHANGED not in happened:
        happened.append(rest.Change.CHANGED)
    return [(change, served.events[change]) for change in happened if change in served.events]


def _happened(served: Served, before: Body | None, after: Body | None) -> Iterable[rest.Change]:
    if before is None or after is None:
        yield from [rest.Change.CREATED] if after is not None else [rest.Change.DELETED] if before is not None else []
        return
    state = "status" if served.job else "lifecycleStatus"
    differing = {name for name in before.keys() | after.keys() if not alike(before.get(name), after.get(name))}.difference(SILENT)
    if differing - {state}:
        yield rest.Change.CHANGED
    if state in differing:
        yield rest.Change.STATUS


def _envelope(written: Written, change: rest.Change, name: str, id: str, correlation: str) -> Body:
    """The form that the catalog APIs share (TMF620, TMF633 and TMF634, notification structure)."""
    dialect, resource = written.shelf
    item = written.after if written.after is not None else written.before or {}
    moment = stamp(written.moment)
    told: Body = {
        "eventId": id,
        "eventTime": moment,
        "eventType": name,
        "event": {resource: item},
        "correlationId": correlation,
        "domain": APIS[dialect].title,
        "title": name,
        "description": f"{resource} {item.get('id', '')} {_WORDS[change]}",
        "priority": "Normal",
        REST[dialect].occurred: moment,
    }
    return {"@type": name, **told} if REST[dialect].typed else told
