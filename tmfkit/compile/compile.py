"""Compiles the catalog, or one entity of it, into the payloads of a dialect."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Bundle, Draft, Found, Payload, Settings, Target
from tmfkit.compile.collisions import collisions
from tmfkit.compile.groupings import grouping, shelf
from tmfkit.compile.offerings import offering, shared_price
from tmfkit.compile.specifications import product, resource, service
from tmfkit.compile.unsaid import foreign, gaps_of, grouped, report
from tmfkit.model.base import Key
from tmfkit.tmf import versions
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.merge import merge_extra
from tmfkit.tmf.render import Rendered, render
from tmfkit.tmf.versions import APIS


@dataclass(frozen=True, slots=True)
class Row:
    """How one kind is compiled, and one of the items that it becomes: that tells which dialects keep it."""

    draft: Callable[[Any, Catalog, Settings], Iterator[Draft]]
    noun: str


ROWS = MappingProxyType(
    {
        "Catalog": Row(grouping, "Catalog"),
        "Category": Row(shelf, "Category"),
        "ProductOffering": Row(offering, "ProductOffering"),
        "ProductSpecification": Row(product, "ProductSpecification"),
        "ProductOfferingPrice": Row(shared_price, "ProductOfferingPrice"),
        "ServiceCatalog": Row(grouping, "ServiceCatalog"),
        "ServiceCategory": Row(shelf, "ServiceCategory"),
        "CustomerFacingServiceSpecification": Row(service, "ServiceSpecification"),
        "ResourceFacingServiceSpecification": Row(service, "ServiceSpecification"),
        "ResourceCatalog": Row(grouping, "ResourceCatalog"),
        "ResourceCategory": Row(shelf, "ResourceCategory"),
        "PhysicalResourceSpecification": Row(resource, "ResourceSpecification"),
        "LogicalResourceSpecification": Row(resource, "ResourceSpecification"),
    }
)
"""Every kind that is published. Vocabularies, systems, scenarios and acceptances are the operator's own affair."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What compiling brought: payloads, and what was found on the way."""

    payloads: tuple[Payload, ...]
    found: tuple[Found, ...]


NOTHING = Compiled((), ())


def dialects_of(kind: str) -> tuple[Dialect, ...]:
    """The dialects in which a kind is published."""
    row = ROWS.get(kind)
    return tuple(dialect for dialect in Dialect if row and versions.resource(row.noun, dialect))


def compile_entity(key: Key, catalog: Catalog, dialect: Dialect, settings: Settings) -> Compiled:
    """The payloads of one entity in one dialect; none for a kind that it does not keep, and for abstract and broken entities."""
    return compile_all(key, catalog, (dialect,), settings).get(dialect, NOTHING)


def compile_all(key: Key, catalog: Catalog, dialects: Iterable[Dialect], settings: Settings) -> dict[Dialect, Compiled]:
    """The payloads of one entity in those of the dialects that keep it; what they have in common is worked out once, and found once."""
    wanted = [dialect for dialect in dialects if dialect in _DIALECTS.get(key.kind, ())]
    entity = catalog.entity(key) if wanted else None
    if entity is None:
        return {}
    drafts = tuple(ROWS[key.kind].draft(entity, catalog, settings))
    bodies = {dialect: [_rendered(draft, dialect) for draft in drafts] for dialect in wanted}
    found = _found(key, drafts, bodies)
    return {dialect: Compiled(_payloads(key, drafts, bodies[dialect], dialect), tuple(found[dialect])) for dialect in wanted}


def compile_catalog(catalog: Catalog, dialect: Dialect, settings: Settings) -> tuple[Bundle, tuple[Found, ...]]:
    """All payloads of a dialect, in one process; identities that collide are among the findings."""
    parts = [compile_entity(key, catalog, dialect, settings) for key in sorted(catalog.summaries)]
    payloads = [payload for part in parts for payload in part.payloads]
    found = [one for part in parts for one in part.found]
    found += collisions(payload.claim for payload in payloads)
    return bundle(dialect, payloads), tuple(found)


def bundle(dialect: Dialect, payloads: Iterable[Payload]) -> Bundle:
    """Payloads in their one order, whatever order they were made in."""
    return Bundle(dialect, tuple(sorted(payloads, key=lambda payload: (payload.resource, payload.id))))


def _payloads(key: Key, drafts: Sequence[Draft], bodies: Sequence[Rendered], dialect: Dialect) -> tuple[Payload, ...]:
    return tuple(_payload(key, draft, rendered, dialect) for draft, rendered in zip(drafts, bodies, strict=True))


def _found(key: Key, drafts: Sequence[Draft], bodies: Mapping[Dialect, Sequence[Rendered]]) -> dict[Dialect, list[Found]]:
    """What each dialect cannot say of an entity, and which `extra` it gets nothing of."""
    extras = {draft.path[:2]: draft.extra for draft in drafts if draft.extra}
    found = {dialect: [one for path, extra in extras.items() for one in foreign(key, dialect, extra, path)] for dialect in bodies}
    gaps = {}
    for dialect, rendered in bodies.items():
        unsaid = [(draft, one.unsaid) for draft, one in zip(drafts, rendered, strict=True) if one.unsaid or draft.untold]
        gaps[dialect] = grouped(gaps_of(unsaid)) if unsaid else {}
    for dialect, one in report(key, gaps):
        found[dialect].append(one)
    return found


def _rendered(draft: Draft, dialect: Dialect) -> Rendered:
    """The body of an item; choices that a dialect cannot say become optional members, and travel whole in the extension."""
    rendered = render(draft.noun, dialect)
    if draft.without_groups is None or not any(one.field == "bundledGroups" for one in rendered.unsaid):
        return rendered
    return render(draft.without_groups, dialect)


def _payload(key: Key, draft: Draft, rendered: Rendered, dialect: Dialect) -> Payload:
    extra = draft.extra.get(dialect.value)
    body = merge_extra(rendered.body, extra) if extra else rendered.body
    path = _PATHS[dialect][type(draft.noun).__name__]
    return Payload(key, dialect.value, path, draft.noun.id, body, _requires(draft.needs, dialect), draft.path)


def _requires(needs: tuple[Target, ...], dialect: Dialect) -> tuple[str, ...]:
    paths = _PATHS[dialect]
    return tuple(f"{paths[target.noun]}/{target.id}" for target in needs if target.noun in paths)


_PATHS = {dialect: {entry.noun: entry.path for entry in APIS[dialect].resources} for dialect in Dialect}
_DIALECTS = {kind: dialects_of(kind) for kind in ROWS}
