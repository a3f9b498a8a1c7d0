"""What a catalog compiles to, in its one form: the judge of whether two states of it differ at all."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import orjson

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings
from tmfkit.compile.compile import ROWS, compile_all
from tmfkit.compile.pricing_file import pricing_of
from tmfkit.diff.canonical import canonical
from tmfkit.diff.tree import Branch, Node, Words, said, tree
from tmfkit.model.base import Key
from tmfkit.model.landscape import System, Vocabulary
from tmfkit.tmf.dialects import Dialect

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
    settings = Settings("", date(1970, 1, 1), reworded.zone)
    if key.kind in OWN_AFFAIRS:
        entity = reworded.entity(key)
        return b"" if entity is None else _bytes(_plain(tree(entity, reworded)))
    found: dict[str, Any] = {
        dialect.value: sorted(([payload.resource, payload.id, _sorted(payload.body)] for payload in one.payloads), key=_bytes)
        for dialect, one in compile_all(key, reworded, Dialect, settings).items()
    }
    pricing = pricing_of(key, reworded, settings)
    prices = pricing["prices"]
    found["pricing"] = _sorted(prices)
    found["order"] = {offering: _discounts(order["prices"], prices) for offering, order in pricing["offerings"].items()}
    return _bytes(found)


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


def _discounts(order: Iterable[str], prices: dict[str, Any]) -> list[Any]:
    """The prices of an offering: those that are discounts in their order, all others in any."""
    kinds = {id: prices[id].get("type") == "discount" for id in order if id in prices}
    names = list(order)
    return [sorted(id for id in names if not kinds.get(id)), [id for id in names if kinds.get(id)]]


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
