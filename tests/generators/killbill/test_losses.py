"""What Kill Bill cannot say is told: which price, why, and as an error unless the system leaves it to others."""

from html import unescape
from textwrap import dedent

import pytest

from tests.generators.killbill import loader, reading
from tests.generators.killbill.shop import ADD_ON, BUNDLE, LINE, VOCABULARY, offering, shop
from tests.generators.running import example_operator, example_ran, generated, projected
from tmfkit.generate.artifact import Status
from tmfkit.generate.capabilities import Feature

MONTHLY = "m: {type: recurring, every: 1 month, amount: 20.00 EUR}\n"

LOST = {
    "a billing period that there is not": (
        "m: {type: recurring, every: 5 months, amount: 1.00 EUR}",
        "m",
        "Kill Bill has no billing period of 5 months",
    ),
    "a currency that it does not know": (
        "m: {type: recurring, every: 1 month, amount: 1.00 SLE}",
        "m",
        "Kill Bill does not know the currency SLE",
    ),
    "months and days": (
        MONTHLY
        + "a: {type: discount, reduces: [m], percent: 5, for: 10 days}\nb: {type: discount, reduces: [m], percent: 5, for: 1 month}",
        "b",
        "phases of Kill Bill cannot mix months and days in one plan",
    ),
    "hours": (
        MONTHLY + "a: {type: discount, reduces: [m], percent: 5, for: 10 hours}",
        "a",
        "Kill Bill counts no hours, and 10 hours are no whole days",
    ),
    "too many phases": (
        MONTHLY + "\n".join(f"d{n}: {{type: discount, reduces: [m], amount: 1.00 EUR, for: {n} months}}" for n in (1, 2, 3)),
        "d3",
        "a plan of Kill Bill has at most 2 phases before its last one, and here are 3",
    ),
    "a discount on use": (
        "u: {type: usage, usage: data, per: 1 GB, amount: 2.00 EUR}\nd: {type: discount, reduces: [u], percent: 10}",
        "d",
        "a discount is computed into what it reduces, and no recurring or one-time price with a plan meets it at the sale",
    ),
    "an entry fee of a tier": (
        "u: {type: usage, usage: data, per: 1 GB, tiers: [{upTo: 2 GB, amount: 2.00 EUR}, {amount: 1.00 EUR, flat: 5.00 EUR}]}",
        "u",
        "Kill Bill charges nothing once on entering a tier: make it a price of its own",
    ),
    "a tier that ends inside a block": (
        "u: {type: usage, usage: data, per: 2 GB, tiers: [{upTo: 3 GB, amount: 2.00 EUR}, {amount: 1.00 EUR}]}",
        "u",
        "a tier of Kill Bill holds whole blocks, and this one ends inside one",
    ),
    "parts of a unit": (
        "u: {type: usage, usage: data, per: 0.5 GB, amount: 2.00 EUR}",
        "u",
        "Kill Bill counts whole units, and 0.5 GB are none: write the amount for a smaller unit",
    ),
    "an allowance over several zones": (
        "u: {type: usage, usage: voice, per: 1 min, by: [zone], table: {national: 0.05 EUR, else: 0.06 EUR}}\n"
        "a: {type: allowance, usage: voice, quantity: 100 min, every: 1 month}",
        "a",
        "it covers several prices, and the tiers of Kill Bill are each of one unit: the charging system grants it",
    ),
    "an allowance in another rhythm": (
        "u: {type: usage, usage: data, per: 1 GB, amount: 2.00 EUR}\na: {type: allowance, usage: data, quantity: 1 GB, every: 1 week}",
        "a",
        "it is granted every 1 week, and use is billed monthly",
    ),
    "an allowance that depends on more": (
        "u: {type: usage, usage: data, per: 1 GB, amount: 2.00 EUR}\n"
        "a: {type: allowance, usage: data, quantity: 1 GB, when: {sim: plastic}}",
        "a",
        "it does not come with the plan itself: the charging system grants it",
    ),
}


