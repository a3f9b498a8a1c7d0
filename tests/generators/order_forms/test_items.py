"""What an order form accepts, and what it says first of an item that it refuses."""

import json
from itertools import product
from math import prod
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.generators.forms import CATALOG, cases, small
from tests.generators.running import SETTINGS, example_files, example_operator, example_ran, projected
from tests.targets.wording import first_message
from tmfkit.api import Feature, Key, ProductOffering, ProductSpecification
from tmfkit.semantics.domains import domain_of
from tmfkit.semantics.sellable import sellable


def item(offering: str, *values: tuple[str, Any], action: str = "add", term: str = "", parts: tuple[Any, ...] = (), **more: Any) -> Any:
    found: dict[str, Any] = {"id": "1", "action": action, "productOffering": {"id": offering}}
    if values:
        found["product"] = {"productCharacteristic": [{"name": name, "value": value} for name, value in values]}
    if term:
        found["itemTerm"] = [{"name": term}]
    if parts:
        found["productOrderItem"] = list(parts)
    return {**found, **more}


def one(*values: tuple[str, Any], term: str = "free", **more: Any) -> Any:
    return item("one", ("users", 3), *values, term=term, **more)


PLAIN = item("plain-one")
THREE = item("plain-three")
PART = item("part", ("users", 7), ("install", "visit"))
MODIFIED: dict[str, Any] = {"action": "modify", "product": {"id": "P-1"}}

FAR = "One with length “at least 2 km” needs Speed “100 Mbit/s or 500 Mbit/s” and backup “yes”."
MANY = "One is not sold with users “other than 1 to 5 or 5 to 8”."
PACK = "Pack is made of Plain one, Plain two, Plain three, Part and P-1; nothing else belongs to it."
KNOWN = 'One has only the characteristics speed, users, length, backup, start, number, note, extras, install, odd "name" <b>|{x} and cable.'

