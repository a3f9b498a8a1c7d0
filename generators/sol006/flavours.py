"""The deployment flavours of a network service: one for each combination of the flavours that its virtual functions may have."""

from collections.abc import Mapping
from itertools import product

from tmfkit.api import Characteristic, Feed, LogicalResourceSpecification, ResourceUse, legal_names

MOST_FLAVOURS = 100
"""Deployment flavours of one network service that somebody can still keep apart."""

Flavour = Mapping[str, str]
"""The flavour of each role."""


def flavours_of(
    use: ResourceUse, resource: LogicalResourceSpecification, name: str, usual: str, characteristics: Mapping[str, Characteristic]
) -> tuple[str, ...]:
    """The flavours that one virtual function may have: the values of its characteristic of that name which the service can send."""
    characteristic = resource.characteristics.get(name)
    feed = use.with_.get(name)
    if characteristic is None:
        return (usual,)
    allowed = tuple(characteristic.values or ())
    sent = _sent(feed, characteristics) if feed is not None else ((characteristic.default,) if characteristic.default else ())
    return tuple(dict.fromkeys(one for one in sent if not allowed or one in allowed)) or allowed or (usual,)


def _sent(feed: Feed, characteristics: Mapping[str, Characteristic]) -> tuple[str, ...]:
    """What a feed can send, as far as it says so itself; nothing where any value may come."""
    if feed.constant:
        return feed.constant
    if feed.map is not None:
        return (*feed.map.values(), *((feed.else_,) if feed.else_ is not None else ()))
    if feed.table is not None:
        return tuple(cell.value for cell in feed.table.cells)
    source = characteristics.get(feed.from_ or "")
    return tuple(source.values or ()) if source is not None else ()


def combined(flavours: Mapping[str, tuple[str, ...]], usual: str) -> dict[str, Flavour] | None:
    """The deployment flavours by their ids; None where there are too many to tell apart."""
    size = 1
    for some in flavours.values():
        size *= len(some)
    if size > MOST_FLAVOURS:
        return None
    varied = [role for role, some in flavours.items() if len(some) > 1] or list(flavours)[:1]
    rows = {
        "\n".join(row[role] for role in varied): row
        for row in (dict(zip(flavours, one, strict=True)) for one in product(*flavours.values()))
    }
    names = legal_names(rows, lambda key: key.replace("\n", ".") or usual)
    return {names[key]: row for key, row in rows.items()}