@pytest.mark.parametrize("case", LOST)
def test_what_cannot_be_said(case: str) -> None:
    prices, name, words = LOST[case]
    outcome = projected(shop(offering(prices)))
    assert [(one.code, one.message) for one in outcome.diagnostics if one.code == "TK810"] == [
        ("TK810", f"billing cannot charge `line/{name}`: {words}")
    ]
    (loss,) = [one for one in outcome.value.losses if one.status is Status.DROPPED and one.path == ("prices", name)]
    assert (loss.words, loss.essential, loss.left) == (words, True, False)


def test_what_the_operator_leaves_to_others_is_no_error() -> None:
    prices, name, _ = LOST["an allowance over several zones"]
    outcome = projected(shop(offering(prices), options="options: {leaves: [allowance]}\n"))
    assert [one.code for one in outcome.diagnostics if one.code == "TK810"] == []
    (loss,) = [one for one in outcome.value.losses if one.path == ("prices", name)]
    assert loss.left


def test_too_many_plans_are_one_finding() -> None:
    discounts = "".join(f"d{n}: {{type: discount, reduces: [m], amount: 0.01 EUR, when: {{{f'c{n}'}: true}}}}\n" for n in range(12))
    product = "\nkind: ProductSpecification\nid: many\nname: Many\ncharacteristics:\n" + "".join(
        f"  c{n}: {{type: boolean, default: false}}\n" for n in range(12)
    )
    made = offering(MONTHLY + discounts, "many").replace("product: line", "product: many")
    outcome = projected(shop(product, made))
    (found,) = [one for one in outcome.diagnostics if one.code == "TK810" and "`many/m`" in one.message]
    assert "it would need more than 2,000 plans" in found.message


def test_few_conditions_on_many_values_need_few_plans() -> None:
    product = "\nkind: ProductSpecification\nid: many\nname: Many\ncharacteristics:\n" + "".join(
        f"  c{n}: {{type: integer, min: 0, max: 99999, default: 1}}\n" for n in range(30)
    )
    prices = MONTHLY + "d: {type: discount, reduces: [m], amount: 1.00 EUR, when: {c0: 5..10}}"
    made = offering(prices, "many").replace("product: line", "product: many")
    (catalog,) = reading.catalogs(generated(shop(product, made), "billing", "killbill")).values()
    assert list(reading.plans(catalog)) == ["many.m", "many.m.d"]


def test_prices_whose_time_is_over_are_in_earlier_catalogs() -> None:
    prices = MONTHLY + "old: {type: oneTime, amount: 1.00 EUR, validFor: {until: 2020-01-01}}"
    outcome = projected(shop(offering(prices)))
    (loss,) = [one for one in outcome.value.losses if one.path == ("prices", "old")]
    assert (loss.status, loss.words) == (Status.MAPPED, "its time is over: the catalogs of earlier releases have it")


def test_what_is_no_product_has_no_name_there() -> None:
    bundle = BUNDLE.replace("name: Pack", "name: Pack\ncode: P-1")
    free = "\nkind: ProductOffering\nid: gift\nname: Gift\nproduct: line\ncategories: [all]\nlifecycle: Launched\n---\n"
    outcome = projected(shop(LINE, "\n---\n", ADD_ON, "\n---\n", bundle, "\n---\n", free))
    found = {
        (one.key.id, one.feature.value): (one.status.value, one.words) for one in outcome.value.losses if one.path in (("name",), ("code",))
    }
    alone = ("dropped", "Kill Bill has no product of it: its members are billed, each under a name of its own")
    assert (found["pack", "name"], found["pack", "code"]) == (alone, alone)
    assert found["gift", "name"] == ("dropped", "Kill Bill has no product of it, for it charges nothing by itself")
    assert (found["line", "name"], found["1st-aid", "name"]) == (("carried", ""), ("carried", ""))


