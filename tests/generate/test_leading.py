"""What leads to a service: everything above it through which somebody can order it, and nothing that only names it."""

import pytest

from tests.catalogs import validated
from tmfkit.api import Key, leading_to

CATALOG = """
kind: ResourceFacingServiceSpecification
id: {rfs}
name: Line
controller: desk
---
kind: ResourceFacingServiceSpecification
id: later
name: Later
controller: desk
requires: [{rfs}]
---
kind: System
id: desk
name: Desk
role: manual
---
kind: CustomerFacingServiceSpecification
id: inner
name: Inner
services: {{{rfs}: {{}}}}
---
kind: CustomerFacingServiceSpecification
id: outer
name: Outer
services: {{inner: {{}}}}
---
kind: ProductSpecification
id: thing
name: Thing
services: {{outer: {{}}}}
---
kind: ProductOffering
id: sold
name: Sold
product: thing
lifecycle: Launched
---
kind: ProductOffering
id: planned
name: Planned
product: thing
lifecycle: In study
---
kind: ProductOffering
id: pack
name: Pack
bundle: {{sold: {{}}}}
lifecycle: Launched
---
kind: ProductOffering
id: rival
name: Rival
product: {{external: X, name: X}}
lifecycle: Launched
excludes: [sold]
"""


@pytest.mark.parametrize(
    ("kind", "id", "expected"),
    [
        ("ResourceFacingServiceSpecification", "line", ["inner", "outer", "pack", "sold", "thing"]),
        ("ResourceFacingServiceSpecification", "later", []),
        ("CustomerFacingServiceSpecification", "outer", ["pack", "sold", "thing"]),
        ("ProductOffering", "sold", ["pack"]),
    ],
)
def test_what_leads_there(kind: str, id: str, expected: list[str]) -> None:
    catalog = validated(CATALOG.format(rfs="line")).value
    assert sorted(key.id for key in leading_to(Key(kind, id), catalog)) == expected
