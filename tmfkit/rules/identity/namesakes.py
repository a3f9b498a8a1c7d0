"""Two things do not have nearly the same name.

`Fibre Home` beside `fibre-home` or `Home Fibre` is mostly one thing that two people entered. Customers and sellers cannot tell them
apart, and reports add up only half.

Fails:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: fibre-home
name: Fibre Home
product: access
lifecycle: Active
---
kind: ProductOffering
id: home-fibre
name: Home-Fibre
product: access
lifecycle: Active
```

Passes:
```yaml
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: fibre-home
name: Fibre Home
product: access
lifecycle: Active
---
kind: ProductOffering
id: home-fibre
name: Fibre for business
product: access
lifecycle: Active
```
"""

import re
from collections.abc import Iterator

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.model.base import Key, Lifecycle
from tmfkit.model.kinds import KINDS
from tmfkit.rules.base import CatalogRule, Finding, Place
from tmfkit.semantics.reach import OFF_SALE

GONE = OFF_SALE | {Lifecycle.IN_STUDY}
"""What is not there any more, or not yet, confuses nobody."""


def check(catalog: Catalog) -> Iterator[Finding]:
    """Entities of one kind whose names are the same but for case, signs, order and plural."""
    for kind in KINDS:
        first: dict[tuple[str, ...], Key] = {}
        for summary in catalog.of(kind):
            words = alike(summary.title)
            if summary.lifecycle in GONE or not words:
                continue
            before = first.setdefault(words, summary.key)
            if before != summary.key:
                message = f"`{summary.title}` is nearly the name of `{before.id}`: `{catalog.summaries[before].title}`"
                place = Place("the other one", before, ("name",))
                help = "give one of them a name that tells them apart, or make one of the two"
                yield Finding(("name",), message, help, related=(place,), key=summary.key)


def alike(name: str) -> tuple[str, ...]:
    """What two names have in common that people take for one: their words, whatever the order, case, signs and plural."""
    words = re.findall(r"\w+", name.casefold().replace("_", " "))
    return tuple(sorted(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words))


RULE = CatalogRule("TK110", "namesakes", check, Severity.WARNING)
