"""What is retired says since when.

A Retired or Obsolete offering with an open end is still valid for systems that look at dates alone, and they go on selling it.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: dsl
name: DSL
product: access
lifecycle: Retired
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: dsl
name: DSL
product: access
lifecycle: Retired
validFor: {until: 2025-10-01}
```
"""

from collections.abc import Iterator

from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Lifecycle
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import EntityRule, Finding


def check(offering: ProductOffering) -> Iterator[Finding]:
    """A retired offering whose validity has no end."""
    if offering.lifecycle in (Lifecycle.RETIRED, Lifecycle.OBSOLETE) and offering.valid_for.until is None:
        message = f"`{offering.id}` is {offering.lifecycle}, and nothing says since when"
        yield Finding(("lifecycle",), message, "add the day, as in `validFor: {until: 2025-10-01}`")


RULE = EntityRule("TK409", "retired-ended", (ProductOffering,), check, Severity.WARNING)
