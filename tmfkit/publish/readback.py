"""Reads back what was written: what the server answered and what it has are two things."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any, TypeAlias

from tmfkit.errors import TmfkitError
from tmfkit.plan.packed import Packed, formed, opened, packed
from tmfkit.plan.states import Known
from tmfkit.publish.records import GONE, Seen
from tmfkit.publish.run import Run
from tmfkit.remote.paging import everything
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.roles import STATUS

Held: TypeAlias = Mapping[str, Any]
"""An item as the server has it."""

TRIES = 3
"""How often a list is read that changes meanwhile, before every item is asked for alone."""


def read_back(run: Run, addresses: Iterable[Address], pool: Executor) -> None:
    """Compares items with what was sent, and notes in the journal what the server has; in pages where that takes fewer requests."""
    there = Counter(address[:2] for address in run.states.live)
    written: dict[tuple[str, str], list[Address]] = defaultdict(list)
    for address in addresses:
        written[address[:2]].append(address)
    for place, items in sorted(written.items()):
        pages = 1 + (there[place] + len(items)) // run.profile(items[0]).page  # type: ignore[index]
        bodies = _in_pages(run, items) if len(items) > pages else None
        for item, body in zip(items, pool.map(_each(run, bodies), items), strict=True):
            _note(run, run.known[item], body)


def _each(run: Run, bodies: Mapping[str, Held] | None) -> Callable[[Address], Held | None]:
    def read(address: Address) -> Held | None:
        server_id = run.known[address].server_id
        if bodies is not None:
            return bodies.get(server_id)
        held = run.api(address).read(address.resource, server_id)
        return None if held is None else held.body

    return read


def _in_pages(run: Run, items: list[Address]) -> dict[str, Held] | None:
    """Those items of the list of a resource by id; None where it does not stand still."""
    written = {run.known[address].server_id for address in items}
    for _ in range(TRIES):
        try:
            bodies = everything(run.api(items[0]), items[0].resource)
            return {str(body["id"]): packed(body) for body in bodies if str(body["id"]) in written}
        except TmfkitError:
            continue
    return None


def _note(run: Run, item: Known, body: Held | None) -> None:
    if body is None:
        run.journal.note(Seen(item.address, differs=(GONE,)))
        return
    there = run.form_of_live(item.address, body, item.seen)
    differs = _differing(item, there)
    seen = there if there == item.sent else _remembered(item, there)
    if seen == item.seen:
        run.journal.note(Seen(item.address, None, differs, seen.origin))
        return
    run.journal.note(Seen(item.address, seen, differs, seen.origin))
    run.known[item.address] = replace(item, seen=seen, doubtful=False)


def _differing(item: Known, there: Packed) -> tuple[str, ...]:
    """The attributes that are not as they were sent."""
    if there == item.sent:
        return ()
    has, sent = opened(there), opened(item.sent)
    return tuple(sorted(name for name in ((STATUS,) if item.retired else sent) if has.get(name) != sent[name]))


def _remembered(item: Known, there: Packed) -> Packed:
    """What the server made of the write. What it answered right and has no longer is somebody else's change: that has to be seen again."""
    has, sent, answered = opened(there), opened(item.sent), opened(item.seen)
    undone = {name: value for name, value in sent.items() if has.get(name) != value and answered.get(name) == value}
    return formed({**has, **undone}) if undone else there
