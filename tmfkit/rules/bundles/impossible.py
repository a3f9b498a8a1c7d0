"""A bundle can be bought.

What a bundle needs may require one thing and exclude another, over several steps that nobody sees at once. A solver looks for any
choice of members that satisfies all of it; where there is none, the finding names the fewest lines that clash. Relations that hold
only for a time are left out.

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
requires: [router]
---
kind: ProductOffering
id: router
name: Router
product: access
lifecycle: Active
---
kind: ProductOffering
id: tv
name: Tv
product: access
lifecycle: Active
requires: [box]
---
kind: ProductOffering
id: box
name: Box
product: access
lifecycle: Active
excludes: [router]
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
bundle: {fibre: {}, tv: {}}
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
requires: [router]
---
kind: ProductOffering
id: router
name: Router
product: access
lifecycle: Active
---
kind: ProductOffering
id: tv
name: Tv
product: access
lifecycle: Active
requires: [box]
---
kind: ProductOffering
id: box
name: Box
product: access
lifecycle: Active
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
bundle: {fibre: {}, tv: {min: 0, max: 1}, box: {min: 0, max: 1}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.bundles import contradiction
from tmfkit.rules.bundles.clashes import places, sentence
from tmfkit.semantics.selection import selection_of


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """An offering that no choice of members and requirements makes possible."""
    selection = selection_of(offering, catalog)
    if selection is None or not selection.excludes or any(contradiction.check(offering, catalog)):
        return
    lines = selection.clash(offering.id)
    if not lines or any(selection.clash(line.owner) for line in lines if line.owner != offering.id):
        return  # a member that is impossible by itself is told there
    first = next((line for line in lines if line.owner == offering.id), lines[0])
    message = f"`{offering.id}` cannot be bought: {sentence(lines)}"
    help = "take one of these lines out, or make a member optional"
    yield Finding(first.path, message, help, related=places(lines, first), at_key=first.path[0] == "bundle", key=first.key)


RULE = NeighbourRule("TK503", "possible-bundle", (ProductOffering,), check)
