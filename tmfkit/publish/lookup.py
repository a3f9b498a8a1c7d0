"""Finds an item on the server that may have been made there: its answer was lost, or the server makes such items by itself."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tmfkit.errors import TmfkitError
from tmfkit.plan.canonical import canonical
from tmfkit.plan.packed import opened
from tmfkit.plan.states import Known, Live
from tmfkit.publish.identity import Identity
from tmfkit.remote.api import Body, CatalogApi, Held
from tmfkit.remote.paging import everything
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.profile import Ids, Profile
from tmfkit.tmf.references import references

CANDIDATES = {"serviceCandidate": "serviceSpecification", "resourceCandidate": "resourceSpecification"}
"""Items that some servers make by themselves, and what they are made for."""


class Several(TmfkitError):
    """The server has more than one item that it may be."""


def candidates_for(item: Known, bodies: Iterable[Body], identity: Identity, profile: Profile) -> list[Body]:
    """Those items of a resource that may be the one that was made: the id decides where it is kept, else name and version."""
    if profile.ids is Ids.KEPT:
        return [body for body in bodies if body.get("id") == item.address.id]
    return [body for body in bodies if _is_called(item, body) and _is_nobodys(item, body, identity)]


def the_one(item: Known, bodies: Iterable[Body], identity: Identity, profile: Profile) -> Body | None:
    """The item that was made, or None where there is none; raises `Several` where nobody can tell."""
    found = candidates_for(item, bodies, identity, profile)
    if len(found) > 1:
        ids = ", ".join(sorted(str(body["id"]) for body in found))
        raise Several(
            f"the server has {len(found)} items of {item.address.resource} called `{item.name}` in version {item.version}: {ids}",
            "delete those that are too many there, then publish again",
        )
    return found[0] if found else None


def looked_up(api: CatalogApi, item: Known, identity: Identity) -> Held | None:
    """Asks the server for the item that was made."""
    resource = item.address.resource
    if api.profile.ids is Ids.KEPT:
        return api.read(resource, item.address.id)
    where = {"name": item.name, **({"version": item.version} if item.version else {})} if api.profile.filters else {}
    found = the_one(item, everything(api, resource, where), identity, api.profile)
    return None if found is None else Held(found)


def made_by_itself(item: Known, body: Mapping[str, Any], live: Iterable[Live], identity: Identity) -> Body | None:
    """The candidate that the server made together with the specification that `body` names."""
    specification = CANDIDATES[item.address.resource]
    pointers = references(item.address.dialect, item.address.resource, body)
    server_id = next((identity.on_server(one.target) for one in pointers if one.target.resource == specification), None)
    if server_id is None:
        return None
    bodies = (opened(one.body) for one in live)
    return next((one for one in bodies if _named(one, specification) == server_id and _is_nobodys(item, one, identity)), None)


def differences(
    expected: Mapping[str, Any], body: Mapping[str, Any], address: Address, profile: Profile, identity: Identity
) -> Iterator[str]:
    """The attributes that are not as they were sent; what a server adds does not count."""
    there = canonical(body, address.dialect, address.resource, profile, identity.ours)
    return (name for name, value in opened(expected).items() if there.get(name) != value)


def _is_called(item: Known, body: Body) -> bool:
    return body.get("name") == item.name and str(body.get("version", "")) == item.version


def _is_nobodys(item: Known, body: Body, identity: Identity) -> bool:
    """Whether no other item of the catalog stands for it."""
    there = item.address._replace(id=str(body["id"]))
    return identity.ours(there) in (None, item.address.id)


def _named(body: Body, attribute: str) -> object:
    reference = body.get(attribute)
    return reference.get("id") if isinstance(reference, dict) else None
