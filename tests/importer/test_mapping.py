"""What each part of a payload becomes in the language, and what is said about it."""

from pathlib import Path
from typing import Any

import pytest

from tests.importer.trees import entity, imported, messages, payloads, project, written
from tmfkit.compile.compile import compile_all, compile_entity
from tmfkit.compile.encode import encoded
from tmfkit.diagnostics.model import Severity
from tmfkit.importer.report import as_text
from tmfkit.importer.run import prepare
from tmfkit.model.base import Key
from tmfkit.pipeline import validate
from tmfkit.project import open_project
from tmfkit.tmf.dialects import Dialect

SPECIFICATION = {"@type": "ProductSpecification", "id": "access", "name": "Access"}
OFFERING = {"@type": "ProductOffering", "id": "home", "name": "Home", "lifecycleStatus": "Active", "productSpecification": {"id": "access"}}
PRICE = {"@type": "ProductOfferingPrice", "id": "fee", "name": "Fee", "priceType": "oneTime", "price": {"unit": "EUR", "value": 5}}
CATEGORY = {"@type": "Category", "id": "top", "name": "Top"}
CFS = {"@type": "CustomerFacingServiceSpecification", "id": "internet", "name": "Internet"}
RFS = {"@type": "ResourceFacingServiceSpecification", "id": "line", "name": "Line"}
DEVICE = {"@type": "PhysicalResourceSpecification", "id": "ont", "name": "ONT"}


def priced(**words: Any) -> dict[str, Any]:
    return {**PRICE, **words}


def characteristic(**words: Any) -> dict[str, Any]:
    return {**SPECIFICATION, "productSpecCharacteristic": [{"name": "speed", **words}]}


def values(*found: Any, **words: Any) -> list[dict[str, Any]]:
    return [{"value": value, **words} for value in found]


MAPPED = [
    ("money keeps its digits", priced(price={"unit": "EUR", "value": 49.5}), "amount: 49.5 EUR"),
    ("money as text", priced(price={"unit": "EUR", "value": "49.90"}), "amount: 49.90 EUR"),
    ("a price inside an offering", priced(price={"dutyFreeAmount": {"unit": "EUR", "value": 4}, "taxRate": 20}), "amount: 4 EUR"),
    ("monthly", priced(priceType="recurring", recurringChargePeriodType="monthly"), "every: 1 month"),
    ("quarterly", priced(priceType="recurring", recurringChargePeriodType="quarterly"), "every: 3 months"),
    ("two weeks", priced(priceType="recurring", recurringChargePeriodType="Week", recurringChargePeriodLength="2"), "every: 2 weeks"),
    ("a rental", priced(priceType="Rental", recurringChargePeriodType="month"), "type: recurring"),
    ("a charge", priced(priceType="OneTimeCharge"), "type: oneTime"),
    ("no type", {key: value for key, value in PRICE.items() if key != "priceType"}, "type: oneTime"),
    ("a usage price", priced(priceType="usage", unitOfMeasure={"amount": 10, "units": "GB"}), "per: 10 GB"),
    ("what is metered", priced(priceType="usage", unitOfMeasure="minutes"), "usage: usage-min"),
    ("a tax", priced(tax=[{"taxCategory": "VAT", "taxRate": 20}]), "tax: VAT"),
    ("one tax outside a list", priced(tax={"taxCategory": "VAT", "taxRate": 20}), "tax: VAT"),
    ("a state in capitals", priced(lifecycleStatus="RETIRED"), "lifecycle: Retired"),
    ("a state of another tool", priced(lifecycleStatus="Inactive"), "lifecycle: Retired"),
    ("a state with a dash", priced(lifecycleStatus="in-design"), "lifecycle: In design"),
    ("a day", priced(validFor={"startDateTime": "2026-01-01T00:00:00Z"}), "validFor: {from: 2026-01-01}"),
    ("a day without a zone", priced(validFor={"startDateTime": "2026-01-01"}), "validFor: {from: 2026-01-01}"),
    ("a moment", priced(validFor={"endDateTime": "2026-01-01T10:00:00+0200"}), 'validFor: {until: 2026-01-01T10:00:00+02:00}'),
    ("an offering without a product", {"@type": "ProductOffering", "id": "x", "name": "X"}, "product: {external: unknown}"),
    ("not sold alone", {**OFFERING, "isSellable": "false"}, "sellable: false"),
    ("a category of version 4", {**CATEGORY, "parentId": "elsewhere"}, "parent: {external: elsewhere}"),
    ("a category of version 5", {**CATEGORY, "parent": {"@type": "CategoryRef", "id": "elsewhere"}}, "parent: {external: elsewhere}"),
    ("texts", characteristic(valueType="string", productSpecCharacteristicValue=values("a", "b")), "values: [a, b]"),
    ("numbers", characteristic(valueType="number", productSpecCharacteristicValue=values(1, 2.5)), "type: number, values: [1, 2.5]"),
    ("flags", characteristic(productSpecCharacteristicValue=values(True, False)), 'type: boolean, values: ["true", "false"]'),
    ("a default", characteristic(productSpecCharacteristicValue=values("a", isDefault=True)), "default: a"),
    ("optional", characteristic(minCardinality=0, maxCardinality=1), "speed: {optional: \"true\"}"),
    ("many", characteristic(minCardinality=1, maxCardinality=3), 'many: {min: 1, max: 3}'),
    ("a quantity", characteristic(valueType="integer", productSpecCharacteristicValue=values(5, unitOfMeasure="GB")), "unit: GB"),
    ("a foreign unit", characteristic(valueType="int", productSpecCharacteristicValue=values(5, unitOfMeasure="smoot")), "type: integer"),
    ("a range", characteristic(valueType="integer", productSpecCharacteristicValue=[{"valueFrom": 1, "valueTo": 9}]), "min: 1, max: 9"),
    ("texts called numbers", characteristic(valueType="number", productSpecCharacteristicValue=values("1 Million")), "values: [1 Million]"),
    ("equipment", {**DEVICE, "vendor": "Acme", "model": "4", "sku": "A-4", "part": "7"}, "vendor: Acme"),
    ("requirements of an RFS", {**RFS, "serviceSpecRelationship": [{"id": "x", "relationshipType": "dependency"}]}, "requires:"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "line"), [case[1:] for case in MAPPED], ids=[case[0] for case in MAPPED])
