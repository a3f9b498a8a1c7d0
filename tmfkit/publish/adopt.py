"""Takes over items that a server has and tmfkit did not make: from then on they are published like all others."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tmfkit.errors import TmfkitError
from tmfkit.plan.forming import Forming
from tmfkit.plan.packed import formed, opened
from tmfkit.plan.patch import stuck
from tmfkit.plan.states import Known, States
from tmfkit.plan.steps import Action, Step
from tmfkit.publish import state
from tmfkit.publish.destination import Destination
from tmfkit.publish.identity import Identity
from tmfkit.publish.planning import Planned
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.attributes import declared
from tmfkit.tmf.profile import Profile
from tmfkit.tmf.roles import LAUNCHED, status_of


@dataclass(frozen=True, slots=True)
class Adoption:
    """What can be taken over; `unclear` is where the server has more than one item that it may be.

    Of the ids that somebody named, `unknown` are none of the catalog, and `free` are those that nothing stands in the way of.
    """

    steps: tuple[Step, ...]
    unclear: tuple[Step, ...]
    unknown: tuple[str, ...] = ()
    free: tuple[str, ...] = ()


def adoption(planned: Planned, ids: Collection[str] = ()) -> Adoption:
    """The items of a plan that have to be adopted: those with the ids that the catalog gives them, or all."""
    found = [step for step in planned.plan.steps if step.action is Action.ADOPT]
    chosen = [step for step in found if not ids or not _names(step.address).isdisjoint(ids)]
    named, known = (_names(*addresses) for addresses in ([step.address for step in chosen], planned.states.wanted))
    return Adoption(
        tuple(step for step in chosen if step.server_id),
        tuple(step for step in chosen if not step.server_id),
        tuple(id for id in ids if id not in known),
        tuple(id for id in ids if id in known and id not in named),
    )


def _names(*addresses: Address) -> set[str]:
    """How somebody may call an item: by its id, or with its API and resource before it."""
    return {name for address in addresses for name in (address.id, str(address))}


def adopt(destination: Destination, planned: Planned, steps: Collection[Step]) -> None:
    """Remembers items as ours, in the form in which the server has them: the next plan says what the catalog wants otherwise.

    Sends nothing. Whoever calls holds the lease.
    """
    if planned.in_doubt:
        raise TmfkitError(f"nothing is adopted: {planned.in_doubt[0]}")
    known = dict(planned.states.known)
    identity = Identity(destination, known.values())
    for step in steps:
        identity.learn(step.address, step.server_id)
    for step in steps:
        known[step.address] = _taken_over(destination, planned.states, step, identity)
    published = planned.remembered.published
    ours = {step.address._replace(id=step.server_id) for step in steps}
    state.save(destination, replace(published, known=known, others=published.others - ours))


def _taken_over(destination: Destination, states: States, step: Step, identity: Identity) -> Known:
    address, profile = step.address, destination.profiles[step.address.dialect]
    forming = Forming(destination.profiles, identity.ours, identity.moved)
    form = forming.form(address, states.live[address._replace(id=step.server_id)].body)
    seen = opened(form)
    sent = formed(_ours_to_change(address, seen, opened(states.wanted[address].body), profile))
    name, version = str(seen.get("name", "")), str(seen.get("version", ""))
    return Known(address, step.server_id, sent, form, name, version, launched=status_of(seen) in LAUNCHED)


def _ours_to_change(address: Address, seen: Mapping[str, Any], wanted: Mapping[str, Any], profile: Profile) -> dict[str, Any]:
    """What counts as sent, so that the next plan takes away what the catalog does not say.

    Attributes that no official file knows, and those that the server cannot take away, stay the server's own.
    """
    known = declared(address.dialect, address.resource)
    return {name: value for name, value in seen.items() if name in wanted or (name in known and not stuck(name, None, value, profile))}
