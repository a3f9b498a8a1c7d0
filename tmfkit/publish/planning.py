"""Makes the plan for a target: what the catalog wants, what was published, and what the server has by now, put side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tmfkit.plan.build import plan_of
from tmfkit.plan.forming import Forming
from tmfkit.plan.packed import opened
from tmfkit.plan.scene import Scene, scene
from tmfkit.plan.states import Known, Live, States, Wanted
from tmfkit.plan.steps import Action, Brake, Plan
from tmfkit.publish import state
from tmfkit.publish.destination import Destination
from tmfkit.publish.identity import Identity
from tmfkit.publish.live import fetched
from tmfkit.publish.lookup import Several, the_one
from tmfkit.publish.records import Intent
from tmfkit.remote.api import Body
from tmfkit.tmf.addresses import Address
from tmfkit.workers import Tell, unheard


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and what it was made from and looked at; `in_doubt` are writes of an interrupted run that nobody can find out about."""

    plan: Plan
    states: States
    remembered: state.Remembered
    scene: Scene
    in_doubt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known once the server has been asked about every write in doubt; `troubles` are those that stay so."""

    known: Mapping[Address, Known]
    troubles: tuple[str, ...] = ()


def planned(
    destination: Destination, wanted: Mapping[Address, Wanted], release: str, allow: frozenset[Brake] = frozenset(), tell: Tell = unheard
) -> Planned:
    """The plan that leads a target from what it has to what the catalog wants. Asks the servers for their lists, and changes nothing."""
    remembered = state.remembered(destination)
    live = fetched(destination, tell)
    tell("comparing")
    settled = settle(destination, remembered, live)
    states = States(wanted, settled.known, live)
    here = scene(states, destination.profiles)
    plan = plan_of(here, destination.name, release, allow)
    apis = tuple((dialect.value, destination.addresses[dialect]) for dialect in destination.dialects)
    plan = replace(plan, troubles=(*settled.troubles, *plan.troubles), notes=(*_unfinished(remembered), *plan.notes), apis=apis)
    return Planned(plan, states, remembered, here, settled.troubles)


def _unfinished(remembered: state.Remembered) -> Iterator[str]:
    if remembered.interrupted:
        yield "the last run did not end: what it wrote counts as published, and publishing goes on from there"


def settle(destination: Destination, remembered: state.Remembered, live: Mapping[Address, Live]) -> Settled:
    """Looks up what an interrupted run left in doubt."""
    known = dict(remembered.published.known)
    identity = Identity(destination, known.values())
    troubles: list[str] = []
    for intent in remembered.doubts:
        if intent.action is not Action.CREATE:
            _doubt(known, intent)
            continue
        try:
            found = _found(intent, live, identity, destination)
        except Several as error:
            troubles.append(f"{error.message}: which of them tmfkit made nobody can tell; {error.hint}")
            continue
        if found is not None:
            known[intent.after.address] = _taken(intent.after, found, destination, identity)
    return Settled(known, tuple(troubles))


def _doubt(known: dict[Address, Known], intent: Intent) -> None:
    address = intent.after.address
    if address in known:
        known[address] = replace(known[address], doubtful=True)


def _found(intent: Intent, live: Mapping[Address, Live], identity: Identity, destination: Destination) -> Body | None:
    item = intent.after
    if identity.on_server(item.address) is not None:
        return None
    same = (opened(one.body) for at, one in live.items() if at[:2] == item.address[:2])
    return the_one(item, same, identity, destination.profiles[item.address.dialect])


def _taken(item: Known, body: Body, destination: Destination, identity: Identity) -> Known:
    server_id = str(body["id"])
    identity.learn(item.address, server_id)
    seen = Forming(destination.profiles, identity.ours, identity.moved).form(item.address, body)
    return replace(item, server_id=server_id, seen=seen, doubtful=True)