def test_what_is_understood(body: dict[str, Any], line: str, tmp_path: Path) -> None:
    result = imported(tmp_path, {"payload.json": body})
    assert line.replace('"true"', "true").replace('"false"', "false") in entity(result, body["id"])
    assert result.is_whole


def test_numbers_keep_the_digits_that_are_written(tmp_path: Path) -> None:
    head = '{"@type": "ProductOfferingPrice", "id": "p", "name": "P", "priceType": "oneTime",'
    text = f'{head} "price": {{"unit": "EUR", "value": 49.90}}, "x": 1.50}}'
    document = entity(imported(tmp_path, {"p.json": text}), "p")
    assert "amount: 49.90 EUR" in document
    assert "x: 1.50" in document


DOUBTED = [
    ("a foreign type of price", priced(priceType="Rental", recurringChargePeriodType="month"), "`Rental` is no type of price"),
    ("a foreign state", priced(lifecycleStatus="ACTIVE"), "`ACTIVE` is no state of the language; it is taken as Active"),
    ("no state", {**OFFERING, "lifecycleStatus": None}, "it says no state; it is taken as Active"),
    ("a bundle without members", {**OFFERING, "isBundle": True}, "it says that it is a bundle, and has no members"),
    ("members of no bundle", {**OFFERING, "isBundle": False, "bundledProductOffering": [{"id": "a"}]}, "it is taken as a bundle"),
    ("a bundle with a product", {**OFFERING, "bundledProductOffering": [{"id": "a"}]}, "a bundle has none of its own"),
    ("a period that ends first", priced(validFor={"startDateTime": "2026-02-01", "endDateTime": "2026-01-01"}), "ends before it begins"),
    ("a date that is none", priced(validFor={"startDateTime": "2026-02-30"}), "`2026-02-30` is not a date"),
    ("a name without end", priced(name="x" * 300), "this name has 300 characters"),
    ("no name", {key: value for key, value in PRICE.items() if key != "name"}, "it has no name and is called `fee`"),
    ("a product on resources", {**SPECIFICATION, "resourceSpecification": [{"id": "ont"}]}, "a product reaches resources through services"),
    ("an RFS", RFS, "it does not say which system controls it"),
    ("a general service", {"@type": "ServiceSpecification", "id": "s", "name": "S"}, "it is taken as CustomerFacing"),
    ("a vendor's type", {**OFFERING, "@type": "MobileOffer", "@baseType": "ProductOffering"}, "no item has the type `MobileOffer`"),
    ("no type", {"id": "x", "name": "X", "productNumber": "1"}, "its keys look like a ProductSpecification"),
]


