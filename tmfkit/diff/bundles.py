"""What a catalog compiles to, in its one form: the judge of whether two states of it differ at all."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import orjson

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings
from tmfkit.compile.compile import ROWS, compile_entity, dialects_of
from tmfkit.compile.pricing_file import pricing_of
from tmfkit.diff.canonical import canonical
from tmfkit.diff.tree import Branch, Node, Words, said, tree
from tmfkit.model.base import Key
from tmfkit.model.landscape import System, Vocabulary
from tmfkit.model.prices import PriceType, ProductOfferingPrice

STAMPS = frozenset(("lastUpdate",))
"""Fields that say when, not what."""

IN_ORDER = frozenset(("by", "keys"))
"""Lists whose order says which is which: the levels of a table, and the keys of a cell."""

OWN_AFFAIRS = (System.KIND, Vocabulary.KIND)
"""Kinds that no payload carries and that systems and prices depend on all the same."""

COMPARED = frozenset((*ROWS, *OWN_AFFAIRS))
"""Kinds whose changes count; scenarios and acceptances are about the catalog, not in it."""


def in_one_form(catalog: Catalog) -> Catalog:
    """The catalog with each entity in its one form."""
    return catalog.reworded(lambda entity: canonical(entity, catalog))


def canonical_bundle(catalog: Catalog) -> dict[str, bytes]:
    """All that a catalog compiles to, by entity: the payloads of every dialect, its prices, and what no payload carries.

    The definition of equality for `compare`: stamps and the order of lists say nothing, except the order of an offering's discounts.
    """
    reworded = in_one_form(catalog)
    return {str(summary.key): compiled(summary.key, reworded) for summary in reworded.of(*sorted(COMPARED))}


def compiled(key: Key, reworded: Catalog) -> bytes:
    """What one entity of a catalog in its one form compiles to."""
    return b"\n".join(_parts(key, reworded))


def compile_alike(one: tuple[Key, Catalog], other: tuple[Key, Catalog]) -> bool:
    """Whether two entities of one kind compile to the same; the first part that tells them apart is the last one looked at."""
    return all(first == second for first, second in zip(_parts(*one), _parts(*other), strict=True))


def _parts(key: Key, reworded: Catalog) -> Iterator[bytes]:
    """The prices of an entity, then its payloads dialect by dialect; for what no payload carries all that it says."""
    if key.kind in OWN_AFFAIRS:
        entity = reworded.entity(key)
        yield b"" if entity is None else _bytes(_plain(tree(entity, reworded)))
        return
    settings = Settings("", date(1970, 1, 1), reworded.zone)
    pricing = pricing_of(key, reworded, settings)
    prices = pricing["prices"]
    order = {offering: _in_order(found["prices"], prices, reworded) for offering, found in pricing["offerings"].items()}
    yield _bytes([_sorted(prices), order])
    for dialect in dialects_of(key.kind):
        payloads = compile_entity(key, reworded, dialect, settings).payloads
        yield _bytes(sorted(([one.resource, one.id, _sorted(one.body)] for one in payloads), key=_bytes))


def published_ids(key: Key, reworded: Catalog) -> Iterator[str]:
    """The ids of the single prices that an entity is published with."""
    pricing = pricing_of(key, reworded, Settings("", date(1970, 1, 1), reworded.zone))
    return (one["id"] for entry in pricing["prices"].values() for one in entry["published"])


def _plain(node: Node) -> Any:
    """A tree as JSON, with the language that comes first."""
    match node:
        case Branch():
            return {name: _plain(inner) for name, inner in node.parts.items()}
        case Words():
            return [node.first, dict(node.texts)]
        case _:
            return said(node)


def _in_order(order: Iterable[str], prices: dict[str, Any], reworded: Catalog) -> list[Any]:
    """The prices of an offering: those that are discounts in their order, all others in any; shared ones too."""
    names = list(order)
    shared = {id: price for id in names if id not in prices and (price := reworded.get(ProductOfferingPrice, id)) is not None}
    discounts = {id for id in names if id in prices and prices[id].get("type") == PriceType.DISCOUNT}
    discounts |= {id for id, price in shared.items() if price.type is PriceType.DISCOUNT}
    return [sorted(id for id in names if id not in discounts), [id for id in names if id in discounts]]


def _sorted(body: Any) -> Any:
    """JSON without stamps, its lists in one order."""
    match body:
        case dict():
            return {name: value if name in IN_ORDER else _sorted(value) for name, value in body.items() if name not in STAMPS}
        case list() | tuple():
            return sorted((_sorted(value) for value in body), key=_bytes)
        case _:
            return body


def _bytes(body: Any) -> bytes:
    """JSON in one order of keys; orjson refuses whole numbers beyond 64 bits, which `extra` may hold."""
    try:
        return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return json.dumps(body, sort_keys=True, ensure_ascii=False, default=str).encode()
