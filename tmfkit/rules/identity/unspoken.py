"""Every word of the vocabulary is used.

A channel, segment, place, tax or usage that nobody uses is left over, or an offering was meant to use it and says nothing.

Fails:
```yaml
kind: Vocabulary
channels: {webshop: {}, fax: {}}
---
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
channels: [webshop]
```

Passes:
```yaml
kind: Vocabulary
channels: {webshop: {}}
---
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
channels: [webshop]
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.prices import ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import CatalogRule, Finding
from tmfkit.rules.parts import conditions_of, has_prices, terms_of
from tmfkit.rules.vocabulary import SETS

Word = tuple[str, str]
"""A set of the vocabulary, and a word of it."""


def check(catalog: Catalog) -> Iterator[Finding]:
    """Words that no offering, price or condition names."""
    vocabulary = catalog.vocabulary
    sets = (*SETS.values(), "taxes", "usage")
    declared = {(field, word) for field in sets for word in getattr(vocabulary, field)}
    if not declared:
        return
    left = declared - set(_used(catalog))
    for field, word in sorted(left):
        yield Finding((field, word), f"nothing uses `{word}`", "delete it, or use it where it was meant", key=vocabulary.key, at_key=True)


def _used(catalog: Catalog) -> Iterator[Word]:
    for summary in catalog.of(ProductOffering.KIND, ProductOfferingPrice.KIND):
        entity = catalog.entity(summary.key)
        if entity is None or not has_prices(entity):
            continue
        if isinstance(entity, ProductOffering):
            yield from ((field, word) for field in SETS.values() for word in getattr(entity, field))
        for _, terms in terms_of(entity):
            yield from (("taxes", terms.tax or ""), ("usage", terms.usage or ""))
            keys = (cell.keys for step in terms.table for cell in step.is_.cells)
            yield from ((SETS[name], key) for one in keys for name, key in zip(terms.by, one, strict=False) if name in SETS)
        for asked in conditions_of(entity):
            yield from ((SETS[fact], word) for fact in asked.condition.subjects if fact in SETS for word in asked.condition.values(fact))


RULE = CatalogRule("TK112", "used-words", check, Severity.WARNING)
