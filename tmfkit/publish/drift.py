"""What somebody changed on the server since tmfkit published there: field by field, what is gone, and what is new."""

from collections.abc import Mapping
from dataclasses import dataclass

from tmfkit.plan.compare import differences
from tmfkit.plan.forming import Forming
from tmfkit.plan.packed import opened
from tmfkit.plan.states import Known, Live
from tmfkit.plan.steps import Field
from tmfkit.publish import state
from tmfkit.publish.destination import Destination
from tmfkit.publish.identity import Identity
from tmfkit.publish.live import fetched
from tmfkit.publish.planning import settle
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.attributes import declared
from tmfkit.workers import Tell, unheard


@dataclass(frozen=True, slots=True)
class Stranger:
    """An item that appeared on the server; its address has the id of the server."""

    address: Address
    name: str


@dataclass(frozen=True, slots=True)
class Drift:
    """How a target differs from what it was when tmfkit last published there.

    `published` counts the items that are looked at; `interrupted` says that a run did not end: its last writes may be among the changes.
    """

    target: str
    release: str
    published: int
    changed: Mapping[Address, tuple[Field, ...]]
    vanished: tuple[Address, ...]
    appeared: tuple[Stranger, ...]
    interrupted: bool = False

    @property
    def is_none(self) -> bool:
        """Whether nobody changed anything."""
        return not (self.changed or self.vanished or self.appeared)


def drift(destination: Destination, tell: Tell = unheard) -> Drift:
    """Compares what the server has with what it had. Changes nothing."""
    remembered = state.remembered(destination)
    live = fetched(destination, tell)
    known = {at: item for at, item in settle(destination, remembered, live).known.items() if at.dialect in destination.apis}
    identity = Identity(destination, known.values())
    served = {address: live.get(address._replace(id=item.server_id)) for address, item in known.items()}
    pairs = ((address, _fields(destination, known[address], there, identity)) for address, there in served.items() if there is not None)
    return Drift(
        destination.name,
        remembered.published.release,
        len(known),
        {address: fields for address, fields in sorted(pairs) if fields},
        tuple(sorted(address for address, there in served.items() if there is None)),
        tuple(_strangers(live, known, remembered.published.others)) if known else (),
        remembered.interrupted,
    )


def _fields(destination: Destination, item: Known, live: Live, identity: Identity) -> tuple[Field, ...]:
    """What differs of what the catalog or an official file knows; what a server counts besides is its own affair."""
    form = Forming(destination.profiles, identity.ours, identity.moved).form(item.address, live.body, item.seen)
    if form == item.seen:
        return ()
    there, seen = opened(form), opened(item.seen)
    ours = declared(*item.address[:2]) | item.sent.keys()
    names = sorted(name for name in {*seen, *there} if name in ours)
    return tuple(field for name in names for field in differences(name.replace("/", "~1"), seen.get(name), there.get(name)))


def _strangers(live: Mapping[Address, Live], known: Mapping[Address, Known], others: frozenset[Address]) -> list[Stranger]:
    ours = {address._replace(id=item.server_id) for address, item in known.items()}
    return [Stranger(address, str(live[address].body.get("name") or "")) for address in sorted(live.keys() - ours - others)]
