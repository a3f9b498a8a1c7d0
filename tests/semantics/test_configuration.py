"""What can be decided about an offering, and what each decision can be."""

import pytest

from tests.catalogs import validated
from tmfkit.catalog import Catalog
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.configuration import characteristics_of, configurations, exists, names_of, variable, variables
from tmfkit.semantics.domains import domain_of

TEXT = """
kind: Vocabulary
channels: {webshop: {}, retail: {}}
usage: {voice: {unit: min, dimensions: {zone: [national, world]}}}
---
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: {100: Slow, 500: Fast, 1000: Faster}, default: 100}
  users: {type: integer, min: 1, max: 1000}
  static: {type: boolean, default: false}
  note: {optional: true}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
channels: [webshop]
terms: {no-term: {}, 24-months: {commitment: 24 months}}
choices: {speed: [500, 1 Gbit/s], users: 5..50}
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
channels: [webshop]
bundle: {home: {}, extra: {offering: home, min: 0, max: 3}, many: {offering: home, min: 1, max: 500}}
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    outcome = validated(TEXT)
    assert outcome.diagnostics == ()
    return outcome.value


def offering(catalog: Catalog, id: str) -> ProductOffering:
    found = catalog.get(ProductOffering, id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("speed", "`500`, `1000`"),
        ("users", "any number from 5 to 50"),
        ("static", "`true`, `false`"),
        ("note", "any value, no value"),
        ("term", "`no-term`, `24-months`"),
        ("channel", "`webshop`"),
        ("segment", "any value"),
        ("customer", "`new`, `existing`"),
        ("voucher", "any value, no value"),
        ("zone", "`national`, `world`"),
    ],
)
def test_what_a_variable_can_be(catalog: Catalog, name: str, expected: str) -> None:
    found = variable(name, offering(catalog, "home"), catalog, "voice")
    assert found is not None
    assert found.domain.words() == expected


@pytest.mark.parametrize(("name", "expected"), [("home", "`1`"), ("extra", "`0`, `1`, `2`, `3`"), ("many", "any number from 1 to 500")])
def test_a_role_is_a_number(catalog: Catalog, name: str, expected: str) -> None:
    found = variable(name, offering(catalog, "duo"), catalog)
    assert found is not None
    assert found.domain.words() == expected


@pytest.mark.parametrize("name", ["speeed", "term", "speed", "zone"])
def test_what_a_bundle_without_terms_does_not_have(catalog: Catalog, name: str) -> None:
    assert variable(name, offering(catalog, "duo"), catalog) is None


def test_a_name_exists_exactly_where_it_is_a_variable(catalog: Catalog) -> None:
    for id in ("home", "duo"):
        one = offering(catalog, id)
        for name in (*names_of(one, catalog, "voice"), "speed", "home", "term", "zone", "speeed"):
            assert exists(name, one, catalog, "voice") is (variable(name, one, catalog, "voice") is not None), name


def test_choices_narrow_values_with_their_labels_and_drop_a_default_outside(catalog: Catalog) -> None:
    speed = characteristics_of(offering(catalog, "home"), catalog)["speed"]
    assert {text: str(label) for text, label in (speed.values or {}).items()} == {"500": "Fast", "1000": "Faster"}
    assert speed.default is None
    users = characteristics_of(offering(catalog, "home"), catalog)["users"]
    assert (users.min, users.max) == ("5", "50")


def test_the_narrowed_characteristic_and_the_variable_agree(catalog: Catalog) -> None:
    one = offering(catalog, "home")
    for name, found in characteristics_of(one, catalog).items():
        asked = variable(name, one, catalog)
        assert asked is not None
        assert domain_of(found) == asked.domain


def test_configurations_are_all_combinations_of_what_is_asked(catalog: Catalog) -> None:
    asked = variables(["speed", "term"], offering(catalog, "home"), catalog)
    found, complete = configurations(asked)
    assert complete
    assert [tuple(one.values()) for one in found] == [
        ("500", "no-term"),
        ("500", "24-months"),
        ("1000", "no-term"),
        ("1000", "24-months"),
    ]
    assert configurations(asked, most=3) == (found[:3], False)


def test_an_open_variable_is_left_out_and_said_so(catalog: Catalog) -> None:
    found, complete = configurations(variables(["speed", "users"], offering(catalog, "home"), catalog))
    assert not complete
    assert found == [{"speed": "500"}, {"speed": "1000"}]