@pytest.mark.parametrize(("body", "message"), [case[1:] for case in DOUBTED], ids=[case[0] for case in DOUBTED])
def test_what_is_doubted(body: dict[str, Any], message: str, tmp_path: Path) -> None:
    result = imported(tmp_path, {"payload.json": body})
    assert any(message in said for said in messages(result, "doubted")), messages(result, "doubted")
    assert result.is_whole


def test_a_type_that_only_the_file_tells(tmp_path: Path) -> None:
    result = imported(tmp_path, {"serviceCatalog/a.json": {"id": "x", "name": "X"}, "my_category.json": {"id": "y", "name": "Y"}})
    assert {(origin.kind, origin.id) for origin in result.origins} == {("ServiceCatalog", "x"), ("Category", "y")}


FAMILY = [
    {**SPECIFICATION, "productSpecCharacteristic": [
        {"name": "speed", "valueType": "number", "minCardinality": 1, "productSpecCharacteristicValue": [
            {"value": 100, "isDefault": True}, {"value": 500}]}],
     "serviceSpecification": [{"id": "internet"}]},
    {**CFS, "serviceSpecRelationship": [{"id": "line", "relationshipType": "dependency", "role": "access"}],
     "serviceSpecCharacteristic": [{"name": "colour", "serviceSpecCharacteristicValue": [{"value": {"value": "red", "alias": "Red"}}]}]},
    {**RFS, "resourceSpecification": [{"id": "ont"}]},
    {**DEVICE, "resourceSpecRelationship": [{"id": "other", "relationshipType": "contains"}]},
    {**CATEGORY, "productOffering": [{"id": "home"}], "subCategory": [{"id": "below"}]},
    {**CATEGORY, "id": "below", "name": "Below"},
    {"@type": "Catalog", "id": "all", "name": "All", "category": [{"id": "top"}]},
    {**OFFERING, "prodSpecCharValueUse": [{"name": "speed", "productSpecCharacteristicValue": [{"value": 500}]}],
     "productOfferingTerm": [{"name": "24-months", "duration": {"amount": 24, "units": "month"}}],
     "channel": [{"id": "web", "name": "Web shop"}],
     "productOfferingPrice": [{"id": "home.monthly"}, {"id": "welcome"}],
     "productOfferingRelationship": [{"id": "duo", "relationshipType": "exclusivity"}]},
    {**PRICE, "id": "home.monthly", "name": "Monthly", "priceType": "recurring", "recurringChargePeriodType": "month",
     "productOfferingTerm": [{"name": "24-months"}],
     "prodSpecCharValueUse": [{"name": "speed", "productSpecCharacteristicValue": [{"value": 500}]}],
     "popRelationship": [{"id": "welcome", "relationshipType": "discountedBy"}]},
    {"@type": "ProductOfferingPrice", "id": "welcome", "name": "Welcome", "priceType": "discount", "percentage": 50},
    {**OFFERING, "id": "duo", "name": "Duo", "isBundle": True, "productSpecification": None, "bundledProductOffering": [
        {"id": "home", "bundledProductOfferingOption": {"numberRelOfferLowerLimit": 0, "numberRelOfferUpperLimit": 2}}]},
    {"@type": "ServiceCandidate", "id": "c1", "name": "Internet", "serviceSpecification": {"id": "internet"}, "category": [{"id": "sc"}]},
    {"@type": "ServiceCategory", "id": "sc", "name": "Access"},
]  # fmt: skip

