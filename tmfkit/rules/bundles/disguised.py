"""What is optional can be left out.

An optional member that something else in the bundle always requires is no option: the customer pays for it whatever the web shop
shows. A solver looks for a way to leave it out; the finding names the fewest lines that forbid it.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
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
bundle: {tv: {}, box: {min: 0, max: 1}}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
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
bundle: {tv: {}, box: {}}
```
"""

from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, NeighbourRule
from tmfkit.rules.bundles.clashes import places, sentence
from tmfkit.semantics.selection import selection_of


def check(offering: ProductOffering, catalog: Catalog) -> Iterator[Finding]:
    """Optional members of a bundle that are taken in every choice."""
    optional = {role: member for role, member in offering.bundle.items() if member.fewest == 0}
    selection = selection_of(offering, catalog) if optional else None
    if selection is None or not selection.required:
        return
    options = list(selection.options(offering.id))
    if selection.required.isdisjoint(option.target for option in options if option.role in optional) or selection.clash(offering.id):
        return
    for role in optional:
        own = {option.target for option in options if option.role == role}
        if own & {option.target for option in options if option.role != role}:
            continue  # another role may bring it
        lines = selection.clash(offering.id, leaving=own)
        if lines:
            message = f"`{role}` is optional in `{offering.id}` and always needed: {sentence(lines)}"
            help = "write `min: 1`, so that everybody sees it, or take out one of these lines"
            yield Finding(("bundle", role), message, help, related=places(lines), at_key=True)


RULE = NeighbourRule("TK505", "optional-in-earnest", (ProductOffering,), check, Severity.WARNING)
