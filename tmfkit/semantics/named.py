"""Finds the entity that somebody names by its id, or by kind and id where an id alone is not enough."""

from collections.abc import Iterator
from typing import NamedTuple

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.suggest import nearest
from tmfkit.model.base import Key
from tmfkit.model.kinds import KINDS

OFFERED = 5
"""How many names are offered at most for one that nothing has."""


class Named(NamedTuple):
    """The entities that a name can mean; where there is none, the names that are near, ready to be written."""

    keys: tuple[Key, ...]
    near: tuple[str, ...] = ()


def named(text: str, catalog: Catalog) -> Named:
    """What `fibre-home` or `ProductOffering/fibre-home` means; kind and id count ignoring case where nothing has the exact spelling."""
    kind, slash, id = text.rpartition("/")
    kinds = tuple(one for one in KINDS if not slash or one.casefold() == kind.casefold())
    exact = tuple(key for one in kinds if (key := Key(one, id)) in catalog.summaries)
    found = exact or tuple(key for key in sorted(catalog.summaries) if key.kind in kinds and key.id.casefold() == id.casefold())
    return Named(found) if found else Named((), tuple(_near(id, kinds or tuple(KINDS), catalog)))


def spelled(key: Key, catalog: Catalog) -> str:
    """The shortest name that means this entity alone."""
    return key.id if named(key.id, catalog).keys == (key,) else f"{key.kind}/{key.id}"


def _near(id: str, kinds: tuple[str, ...], catalog: Catalog) -> Iterator[str]:
    known = [key for key in sorted(catalog.summaries) if key.kind in kinds]
    best = nearest(id, [key.id for key in known])
    within = [key.id for key in known if len(id) > 1 and id.casefold() in key.id.casefold()]
    wanted = list(dict.fromkeys([*([best] if best else []), *within]))[:OFFERED]
    yield from (spelled(next(key for key in known if key.id == one), catalog) for one in wanted)