LINES = {
    "access": ["services: {internet: {}}", "speed: {type: number, values: [100, 500], default: 100}"],
    "internet": ["services: {access: {service: line}}", "colour: {values: {red: Red}, optional: true}", "categories: [sc]"],
    "line": ["resources: {ont: {}}"],
    "ont": ["contains:", "external: other"],
    "below": ["parent: top"],
    "all": ["categories: [top]"],
    "home": [
        "product: access",
        "categories: [top]",
        "channels: [web]",
        "choices: {speed: [500]}",
        "terms: {24-months: {commitment: 24 months}}",
        "excludes: [duo]",
        "prices: {monthly: {use: home.monthly}, welcome: {use: welcome}}",
    ],
    "home.monthly": ["when: {speed: 500, term: 24-months}"],
    "welcome": ["percent: 50", "reduces: [monthly]"],
    "duo": ["bundle: {home: {min: 0, max: 2}}"],
    "vocabulary": ["channels: {web: {name: Web shop}}"],
}


def test_a_family(tmp_path: Path) -> None:
    result = imported(tmp_path, {"all.json": FAMILY})
    assert result.is_whole
    missing = {(id, line) for id, lines in LINES.items() for line in lines if line not in entity(result, id)}
    assert missing == set(), "\n".join(result.files.values())
    assert {file for file in result.files if file.startswith("catalog/offerings")} == {
        "catalog/offerings/access.yaml",
        "catalog/offerings/duo.yaml",
    }
    assert result.files["catalog/offerings/access.yaml"].count("kind:") == 4


def test_what_a_family_needs_besides(tmp_path: Path) -> None:
    outcome = validate(written(tmp_path, {"all.json": FAMILY}))
    assert {found.code for found in outcome.diagnostics if found.severity is Severity.ERROR} == {"TK601"}


def test_prices_and_specifications_inside_an_offering_become_entities(tmp_path: Path) -> None:
    body = {
        **OFFERING,
        "productSpecification": {"id": "inner", "name": "Inner", "brand": "Acme"},
        "productOfferingPrice": [
            {"name": "Monthly fee", "priceType": "recurring", "recurringChargePeriod": "monthly",
             "price": {"taxIncludedAmount": {"unit": "EUR", "value": 12}}},
            {"id": "setup", "name": "Setup", "priceType": "oneTime", "price": {"unit": "EUR", "value": 1}},
        ],
    }  # fmt: skip
    result = imported(tmp_path, {"a.json": body})
    assert result.is_whole
    assert "amount: 12 EUR" in entity(result, "home.monthly-fee")
    assert "taxIncludedAmount" in entity(result, "home.monthly-fee")
    assert "brand: Acme" in entity(result, "inner")
    assert "prices: {monthly-fee: {use: home.monthly-fee}, setup: {use: setup}}" in entity(result, "home")
    assert sum(note.rule == "inline" for note in result.notes) == 3


def test_a_type_of_its_own_survives_inside_an_offering(tmp_path: Path) -> None:
    inner = {"id": "fee", "name": "Fee", "priceType": "oneTime", "price": {"unit": "EUR", "value": 1}}
    prices = [
        {**inner, "@type": "LoyaltyPrice"},
        {**inner, "id": "other", "name": "Other", "@type": "ProductOfferingPriceRef", "href": "x"},
    ]
    result = imported(tmp_path, {"a.json": {**OFFERING, "productOfferingPrice": prices}})
    assert '"@type": LoyaltyPrice' in entity(result, "fee")
    assert "@type" not in entity(result, "other")
    assert {note.rule for note in result.notes if note.rule} >= {"inline", "own-address"}


def test_references_into_the_project_resolve(tmp_path: Path) -> None:
    target = tmp_path / "project" / "catalog"
    target.mkdir(parents=True)
    (target / "mine.yaml").write_text("kind: ProductSpecification\nid: access\nname: Access\n")
    result = imported(tmp_path, {"a.json": OFFERING})
    assert "product: access" in entity(result, "home")
    assert set(result.files) == {"catalog/offerings/home.yaml"}