ITEMS = [
    ("one", one(), None),
    ("one", item("one", term="free"), "users is missing; it can be a whole number from 1 to 10."),
    ("one", item("one", ("users", 10), term="free"), MANY),
    ("one", item("one", ("users", 11), term="free"), "users can be a whole number from 1 to 10."),
    ("one", item("one", ("users", 2.5), term="free"), "users can be a whole number from 1 to 10."),
    ("one", item("one", ("users", "3"), term="free"), "users can be a whole number from 1 to 10."),
    ("one", one(("speed", 100)), None),
    ("one", one(("speed", 100.0)), None),
    ("one", one(("speed", 200)), "Speed can be 100, 500 or 1000 Mbit/s."),
    ("one", one(("speed", {"amount": 100, "units": "Mbit/s"})), "Speed can be 100, 500 or 1000 Mbit/s."),
    ("one", one(("length", 0)), None),
    ("one", one(("length", 2.6)), "length can be a number from 0 to 2.5 km."),
    ("one", one(("backup", True)), None),
    ("one", one(("backup", "true")), "backup can be true or false."),
    ("one", one(("backup", 1)), "backup can be true or false."),
    ("one", one(("start", "2026-01-15")), None),
    ("one", one(("start", "soon")), "start can be a date such as 2026-01-15."),
    ("one", one(("number", "+4912")), None),
    ("one", one(("number", "x+4912")), "number can be a text that is written like `\\+[1-9][0-9]{3,6}`."),
    ("one", one(("extras", "a"), ("extras", "c")), None),
    ("one", one(("extras", "a")), "extras takes at least 2 values."),
    ("one", one(("extras", "a"), ("extras", "a")), "Characteristics are a list in which nothing stands twice."),
    ("one", one(("speed", 100), ("speed", 500)), "Speed takes one value."),
    ("one", one(('odd "name" <b>|{x}', '"quoted"')), None),
    ("one", one(("colour", "red")), KNOWN),
    ("one", one(("port", "1")), "port is not ordered: the network sets it."),
    ("one", one(("cable", "old")), None),
    ("one", one(("cable", "new")), "One with cable “new” needs install “A visit”."),
    ("one", one(("cable", "new"), ("install", "visit")), None),
    ("one", one(("length", 2)), FAR),
    ("one", one(("length", 2), ("backup", True)), None),
    ("one", one(("length", 2), ("backup", True), ("speed", 1000), term="year"), FAR),
    ("one", one(("speed", 1000), term="year"), None),
    ("one", one(("speed", 1000)), "One is not sold with Speed “1000 Mbit/s” and the term “free”."),
    ("one", item("one", ("users", 8), term="free"), None),
    ("one", item("one", ("users", 9), term="free"), MANY),
    ("one", item("one", ("users", 3)), "The term is missing; it can be free or year (One year)."),
    ("one", one(term="month"), "One has the term free, year (One year) or week."),
    ("one", one(term="week", itemTerm=[{"name": "week"}]), "The term week is no longer offered."),
    ("one", one(itemTerm=[{"name": "free"}, {"name": "year"}]), "There is one term at most."),
    ("one", one(itemTerm=[{"name": "year", "duration": {"amount": 12, "units": "month"}}]), None),
    ("one", one(itemTerm=[{"name": "year", "duration": {"amount": 1, "units": "month"}}]), "The term One year lasts 12 months."),
    ("one", one(parts=(PLAIN,)), "One is no bundle and has no parts."),
    ("one", one(quantity=3), None),
    ("one", one(quantity=0), "The quantity is a whole number from 1 up."),
    ("one", one(product=[]), "The product of an order item is an object."),
    ("one", [], "An order item is an object."),
    ("one", item("one", action="modify"), "To change or end One, `product.id` says which product is meant."),
    ("one", item("one", **MODIFIED), None),
    ("one", item("one", **MODIFIED, quantity=2), "To change or end a product takes an item of its own, with the quantity 1."),
    ("one", item("one", action="modify", product={"id": "P-1", "productCharacteristic": [{"name": "cable", "value": "new"}]}), None),
    ("one", item("one", action="delete", product={"id": "P-1"}), None),
    ("one", item("one", action="noChange", product={"id": "P-1"}), None),
    ("labelled", item("labelled", ("mac", "0A-1B:_@\\7")), None),
    ("labelled", item("labelled", ("mac", "0A-1B:_@7")), "mac can be a text that is written like `([0-9A-F]{2}[:\\-]){2}\\_\\@\\\\[0-9]`."),
    ("labelled", item("labelled", ("mac", "0A-1B:_@\\7"), ("tag", "green-12")), None),
    ("elsewhere", item("elsewhere", ("colour", "red")), None),
    (
        "elsewhere",
        item("elsewhere", ("colour", None), product={"productCharacteristic": [1]}),
        "A characteristic is an object with `name` and `value`.",
    ),
    ("old", item("old"), "Old can no longer be ordered; whoever has it can change or end it."),
    ("old", item("old", **MODIFIED), None),
    ("part", PART, "Part is not sold alone, only as a part of a bundle."),
    ("part", item("part", **MODIFIED), None),
    ("pack", item("pack", parts=(PLAIN,)), None),
    ("pack", item("pack"), "Pack needs at least 1 × main: Plain one."),
    ("pack", item("pack", parts=(PLAIN, PLAIN)), "Pack takes at most 1 × main: Plain one."),
    ("pack", item("pack", parts=(PLAIN, THREE, item("plain-two"))), None),
    ("pack", item("pack", parts=(PLAIN, PART, item("plain-two"))), "Part and Plain two exclude each other."),
    ("pack", item("pack", parts=(PLAIN, PART, THREE)), None),
    ("pack", item("pack", parts=(PLAIN, PART, THREE, THREE)), "Pack is not sold with 1 × extra and 2 × second."),
    ("pack", item("pack", parts=(PLAIN, item("P-1"))), None),
    ("pack", item("pack", parts=(PLAIN, item("P-2"))), PACK),
    ("pack", item("pack", parts=({**PLAIN, "quantity": 2},)), "Each part of a bundle is an item of its own, with the quantity 1."),
    (
        "pack",
        item("pack", parts=(PLAIN, item("part", ("users", 5), ("install", "visit")))),
        "users can be 7 or a whole number from 2 to 3.",
    ),
    ("pack", item("pack", parts=(PLAIN, item("part", **MODIFIED))), "The parts of a new Pack are new as well: their action is add."),
    ("pack", item("pack", **MODIFIED, parts=(item("plain-two"),)), None),
    (
        "pack",
        item("pack", action="delete", product={"id": "1"}, parts=(PLAIN,)),
        "With Pack its parts end as well: their action is delete.",
    ),
    ("twin", item("twin", parts=(PLAIN, PLAIN)), None),
    ("twin", item("twin", parts=(PLAIN,)), "Twin needs at least 2 × main and spare: Plain one or Plain two."),
    ("twin", item("twin", parts=(PLAIN, PLAIN, PLAIN)), None),
    ("twin", item("twin", parts=(PLAIN, PLAIN, PLAIN, PLAIN)), "Twin takes at most 3 × main and spare: Plain one or Plain two."),
    ("twin", item("twin", parts=(item("plain-two"), item("plain-two"))), "Twin needs at least 1 × main: Plain one."),
    ("double", item("double", parts=(item("pack", parts=(PLAIN,)),)), None),
    ("double", item("double", parts=(item("pack"),)), "Pack needs at least 1 × main: Plain one."),
    (
        "double",
        item("double", parts=(item("pack", parts=(PLAIN, item("part", ("users", 7)))),)),
        "install is missing; it can be visit (A visit).",
    ),
]


@pytest.mark.parametrize(("form", "ordered", "said"), ITEMS)
def test_an_item(form: str, ordered: Any, said: str | None) -> None:
    found = cases("order-forms", "small")[form]
    message = first_message(found.schema, found.messages, ordered)
    assert (message["en"] if message else None) == said


