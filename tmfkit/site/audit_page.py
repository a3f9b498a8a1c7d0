"""The audit page: the seven classic failures of telecom IT, and what the catalog can tell about each of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tmfkit.catalog import Catalog
from tmfkit.model.audience import Section
from tmfkit.model.base import Key, Lifecycle
from tmfkit.model.landscape import Role, System
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.model.services import CustomerFacingServiceSpecification, ResourceFacingServiceSpecification
from tmfkit.semantics.directions import Direction
from tmfkit.semantics.graph import around
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import code, plain
from tmfkit.site.overview import Block, Row, listing
from tmfkit.site.page import Page

PAGE = "audit.md"
NAMED = 15
"""How many entities a finding names; the number says how many there are."""

NOT_OF_A_CRM = frozenset(
    "Product Service PhysicalResource LogicalResource Resource ProductOrder ServiceOrder ResourceOrder CustomerBill BillingAccount".split()
)
"""Entities of the SID that other systems have to keep the record of."""

USED = (
    "ProductSpecification",
    "ProductOfferingPrice",
    "CustomerFacingServiceSpecification",
    "ResourceFacingServiceSpecification",
    "PhysicalResourceSpecification",
    "LogicalResourceSpecification",
)
"""Kinds that are there for others to use."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the audit: what is counted, how many of how many, and which (entities, or names from outside the catalog)."""

    word: str
    count: int
    of: int | None = None
    which: tuple[Key, ...] = ()
    names: tuple[str, ...] = ()


def pages(edition: Edition) -> Iterator[Page]:
    """The audit of a catalog that knows systems, for those who are shown systems and services."""
    if not (any(edition.of(System.KIND)) and edition.shows(Section.SERVICES)):
        return
    head = (edition.say("finding"), edition.say("number"), edition.say("which"))
    blocks = [
        Block(edition.say(f"failure-{number}"), head, [_row(edition, one) for one in found], frozenset((1,)))
        for number, found in enumerate(findings(edition), 1)
    ]
    loose = unowned(edition.catalog)
    row = _row(edition, Finding("audit-unowned", len(loose), None, loose))
    blocks.append(Block(edition.say("audit-unowned"), head, [row], frozenset((1,)), plain(edition.say("audit-unowned-note"))))
    yield from listing(edition, PAGE, edition.say("audit"), blocks, plain(edition.say("audit-intro")))


def findings(edition: Edition) -> tuple[tuple[Finding, ...], ...]:
    """What there is to say about each of the seven failures, in their order."""
    seen = _Seen(edition.catalog)
    return (
        _hardcoded(seen, edition.losses),
        _crm(seen),
        _layers(seen),
        _virtual(seen),
        (_systems(seen, "audit-inventory", Role.PRODUCT_INVENTORY, "Product"),),
        _orders(seen),
        _legacy(seen, edition),
    )


def unowned(catalog: Catalog) -> tuple[Key, ...]:
    """Specifications and shared prices that nothing refers to."""
    return tuple(summary.key for summary in catalog.of(*USED) if not catalog.referrers(summary.key))


@dataclass(frozen=True)
class _Seen:
    """The entities that the audit looks at, each kind read once."""

    catalog: Catalog

    @cached_property
    def systems(self) -> tuple[System, ...]:
        """All systems."""
        return tuple(self.catalog.every(System))

    @cached_property
    def network(self) -> tuple[ResourceFacingServiceSpecification, ...]:
        """All services of the network."""
        return tuple(self.catalog.every(ResourceFacingServiceSpecification))

    def under(self, role: Role) -> tuple[ResourceFacingServiceSpecification, ...]:
        """The services of the network that systems of a role control."""
        ids = {system.id for system in self.systems if system.role is role}
        return tuple(one for one in self.network if isinstance(one.controller, str) and one.controller in ids)


def _keys(entities: Iterable[System | ResourceFacingServiceSpecification]) -> tuple[Key, ...]:
    return tuple(entity.key for entity in entities)


