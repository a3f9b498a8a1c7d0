"""A condition can hold for somebody.

A value that its subject cannot have is mostly a typing error, or was withdrawn from the offering. The price, service or
constraint that waits for it never counts.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
prices:
  setup: {type: oneTime, amount: 49.00 EUR, when: {speed: 1000}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
prices:
  setup: {type: oneTime, amount: 49.00 EUR, when: {speed: 500}}
```
"""

from collections.abc import Container, Iterator, Mapping
from types import MappingProxyType

from tmfkit.catalog import Catalog
from tmfkit.model.base import Entity, Validity
from tmfkit.model.conditions import ACTIONS, CUSTOMERS, FACTS, Condition
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.parts import Asked, asked_in_offering, characteristics, conditions_of, knows_its_product, subject_of, suggestion
from tmfkit.rules.vocabulary import SETS, declares
from tmfkit.semantics.configuration import Subject, Variable, readable
from tmfkit.semantics.feeds import FEEDING

OPEN = frozenset(("agreement", "voucher"))
"""Facts of which nobody here knows the values."""

_CLOSED: Mapping[str, Container[str]] = MappingProxyType({"customer": CUSTOMERS, "action": ACTIONS})


def check(entity: Entity, catalog: Catalog) -> Iterator[Finding]:
    """Clauses of conditions that no value satisfies."""
    if type(entity) is not ProductOffering:
        for asked in conditions_of(entity):
            yield from _clauses(asked, entity, catalog)
    elif entity.prices and knows_its_product(entity, catalog):
        yield from _offering(entity, catalog)


def _offering(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """The price's own conditions, then what a shared price brings, as far as the same is not said already."""
    said: set[tuple[object, str]] = set()
    for asked in asked_in_offering(offering, catalog):
        name = asked.path[1]
        clauses = (clause for clause in asked.condition.clauses if (name, clause[0]) not in said)
        for finding in _clauses(asked._replace(condition=Condition(tuple(clauses))), offering, catalog):
            said.add((name, str(finding.path[-1])))
            yield finding


def _clauses(asked: Asked, entity: Entity, catalog: Catalog) -> Iterator[Finding]:
    for subject, wanted in asked.condition.clauses:
        if isinstance(wanted, Validity) or subject in OPEN or _is_listed(subject, wanted, entity, catalog):
            continue
        known = subject_of(subject, entity, catalog, asked.usage)
        if known is None or known.subject is Subject.DIMENSION or any(declares(subject, text, catalog) is False for text in wanted):
            continue  # the vocabulary has its own rule
        if known.domain and not known.domain.only(readable(known, wanted)):
            path = asked.path if asked.use else (*asked.path, subject)
            yield Finding(path, _message(known, wanted), _help(known, wanted))


def _is_listed(subject: str, wanted: tuple[str, ...], entity: Entity, catalog: Catalog) -> bool:
    """Whether a value stands word for word where the entity lists them: the quick way to see that nothing is wrong."""
    known = _listed_here(subject, entity, catalog)
    return any(text in known for text in wanted)


def _listed_here(subject: str, entity: Entity, catalog: Catalog) -> Container[str]:
    if type(entity) is not ProductOffering:
        found = characteristics(entity).get(subject)
    elif subject in FACTS:
        own: Container[str] = getattr(entity, SETS[subject]) if subject in SETS else entity.terms if subject == "term" else ()
        return _CLOSED.get(subject, own)
    elif subject in entity.choices:
        return entity.choices[subject]
    else:
        product = catalog.get(ProductSpecification, entity.product)
        found = product.characteristics.get(subject) if product is not None else None
    return (found.values if found is not None else None) or ()


def _message(known: Variable, wanted: tuple[str, ...]) -> str:
    values = " or ".join(f"`{text}`" for text in wanted) or "anything that both conditions allow"
    return f"this can never hold: `{known.name}` cannot be {values} here"


def _help(known: Variable, wanted: tuple[str, ...]) -> str:
    guess = suggestion(wanted[0], known.domain.values) if wanted else ""
    return guess or f"it can be {known.domain.words()}"


RULE = NeighbourRule("TK209", "impossible-condition", (ProductOffering, *FEEDING), check)
