"""Values that can arrive: followed from the offerings on sale down to services and resources."""

import pytest

from tests.catalogs import validated
from tmfkit.catalog import Catalog
from tmfkit.model.services import CustomerFacingServiceSpecification, ResourceFacingServiceSpecification
from tmfkit.semantics.feeds import CHARACTERISED, Characterised
from tmfkit.semantics.reach import arrivals, ways_to

LANDSCAPE = """
kind: System
id: nso
name: NSO
role: domain-controller
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  bandwidth: {type: quantity, unit: Mbit/s, min: 1, max: 10000}
  technology: {values: [gpon, vdsl]}
  blocks: {type: integer, min: 0, optional: true}
services:
  gpon-line:
    when: {technology: gpon}
    with: {profile: {from: bandwidth, map: {100: small, 500: medium, 1000: large}, else: other}}
  vdsl-line:
    unless: {technology: gpon}
    with: {rate: {from: bandwidth}}
  session:
    with:
      circuit: {from: gpon-line/circuit}
      size: {by: [technology, bandwidth], table: {gpon: {..500: s, else: l}, else: {else: x}}}
---
kind: ResourceFacingServiceSpecification
id: gpon-line
name: GPON line
controller: nso
characteristics: {profile: {values: [small, medium, large, other]}, circuit: {setBy: network}, vlan: {type: integer, default: 7}}
resources: {port: {with: {size: {from: profile}}}}
---
kind: ResourceFacingServiceSpecification
id: vdsl-line
name: VDSL line
controller: nso
characteristics: {rate: {type: quantity, unit: Gbit/s}}
---
kind: ResourceFacingServiceSpecification
id: session
name: Session
controller: nso
characteristics: {circuit: {}, size: {values: [s, l, x]}}
---
kind: LogicalResourceSpecification
id: port
name: Port
characteristics: {size: {}}
---
kind: LogicalResourceSpecification
id: spare
name: Spare
characteristics: {size: {values: [a, b]}}
"""

FIBRE = """
---
kind: ProductSpecification
id: fibre
name: Fibre
characteristics:
  speed: {type: quantity, unit: Gbit/s, values: [0.1, 0.5, 1]}
  users: {type: integer, values: [1, 500, 1500]}
services: {internet: {with: {bandwidth: {from: speed}, technology: gpon, blocks: {from: users, per: 1000}}}}
"""

DSL = """
---
kind: ProductSpecification
id: dsl
name: DSL
characteristics: {speed: {type: quantity, unit: Mbit/s, values: [16, 50]}}
services: {internet: {with: {bandwidth: {from: speed}, technology: vdsl}}}
"""


def offering(id: str, product: str, lifecycle: str = "Active", choices: str = "{}") -> str:
    return f"\n---\nkind: ProductOffering\nid: {id}\nname: {id}\nproduct: {product}\nlifecycle: {lifecycle}\nchoices: {choices}\n"


def catalog(*parts: str) -> Catalog:
    outcome = validated(LANDSCAPE + "".join(parts))
    assert outcome.diagnostics == ()
    return outcome.value


def arriving(found: Catalog, id: str, name: str) -> str:
    return arrivals(entity(found, id), found)[name].words()


def entity(found: Catalog, id: str) -> Characterised:
    key = found.find([model.KIND for model in CHARACTERISED], id)
    one = found.entity(key) if key else None
    assert isinstance(one, CHARACTERISED)
    return one


SALE = (FIBRE, offering("home", "fibre"))


