"""Every member of a bundle can be taken.

An option that excludes what the bundle always contains, or requires what it excludes, is offered and refused whenever somebody takes
it. A solver tries each of them; the finding names the fewest lines that stand in the way.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: fibre
name: Fibre
product: access
lifecycle: Active
---
kind: ProductOffering
id: mobile
name: Mobile
product: access
lifecycle: Active
excludes: [fibre]
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
bundle: {fibre: {}, mobile: {min: 0, max: 1}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: fibre
name: Fibre
product: access
lifecycle: Active
---
kind: ProductOffering
id: mobile
name: Mobile
product: access
lifecycle: Active
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
bundle: {fibre: {}, mobile: {min: 0, max: 1}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.bundles.clashes import places, sentence
from tmfkit.semantics.selection import Option, selection_of
from tmfkit.source.document import Path


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Options and choices of a bundle that no customer can take."""
    selection = selection_of(offering, catalog) if offering.bundle else None
    if selection is None or not selection.excludes or selection.clash(offering.id):
        return
    for option in selection.options(offering.id):
        if option.is_only_one and offering.bundle[option.role].fewest > 0:
            continue
        lines = selection.clash(offering.id, taking=option)
        if lines and not selection.clash(option.target):
            path = _path(option, offering)
            message = f"`{option.target}` can never be taken in `{offering.id}`: {sentence(lines)}"
            help = "take the option out, or take out one of these lines"
            yield Finding(path, message, help, related=places(lines), at_key=len(path) == 2)


def _path(option: Option, offering: ProductOffering) -> Path:
    return ("bundle", option.role, "of", option.index) if offering.bundle[option.role].of else ("bundle", option.role)


RULE = NeighbourRule("TK504", "dead-option", (ProductOffering,), check, Severity.WARNING)
