"""How a plan reads: at a terminal, in the comment of a pull request, and for programs."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.plan.test_brakes import AFTER, everything
from tests.plan.test_laws import operator
from tests.plan.world import P4, P5, World, by_address, ref, wanted
from tmfkit.plan.steps import Brake, Field, Plan, Stop
from tmfkit.remote.profiles import PROFILES
from tmfkit.tmf.addresses import Address
from tmfkit.views.plan import PlanFormat, shown
from tmfkit.views.plan_words import change

HELD = """\
TMF620 v4.1
  - retire 10 ProductOffering: o0, o1, o2, o3, o4, o5, o6, o7, o8, o9
  ! adopt first 1 Category: new
      on the server already under the same id, and not made by tmfkit

TMF620 v5.0
  ~ update ProductOfferingPrice fee  FEE
      ~ price/value: 50.00 -> 5.00
  ! settle first Category both  BOTH
      changed in the catalog and on the server: `description`
      ~ description: b -> c  (changed on the server)

held back (shrink): TMF620 v4.1 shrinks from 10 items to 1
  if so much less is meant, say so with `--allow shrink`
held back (removal): 10 offerings that were launched leave the catalog: o0, o1, o2, o3, o4 and 5
  more
  to retire them on the server, say so with `--allow removal`
price-drop is allowed: 1 price falls by 20 % or more: fee 50.00 EUR -> 5.00 EUR (-90 %)
held back (unmanaged): 1 item is on the server already and was not made by tmfkit: Category new
  take them over with `tmfkit adopt test`, or publish everything that does not need them with
  `--allow unmanaged`
held back (conflict): 1 item was changed both in the catalog and on the server: Category both
  bring the server's values into the catalog, or let the catalog win with `--allow conflict`

