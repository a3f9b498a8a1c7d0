"""What is sent: the body that makes an item, and the patches that bring an item of the server into the form that is wanted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from tmfkit.plan.canonical import canonical, same_ids
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.attributes import declared
from tmfkit.tmf.profile import Arrays, Ids, Profile
from tmfkit.tmf.rest import REST
from tmfkit.tmf.roles import RETIRED, STATUS

Body = dict[str, Any]


def creation(address: Address, body: Mapping[str, Any], profile: Profile, later: Collection[str] = ()) -> Body:
    """The body that makes an item: with its id where the server keeps that, without `later` and without what the server does not take."""
    left = {name: value for name, value in sendable(address, body, profile).items() if name not in later and name != "id"}
    return {**left, "id": address.id} if profile.ids is Ids.KEPT else left


def sendable(address: Address, body: Mapping[str, Any], profile: Profile) -> Body:
    """A body without the attributes that the server does not take."""
    gone = unsendable(address, body, profile)
    return {name: value for name, value in body.items() if name not in gone}


def unsendable(address: Address, body: Mapping[str, Any], profile: Profile) -> frozenset[str]:
    """The attributes of a body that the server does not take."""
    return frozenset() if profile.unknown else frozenset(body) - declared(address.dialect, address.resource) - {"id", "href"}


def retirement(address: Address, held: Mapping[str, Any]) -> Body:
    """The patch that retires an item; `held` is the item as the server has it."""
    return _headed(address, held, {STATUS: RETIRED})


def merge_patch(
    address: Address, attributes: Collection[str], body: Mapping[str, Any], held: Mapping[str, Any], profile: Profile
) -> tuple[Body, ...]:
    """The patches, in the order in which they are sent, that write some attributes; none where there is nothing to write.

    `body` is the item as it is wanted, `held` as the server has it; in both, references have the ids of the server.
    A server that adds to lists gets only what is missing, or is made to forget the list first.
    """
    here, there = (canonical(one, address.dialect, address.resource, profile, same_ids) for one in (body, held))
    first: Body = {}
    then: Body = {}
    for name in sorted(set(attributes) - fixed(address)):
        if name not in here:
            if name in there:
                then[name] = _nothing(held.get(name), profile)
        elif profile.arrays is Arrays.APPENDED and name in there and _has_list(here[name], there[name]):
            missing = _missing(address, name, body[name], here, there, profile)
            first |= {name: None} if missing is None else {}
            then |= {name: body[name]} if missing is None else {name: missing} if missing else {}
        else:
            then[name] = _merged(body[name], here[name], there.get(name), profile)
    return tuple(_headed(address, body, patch) for patch in (first, then) if patch)


def stuck(name: str, here: Any, there: Any, profile: Profile) -> str:
    """Why a server of this profile cannot be brought from one canonical value to the other; empty when it can."""
    if profile.arrays is Arrays.APPENDED and _has_list(here, there):
        if profile.nulls or (isinstance(here, list) and isinstance(there, list | None) and all(item in here for item in there or ())):
            return ""
        return f"the server only adds to lists and refuses nulls, so nothing can be taken out of `{name}`"
    if profile.nulls or not _has_unremovable(here, there):
        return ""
    return f"the server refuses nulls, so `{name}` or a part of it cannot be taken away"


@cache
def fixed(address: Address) -> frozenset[str]:
    """The attributes that no change of an item may write."""
    served = REST[address.dialect].served(address.resource)
    return frozenset(served.fixed) if served else frozenset()


def _headed(address: Address, body: Mapping[str, Any], patch: Body) -> Body:
    """With the type in front, where every body has to have one."""
    kind = body.get("@type")
    return {"@type": kind, **patch} if kind and REST[address.dialect].typed else patch


def _nothing(value: Any, profile: Profile) -> Any:
    """What takes a value away."""
    if profile.nulls:
        return None
    return [] if isinstance(value, list) else ""


def _merged(value: Any, here: Any, there: Any, profile: Profile) -> Any:
    """A value that replaces another one in a merge: what is no longer wanted inside of an object has to be named."""
    if not (isinstance(value, Mapping) and isinstance(here, Mapping) and isinstance(there, Mapping)):
        return value
    made = {name: _merged(inner, here.get(name), there.get(name), profile) for name, inner in value.items()}
    return {**made, **{name: _nothing(inner, profile) for name, inner in there.items() if name not in here}}


def _missing(address: Address, name: str, value: Any, here: Body, there: Body, profile: Profile) -> list[Any] | None:
    """The elements of a list that the server lacks; None where it has some that have to go."""
    old = there.get(name, [])
    if not isinstance(value, list) or not isinstance(old, list) or any(item not in here[name] for item in old):
        return None
    forms = (canonical({name: [item]}, address.dialect, address.resource, profile, same_ids).get(name, [None]) for item in value)
    return [item for item, form in zip(value, forms, strict=True) if form[0] not in old]


def _has_list(*values: Any) -> bool:
    return any(
        isinstance(value, list) or (isinstance(value, Mapping) and any(_has_list(inner) for inner in value.values())) for value in values
    )


def _has_unremovable(here: Any, there: Any) -> bool:
    """Whether something that is neither a list nor a text has to go."""
    if here is None:
        return there is not None and not isinstance(there, list | str)
    if isinstance(here, Mapping) and isinstance(there, Mapping):
        return any(_has_unremovable(here.get(name), inner) for name, inner in there.items())
    return False