def test_candidates_that_say_something_of_their_own(tmp_path: Path) -> None:
    candidate = {"@type": "ServiceCandidate", "id": "c", "name": "Other name", "serviceSpecification": {"id": "internet"}}
    result = imported(tmp_path, {"a.json": [CFS, candidate, {**candidate, "id": "d", "serviceSpecification": {"id": "nowhere"}}]})
    assert messages(result, "left out") == [
        "its own `name` is lost: a candidate has that of its specification",
        "a candidate is derived from its specification, which is not among the payloads",
    ]


def test_the_newest_version_is_kept_and_the_others_are_named(tmp_path: Path) -> None:
    versions = [{**PRICE, "version": version, "name": f"Fee {version}"} for version in ("1.9", "1.10", "1.2")]
    result = imported(tmp_path, {"all.json": versions})
    assert "name: Fee 1.10" in entity(result, "fee")
    assert len(messages(result, "left out")) == 2
    assert all("is older than 1.10 in" in message for message in messages(result, "left out"))


def test_the_same_payload_twice_is_one(tmp_path: Path) -> None:
    result = imported(tmp_path, {"a.json": PRICE, "b.json": PRICE})
    assert result.is_whole
    assert len(result.origins) == 1


def test_two_payloads_that_contradict_each_other(tmp_path: Path) -> None:
    result = imported(tmp_path, {"a.json": PRICE, "b.json": {**PRICE, "description": "Another"}})
    (message,) = messages(result, "left out")
    assert "has the same id and version, and says something else" in message


def test_both_versions_of_an_api_make_one_entity(tmp_path: Path) -> None:
    fifth = {**PRICE, "policy": [{"@type": "PolicyRef", "id": "p1", "name": "Rule"}], "vendor5": "x"}
    result = imported(tmp_path, {"a.json": {**PRICE, "vendor4": "y"}, "b.json": fifth})
    document = entity(result, "fee")
    assert document.index("vendor4: y") > document.index("tmf620-v4:")
    assert document.index("vendor5: x") > document.index("tmf620-v5:")


def test_ids_that_the_language_cannot_have(tmp_path: Path) -> None:
    strange = {**SPECIFICATION, "id": "urn:ngsi-ld:spec:4"}
    result = imported(
        tmp_path, {"a.json": strange, "b.json": {**OFFERING, "productSpecification": {"id": "urn:ngsi-ld:spec:4", "href": "http://x"}}}
    )
    assert "product: urn-ngsi-ld-spec-4" in entity(result, "home")
    assert {note.rule for note in result.notes} >= {"own-id", "reference-id", "reference-address"}


def test_ids_that_are_numbers(tmp_path: Path) -> None:
    result = imported(tmp_path, {"a.json": {**SPECIFICATION, "id": 42}, "b.json": {**OFFERING, "productSpecification": {"id": 42}}})
    assert "product: 42" in entity(result, "home")


def test_names_that_catalog_apis_could_not_tell_apart(tmp_path: Path) -> None:
    result = imported(tmp_path, {"a.json": [PRICE, {**PRICE, "id": "fee2"}]})
    assert "name: Fee (fee2)" in entity(result, "fee2")
    assert {note.rule for note in result.notes if note.rule} == {"own-name", "id-in-address"}


def test_a_price_follows_the_time_zone_of_the_project(tmp_path: Path) -> None:
    body = priced(validFor={"startDateTime": "2026-01-01T00:00", "endDateTime": "2026-07-01T00:00:00+02:00"})
    result = imported(tmp_path, {"a.json": body}, "timezone: Europe/Paris\n")
    assert "validFor: {from: 2026-01-01, until: 2026-07-01}" in entity(result, "fee")


