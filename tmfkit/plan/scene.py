"""The three states of a target brought together: every item in canonical form, under the id that the catalog gives it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import xor
from typing import Any

from tmfkit.plan.forming import Forming, moved
from tmfkit.plan.packed import Packed, opened
from tmfkit.plan.states import Known, States, Wanted
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Ids, Profile
from tmfkit.tmf.references import at_target, noun, references
from tmfkit.tmf.roles import CANDIDATES, LAUNCHED, status_of

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Scene:
    """Everything that a plan looks at; `known` stands under the ids of the catalog of today, `elsewhere` counts what is left out.

    What was published to an API that the target no longer has is nobody's business here.
    """

    wanted: Mapping[Address, Wanted]
    known: Mapping[Address, Known]
    live: Mapping[Address, Body]
    profiles: Mapping[Dialect, Profile]
    renamed: Mapping[Address, Address]
    elsewhere: Mapping[Dialect, int]

    @cached_property
    def owners(self) -> Mapping[Address, Address]:
        """The item of the catalog for each item of the server that is ours.

        One that is gone gets another id when it is made again by a server that gives ids: what refers to the old one has to be written too.
        """
        pairs = ((replace_id(address, known.server_id), address) for address, known in self.known.items())
        return {there: address for there, address in pairs if there in self.live or self.profiles[address.dialect].ids is Ids.KEPT}

    @cached_property
    def bodies(self) -> Mapping[Address, Packed]:
        """What is wanted, in canonical form."""
        forming = Forming(self.profiles)
        return {address: forming.form(address, one.body, *self._forms(address)) for address, one in self.wanted.items()}

    @cached_property
    def served(self) -> Mapping[Address, Packed]:
        """What the server has of ours, in canonical form, under the ids of the catalog."""
        forming = self.from_server
        pairs = ((address, self.live.get(replace_id(address, known.server_id))) for address, known in self.known.items())
        return {address: forming.form(address, body, *self._forms(address)) for address, body in pairs if body is not None}

    def _forms(self, address: Address) -> tuple[Body, ...]:
        """The forms of an item that are there already."""
        known = self.known.get(address)
        return (known.sent, known.seen) if known else ()

    @cached_property
    def from_server(self) -> Forming:
        """How bodies of the server come into form. Where it makes items by itself, what is whose follows from more than the ids."""
        sum_of_moved = reduce(xor, (moved(there, owner.id) for there, owner in self.owners.items()), 0)
        makes_items = any(profile.makes_candidates for profile in self.profiles.values())
        return Forming(self.profiles, self.ours, lambda: None if makes_items else sum_of_moved)

    @cached_property
    def namesakes(self) -> Mapping[tuple[Dialect, str, str, str], tuple[Address, ...]]:
        """Items of the server that are not ours, by resource, name and version."""
        found: dict[tuple[Dialect, str, str, str], list[Address]] = defaultdict(list)
        for address in sorted(self.live):
            if address not in self.owners:
                found[named(address, self.live[address])].append(address)
        return {key: tuple(addresses) for key, addresses in found.items()}

    @cached_property
    def formers(self) -> Mapping[Address, Address]:
        """The address under which it was published, for everything that was renamed."""
        return {address: former for former, address in self.renamed.items()}

    @cached_property
    def dialects(self) -> frozenset[Dialect]:
        """The APIs of the target."""
        return frozenset(self.profiles)

    def ours(self, address: Address) -> str | None:
        """The id that the catalog gives to an item of the server."""
        there = self.located(address)
        owner = (self.owners.get(there) or self.taken_over.get(there)) if there else None
        return owner.id if owner else None

    def located(self, address: Address) -> Address | None:
        """An address in the version of its API that the target has."""
        return address if address.dialect in self.profiles else at_target(address, self.dialects)

    @cached_property
    def taken_over(self) -> Mapping[Address, Address]:
        """The candidate of the catalog for each one that the server made by itself: others may refer to it before it is ours."""
        found: dict[Address, Address] = {}
        for address, one in self.wanted.items():
            if self.made_by_server(address) and address not in self.known:
                same = self.namesakes.get(named(address, one.body), ())
                found |= {same[0]: address} if len(same) == 1 else {}
        return found

    def made_by_server(self, address: Address) -> bool:
        """Whether the server makes such an item by itself when the specification that it wraps is made."""
        return self.profiles[address.dialect].makes_candidates and noun(address.dialect, address.resource) in CANDIDATES

    def was_launched(self, address: Address) -> bool:
        """Whether something that was published was ever more than a draft."""
        known = self.known[address]
        return known.launched or status_of(known.sent) in LAUNCHED or status_of(self.served.get(address, {})) in LAUNCHED

    def former(self, address: Address) -> Address | None:
        """What an item was called when it was published, if that was something else."""
        return self.formers.get(address)

    def wants(self, address: Address) -> list[tuple[str, Address]]:
        """What an item points at as the catalog has it, and in which attributes."""
        return self._pointed(address, self.wanted[address].body)

    def sent(self, address: Address) -> list[tuple[str, Address]]:
        """What an item points at as it was published last; nothing where it was not."""
        known = self.known.get(address)
        return self._pointed(address, known.sent) if known else []

    def _pointed(self, address: Address, body: Mapping[str, Any]) -> list[tuple[str, Address]]:
        pointers = references(address.dialect, address.resource, opened(body))
        pairs = ((pointer.attribute, self.located(pointer.target)) for pointer in pointers)
        return [(attribute, target) for attribute, target in pairs if target is not None]

    def pointed_from_server(self, address: Address) -> list[Address]:
        """What of ours an item of the server points at."""
        there = (self.owners.get(target) for _, target in self._pointed(address, self.live[address]))
        return [owner for owner in there if owner is not None]

    def foreign(self, address: Address) -> Body:
        """What the server has of an item that is not ours, in canonical form."""
        return self.from_server.fresh(address, self.live[address])


def scene(states: States, profiles: Mapping[Dialect, Profile]) -> Scene:
    """The states as far as they are about the APIs of a target, what was renamed under its new id."""
    wanted = {address: one for address, one in states.wanted.items() if address.dialect in profiles}
    renamed = dict(_renamed(wanted, states.known))
    known = {renamed.get(address, address): one for address, one in states.known.items() if address.dialect in profiles}
    elsewhere: dict[Dialect, int] = defaultdict(int)
    for address in states.known:
        elsewhere[address.dialect] += address.dialect not in profiles
    live = {address: one.body for address, one in states.live.items() if address.dialect in profiles}
    made = Scene(wanted, known, live, profiles, renamed, {dialect: count for dialect, count in elsewhere.items() if count})
    return replace(made, known={address: _restated(one, address, made) for address, one in known.items()}) if renamed else made


def replace_id(address: Address, id: str) -> Address:
    """The address of another item of the same resource."""
    return address if address.id == id else Address(address.dialect, address.resource, id)


def named(address: Address, body: Mapping[str, Any]) -> tuple[Dialect, str, str, str]:
    """What an item is known by where its id says nothing."""
    content = opened(body)
    return address.dialect, address.resource, str(content.get("name") or ""), str(content.get("version") or "")


def _renamed(wanted: Mapping[Address, Wanted], known: Mapping[Address, Known]) -> list[tuple[Address, Address]]:
    """Old and new address of what the catalog calls otherwise than when it was published."""
    pairs = ((one.former, address) for address, one in wanted.items() if one.former is not None and address not in known)
    return [(former, address) for former, address in pairs if former in known and former not in wanted]


def _restated(known: Known, address: Address, scene: Scene) -> Known:
    """What was sent and seen, with the ids that the catalog gives today to what it points at."""

    def today(target: Address) -> str | None:
        there = scene.located(target)
        moved = scene.renamed.get(there) if there else None
        return moved.id if moved else None

    forming = Forming(scene.profiles, today)
    return replace(known, address=address, sent=forming.fresh(address, known.sent), seen=forming.fresh(address, known.seen))