def test_a_message_is_in_every_language_of_the_catalog() -> None:
    found = cases("order-forms", "small")["one"]
    message = first_message(found.schema, found.messages, one(("cable", "new")))
    assert message == {"en": "One with cable “new” needs install “A visit”.", "fr": "Un avec cable « new » exige install « A visit »."}


@pytest.mark.parametrize("which", ["small", "example"])
def test_every_example_is_accepted_or_refused_for_its_reason(which: str) -> None:
    for found in cases("order-forms", which).values():
        assert found.valid
        assert found.invalid
        assert [(words, first_message(found.schema, found.messages, body)) for words, body in found.valid] == [
            (words, None) for words, _ in found.valid
        ]
        assert [(words, first_message(found.schema, found.messages, body)) for words, _, body in found.invalid] == [
            (words, reason) for words, reason, _ in found.invalid
        ]


def test_every_rule_is_shown_broken_by_an_example() -> None:
    """But for what stands in another example's way: what is no object or list, values that nobody would state twice, ended terms."""
    found = cases("order-forms", "small")["one"]
    shown = {reason["en"] for _, reason, _ in found.invalid}
    seldom = ("is an object", "in which nothing stands twice", "`valueType`", "one term at most", "an item of its own", "week")
    rest = {said["en"] for said in found.messages.values() if not any(word in said["en"] for word in seldom)} - shown
    assert sorted(rest) == ["extras takes at most 3 values.", "number takes one value."]


def test_the_messages_are_those_of_the_schema_by_their_places() -> None:
    for path, text in small("order-forms").items():
        if path.endswith(".messages.json"):
            id = path.removesuffix(".messages.json")
            assert json.loads(text)["messages"] == cases("order-forms", "small")[id].messages


COMBINED = {
    "fibre-home": ("downstream", "installation", "dropCable", "term"),
    "fwa-home": ("downstream", "installation", "signal", "term"),
    "handset-24": ("model", "storage", "term"),
    "mobile-prepaid": ("speed", "simType", "roaming", "term"),
    "fibre-business": ("downstream", "installation", "dropCable", "restoration", "term"),
}


@pytest.mark.parametrize("id", COMBINED)
def test_a_form_sells_the_same_combinations_as_the_catalog(id: str) -> None:
    """All values of the specification are tried, those that the offering does not have too."""
    offering = example_operator().get(ProductOffering, id)
    specification = example_operator().get(ProductSpecification, offering.product if offering else None)
    assert offering is not None
    assert specification is not None
    names = COMBINED[id]
    closed = "restoration" in names  # a price by place: what is closed in every place is sold in none
    sold, complete = sellable(offering, example_operator(), (*names, *(("place",) if closed else ())), SETTINGS.last_update)
    traits = {name: specification.characteristics[name] for name in names if name != "term"}
    values = [domain_of(traits[name]).values if name in traits else tuple(offering.terms) for name in names]
    validator = Draft202012Validator(cases("order-forms", "example")[id].schema)
    taken = []
    for texts in product(*values):
        chosen = dict(zip(names, texts, strict=True))
        stated = [(name, int(text) if text.isdecimal() else text) for name, text in chosen.items() if name != "term"]
        if validator.is_valid(item(id, *stated, term=chosen["term"])):
            taken.append(chosen)
    assert complete
    assert taken == list({tuple(one[name] for name in names): {name: one[name] for name in names} for one in sold}.values())
    assert 0 < len(taken) < prod(map(len, values))


def test_what_no_item_says_closes_nothing() -> None:
    """The long table of prices by place closes one pair everywhere, and the form refuses that pair alone."""
    found = cases("order-forms", "example")["fibre-business"]
    said = sorted({said["en"] for said in found.messages.values() if "is not sold" in said["en"]})
    assert said == ["Fibre Business is not sold with Download speed “100 Mbit/s” and Repaired within “4 h”."]


@pytest.mark.parametrize("path", ["fibre-home.schema.json", "triple-play.messages.json", "fibre-home.examples.json"])
def test_golden(path: str, golden: Any) -> None:
    golden(f"generators/order-forms/{path}", example_files("com", "order-forms")[path])


def test_the_loss_report_claims_nothing_of_products_that_only_offerings_say() -> None:
    assert {loss.key.kind for loss in example_ran("com", "order-forms").losses} == {ProductOffering.KIND}


def test_constraints_of_the_product_are_told_of_its_offerings() -> None:
    more = "  at-once: {when: {action: add}, then: {install: visit}}\n"
    rows = projected(CATALOG.replace("constraints:\n", f"constraints:\n{more}", 1)).value.losses
    found = {row.path[1]: (row.status.value, row.words) for row in rows if row.system == "com" and row.feature is Feature.CONSTRAINT}
    rule = ("mapped", "a rule of the form, with a message")
    assert {row.key for row in rows if row.feature is Feature.CONSTRAINT} == {Key(ProductOffering.KIND, id) for id in ("one", "part")}
    assert found == {
        "at-once": ("dropped", "it asks for something that the order item does not say: whoever sees the whole order checks it"),
        "new-cable": rule,
        "far": rule,
    }