def test_a_vocabulary_that_is_there_is_kept_to(tmp_path: Path) -> None:
    target = tmp_path / "project" / "catalog"
    target.mkdir(parents=True)
    (target / "vocabulary.yaml").write_text("kind: Vocabulary\nchannels: {web: {}}\n")
    body = {**OFFERING, "productSpecification": {"id": "x"}, "channel": [{"id": "web", "name": "Web"}, {"id": "shop", "name": "Shop"}]}
    result = imported(tmp_path, {"a.json": body})
    assert "catalog/vocabulary.yaml" not in result.files
    assert "channels: [web]" in entity(result, "home")
    assert "`shop` is not among the channels of the vocabulary" in " ".join(messages(result, "doubted"))


def test_groups_of_version_5(tmp_path: Path) -> None:
    group = {
        "@type": "BundledGroupProductOffering", "name": "tv",
        "bundledProductOffering": [{"@type": "BundledProductOffering", "id": "a", "name": "A"}],
        "bundledGroupProductOfferingOption": {
            "@type": "BundledGroupProductOfferingOption", "numberRelOfferLowerLimit": 0, "numberRelOfferUpperLimit": 1,
        },
    }  # fmt: skip
    body = {**OFFERING, "isBundle": True, "productSpecification": None, "bundledGroupProductOffering": [group]}
    project = written(tmp_path, {"a.json": body})
    catalog = validate(project).value
    (payload,) = compile_entity(Key("ProductOffering", "home"), catalog, Dialect.TMF620_V5, project.settings).payloads
    assert payload.body["bundledGroupProductOffering"][0]["name"] == "tv"


def test_every_null_is_named(tmp_path: Path) -> None:
    result = imported(tmp_path, {"a.json": {**PRICE, "description": None, "tax": [None], "x": {"y": None}}})
    assert {note.path for note in result.notes if note.rule == "null"} == {("description",), ("tax", 0), ("x", "y")}


NAMED = [
    ("a slash", {"name": "Down/Up"}, "  Down-Up: {name: Down/Up}"),
    ("a fact", {"name": "term"}, "  term-value: {name: term}"),
    ("a word of tables", {"name": "not-sold"}, "  not-sold-value: {name: not-sold}"),
    ("a band", {"name": "1..5"}, "  1-5-value: {name: 1..5}"),
    ("a line break", {"name": "a\nb"}, '  a b: {name: "a\\nb"}'),
    ("spaces stay", {"name": "Branch Locations"}, "  Branch Locations: {}"),
    ("hidden signs", {"name": "a\u202eb"}, "  ab: {}"),
]


@pytest.mark.parametrize(("part", "line"), [case[1:] for case in NAMED], ids=[case[0] for case in NAMED])
def test_names_that_the_language_cannot_have(part: dict[str, Any], line: str, tmp_path: Path) -> None:
    use = {**OFFERING, "prodSpecCharValueUse": [{**part, "productSpecCharacteristicValue": values("x")}]}
    whole = {**part, "minCardinality": 1, "productSpecCharacteristicValue": values("x", "y")}
    result = imported(tmp_path, {"all.json": [use, {**SPECIFICATION, "productSpecCharacteristic": [whole]}]})
    head, _, name = line.partition(": ")
    assert head in entity(result, "access")
    assert name.strip("{}") in entity(result, "access")
    assert f"choices: {{{head.strip()}: [x]}}" in entity(result, "home")
    assert not result.remaining
    assert [note for note in messages(result, "repaired") if "becomes" in note] or "spaces" in line or name == "{}"


def test_a_name_is_never_given_twice(tmp_path: Path) -> None:
    parts = [{"name": name, "minCardinality": 1, "productSpecCharacteristicValue": values("x", "y")} for name in ("a-b", "a/b", "A-B")]
    use = {**OFFERING, "prodSpecCharValueUse": [{"name": "a/b", "productSpecCharacteristicValue": values("x")}]}
    result = imported(tmp_path, {"all.json": [{**SPECIFICATION, "productSpecCharacteristic": parts}, use]})
    assert "  a-b: {values: [x, y]}" in entity(result, "access")
    assert ": {name: a/b, values: [x, y]}" in entity(result, "access")
    assert "choices: {a-b: " not in entity(result, "home")
    assert "choices: {a-b-" in entity(result, "home")
    assert "a second characteristic is called `A-B`; only the first is understood" in messages(result, "doubted")


