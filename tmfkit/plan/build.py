"""Makes the plan: for every item what is to be done with it, in which order, and what holds it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tmfkit.plan.canonical import fingerprint
from tmfkit.plan.compare import compare
from tmfkit.plan.finding import in_the_way
from tmfkit.plan.order import ordered
from tmfkit.plan.preflight import notes, troubles
from tmfkit.plan.safety import stops
from tmfkit.plan.scene import Scene, scene
from tmfkit.plan.states import Known, States
from tmfkit.plan.steps import Action, Brake, Field, Plan, Step
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile
from tmfkit.tmf.roles import OVER, RETIRED, STATUS, called, status_of


def make_plan(
    target: str, release: str, states: States, profiles: Mapping[Dialect, Profile], allow: frozenset[Brake] = frozenset()
) -> Plan:
    """The plan for a target; `profiles` say how the server of each of its APIs behaves, `allow` are the brakes that somebody named."""
    return plan_of(scene(states, profiles), target, release, allow)


def plan_of(here: Scene, target: str, release: str, allow: frozenset[Brake] = frozenset()) -> Plan:
    """The plan for a target whose states are brought together already."""
    found = list(_steps(here))
    steps = _waiting(ordered((_settled(step, allow) for step in found), here.wants, here.sent))
    return Plan(
        target=target,
        release=release,
        steps=steps,
        stops=tuple(stops(here, found, allow)),
        troubles=tuple(troubles(here, steps)),
        unchanged=len(here.wanted) - sum(step.address in here.wanted for step in steps),
        wanted=fingerprint(*([str(address), here.bodies[address]] for address in sorted(here.bodies))),
        known=fingerprint(*(_record(address, here.known[address]) for address in sorted(here.known))),
        live=fingerprint(*_live(here, steps)),
        notes=tuple(notes(here, steps)),
    )


def _steps(here: Scene) -> Iterator[Step]:
    kept = _kept(here)
    for address in sorted({*here.wanted, *here.known}):
        known = here.known.get(address)
        if address not in here.wanted:
            step = _leaving(here, address, here.known[address], stays=address in kept)
        elif known is None or address not in here.served:
            step = _arriving(here, address, vanished=known is not None)
        else:
            step = _staying(here, address, known)
        if step is not None:
            yield step


def _arriving(here: Scene, address: Address, *, vanished: bool) -> Step:
    """An item that the server does not have, or not from us."""
    found = in_the_way(here, address)
    step = _step(here, Action.CREATE, address)
    if here.made_by_server(address) and len(found) < 2:
        note = "the server has made it with its specification" if found else "the server may make it with its specification"
        return replace(step, server_id=found[0].id if found else "", note=f"{note}: it is taken over then" if not found else note)
    if found:
        return replace(step, action=Action.ADOPT, server_id=found[0].id if len(found) == 1 else "", note=_clash(address, found))
    return replace(step, note="it was published before and is gone from the server") if vanished else step


def _clash(address: Address, found: tuple[Address, ...]) -> str:
    ids = ", ".join(f"`{one.id}`" for one in found)
    if len(found) > 1:
        return f"the server has {len(found)} items of this name and version that tmfkit did not make: {ids}"
    same = "id" if found[0] == address else "name and version"
    return f"on the server already under the same {same}, and not made by tmfkit"


def _staying(here: Scene, address: Address, known: Known) -> Step | None:
    """An item that both the catalog and the server have."""
    found = compare(here.bodies[address], known, here.served[address])
    step = replace(_step(here, Action.UPDATE, address), server_id=known.server_id, fields=found.fields)
    if found.clashes:
        names = ", ".join(f"`{name}`" for name in found.clashes)
        return replace(step, action=Action.CONFLICT, note=f"changed in the catalog and on the server: {names}")
    if former := here.former(address):
        return replace(step, note=f"it was called `{former.id}`; the server keeps it under the id `{known.server_id}`")
    return step if found.fields else None


def _kept(here: Scene) -> frozenset[Address]:
    """What leaves the catalog and stays on the server: what was launched, and the drafts that something of it refers to."""
    waiting = [address for address in here.known if address not in here.wanted and here.was_launched(address)]
    kept = set(waiting)
    while waiting:
        drafts = {target for _, target in here.sent(waiting.pop()) if target in here.known and target not in here.wanted} - kept
        kept |= drafts
        waiting += drafts
    return frozenset(kept)


def _leaving(here: Scene, address: Address, known: Known, *, stays: bool) -> Step | None:
    """An item that the catalog has no more."""
    live = here.served.get(address)
    step = Step(Action.REMOVE, address, None, known.name or address.id, server_id=known.server_id)
    if live is None:
        return replace(step, note="it is gone from the server already")
    if not stays:
        return step
    status = live.get(STATUS)
    if status_of(live) in OVER or (known.retired and status == known.seen.get(STATUS)):
        return None
    note = "somebody on the server made it usable again" if known.retired else ""
    if not (note or here.was_launched(address)):
        note = "a draft that something retired refers to"
    return replace(step, action=Action.RETIRE, fields=(Field(STATUS, status, RETIRED, known.retired),), note=note)


def _step(here: Scene, action: Action, address: Address) -> Step:
    wanted = here.wanted[address]
    return Step(action, address, wanted.key, str(wanted.body.get("name") or address.id))


def _settled(step: Step, allow: frozenset[Brake]) -> Step:
    """Of a conflict whose brake somebody named, the catalog's side is written."""
    if step.action is not Action.CONFLICT or Brake.CONFLICT not in allow:
        return step
    return replace(step, action=Action.UPDATE, note=f"{step.note}; the catalog wins")


def _waiting(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """What needs something that has to be adopted first says so; the steps are in the order of their levels."""
    missing: dict[Address, str] = {step.address: called(step.address) for step in steps if step.action is Action.ADOPT}
    if not missing:
        return steps
    made = []
    for step in steps:
        cause = next((missing[need] for need in step.needs if need in missing), "")
        if cause and step.action is not Action.ADOPT:
            missing[step.address] = cause
        made.append(replace(step, note=f"it waits until {cause} is adopted") if cause else step)
    return tuple(made)


def _record(address: Address, known: Known) -> list[Any]:
    return [str(address), known.server_id, known.sent, known.seen, known.launched, known.retired, known.doubtful]


def _live(here: Scene, steps: tuple[Step, ...]) -> Iterator[list[Any]]:
    """What the server has of ours, and what stands in the way; what else it has is not the plan's business."""
    for address in sorted(here.known):
        yield [str(address), here.served.get(address)]
    for step in steps:
        if step.action in (Action.CREATE, Action.ADOPT):
            yield from ([str(found), here.foreign(found)] for found in in_the_way(here, step.address))
