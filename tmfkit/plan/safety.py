"""The brakes: what is never done without somebody saying that it is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tmfkit.plan.scene import Scene
from tmfkit.plan.steps import Action, Brake, Step, Stop
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.references import noun
from tmfkit.tmf.roles import OFFERING, OVER, PRICE, amount_of, called, status_of
from tmfkit.tmf.versions import APIS

SHRUNK = Decimal("0.2")
"""From this part of what was published on, losing it is more than somebody usually means."""

FEW = 5
"""So many items may always go."""

STRANGE = Decimal("0.5")
"""From more than this part of what was published on, losing it means that the state is another catalog's, even if as much is new."""

ALL_BUT = Decimal("0.8")
"""From this part of a catalog on, having it already means that a server was published to, though nothing is known of that."""

DROP = Decimal("0.2")
"""From this part of a price on, taking it off is more than somebody usually means."""

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Held:
    """What a brake found: the fact, and the items that it is about."""

    message: str
    addresses: tuple[Address, ...] = ()


def stops(scene: Scene, steps: Sequence[Step], allow: frozenset[Brake]) -> Iterator[Stop]:
    """The brakes that hold, those that somebody named among them."""
    for brake, check in BRAKES:
        for held in check(scene, steps):
            yield Stop(brake, held.message, held.addresses, brake in allow)


def shrink(scene: Scene, steps: Sequence[Step]) -> Iterator[Held]:
    """The catalog is empty, has much less than what was published, or something quite different."""
    there = [address for address, known in sorted(scene.known.items()) if not (known.retired or status_of(known.seen) in OVER)]
    published = Counter(address.dialect for address in there)
    wanted = Counter(address.dialect for address in scene.wanted)
    if published and not wanted:
        were = "was" if published.total() == 1 else "were"
        yield Held(f"the catalog is empty, and {number(published.total(), 'item')} {were} published", tuple(sorted(scene.known)))
        return
    for dialect in sorted(published):
        before, after = published[dialect], wanted[dialect]
        if after == 0 or (before - after > FEW and before - after >= SHRUNK * before):
            gone = tuple(address for address in sorted(scene.known) if address.dialect is dialect and address not in scene.wanted)
            yield Held(f"{APIS[dialect].title} shrinks from {number(before, 'item')} to {after}", gone)
            continue
        lost = tuple(address for address in there if address.dialect is dialect and address not in scene.wanted)
        if len(lost) > FEW and len(lost) > STRANGE * before:
            kept = f"of {number(before, 'item')} that were published the catalog has {before - len(lost) or 'none'}"
            yield Held(f"{APIS[dialect].title}: {kept}; is this the state folder of another catalog?", lost)


def price_drop(scene: Scene, steps: Sequence[Step]) -> Iterator[Held]:
    """A price falls by much, or to nothing."""
    found = [(step.address, words) for step in steps if (words := _drop(scene, step))]
    if found:
        fall = "falls" if len(found) == 1 else "fall"
        message = f"{number(len(found), 'price')} {fall} by {DROP * 100:.0f} % or more: {listed([words for _, words in found])}"
        yield Held(message, tuple(address for address, _ in found))


def _drop(scene: Scene, step: Step) -> str:
    address = step.address
    if step.action not in (Action.UPDATE, Action.CONFLICT) or noun(address.dialect, address.resource) != PRICE:
        return ""
    before, after = amount_of(scene.served[address]), amount_of(scene.bodies[address])
    if before is None or after is None or before.unit != after.unit or after.value >= before.value:
        return ""
    lost = before.value - after.value
    if lost < DROP * abs(before.value):
        return ""
    percent = f" (-{lost * 100 / abs(before.value):.0f} %)" if before.value else ""
    return f"{address.id} {before} -> {after}{percent}"


def removal(scene: Scene, steps: Sequence[Step]) -> Iterator[Held]:
    """An offering that was launched leaves the catalog."""
    retired = (step.address for step in steps if step.action is Action.RETIRE)
    gone = [one for one in retired if noun(one.dialect, one.resource) == OFFERING and scene.was_launched(one)]
    if gone:
        words = "offering that was launched leaves" if len(gone) == 1 else "offerings that were launched leave"
        yield Held(f"{len(gone)} {words} the catalog: {listed([address.id for address in gone])}", tuple(gone))


def unmanaged(scene: Scene, steps: Sequence[Step]) -> Iterator[Held]:
    """Something that tmfkit did not make is in the way."""
    found = [step.address for step in steps if step.action is Action.ADOPT]
    if len(found) > FEW and len(found) >= ALL_BUT * len(scene.wanted) and not scene.known:
        count = f"all {len(found)}" if len(found) == len(scene.wanted) else f"{len(found)} of {len(scene.wanted)}"
        message = f"nothing was published from here, and the server has {count} items already: if the state was lost, put it back"
        yield Held(message, tuple(found))
    elif found:
        words = "item is on the server already and was" if len(found) == 1 else "items are on the server already and were"
        yield Held(f"{len(found)} {words} not made by tmfkit: {listed([called(address) for address in found])}", tuple(found))


def conflict(scene: Scene, steps: Sequence[Step]) -> Iterator[Held]:
    """The catalog and somebody on the server changed the same."""
    found = [step.address for step in steps if step.action is Action.CONFLICT]
    if found:
        words = "item was" if len(found) == 1 else "items were"
        names = listed([called(address) for address in found])
        yield Held(f"{len(found)} {words} changed both in the catalog and on the server: {names}", tuple(found))


def listed(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def number(count: int, word: str) -> str:
    """`1 item`, `2 items`."""
    return f"{count} {word}{'' if count == 1 else 's'}"


BRAKES: tuple[tuple[Brake, Callable[[Scene, Sequence[Step]], Iterator[Held]]], ...] = (
    (Brake.SHRINK, shrink),
    (Brake.REMOVAL, removal),
    (Brake.PRICE_DROP, price_drop),
    (Brake.UNMANAGED, unmanaged),
    (Brake.CONFLICT, conflict),
)
"""Every brake, in the order in which people read of them."""