def test_a_long_name_is_cut_and_told_apart(tmp_path: Path) -> None:
    parts = [{"name": "x" * 150 + end, "minCardinality": 1} for end in "ab"]
    document = entity(imported(tmp_path, {"p.json": {**SPECIFICATION, "productSpecCharacteristic": parts}}), "access")
    assert document.count("\n  xxx") == 2


def test_names_of_terms_and_groups(tmp_path: Path) -> None:
    terms = [{"name": "12/24", "duration": {"amount": 12, "units": "month"}}]
    groups = [{"name": "a/b", "bundledProductOffering": [{"id": "home"}]}]
    bundle = {**OFFERING, "id": "all", "name": "All", "productSpecification": None, "bundledGroupProductOffering": groups}
    result = imported(tmp_path, {"all.json": [SPECIFICATION, {**OFFERING, "productOfferingTerm": terms}, bundle]})
    assert "12-24: {name: 12/24, commitment: 12 months}" in entity(result, "home")
    assert "a-b: {name: a/b, of:" in entity(result, "all")


AMOUNTS = [
    ("noise", "39.990000000000002", "amount: 39.99 EUR"),
    ("more noise", "0.1000000000000000055511151231257827", "amount: 0.1 EUR"),
    ("a comma", '"39,90"', "amount: 39.90 EUR"),
    ("a currency", '"39.90 EUR"', "amount: 39.90 EUR"),
    ("a sign", '"€ 39,90"', "amount: 39.90 EUR"),
    ("thousands", '"1.234.567,89"', "amount: 1234567.89 EUR"),
    ("English thousands", '"1,234.50 EUR"', "amount: 1234.50 EUR"),
    ("spaces for thousands", '"1 234,50"', "amount: 1234.50 EUR"),
    ("cents", '"0,0125"', "amount: 0.0125 EUR"),
]


@pytest.mark.parametrize(("said", "line"), [case[1:] for case in AMOUNTS], ids=[case[0] for case in AMOUNTS])
def test_amounts_that_can_be_read_in_one_way_only(said: str, line: str, tmp_path: Path) -> None:
    head = '{"@type": "ProductOfferingPrice", "id": "p", "name": "P", "priceType": "oneTime",'
    result = imported(tmp_path, {"p.json": f'{head} "price": {{"unit": "EUR", "value": {said}}}}}'})
    assert f"{line}\n" in entity(result, "p")
    assert len([note for note in messages(result, "repaired") if "becomes" in note]) == 1
    assert result.is_whole


def test_a_currency_that_stands_with_the_number_alone(tmp_path: Path) -> None:
    assert "amount: 5.00 USD" in entity(imported(tmp_path, {"p.json": priced(price={"value": "5.00 USD"})}), "fee")


EXACT = [
    ("99999999999999999999999", "99999999999999999999999", 0),
    ("12345678901234567.123456789", "12345678901234568", 1),
    ("0.1000000000000000055511151231257827", "0.1", 1),
    ("1.10", "1.10", 0),
    ("1e400", '"1E+400"', 1),
    ("1e-400", '"1E-400"', 1),
    ("1e99999999999", '"1E+99999999999"', 1),
]


@pytest.mark.parametrize(("said", "kept", "repairs"), EXACT, ids=[case[0] for case in EXACT])
def test_numbers_are_kept_or_said_once(said: str, kept: str, repairs: int, tmp_path: Path) -> None:
    result = imported(tmp_path, {"s.json": f'{{"@type": "ProductSpecification", "id": "s", "name": "S", "x": {said}}}'})
    assert result.is_whole
    assert kept in entity(result, "s")
    assert len([note for note in result.notes if note.rule == "double"]) == repairs


