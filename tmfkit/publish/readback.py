"""Reads back what was written: what the server answered and what it has are two things."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

from tmfkit.errors import TmfkitError
from tmfkit.plan.states import Known
from tmfkit.publish.records import GONE, Seen
from tmfkit.publish.run import Run
from tmfkit.remote.api import Body
from tmfkit.remote.paging import everything
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.roles import STATUS

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


def _each(run: Run, bodies: Mapping[str, Body] | None) -> Callable[[Address], Body | None]:
    def read(address: Address) -> Body | None:
        server_id = run.known[address].server_id
        if bodies is not None:
            return bodies.get(server_id)
        held = run.api(address).read(address.resource, server_id)
        return None if held is None else held.body

    return read


def _in_pages(run: Run, items: list[Address]) -> dict[str, Body] | None:
    """The list of a resource by id; None where it does not stand still."""
    for _ in range(TRIES):
        try:
            return {str(body["id"]): body for body in everything(run.api(items[0]), items[0].resource)}
        except TmfkitError:
            continue
    return None


def _note(run: Run, item: Known, body: Body | None) -> None:
    if body is None:
        run.journal.note(Seen(item.address, differs=(GONE,)))
        return
    there = run.canonical_of_live(item.address, body)
    written = (STATUS,) if item.retired else item.sent
    differs = tuple(sorted(name for name in written if there.get(name) != item.sent[name]))
    seen = _remembered(item, there)
    if seen == item.seen:
        run.journal.note(Seen(item.address, None, differs))
        return
    run.journal.note(Seen(item.address, seen, differs))
    run.known[item.address] = replace(item, seen=seen, doubtful=False)


def _remembered(item: Known, there: Mapping[str, Any]) -> dict[str, Any]:
    """What the server made of the write. What it answered right and has no longer is somebody else's change: that has to be seen again."""
    undone = {name for name, value in item.sent.items() if there.get(name) != value and item.seen.get(name) == value}
    return {**{name: value for name, value in there.items() if name not in undone}, **{name: item.sent[name] for name in undone}}