@pytest.mark.parametrize(
    ("parts", "id", "name", "expected"),
    [
        (SALE, "internet", "bandwidth", "`100`, `500`, `1000`"),
        (SALE, "internet", "technology", "`gpon`"),
        (SALE, "internet", "blocks", "`1`, `2`"),
        (SALE, "gpon-line", "profile", "`small`, `medium`, `large`"),
        (SALE, "gpon-line", "circuit", "any value"),
        (SALE, "gpon-line", "vlan", "`7`"),
        (SALE, "port", "size", "`small`, `medium`, `large`"),
        (SALE, "session", "circuit", "any value"),
        (SALE, "session", "size", "`s`, `l`"),
        ((FIBRE, offering("home", "fibre", choices="{speed: [1]}")), "port", "size", "`large`"),
        ((FIBRE, offering("old", "fibre", "Retired"), offering("home", "fibre", choices="{speed: [0.5]}")), "port", "size", "`medium`"),
        ((FIBRE, offering("next", "fibre", "In design", "{speed: [0.5]}")), "port", "size", "`medium`"),
        ((FIBRE,), "port", "size", "`small`, `medium`, `large`"),
        ((FIBRE, offering("old", "fibre", "Retired")), "port", "size", "`small`, `medium`, `large`"),
        ((*SALE, DSL, offering("basic", "dsl")), "port", "size", "`small`, `medium`, `large`"),
        ((*SALE, DSL, offering("basic", "dsl")), "vdsl-line", "rate", "`0.016`, `0.05`"),
        ((*SALE, DSL, offering("basic", "dsl")), "session", "size", "`x`, `s`, `l`"),
        (SALE, "spare", "size", "`a`, `b`"),
    ],
)
def test_what_arrives(parts: tuple[str, ...], id: str, name: str, expected: str) -> None:
    assert arriving(catalog(*parts), id, name) == expected


def test_two_products_are_two_ways() -> None:
    found = catalog(*SALE, DSL, offering("basic", "dsl"), offering("same", "dsl"))
    ways = ways_to(entity(found, "internet"), found)
    assert [(way["technology"].words(), way["bandwidth"].words()) for way in ways] == [
        ("`vdsl`", "`16`, `50`"),
        ("`gpon`", "`100`, `500`, `1000`"),
    ]


TIERED = """
---
kind: ProductSpecification
id: tiered
name: Tiered
characteristics: {tier: {values: [basic, fast]}}
services:
  internet:
    with: {technology: {from: tier, map: {basic: vdsl, fast: gpon}}, bandwidth: {from: tier, map: {basic: 50, fast: 1000}}}
"""


def test_values_that_come_from_one_choice_stay_together() -> None:
    found = catalog(TIERED, offering("home", "tiered"))
    assert arriving(found, "port", "size") == "`large`"
    assert arriving(found, "vdsl-line", "rate") == "`0.05`"


CONSTRAINED = """
---
kind: ProductSpecification
id: constrained
name: Constrained
characteristics: {line: {values: [gpon, vdsl]}, speed: {type: quantity, unit: Mbit/s, values: [50, 1000]}}
constraints: {copper: {when: {line: vdsl}, then: {speed: 50}}, glass: {when: {line: gpon}, then: {speed: 1000}}}
services: {internet: {with: {technology: {from: line}, bandwidth: {from: speed}}}}
"""


def test_constraints_take_out_what_cannot_be_sold() -> None:
    found = catalog(CONSTRAINED, offering("home", "constrained"))
    assert arriving(found, "port", "size") == "`large`"
    assert arriving(found, "vdsl-line", "rate") == "`0.05`"


def test_many_products_are_looked_at_once_each() -> None:
    parts = [
        FIBRE.replace("id: fibre\nname: Fibre", f"id: fibre-{number}\nname: Fibre {number}") + offering(f"home-{number}", f"fibre-{number}")
        for number in range(100)
    ]
    found = catalog(*parts)
    assert len(ways_to(entity(found, "gpon-line"), found)) == 1
    assert isinstance(entity(found, "internet"), CustomerFacingServiceSpecification)
    assert isinstance(entity(found, "gpon-line"), ResourceFacingServiceSpecification)


def test_too_many_ways_are_taken_together() -> None:
    parts = [
        FIBRE.replace("id: fibre\nname: Fibre", f"id: fibre-{number}\nname: Fibre {number}").replace(
            "values: [1, 500, 1500]", f"values: [{number * 1000}]"
        )
        + offering(f"home-{number}", f"fibre-{number}")
        for number in range(1, 100)
    ]
    found = catalog(*parts)
    assert len(ways_to(entity(found, "internet"), found)) == 65
    assert len(arrivals(entity(found, "internet"), found)["blocks"].values) == 99
