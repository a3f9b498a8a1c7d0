"""A percentage of a discount lies above 0 and up to 100; that of a tax from 0 to 100.

Twenty means a fifth: `percent: 0.2` is a fifth of a percent, and `percent: 200` would pay the customer.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
prices:
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}
  welcome: {type: discount, reduces: [monthly], percent: 150}
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
prices:
  monthly: {type: recurring, every: 1 month, amount: 30.00 EUR}
  welcome: {type: discount, reduces: [monthly], percent: 15 %}
```
"""

from collections.abc import Iterator

from tmfkit.model.landscape import Vocabulary
from tmfkit.model.prices import ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.model.values import plain
from tmfkit.rules.base import EntityRule, Finding
from tmfkit.rules.parts import step_path, terms_of


def check(entity: ProductOffering | ProductOfferingPrice | Vocabulary) -> Iterator[Finding]:
    """Percentages of discounts and taxes that nobody can mean."""
    if isinstance(entity, Vocabulary):
        yield from _taxes(entity)
        return
    for path, terms in terms_of(entity):
        for index, step in enumerate(terms.percent):
            if not 0 < step.is_ <= 100:
                message = f"a discount of {plain(step.is_)} % makes no sense: it lies above 0 and up to 100"
                yield Finding(step_path(path, "percent", terms.percent, index), message, "write a fifth as `20 %`")


def _taxes(vocabulary: Vocabulary) -> Iterator[Finding]:
    for name, steps in vocabulary.taxes.items():
        for index, step in enumerate(steps):
            if not 0 <= step.is_ <= 100:
                message = f"a tax of {plain(step.is_)} % makes no sense: it lies from 0 to 100"
                yield Finding(step_path(("taxes",), name, steps, index), message, "write a fifth as `20 %`")


RULE = EntityRule("TK204", "percentage", (ProductOffering, ProductOfferingPrice, Vocabulary), check)