def _hardcoded(seen: _Seen, losses: Sequence[object]) -> tuple[Finding, ...]:
    fed = _keys(system for system in seen.systems if system.generator)
    unfed = _keys(system for system in seen.systems if not system.generator)
    dropped = [row for row in losses if isinstance(row, dict) and row.get("status") == "dropped" and not row.get("leftOnPurpose")]
    by_system = Counter(Key(System.KIND, str(row.get("system"))) for row in dropped)
    found = (Finding("audit-fed", len(fed), len(seen.systems), fed), Finding("audit-unfed", len(unfed), len(seen.systems), unfed))
    return (*found, Finding("audit-dropped", len(dropped), which=tuple(sorted(by_system)))) if losses else found


def _crm(seen: _Seen) -> tuple[Finding, ...]:
    kept = [name for system in seen.systems if system.role is Role.CRM for name in system.masters]
    wrong = tuple(name for name in kept if name in NOT_OF_A_CRM)
    claims = Counter(name for system in seen.systems for name in set(system.masters))
    twice = tuple(sorted(name for name, count in claims.items() if count > 1))
    return (
        Finding("audit-crm-records", len(kept), names=tuple(kept)),
        Finding("audit-crm-too-much", len(wrong), names=wrong),
        Finding("audit-twice", len(twice), names=twice),
    )


def _layers(seen: _Seen) -> tuple[Finding, ...]:
    catalog = seen.catalog
    products = list(catalog.every(ProductSpecification))
    services = list(catalog.every(CustomerFacingServiceSpecification))
    bare = tuple(product.key for product in products if not product.services)
    unrealised = tuple(service.key for service in services if not service.services)
    return (
        Finding("audit-served", len(products) - len(bare), len(products)),
        Finding("audit-unserved", len(bare), len(products), bare),
        Finding("audit-unrealised", len(unrealised), len(services), unrealised),
    )


def _virtual(seen: _Seen) -> tuple[Finding, ...]:
    uncontrolled = _keys(one for one in seen.network if one.controller is None)
    virtual = seen.under(Role.NFVO)
    targets = {one.key: seen.catalog.targets(one.key) for one in virtual}
    physical = tuple(key for key, found in targets.items() if any(used.kind == "PhysicalResourceSpecification" for _, used in found))
    return (
        Finding("audit-controlled", len(seen.network) - len(uncontrolled), len(seen.network)),
        Finding("audit-uncontrolled", len(uncontrolled), len(seen.network), uncontrolled),
        Finding("audit-virtual", len(virtual), len(seen.network), _keys(virtual)),
        Finding("audit-physical", len(physical), len(virtual), physical),
    )


def _systems(seen: _Seen, word: str, role: Role, record: str = "") -> Finding:
    found = _keys(system for system in seen.systems if system.role is role and (not record or record in system.masters))
    return Finding(word, len(found), None, found)


def _orders(seen: _Seen) -> tuple[Finding, ...]:
    manual = seen.under(Role.MANUAL)
    return (
        _systems(seen, "audit-com", Role.COM),
        _systems(seen, "audit-som", Role.SOM),
        Finding("audit-manual", len(manual), len(seen.network), _keys(manual)),
    )


def _legacy(seen: _Seen, edition: Edition) -> tuple[Finding, ...]:
    old = seen.under(Role.LEGACY_ADAPTER)
    above = {node for one in old for node in around(one.key, seen.catalog, Direction.UP).nodes if node.kind == ProductOffering.KIND}
    rows = [seen.catalog.summaries[key] for key in sorted(above)]
    sold = [row for row in rows if row.usable and row.lifecycle is Lifecycle.LAUNCHED and seen.catalog.holds(row, edition.on)]
    endless = tuple(row.key for row in sold if row.valid_for.until is None)
    return (
        Finding("audit-legacy", len(old), len(seen.network), _keys(old)),
        Finding("audit-legacy-sold", len(sold), None, tuple(row.key for row in sold)),
        Finding("audit-legacy-open", len(endless), len(sold), endless),
    )


def _row(edition: Edition, finding: Finding) -> Row:
    number = str(finding.count) if finding.of is None else edition.say("audit-share", count=finding.count, of=finding.of)

    def row(page: str) -> Sequence[str]:
        which = [edition.to(key, page) for key in finding.which[:NAMED]] + [code(name) for name in finding.names[:NAMED]]
        rest = " …" if len(finding.which) + len(finding.names) > NAMED else ""
        return plain(edition.say(finding.word)), plain(number), ", ".join(which) + rest

    return row
