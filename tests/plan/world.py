"""A server in a dictionary, for tests of plans: it does what its profile says, and keeps what a publisher would remember."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import xor
from typing import Any

from tmfkit.model.base import Key
from tmfkit.plan.build import make_plan
from tmfkit.plan.forming import Forming, moved
from tmfkit.plan.packed import opened, packed
from tmfkit.plan.patch import creation, merge_patch, retirement
from tmfkit.plan.states import Known, Live, States, Wanted
from tmfkit.plan.steps import Action, Brake, Plan, Step
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Arrays, Ids, Profile
from tmfkit.tmf.references import location, rewritten
from tmfkit.tmf.roles import LAUNCHED, status_of

P4, P5, S4, R4, R5 = Dialect
ROOT = "http://server.example/api"
EVERY_BRAKE = frozenset(Brake)


def wanted(dialect: Dialect, resource: str, id: str, former: str = "", **body: Any) -> Wanted:
    """An item as a catalog might compile it; its name is its id in capitals unless one is given."""
    full = {"name": id.upper(), "version": "1.0", "lifecycleStatus": "Active", **body}
    old = Address(dialect, resource, former) if former else None
    return Wanted(Address(dialect, resource, id), Key(resource[0].upper() + resource[1:], id), full, old)


def by_address(items: Iterable[Wanted]) -> dict[Address, Wanted]:
    return {item.address: item for item in items}


def ref(id: str, **more: Any) -> dict[str, Any]:
    """A reference as the compiler writes it."""
    return {"id": id, "href": f"/compiled/{id}", "name": id.upper(), **more}


def plainly(known: Known) -> Known:
    """What is known of an item, without anything by which its forms are known again."""
    return replace(known, sent=opened(known.sent), seen=opened(known.seen))


@dataclass
class World:
    """A target: what its server has, what tmfkit remembers, and every write in order."""

    profile: Profile
    live: dict[Address, dict[str, Any]] = field(default_factory=dict)
    known: dict[Address, Known] = field(default_factory=dict)
    writes: list[tuple[str, str]] = field(default_factory=list)
    minted: int = 0

    def plan(self, items: Mapping[Address, Wanted], allow: frozenset[Brake] = frozenset(), dialects: Iterable[Dialect] = Dialect) -> Plan:
        """The plan, which is the same whether or not forms are known again by their origins."""
        live = {address: Live(address, packed(deepcopy(body))) for address, body in self.live.items()}
        plans = [
            make_plan("test", "r1", States(items, known, live), dict.fromkeys(dialects, self.profile), allow)
            for known in (dict(self.known), {address: plainly(known) for address, known in self.known.items()})
        ]
        assert plans[0] == plans[1]
        return plans[0]

    def publish(self, items: Mapping[Address, Wanted], allow: frozenset[Brake] = frozenset()) -> Plan:
        """Carries out the plan, the second pass included, and reads everything back."""
        plan = self.plan(items, allow)
        assert not plan.held, (plan.troubles, plan.stops)
        for step in plan.steps:
            self._do(step, items)
        for step in plan.steps:
            if step.later:
                self._patch(step, items, step.later)
        owners = {known.address._replace(id=known.server_id): address.id for address, known in self.known.items()}
        sum_of_moved = reduce(xor, (moved(there, id) for there, id in owners.items()), 0)
        reading = Forming(dict.fromkeys(Dialect, self.profile), owners.get, lambda: sum_of_moved)
        for address, known in self.known.items():
            body = self.live[address._replace(id=known.server_id)]
            self.known[address] = replace(known, seen=reading.form(address, body))
        return plan

    def _do(self, step: Step, items: Mapping[Address, Wanted]) -> None:
        for need in step.needs:
            assert need in self.known or step.action in (Action.RETIRE, Action.REMOVE), f"{step.address} comes before {need}"
        match step.action:
            case Action.CREATE:
                self._create(step, items[step.address])
            case Action.UPDATE:
                self._update(step, items)
            case Action.RETIRE:
                self.merge(self._at(step), retirement(step.address, self.live[self._at(step)]))
                self.known[step.address] = replace(self.known[step.address], retired=True)
            case Action.REMOVE:
                self.live.pop(self._at(step), None)
                del self.known[step.address]
            case _:
                raise AssertionError(step)

    def _create(self, step: Step, item: Wanted) -> None:
        body = self._sent(step.address, creation(step.address, item.body, self.profile, step.later))
        id = step.address.id
        if self.profile.ids is not Ids.KEPT:
            self.minted += 1
            id = f"srv-{self.minted}"
        there = step.address._replace(id=id)
        assert there not in self.live
        self.live[there] = {**body, "id": id, "href": f"{ROOT}/{step.address.resource}/{id}", "lastUpdate": "2031-01-01T00:00:00Z"}
        self.writes.append(("POST", str(step.address)))
        self._remember(step.address, item, id)

    def _update(self, step: Step, items: Mapping[Address, Wanted]) -> None:
        former = items[step.address].former
        if step.address not in self.known and former is not None:
            self.known[step.address] = replace(self.known.pop(former), address=step.address)
        self._patch(step, items, {one.attribute for one in step.fields} - set(step.later))

    def _patch(self, step: Step, items: Mapping[Address, Wanted], attributes: Iterable[str]) -> None:
        known, item = self.known[step.address], items[step.address]
        there = step.address._replace(id=known.server_id)
        for patch in merge_patch(step.address, set(attributes), self._sent(step.address, item.body), self.live[there], self.profile):
            self.merge(there, patch)
        self._remember(step.address, item, known.server_id)

    def merge(self, there: Address, patch: Mapping[str, Any]) -> None:
        self.writes.append(("PATCH", str(there)))
        self.live[there] = self._merged(self.live[there], patch)

    def _merged(self, old: Any, patch: Any) -> Any:
        assert self.profile.nulls or patch is not None
        if self.profile.arrays is Arrays.APPENDED and isinstance(patch, list) and isinstance(old, list):
            return [*old, *patch]
        if not isinstance(patch, Mapping):
            return patch
        base = old if isinstance(old, dict) else {}
        made = {**base, **{name: self._merged(base.get(name), value) for name, value in patch.items()}}
        return {name: value for name, value in made.items() if value is not None}

    def _remember(self, address: Address, item: Wanted, id: str) -> None:
        form = Forming(dict.fromkeys(Dialect, self.profile)).form(address, item.body)
        old = self.known.get(address)
        launched = status_of(item.body) in LAUNCHED or (old is not None and old.launched)
        self.known[address] = Known(address, id, form, form, str(item.body["name"]), str(item.body.get("version", "")), launched)

    def _sent(self, address: Address, body: Mapping[str, Any]) -> dict[str, Any]:
        def renamed(target: Address) -> tuple[str, str] | None:
            known = self.known.get(target)
            return (known.server_id, location(ROOT, target.resource, known.server_id)) if known else None

        return rewritten(address.dialect, address.resource, body, renamed)

    def at(self, item: Wanted) -> dict[str, Any]:
        """What the server has of an item of the catalog."""
        return self.live[item.address._replace(id=self.known[item.address].server_id)]

    @staticmethod
    def _at(step: Step) -> Address:
        return step.address._replace(id=step.server_id)