def test_whole_numbers_beyond_64_bits_compile(tmp_path: Path) -> None:
    large = 10**23 - 1
    part = {"name": "iccid", "valueType": "integer", "minCardinality": large, "maxCardinality": large}
    part["productSpecCharacteristicValue"] = [{"value": 89490200001234567890, "isDefault": True}]
    fee = priced(priceType="recurring", recurringChargePeriodType="month", recurringChargePeriodLength=large, percentage=large)
    usage = {**priced(priceType="usage", unitOfMeasure={"amount": large, "units": "GB"}), "id": "gb", "name": "GB"}
    member = {"id": "home", "bundledProductOfferingOption": {"numberRelOfferUpperLimit": large}}
    bundle = {"@type": "ProductOffering", "id": "all", "name": "All", "lifecycleStatus": "Active", "bundledProductOffering": [member]}
    bodies = [{**SPECIFICATION, "productSpecCharacteristic": [part]}, OFFERING, fee, usage, bundle]
    target = written(tmp_path, {"all.json": bodies})
    catalog = validate(target).value
    for key in catalog.summaries:
        for made in compile_all(key, catalog, Dialect, target.settings).values():
            for payload in made.payloads:
                assert encoded(payload.body)


def test_characters_that_nobody_sees(tmp_path: Path) -> None:
    target = written(tmp_path, {"c.json": {**CATEGORY, "name": "T\u0007op\u202e", "description": "a\u2066b", "note": "x\u0000y"}})
    document = next((target.root / "catalog").rglob("*.yaml")).read_text()
    assert "name: T op\ndescription: ab\n" in document
    assert "\\\\u202e" in document
    catalog = validate(target).value
    (payload,) = compile_entity(Key("Category", "top"), catalog, Dialect.TMF620_V4, target.settings).payloads
    assert (payload.body["name"], payload.body["description"], payload.body["note"]) == ("T\u0007op\u202e", "a\u2066b", "x\u0000y")


def test_a_name_of_nothing_but_characters_that_nobody_sees(tmp_path: Path) -> None:
    result = imported(tmp_path, {"c.json": {**CATEGORY, "name": "\u202e\u200b"}})
    assert "name: top" in entity(result, "top")
    assert result.is_whole


def test_hidden_characters_in_keys_and_inner_names_are_left_out_and_said(tmp_path: Path) -> None:
    result = imported(tmp_path, {"c.json": {**SPECIFICATION, "a\u0007": 1, "attachment": [{"id": "x\u202ey", "name": "\u0001n"}]}})
    assert len(messages(result, "left out")) == 3
    assert all("nobody sees" in message for message in messages(result, "left out"))


def test_what_refers_to_itself_validates(tmp_path: Path) -> None:
    category = {**CATEGORY, "parentId": "top", "subCategory": [{"id": "top"}]}
    relations = [{"id": "home", "relationshipType": "requires"}]
    offering = {**OFFERING, "bundledProductOffering": [{"id": "home"}], "productOfferingRelationship": relations}
    target = written(tmp_path, {"all.json": [SPECIFICATION, category, offering]})
    assert [found.message for found in validate(target).diagnostics if found.severity is Severity.ERROR] == []


def test_names_that_are_no_texts(tmp_path: Path) -> None:
    result = imported(tmp_path, {"all.json": [{**OFFERING, "name": []}, {**OFFERING, "id": "other", "name": []}]})
    assert [note.path for note in result.notes if note.weight.value == "left out"] == [("name",), ("name",)]
    assert [found for found in result.remaining if found.severity is Severity.ERROR] == []


def test_what_compile_will_refuse_is_announced(tmp_path: Path) -> None:
    offerings = [{**OFFERING, "id": id, "name": "Home", "version": version} for id, version in (("a", "2.0"), ("b", "2.0"))]
    circle = [{**CATEGORY, "id": id, "name": id, "parentId": other} for id, other in (("x", "y"), ("y", "x"))]
    result = imported(tmp_path, {"all.json": [*offerings, *circle]})
    assert "made of itself" in as_text(result, written=True)
    target = project(tmp_path / "project")
    (target.root / "catalog").mkdir()
    mine = "kind: ProductOffering\nid: mine\nname: Home\nproduct: {external: x}\nlifecycle: Active\n"
    (target.root / "catalog/mine.yaml").write_text(mine)
    again = prepare(open_project(target.root).value, [payloads(tmp_path / "more", {"o.json": {**OFFERING, "version": "1.0"}})])
    assert [found.code for found in again.remaining if found.severity is Severity.ERROR] == ["TK107"]
