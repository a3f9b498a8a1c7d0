"""Publishes: takes the lease of a target, makes the plan, asks whether it is meant, carries it out and remembers what was done."""

import random
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from tmfkit.errors import TmfkitError
from tmfkit.plan.packed import Packed
from tmfkit.plan.states import Known, Wanted
from tmfkit.plan.steps import Brake, Plan
from tmfkit.publish import journal, state
from tmfkit.publish.apply import carried_out
from tmfkit.publish.destination import Destination
from tmfkit.publish.identity import Identity
from tmfkit.publish.journal import Journal
from tmfkit.publish.lease import Lease, LostLease, held
from tmfkit.publish.pace import Pace
from tmfkit.publish.planning import Planned, planned
from tmfkit.publish.records import Record
from tmfkit.publish.report import Report, reported
from tmfkit.publish.run import Run
from tmfkit.tmf.addresses import Address
from tmfkit.workers import Tell, unheard


@dataclass(frozen=True)
class Manner:
    """How a plan is carried out: whether the first failure ends it, and the clock, the sleep and the chance that it uses."""

    stop_on_error: bool = False
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], object] | None = None
    chance: Callable[[], float] = random.random


def publish(
    destination: Destination,
    wanted: Mapping[Address, Wanted],
    release: str,
    allow: frozenset[Brake] = frozenset(),
    tell: Tell = unheard,
    manner: Manner = Manner(),
) -> Report:
    """Brings a target to what is wanted, without asking anybody. Raises where a brake holds, and where somebody else is publishing."""
    with held(destination.folder, manner.clock) as lease:
        return carry(destination, planned(destination, wanted, release, allow, tell), lease, tell, manner)


def carry(destination: Destination, made: Planned, lease: Lease, tell: Tell = unheard, manner: Manner = Manner()) -> Report:
    """Carries out a plan that was made while the lease was held."""
    if made.plan.held:
        raise TmfkitError(
            f"nothing is published to {destination.name}: {reasons(made.plan)}", f"`tmfkit plan {destination.name}` says more"
        )
    known = _today(destination, made)
    before = made.remembered.published
    start = state.Published(known, made.plan.release, _others(made, known))
    if start != before or made.remembered.interrupted:
        state.save(destination, start)
    if not made.plan.steps:
        return _told(destination, made, ())
    return _carried_out(destination, made, start, lease, tell, manner)


def reasons(plan: Plan) -> str:
    """Why a plan is held back, in one line."""
    held_by = [f"{stop.message} (`--allow {stop.brake.value}` lifts this)" for stop in plan.stops if not stop.lifted]
    return "; ".join((*plan.troubles, *held_by))


def _carried_out(destination: Destination, made: Planned, start: state.Published, lease: Lease, tell: Tell, manner: Manner) -> Report:
    identity = Identity(destination, start.known.values(), made.states.wanted)
    pace = Pace(destination.concurrency, manner.sleep, manner.chance)
    run = Run(destination, made.states, identity, Journal(destination.folder), lease, pace, dict(start.known), made.scene.bodies)
    broken: TmfkitError | KeyboardInterrupt | None = None
    try:
        carried_out(run, made.plan, tell, stop_on_error=manner.stop_on_error)
    except LostLease:
        raise
    except (TmfkitError, KeyboardInterrupt) as error:
        broken = error
    finally:
        run.journal.close()
    return replace(_concluded(destination, made, start), broken=broken)


def _concluded(destination: Destination, made: Planned, start: state.Published) -> Report:
    """Takes the journal over into the state; while a write is in doubt it stays as it is, for the next run to look up."""
    records = journal.records(destination.folder)
    folded = journal.folded(start.known, records)
    if not folded.doubts:
        state.save(destination, replace(start, known=folded.known, others=_others(made, folded.known)))
    return _told(destination, made, records)


def _told(destination: Destination, made: Planned, records: Iterable[Record]) -> Report:
    report = reported(destination.name, made.plan.release, made.plan.unchanged, records)
    return replace(report, hosts=destination.hosts)


def _today(destination: Destination, made: Planned) -> dict[Address, Known]:
    """What is known, in the ids that the catalog gives today; what was published to APIs that the target no longer has stays.

    An item in doubt that turned out as it is wanted is in doubt no more.
    """
    kept = {address: item for address, item in made.states.known.items() if address.dialect not in destination.apis}
    here = made.scene
    pending = {step.address for step in made.plan.steps}
    there = {
        address: _cleared(item, here.bodies[address], here.served[address], doubtful=item.doubtful and address in pending)
        for address, item in here.known.items()
        if address in here.bodies and address in here.served
    }
    return {**kept, **here.known, **there}


def _cleared(item: Known, wanted: Packed, served: Packed, *, doubtful: bool) -> Known:
    """What is known of an item; equal forms are taken as they were made now, with the origin by which they are known again."""
    if item.doubtful and not doubtful:
        return replace(item, sent=wanted, seen=served, doubtful=False)
    sent, seen = wanted if item.sent == wanted else item.sent, served if item.seen == served else item.seen
    return item if sent is item.sent and seen is item.seen else replace(item, sent=sent, seen=seen)


def _others(made: Planned, known: Mapping[Address, Known]) -> frozenset[Address]:
    """What the server had and nobody published from here."""
    ours = {address._replace(id=item.server_id) for address, item in known.items()}
    return frozenset(made.states.live.keys() - ours)
