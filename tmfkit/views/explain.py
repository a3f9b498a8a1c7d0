"""All that there is to say of one entity: its values and their places, who refers to it, what it is made of, its prices."""

from collections.abc import Iterator
from dataclasses import dataclass

from tmfkit.catalog import Catalog, Summary
from tmfkit.model.base import Entity, Key
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.made_of import Made, made_of
from tmfkit.semantics.origins import Written, heirs, written
from tmfkit.semantics.quotes import Quote, quotes
from tmfkit.semantics.situation import Situation
from tmfkit.source.text import Span


@dataclass(frozen=True, slots=True)
class Explanation:
    """One entity in a situation. `users` are those that refer to it, with the field that does; `prices` is None for what has none."""

    summary: Summary
    kind: str
    place: Span
    situation: Situation
    written: tuple[Written, ...]
    users: tuple[tuple[Key, str], ...]
    heirs: tuple[Key, ...]
    parts: tuple[Made, ...]
    prices: tuple[Quote, ...] | None


def explanation(key: Key, catalog: Catalog, situation: Situation) -> Explanation:
    """All that there is to say of an entity."""
    summary = catalog.summaries[key]
    entity = catalog.entity(key)
    return Explanation(
        summary,
        key.kind,
        catalog.span(key, ("id",), at_key=True),
        situation,
        tuple(written(key, catalog)),
        tuple(_users(key, catalog)),
        tuple(heirs(key, catalog)),
        made_of(key, catalog),
        _prices(entity, catalog, situation),
    )


def _users(key: Key, catalog: Catalog) -> Iterator[tuple[Key, str]]:
    for user in catalog.referrers(key):
        fields = (link.field for link, target in catalog.targets(user) if target == key)
        yield from ((user, field) for field in dict.fromkeys(fields))


def _prices(entity: Entity | None, catalog: Catalog, situation: Situation) -> tuple[Quote, ...] | None:
    return tuple(quotes(entity, catalog, situation)) if isinstance(entity, ProductOffering) else None
