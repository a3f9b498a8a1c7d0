"""What one concrete order needs: with its values known, which roles are filled, how often, and what each of them is told."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeAlias

from tmfkit.catalog import Catalog
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.services import Feed
from tmfkit.semantics.conditions import applies
from tmfkit.semantics.configuration import spelled
from tmfkit.semantics.domains import Domain
from tmfkit.semantics.feeds import Characterised, Use, sent, variable_of

Chosen: TypeAlias = Mapping[str, tuple[str, ...]]
"""The values of an order by name, each in its one spelling: of characteristics, of facts, and the number of a role.

The moment of `ordered` is in seconds since 1970 (UTC). What has no value is left out, or has none.
"""


def completed(entity: Characterised, chosen: Chosen) -> dict[str, tuple[str, ...]]:
    """The same with the defaults of what was not chosen."""
    found = {name: values for name, values in chosen.items() if values}
    for name, characteristic in entity.characteristics.items():
        if name not in found and characteristic.default is not None:
            found[name] = (spelled(characteristic, characteristic.default),)
    return found


def is_needed(use: Use, entity: Characterised, chosen: Chosen, catalog: Catalog) -> bool:
    """Whether a role is filled at all."""
    asked = {name: variable_of(name, entity.characteristics[name]) for name in chosen if name in entity.characteristics}
    return applies(use.when, use.unless, {name: _said(name, values) for name, values in chosen.items() if values}, asked, catalog.zone)


def number_needed(use: Use, entity: Characterised, chosen: Chosen) -> str:
    """How often a role is filled: a number that is written or chosen, or of how many values; once where nobody says it."""
    if use.count is None:
        return "1"
    characteristic = entity.characteristics.get(use.count)
    values = chosen.get(use.count, ())
    if characteristic is not None and characteristic.many is not None:
        return str(len(values))
    return values[0] if values else "1"


def told(feed: Feed, entity: Characterised, chosen: Chosen, target: Characteristic) -> tuple[str, ...]:
    """What a characteristic of a role is told; nothing where the order has nothing to say, or no row is for it."""
    known = {name: tuple(chosen.get(name, ())) for name in feed.sources if name in entity.characteristics}
    sources = [variable_of(name, entity.characteristics[name], Domain(values)) for name, values in known.items()]
    if len(sources) < len(feed.sources) or any(not source.domain for source in sources):
        return tuple(sent(feed, (), target).values) if not feed.sources else ()
    return sent(feed, sources, target).values


def _said(name: str, values: tuple[str, ...]) -> str | tuple[str, ...] | datetime:
    if name == "ordered":
        return datetime.fromtimestamp(float(Decimal(values[0])), UTC)
    return values[0] if len(values) == 1 else values
