"""Finding an entity by its name, where its values are written, and what it is made of."""

import pytest

from tests.catalogs import validated
from tmfkit.catalog import Catalog
from tmfkit.model.base import Key
from tmfkit.semantics.made_of import Made, made_of
from tmfkit.semantics.named import named, spelled
from tmfkit.semantics.origins import heirs, written

FILES = {
    "bases.yaml": """kind: ProductOffering
id: base
abstract: true
lifecycle: In study
channels: [webshop]
terms:
  none: {name: No term}
---
kind: ProductOffering
id: contract
abstract: true
lifecycle: In study
extends: base
terms:
  year:
    commitment: 12 months
""",
    "home.yaml": """kind: ProductOffering
id: home
extends: contract
lifecycle: Launched
name: Home
product: access
prices:
  monthly:
    type: recurring
    every: 1 month
    by: [term]
    table: home.csv
""",
    "home.csv": "term,amount\nnone,2 EUR\nyear,1 EUR\n",
    "rest.yaml": """kind: Vocabulary
channels: [webshop]
---
kind: ProductSpecification
id: access
name: Access
services: {internet: {}, second: {service: internet}, elsewhere: {service: {external: x1}}, lost: {}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
services: [line]
---
kind: ResourceFacingServiceSpecification
id: line
name: Line
controller: nso
resources: {modem: {}}
requires: [line]
---
kind: PhysicalResourceSpecification
id: modem
name: Modem
contains: [radio]
---
kind: PhysicalResourceSpecification
id: radio
name: Radio
---
kind: System
id: nso
name: NSO
role: domain-controller
---
kind: Category
id: home
name: At home
---
kind: ProductOffering
id: pack
name: Pack
lifecycle: Launched
bundle: {home: {}, more: {of: [home, pack], min: 0}}
""",
}


@pytest.mark.parametrize(
    ("text", "keys", "near"),
    [
        ("nso", ["System nso"], []),
        ("NSO", ["System nso"], []),
        ("home", ["Category home", "ProductOffering home"], []),
        ("Category/home", ["Category home"], []),
        ("category/home", ["Category home"], []),
        ("System/home", [], []),
        ("hom", [], ["Category/home"]),
        ("ProductOffering/hom", [], ["ProductOffering/home"]),
        ("acess", [], ["access"]),
        ("int", [], ["internet"]),
        ("xyz", [], []),
        ("", [], []),
        ("a/b/c", [], []),
    ],
)
def test_names(text: str, keys: list[str], near: list[str]) -> None:
    found = named(text, catalog())
    assert sorted(map(str, found.keys)) == keys
    assert list(found.near) == near


def test_the_shortest_name_of_an_entity() -> None:
    assert spelled(Key("System", "nso"), catalog()) == "nso"
    assert spelled(Key("Category", "home"), catalog()) == "Category/home"


def test_every_value_with_its_place_and_the_entity_that_says_it() -> None:
    found = written(Key("ProductOffering", "home"), catalog())
    assert {"/".join(map(str, one.path)): (f"{one.span.file}:{one.span.start.line}", one.owner.id) for one in found} == {
        "channels": ("bases.yaml:5", "base"),
        "terms/none": ("bases.yaml:7", "base"),
        "terms/year/commitment": ("bases.yaml:16", "contract"),
        "extends": ("home.yaml:3", "home"),
        "lifecycle": ("home.yaml:4", "home"),
        "name": ("home.yaml:5", "home"),
        "product": ("home.yaml:6", "home"),
        "prices/monthly/type": ("home.yaml:9", "home"),
        "prices/monthly/every": ("home.yaml:10", "home"),
        "prices/monthly/by": ("home.yaml:11", "home"),
        "prices/monthly/table": ("home.yaml:12", "home"),
    }


def test_values_together_are_the_whole_entity() -> None:
    found = {one.path: one.value for one in written(Key("ProductOffering", "home"), catalog())}
    assert found["prices", "monthly", "table"] == {"none": "2 EUR", "year": "1 EUR"}
    assert found["terms", "none"] == {"name": "No term"}


def test_heirs() -> None:
    assert [key.id for key in heirs(Key("ProductOffering", "base"), catalog())] == ["contract", "home"]
    assert list(heirs(Key("ProductOffering", "home"), catalog())) == []


def test_what_something_is_made_of() -> None:
    assert shown(made_of(Key("ProductOffering", "pack"), catalog())) == [
        "bundle home home",
        ". product  access",
        ". . services internet internet",
        ". . . services line line",
        ". . . . controller  nso",
        ". . . . resources modem modem",
        ". . . . . contains  radio",
        ". . . . requires  line again",
        ". . services second internet again",
        ". . services elsewhere outside",
        ". . services lost missing",
        "bundle more home again",
        "bundle more pack again",
    ]
    assert made_of(Key("System", "nso"), catalog()) == ()


def shown(parts: tuple[Made, ...], lead: str = "") -> list[str]:
    lines = []
    for part in parts:
        name = part.key.id if part.key else "missing" if isinstance(part.target, str) else "outside"
        lines += [f"{lead}{part.field} {part.role} {name}{' again' if part.again else ''}", *shown(part.parts, f"{lead}. ")]
    return lines


def catalog() -> Catalog:
    return validated(FILES).value
