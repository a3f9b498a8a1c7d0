"""Finds what stands in the way of an item that is to be made: things on the server that tmfkit did not put there."""

from __future__ import annotations

from tmfkit.plan.scene import Scene, named
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.profile import Ids


def in_the_way(scene: Scene, address: Address) -> tuple[Address, ...]:
    """Items of the server that are not ours and have the id, or the name and version, of something that is to be made."""
    keeps_ids = scene.profiles[address.dialect].ids is Ids.KEPT
    same_id = (address,) if keeps_ids and address in scene.live and address not in scene.owners else ()
    same_name = scene.namesakes.get(named(address, scene.wanted[address].body), ())
    return tuple(dict.fromkeys((*same_id, *same_name)))


def duplicates(scene: Scene, address: Address) -> tuple[Address, ...]:
    """Items of the server that are not ours and have the name and version of one that is."""
    if not scene.namesakes:
        return ()
    body = scene.live.get(Address(address.dialect, address.resource, scene.known[address].server_id))
    return scene.namesakes.get(named(address, body), ()) if body and body.get("name") else ()
