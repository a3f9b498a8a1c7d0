"""What each dialect makes of the words, what it leaves unsaid, and that nothing is ever lost."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.tmf.samples import MOMENT, NOUNS, SERVED, maximal
from tmfkit.tmf.common import (
    BundledGroup,
    BundledOffering,
    CharacteristicUse,
    CharacteristicValue,
    Further,
    Item,
    Money,
    PricingLogic,
    Ref,
    Relationship,
)
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.plain import plain
from tmfkit.tmf.product_catalog import Catalog, Category, ProductOffering, ProductOfferingPrice, ProductSpecification
from tmfkit.tmf.render import EXTENSION, Unsaid, render
from tmfkit.tmf.resource_catalog import ResourceCategory, ResourceSpecification, ResourceType
from tmfkit.tmf.service_catalog import ServiceCategory, ServiceSpecification, ServiceType

P4, P5, S4, R4, R5 = Dialect
IDS = [f"{dialect}-{entry.noun}" for dialect, entry in SERVED]


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every text and number of a plain value, with its path; numbers compare as numbers."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from leaves(inner, f"{path}.{key}")
        case list():
            for inner in value:
                yield from leaves(inner, path)
        case bool():
            return
        case _:
            yield path, value


def repeated(dialect: Dialect) -> re.Pattern[str]:
    """The paths that a body need not say: its address or the item referred to says them."""
    address = r"^\.id$|" if dialect in (P4, S4, R4) else ""
    parent = "" if dialect is P5 else r"^\.parent\.(name|version|href|referredType)$|"
    return re.compile(address + parent + r"^\..+\.(version|referredType)$")


@pytest.mark.parametrize(("dialect", "resource"), SERVED, ids=IDS)
def test_nothing_is_lost(dialect: Dialect, resource: Any) -> None:
    noun = maximal(NOUNS[resource.noun])
    body = render(noun, dialect).body
    said = {value for _, value in leaves(body)} | set(body[EXTENSION])
    missing = [path for path, value in leaves(plain(noun)) if value not in said and not repeated(dialect).match(path)]
    assert missing == []


@pytest.mark.parametrize(("dialect", "resource"), SERVED, ids=IDS)
def test_what_is_unsaid_stands_in_the_extension(dialect: Dialect, resource: Any) -> None:
    rendered = render(maximal(NOUNS[resource.noun]), dialect)
    assert rendered.body[EXTENSION] == {entry.path: entry.value for entry in rendered.unsaid}
    assert len(rendered.body[EXTENSION]) == len(rendered.unsaid)
    assert all(entry.reason for entry in rendered.unsaid)


@pytest.mark.parametrize(("dialect", "resource"), SERVED, ids=IDS)
def test_bodies_are_plain_json_without_nulls_and_always_the_same(dialect: Dialect, resource: Any) -> None:
    noun = maximal(NOUNS[resource.noun])
    text = json.dumps(render(noun, dialect).body, allow_nan=False)
    assert "null" not in text
    assert json.dumps(render(noun, dialect).body) == text


@pytest.mark.parametrize(("dialect", "resource"), SERVED, ids=IDS)
def test_a_minimal_item_is_small(dialect: Dialect, resource: Any) -> None:
    required = {
        "id": "a",
        "name": "A",
        "type": next(iter(ServiceType)),
        "service_specification": Ref(id="s"),
        "resource_specification": Ref(id="r"),
    }
    noun = NOUNS[resource.noun]
    rendered = render(noun(**{field: required[field] for field in required if field in noun.__dataclass_fields__}), dialect)
    empty = [key for key, value in rendered.body.items() if value in ("", [], {}) or value is None]
    assert empty == []
    assert {"@type", "name"} <= set(rendered.body)


VALUES: list[tuple[Any, Any, dict[str, Any]]] = [
    ("red", "red", {"@type": "StringCharacteristicValueSpecification", "value": "red"}),
    (500, 500, {"@type": "IntegerCharacteristicValueSpecification", "value": 500}),
    (Decimal("2.50"), 2.5, {"@type": "NumberCharacteristicValueSpecification", "value": 2.5}),
    (True, True, {"@type": "StringCharacteristicValueSpecification", "valueType": "boolean", "value": "true"}),
    (False, False, {"@type": "StringCharacteristicValueSpecification", "valueType": "boolean", "value": "false"}),
]


@pytest.mark.parametrize(("value", "v4", "v5"), VALUES)
def test_values_are_plain_in_version_4_and_typed_in_version_5(value: Any, v4: Any, v5: dict[str, Any]) -> None:
    use = CharacteristicUse(name="c", values=(CharacteristicValue(value=value),))
    noun = ProductOffering(id="o", name="O", characteristic_uses=(use,))
    for dialect, expected in ((P4, {"value": v4}), (P5, v5)):
        rendered = render(noun, dialect)
        (written,) = rendered.body["prodSpecCharValueUse"][0]["productSpecCharacteristicValue"]
        assert written == expected
        assert type(written["value"]) is type(expected["value"])
        assert rendered.unsaid == ()


RANGES: list[tuple[Any, Any, dict[str, Any], dict[str, Any]]] = [
    (10, 50, {"valueFrom": 10, "valueTo": 50}, {}),
    (Decimal("10.0"), None, {"valueFrom": 10}, {}),
    (Decimal("0.5"), 10, {"valueTo": 10}, {"characteristicUses[c].values[0].valueFrom": 0.5}),
    (0, 0, {"valueFrom": 0, "valueTo": 0}, {}),
    (Decimal("0.5"), None, {}, {"characteristicUses[c].values[0].valueFrom": 0.5}),
]


@pytest.mark.parametrize(("low", "high", "said", "unsaid"), RANGES)
def test_ranges_have_whole_ends(low: Any, high: Any, said: dict[str, Any], unsaid: dict[str, Any]) -> None:
    use = CharacteristicUse(name="c", values=(CharacteristicValue(value_from=low, value_to=high),))
    body = render(ProductOffering(id="o", name="O", characteristic_uses=(use,)), P4).body
    assert body["prodSpecCharValueUse"][0].get("productSpecCharacteristicValue", []) == ([said] if said else [])
    assert body.get(EXTENSION, {}) == unsaid


AMOUNTS: list[tuple[Decimal | int, Any, bool]] = [
    (Decimal("44.90"), 44.9, True),
    (Decimal("49.00"), 49.0, True),
    (0, 0, True),
    (Decimal("0.1"), 0.1, True),
    (Decimal("12345678901234567.89"), 12345678901234568.0, False),
]


@pytest.mark.parametrize(("amount", "written", "exact"), AMOUNTS)
def test_money_becomes_a_number_at_the_edge_only(amount: Any, written: Any, exact: bool) -> None:
    body = render(ProductOfferingPrice(id="p", name="P", price=Money(amount, "EUR")), P4).body
    assert body["price"] == {"value": written, "unit": "EUR"}
    assert type(body["price"]["value"]) is type(written)
    assert body.get(EXTENSION) == (None if exact else {"price.value": str(amount)})


UNSAID: list[tuple[Item, Dialect, dict[str, Any]]] = [
    (
        ProductOffering(id="b", name="B", bundled_groups=(BundledGroup("tv", (BundledOffering(Ref(id="x")),), 1, 2),)),
        P4,
        {"bundledGroups": [{"name": "tv", "members": [{"ref": {"id": "x"}}], "lower": 1, "upper": 2}]},
    ),
    (ProductSpecification(id="s", name="S", categories=(Ref(id="c"),)), P4, {"categories": [{"id": "c"}]}),
    (ProductSpecification(id="s", name="S", categories=(Ref(id="c"),)), P5, {}),
    (ResourceSpecification(id="o", name="O", type=ResourceType.PHYSICAL, vendor="Acme"), R4, {"vendor": "Acme"}),
    (ResourceSpecification(id="o", name="O", type=ResourceType.PHYSICAL), R5, {"type": "PhysicalResourceSpecification"}),
    (
        ServiceSpecification(id="r", name="R", type=ServiceType.RESOURCE_FACING, further=(Further("my_controller", "nso"),)),
        S4,
        {"my_controller": "nso"},
    ),
    (ProductOfferingPrice(id="p", name="P", pricing_logic=(PricingLogic(id="l", spec_id="pricing.json#p"),)), P5, {}),
]


@pytest.mark.parametrize(("noun", "dialect", "expected"), UNSAID)
def test_unsaid(noun: Item, dialect: Dialect, expected: dict[str, Any]) -> None:
    rendered = render(noun, dialect)
    assert {entry.path: entry.value for entry in rendered.unsaid} == expected
    assert rendered.body.get(EXTENSION, {}) == expected


def test_what_is_unsaid_of_items_with_the_same_name_stays_apart() -> None:
    value = CharacteristicValue(value="x", label="first")
    noun = ProductOffering(
        id="o", name="O", characteristic_uses=(CharacteristicUse(name="c", values=(value, CharacteristicValue(value="x", label="second"))),)
    )
    assert sorted(entry.value for entry in render(noun, P4).unsaid) == ["first", "second"]
    assert len(render(noun, P4).body[EXTENSION]) == 2


def test_unsaid_says_where_what_and_why() -> None:
    noun = ResourceSpecification(id="o", name="O", type=ResourceType.LOGICAL, model="X")
    assert render(noun, R4).unsaid == (
        Unsaid("model", "model", "X", "vendor, model, sku and part can be read, but not written when a specification is created"),
    )


def test_the_parent_of_a_category() -> None:
    parent = Ref(id="top", name="Top")
    assert render(Category(id="c", name="C", parent=parent), P4).body | {} == {
        "@type": "Category",
        "name": "C",
        "parentId": "top",
        "isRoot": False,
    }
    assert render(Category(id="c", name="C", parent=parent), P5).body["parent"] == {
        "@type": "CategoryRef",
        "id": "top",
        "href": "/productCatalogManagement/v5/category/top",
        "name": "Top",
        "@referredType": "Category",
    }
    for noun, dialect in ((ServiceCategory, S4), (ResourceCategory, R4), (ResourceCategory, R5)):
        assert render(noun(id="c", name="C", parent=parent), dialect).body["parentId"] == "top"
        assert render(noun(id="c", name="C"), dialect).body["isRoot"] is True


def test_types_of_the_roots() -> None:
    assert render(Catalog(id="c", name="C"), P4).body["@type"] == "Catalog"
    assert render(Catalog(id="c", name="C"), P5).body["@type"] == "ProductCatalog"
    body = render(ServiceSpecification(id="r", name="R", type=ServiceType.CUSTOMER_FACING), S4).body
    assert (body["@type"], body["@baseType"]) == ("CustomerFacingServiceSpecification", "ServiceSpecification")
    assert type(body["@type"]) is str
    body = render(ResourceSpecification(id="r", name="R", type=ResourceType.PHYSICAL), R5).body
    assert (body["@type"], body.get("@baseType")) == ("ResourceSpecification", None)


REFERENCES: list[tuple[Ref, dict[str, Any]]] = [
    (Ref(id="s", name="S", version="1.0"), {"href": "s", "version": "1.0", "@referredType": "ServiceSpecification"}),
    (
        Ref(id="s", name="S", referred_type="CustomerFacingServiceSpecification"),
        {"href": "s", "@referredType": "CustomerFacingServiceSpecification"},
    ),
    (Ref(id="a b/ü", name="S"), {"href": "a%20b%2F%C3%BC", "@referredType": "ServiceSpecification"}),
]


@pytest.mark.parametrize(("ref", "expected"), REFERENCES)
def test_references_carry_id_href_name_and_type(ref: Ref, expected: dict[str, Any]) -> None:
    body = render(ProductSpecification(id="p", name="P", service_specifications=(ref,)), P4).body
    href = "/tmf-api/serviceCatalogManagement/v4/serviceSpecification/" + expected["href"]
    assert body["serviceSpecification"] == [{"id": ref.id, "name": ref.name, **expected, "href": href}]


def test_a_reference_out_of_the_house_keeps_its_own_address() -> None:
    ref = Ref(id="s", name="S", href="https://elsewhere.example/s")
    body = render(ProductSpecification(id="p", name="P", service_specifications=(ref,)), P4).body
    assert body["serviceSpecification"][0]["href"] == "https://elsewhere.example/s"
    assert "href" not in render(ProductOffering(id="o", name="O", channels=(Ref(id="web"),)), P4).body["channel"][0]


def test_members_of_a_bundle() -> None:
    noun = ProductOffering(id="b", name="B", is_bundle=True, bundled_offerings=(BundledOffering(Ref(id="x", name="X"), lower=0, upper=2),))
    assert render(noun, P4).body["bundledProductOffering"] == [
        {
            "id": "x",
            "href": "/tmf-api/productCatalogManagement/v4/productOffering/x",
            "name": "X",
            "bundledProductOfferingOption": {"numberRelOfferLowerLimit": 0, "numberRelOfferUpperLimit": 2},
        }
    ]


def test_relationships_of_resources_have_quantities() -> None:
    noun = ResourceSpecification(
        id="o", name="O", type=ResourceType.LOGICAL, relationships=(Relationship(id="p", type="uses", minimum_quantity=2),)
    )
    assert render(noun, R4).body["resourceSpecRelationship"][0]["minimumQuantity"] == 2
    assert render(noun, R4).unsaid == ()


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        render(Catalog(id="c", name="C", last_update=datetime(2026, 1, 15)), P4)
    assert render(Catalog(id="c", name="C", last_update=MOMENT), P4).body["lastUpdate"] == "2026-01-15T12:30:00Z"
