"""Looks at every write before the first one is made: what a server cannot take is told while nothing has been changed yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import orjson

from tmfkit.plan.finding import duplicates
from tmfkit.plan.patch import creation, fixed, stuck, unsendable
from tmfkit.plan.safety import listed, number
from tmfkit.plan.scene import Scene, replace_id
from tmfkit.plan.steps import Action, Step
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.profile import Ids
from tmfkit.tmf.roles import called
from tmfkit.tmf.versions import APIS


def troubles(scene: Scene, steps: Sequence[Step]) -> Iterator[str]:
    """Facts that keep the plan from being carried out, whatever somebody allows."""
    if not scene.wanted and not scene.known:
        yield "the catalog has nothing that the APIs of this target keep: there is nothing to publish"
    yield from _claimed_twice(scene)
    for step in steps:
        yield from _taken(scene, step)
        yield from _too_long(scene, step)
        yield from _unwritable(scene, step)


def notes(scene: Scene, steps: Sequence[Step]) -> Iterator[str]:
    """Facts that people should know, and that hold nothing back."""
    for dialect, count in sorted(scene.elsewhere.items()):
        title = APIS[dialect].title
        stay = "was published to this target, which has that API no more: it stays as it is"
        those = "were published to this target, which has that API no more: they stay as they are"
        yield f"{number(count, 'item')} of {title} {stay if count == 1 else those}"
    yield from _left_out(scene)
    for address in sorted(scene.known):
        if found := duplicates(scene, address):
            ids = ", ".join(f"`{one.id}`" for one in found)
            yield f"the server has {called(address)} more than once; tmfkit did not make {ids}"
    yield from _still_used(scene, steps)


def _claimed_twice(scene: Scene) -> Iterator[str]:
    """Two items of the catalog that the records hold for one item of the server."""
    counts = Counter(replace_id(address, known.server_id) for address, known in scene.known.items())
    for there, count in sorted(counts.items()):
        if count > 1:
            owners = [called(address) for address, known in sorted(scene.known.items()) if replace_id(address, known.server_id) == there]
            yield f"{' and '.join(owners)} are recorded as one item of the server, `{there.id}`: the records of the target are damaged"


def _taken(scene: Scene, step: Step) -> Iterator[str]:
    """An id that something else has kept over a rename."""
    owner = scene.owners.get(step.address)
    keeps_ids = scene.profiles[step.address.dialect].ids is Ids.KEPT
    if step.action is Action.CREATE and keeps_ids and owner is not None and owner != step.address:
        reason = f"on the server {called(owner)} has kept it since it was renamed"
        yield f"{called(step.address)} cannot have its id: {reason}; give one of them another id"


def _too_long(scene: Scene, step: Step) -> Iterator[str]:
    profile = scene.profiles[step.address.dialect]
    if profile.body_limit is None or step.action not in (Action.CREATE, Action.UPDATE) or not (step.fields or not step.server_id):
        return
    body = creation(step.address, scene.wanted[step.address].body, profile)
    if step.action is Action.UPDATE:
        changed = {field.attribute for field in step.fields}
        body = {name: value for name, value in body.items() if name in changed}
    if (size := len(orjson.dumps(body))) > profile.body_limit:
        limit = f"the server takes no more than {profile.body_limit:,}"
        yield f"{called(step.address)} takes {size:,} bytes, and {limit}: it has to say less, or be divided"


def _unwritable(scene: Scene, step: Step) -> Iterator[str]:
    if step.action is not Action.UPDATE:
        return
    here, there = scene.bodies[step.address], scene.served[step.address]
    title, profile = APIS[step.address.dialect].title, scene.profiles[step.address.dialect]
    for name in dict.fromkeys(field.attribute for field in step.fields):
        if name in fixed(step.address):
            yield f"{called(step.address)}: {title} has no way to change `{name}` of an item; give it another id"
        elif reason := stuck(name, here.get(name), there.get(name), profile):
            yield f"{called(step.address)}: {reason}"


def _left_out(scene: Scene) -> Iterator[str]:
    """What servers do not take, once for each API."""
    for dialect, profile in sorted(scene.profiles.items()):
        bodies = ((address, one.body) for address, one in scene.wanted.items() if address.dialect is dialect)
        counts = Counter(name for address, body in bodies for name in unsendable(address, body, profile))
        for name, count in sorted(counts.items()):
            where = f"{number(count, 'item')} of {APIS[dialect].title}"
            yield f"`{name}` is left out of {where}: the server takes only what the official files declare"


def _still_used(scene: Scene, steps: Iterable[Step]) -> Iterator[str]:
    """Items of others that point at something that is deleted."""
    gone = {step.address for step in steps if step.action is Action.REMOVE and step.address in scene.served}
    if not gone:
        return
    users: dict[Address, list[str]] = {}
    for address in sorted(scene.live):
        if address in scene.owners:
            continue
        for target in dict.fromkeys(scene.pointed_from_server(address)):
            if target in gone:
                users.setdefault(target, []).append(f"`{address.id}`")
    for target, names in sorted(users.items()):
        yield f"{called(target)} is deleted, and items that tmfkit did not make still refer to it: {listed(names)}"
