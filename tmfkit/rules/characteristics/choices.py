"""An offering chooses among what its product has.

`choices` narrows the values of the product's characteristics. It cannot add one: what the specification does not know is never
ordered or provisioned.

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
choices: {speed: [500, 1000]}
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
choices: {speed: [500]}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.model.base import Key
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.rules.base import Finding, NeighbourRule, Place
from tmfkit.rules.parts import suggestion
from tmfkit.semantics.configuration import spelled
from tmfkit.semantics.domains import domain_of


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Choices of characteristics or values that the product does not have."""
    specification = catalog.get(ProductSpecification, offering.product) if offering.choices else None
    if specification is None:
        return
    for name, texts in offering.choices.items():
        found = specification.characteristics.get(name)
        if found is None:
            help = did_you_mean(name, specification.characteristics) or "delete it, or add the characteristic to the product"
            yield Finding(("choices", name), f"`{specification.id}` has no characteristic called `{name}`", help, at_key=True)
            continue
        place = Place("the characteristic", specification.key, ("characteristics", name))
        for index, text in enumerate(texts):
            if text in (found.values or ()):
                continue
            yield from _value(found, text, ("choices", name, index), place, specification.key)


def _value(found: Characteristic, text: str, path: tuple[str | int, ...], place: Place, product: Key) -> Iterator[Finding]:
    try:
        known = bool(domain_of(found).only((spelled(found, text),)))
    except NotUnderstood as error:
        yield Finding(path, error.problem.message, error.problem.help or f"it can be {domain_of(found).words()}", related=(place,))
        return
    if not known:
        help = suggestion(text, found.values or ()) or f"it can be {domain_of(found).words()}"
        yield Finding(path, f"`{text}` is not among the values of `{place.path[-1]}` of `{product.id}`", help, related=(place,))


RULE = NeighbourRule("TK302", "choice-allowed", (ProductOffering,), check)