def test_every_name_that_is_carried_stands_in_a_catalog_of_the_example_operator() -> None:
    made = example_ran("billing", "killbill")
    titles = {example_operator().summaries[one.key].title for one in made.losses if one.path == ("name",) and one.status is Status.CARRIED}
    texts = [unescape(one.text) for one in made.artifacts if one.path.endswith(".xml")]
    assert [title for title in sorted(titles) if not any(title in text for text in texts)] == []
    dropped = {one.key.id for one in made.losses if one.feature is Feature.NAME and one.status is Status.DROPPED}
    assert dropped >= {"home-and-mobile", "mobile-family", "triple-play"}


HOSTILE = """
kind: ProductOffering
id: 9.lives
name: "<script>alert('x')</script> & \\"so on\\"\\nnew line | pipe"
product: {external: ERP-1, name: Elsewhere, type: ProductSpecification}
categories: [all]
lifecycle: Launched
prices:
  a b: {type: recurring, every: 1 month, by: [segment], table: {residential: 1.00 EUR}}
  extra: {type: recurring, every: 1 month, amount: 2.00 EUR}
  A.B: {type: recurring, every: 1 month, amount: 3.00 EUR}
requires: [{external: X-1}]
---
kind: ProductOffering
id: 9.lives.extra.addon
name: Collides with an add-on of the other one
product: line
categories: [all]
lifecycle: Launched
prices: {m: {type: recurring, every: 1 month, amount: 4.00 EUR}}
---
kind: ProductOffering
id: 9.LIVES.extra
name: And with a plan
product: line
categories: [all]
lifecycle: Launched
prices: {m: {type: recurring, every: 1 month, amount: 4.00 EUR}}
"""


def test_hostile_names_stay_apart_and_harmless() -> None:
    files = generated(shop(HOSTILE), "billing", "killbill")
    (text,) = [text for path, text in files.items() if path.endswith(".xml")]
    assert loader.refused([text]) == []
    (catalog,) = reading.catalogs(files).values()
    costs = sorted(words.split()[1] for words in reading.plans(catalog).values())
    assert costs == ["1.00", "2.00", "3.00", "4.00", "4.00"]
    assert "<script>" not in text


def test_a_catalog_without_words_and_offerings() -> None:
    bare = "kind: System\nid: billing\nname: B\nrole: billing\ngenerator: killbill\n"
    (catalog,) = reading.catalogs(generated(bare, "billing", "killbill")).values()
    assert reading.plans(catalog) == {}
    assert reading.lists(catalog) == {"DEFAULT": []}


def test_a_channel_called_as_the_default_list() -> None:
    words = VOCABULARY.replace("webshop", "DEFAULT")
    text = shop(LINE.replace("webshop", "DEFAULT")).replace(VOCABULARY, words)
    files = generated(text, "billing", "killbill")
    catalogs = [one for path, one in sorted(files.items()) if path.endswith(".xml")]
    assert loader.refused(catalogs) == []
    assert set(reading.lists(reading.catalogs(files)["2026-11-23"])) == {"DEFAULT", "DEFAULT-2", "retail"}


def test_a_shape_that_changes_over_time_gets_another_name() -> None:
    prices = """
    m: {type: recurring, every: 1 month, amount: 20.00 EUR}
    d: {type: discount, reduces: [m], percent: [{until: 2027-01-01, is: 100}, {from: 2027-01-01, is: 50}], for: 3 months}
    """
    files = generated(shop(offering(dedent(prices))), "billing", "killbill")
    assert {date: reading.plans(one) for date, one in reading.catalogs(files).items()} == {
        "2026-11-23": {"line.m.d": "TRIAL 3 MONTHS 0.00 MONTHLY; EVERGREEN 20.00 MONTHLY"},
        "2027-01-01": {"line.m.d.2": "DISCOUNT 3 MONTHS 10.00 MONTHLY; EVERGREEN 20.00 MONTHLY"},
    }
    assert loader.refused([text for path, text in sorted(files.items()) if path.endswith(".xml")]) == []