plan for test, release r1: 1 to update, 10 to retire, 1 to adopt first, 1 to settle first; 0 unchanged
written in 2 levels: what others refer to first, what leaves last"""


def held() -> Plan:
    return everything().plan(AFTER, frozenset({Brake.PRICE_DROP}))


def test_at_a_terminal() -> None:
    assert shown(held(), PlanFormat.TEXT) == HELD


def test_nothing_to_do_is_one_line() -> None:
    world = World(PROFILES["embedded"])
    world.publish(operator())
    assert shown(world.plan(operator()), PlanFormat.TEXT) == f"nothing to do: test has {len(operator())} items as the catalog wants them"


def test_a_first_publication_fits_on_two_screens() -> None:
    text = shown(World(PROFILES["minting"]).plan(operator()), PlanFormat.TEXT)
    assert len(text.splitlines()) < 100
    assert max(map(len, text.splitlines())) <= 110
    assert "  + create 33 ProductOffering: business-trunk, dsl-basic," in text
    assert " and 35 more\n      the server may make it with its specification: it is taken over then\n" in text


def test_many_changes_are_counted() -> None:
    world = World(PROFILES["v5"])
    before = [wanted(P4, "category", f"c{number:03}", productOffering=[ref(f"x{n}") for n in range(30)]) for number in range(70)]
    world.publish(by_address(before))
    text = shown(world.plan(by_address(wanted(P4, "category", item.address.id) for item in before)), PlanFormat.TEXT)
    assert "      and 18 more changes\n" in text
    assert "  ~ update 10 more items\n" in text


@pytest.mark.parametrize(("colour", "expected"), [(True, "\x1b[32m  + create 1 Category: a\x1b[0m"), (False, "  + create 1 Category: a")])
def test_colours(colour: bool, expected: str) -> None:
    plan = World(PROFILES["v5"]).plan(by_address([wanted(P4, "category", "a")]))
    assert shown(plan, PlanFormat.TEXT, colour=colour).splitlines()[1] == expected


def test_a_name_cannot_move_the_cursor() -> None:
    world = World(PROFILES["v5"])
    world.publish(by_address([wanted(P4, "category", "a")]))
    plan = world.plan(by_address([wanted(P4, "category", "a", name="\x1b[2JBoo\nplan for nothing")]))
    text = shown(plan, PlanFormat.TEXT)
    assert "\x1b" not in text
    assert "\nplan for nothing" not in text


def test_what_cannot_be_published_and_what_is_worth_knowing() -> None:
    plan = replace(World(PROFILES["strict-v4"]).plan({}), notes=("a fact",))
    assert shown(plan, PlanFormat.TEXT).splitlines()[:3] == [
        "note: a fact",
        "",
        "cannot be published: the catalog has nothing that the APIs of this target keep: there is nothing to",
    ]


CHANGES = [
    (Field("name", "A", "B"), "~ name: A -> B"),
    (Field("name", "A", "B", True), "~ name: A -> B  (changed on the server)"),
    (Field("productOfferingPrice/fee", None, {"id": "fee"}), "+ productOfferingPrice/fee"),
    (Field("productOfferingPrice/fee", {"id": "fee"}, None), "- productOfferingPrice/fee"),
    (Field("popRelationship/fee", None, {"id": "fee", "role": "x"}), "+ popRelationship/fee: {id: fee, role: x}"),
    (Field("price/value", 39.9, 44.9), "~ price/value: 39.90 -> 44.90"),
    (Field("price/value", 1000, 0.005), "~ price/value: 1000.00 -> 0.005"),
    (Field("price", None, {"value": 5, "unit": "EUR"}), "+ price: 5.00 EUR"),
    (Field("isBundle", False, True), "~ isBundle: false -> true"),
    (Field("list", [1, "a"], []), "~ list: [1, a] -> []"),
    (Field("description", "x" * 100, None), f"- description: was {'x' * 59}…"),
]


LONG = "a" * 80


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (f"{LONG}1", f"{LONG}2", f"~ d: …{'a' * 15}1 -> …{'a' * 15}2"),
        (f"{LONG}1{LONG}", LONG, f"~ d: …{'a' * 15}1{'a' * 42}… -> …{'a' * 15}"),
        ("x", LONG, f"~ d: x -> {'a' * 59}…"),
    ],
)
def test_long_values_are_cut_where_they_begin_to_differ(before: str, after: str, expected: str) -> None:
    assert change(Field("d", before, after)) == expected


def test_a_percentage_is_not_torn_apart() -> None:
    plan = World(PROFILES["v5"]).plan(by_address([wanted(P4, "category", "a")]))
    for length in range(30, 80):
        stop = Stop(Brake.PRICE_DROP, f"{'x' * length} 20.00 -> 5.00 (-75 %), and more words")
        text = shown(replace(plan, stops=(stop,)), PlanFormat.TEXT)
        assert "(-75 %), " in text.replace(",\n  and", ", and")


def test_what_is_in_the_way_is_told_by_sort() -> None:
    world = World(PROFILES["embedded"])
    for number in range(3):
        world.live[Address(P5, "category", f"c{number}")] = {"id": f"c{number}", "name": "C"}
    text = shown(world.plan(by_address(wanted(P5, "category", f"c{number}") for number in range(8))), PlanFormat.TEXT)
    assert "  ! adopt first 3 Category: c0, c1, c2\n      on the server already under the same id, and not made by tmfkit\n" in text


def test_the_servers_of_a_plan_are_named() -> None:
    apis = (("tmf620-v4", "https://a.example/x/"), ("tmf633-v4", "https://b.example:8443/"), ("tmf634-v4", "https://a.example/y/"))
    plan = replace(World(PROFILES["v5"]).plan(by_address([wanted(P4, "category", "a")])), apis=apis)
    assert "\nplan for test (a.example, b.example:8443), release r1: 1 to create; 0 unchanged" in shown(plan, PlanFormat.TEXT)


@pytest.mark.parametrize(("field", "expected"), CHANGES, ids=[expected for _, expected in CHANGES])
def test_a_change(field: Field, expected: str) -> None:
    assert change(field) == expected


def test_as_markdown() -> None:
    text = shown(held(), PlanFormat.MARKDOWN)
    assert "- **removal**, held: 10 offerings that were launched leave the catalog: o0, o1, o2, o3, o4 and 5 more; to retire them" in text
    assert "| update | <code>ProductOfferingPrice fee</code> FEE | \\~ price/value: 50.00 -&gt; 5.00 |" in text
    assert "- **price-drop**, allowed: " in text


def test_markdown_is_never_longer_than_a_comment() -> None:
    items = by_address(wanted(P4, "category", f"c{number}", name="N" * 200) for number in range(5000))
    assert len(shown(World(PROFILES["v5"]).plan(items), PlanFormat.MARKDOWN).encode()) <= 65_536


def test_for_programs() -> None:
    data = json.loads(shown(held(), PlanFormat.JSON))
    assert data["counts"] == {"update": 1, "retire": 10, "adopt": 1, "conflict": 1, "unchanged": 0}
    assert (data["pending"], data["held"], data["target"]) == (True, True, "test")
    assert {"format", "digest"}.isdisjoint(data), "it is not a saved plan"
    step = next(step for step in data["steps"] if step["item"] == "tmf620-v5/productOfferingPrice/fee")
    assert step == {
        "level": 0,
        "action": "update",
        "item": "tmf620-v5/productOfferingPrice/fee",
        "name": "FEE",
        "entity": {"kind": "ProductOfferingPrice", "id": "fee"},
        "serverId": "fee",
        "fields": [{"path": "price/value", "before": 50, "after": 5}],
    }
