"""What is known of a target: every item that was published there, under which id, as it was sent and as the server gave it back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tmfkit.errors import TmfkitError
from tmfkit.plan.states import Known
from tmfkit.publish import journal, lines
from tmfkit.publish.destination import Destination
from tmfkit.publish.records import Damaged, Intent, address_of, item_data, item_of
from tmfkit.tmf.addresses import Address

FILE = "published.jsonl"
FORMAT = 1
HEAD = "tmfkit-state"


@dataclass(frozen=True, slots=True)
class Published:
    """What a target got. `release` is that of the last run, `others` are items that were there and that tmfkit did not make."""

    known: Mapping[Address, Known] = field(default_factory=dict)
    release: str = ""
    others: frozenset[Address] = frozenset()


@dataclass(frozen=True, slots=True)
class Remembered:
    """The state of a target with the journal of a run that did not end; `doubts` are its writes that nobody knows the outcome of.

    `interrupted` says that such a journal is there, even if the run was killed before it wrote a line.
    """

    published: Published
    doubts: tuple[Intent, ...] = ()
    interrupted: bool = False


def remembered(destination: Destination) -> Remembered:
    """What the folder of a target says; nothing where nothing was published. Writes nothing."""
    published = load(destination)
    records = journal.records(destination.folder)
    folded = journal.folded(published.known, records)
    return Remembered(replace(published, known=folded.known), folded.doubts, (destination.folder / journal.FILE).exists())


def load(destination: Destination) -> Published:
    """The items of a target as the last run that ended left them."""
    file = destination.folder / FILE
    rows = lines.read(file)
    number, head = next(rows, (0, None))
    if not number:
        if file.exists():
            raise lines.broken(file, 1, "it is empty")
        return Published()
    release, others = _head(file, head, destination)
    known: dict[Address, Known] = {}
    for number, data in rows:
        item = _item(file, number, data)
        if item.address in known:
            raise lines.broken(file, number, f"{item.address} stands there twice")
        known[item.address] = item
    return Published(known, release, others)


def save(destination: Destination, published: Published) -> None:
    """Writes the state whole, and sets the journal aside that it has taken over."""
    lines.write(destination.folder / FILE, _rows(destination, published))
    journal.set_aside(destination.folder)


def _rows(destination: Destination, published: Published) -> Iterator[dict[str, Any]]:
    yield {
        HEAD: FORMAT,
        "target": destination.name,
        "apis": {dialect.value: destination.addresses[dialect] for dialect in destination.dialects},
        "release": published.release,
        "others": sorted(map(str, published.others)),
    }
    yield from (item_data(published.known[address]) for address in sorted(published.known))


def _head(file: Path, head: Any, destination: Destination) -> tuple[str, frozenset[Address]]:
    if not isinstance(head, dict) or HEAD not in head:
        raise lines.broken(file, 1, "it is no state of a target")
    if head[HEAD] != FORMAT:
        raise TmfkitError(f"{file} was written by another tmfkit, in form {head[HEAD]}", f"this one reads form {FORMAT}: use the newer one")
    if head.get("target") != destination.name:
        hint = f"every target has a folder of its own: put back that of `{destination.name}`, or move this one away"
        raise TmfkitError(f"{file} is the state of target `{head.get('target')}`, not of `{destination.name}`", hint)
    _same_addresses(file, head.get("apis"), destination)
    try:
        return str(head["release"]), frozenset(map(address_of, head["others"]))
    except (KeyError, TypeError, ValueError):
        raise lines.broken(file, 1, "it is no state of a target") from None


def _same_addresses(file: Path, apis: Any, destination: Destination) -> None:
    """What was published to one server says nothing about another one."""
    if not isinstance(apis, dict):
        raise lines.broken(file, 1, "it is no state of a target")
    for dialect in destination.dialects:
        there = apis.get(dialect.value, destination.addresses[dialect])
        if there != destination.addresses[dialect]:
            raise TmfkitError(
                f"{file} is about {dialect} at {there}, and the target is at {destination.addresses[dialect]} now",
                "if the same server moved, write its new address into the first line of that file; "
                "else move the folder away: another server has another state",
            )


def _item(file: Path, number: int, data: Any) -> Known:
    try:
        if isinstance(data, dict):
            return item_of(data)
        raise Damaged
    except (Damaged, KeyError, TypeError, ValueError, AttributeError):
        raise lines.broken(file, number, "it is no item that tmfkit writes") from None
