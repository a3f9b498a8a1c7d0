"""Which plans the prices of an offering become: tables of prices and of what Kill Bill is told."""

from collections.abc import Callable
from textwrap import dedent

import pytest

from tests.generators.killbill import reading
from tests.generators.killbill.shop import (
    ADD_ON,
    BUNDLE,
    COHORTS,
    LINE,
    PREPAID,
    PRODUCT,
    RETIRED,
    SYSTEM,
    VOCABULARY,
    WHOLE,
    offering,
    shop,
)
from tests.generators.running import example_files, generated

TERMS = "terms: {free: {}, 24-months: {commitment: 24 months}}\n"

PRICES = {
    "one price": ("m: {type: recurring, every: 1 month, amount: 9.90 EUR}", {"line.m": "EVERGREEN 9.90 MONTHLY"}),
    "other periods": (
        "m: {type: recurring, every: 2 years, charged: inArrears, amount: 9.90 EUR}",
        {"line.m": "EVERGREEN 9.90 BIENNIAL"},
    ),
    "a price that ends": (
        "m: {type: recurring, every: 1 month, amount: 9.90 EUR, for: 2 years}",
        {"line.m": "FIXEDTERM 24 MONTHS 9.90 MONTHLY"},
    ),
    "a price that begins later": (
        "m: {type: recurring, every: 1 month, amount: 9.90 EUR, after: 3 months}",
        {"line.m": "TRIAL 3 MONTHS 0 MONTHLY; EVERGREEN 9.90 MONTHLY"},
    ),
    "a discount for ever": (
        """
        m: {type: recurring, every: 1 month, amount: 9.90 EUR}
        d: {type: discount, reduces: [m], percent: 15, when: {segment: residential}}
        """,
        {"line.m.d": "EVERGREEN 8.415 MONTHLY"},
    ),
    "two discounts of different length, one after the other in the order written": (
        """
        m: {type: recurring, every: 1 month, amount: 20.00 EUR}
        d: {type: discount, reduces: [m], percent: 50, for: 3 months}
        e: {type: discount, reduces: [m], amount: 4.00 EUR, for: 1 year}
        """,
        {"line.m.d.e": "DISCOUNT 3 MONTHS 6.00 MONTHLY; FIXEDTERM 9 MONTHS 16.00 MONTHLY; EVERGREEN 20.00 MONTHLY"},
    ),
    "months for nothing": (
        """
        m: {type: recurring, every: 1 month, amount: 20.00 EUR}
        d: {type: discount, reduces: [m], amount: 20.00 EUR, for: 3 months}
        """,
        {"line.m.d": "TRIAL 3 MONTHS 0.00 MONTHLY; EVERGREEN 20.00 MONTHLY"},
    ),
    "discounts that never meet": (
        """
        m: {type: recurring, every: 1 month, amount: 20.00 EUR}
        d: {type: discount, reduces: [m], amount: 1.00 EUR, when: {customer: new}}
        e: {type: discount, reduces: [m], amount: 2.00 EUR, when: {customer: existing}}
        """,
        {"line.m.d": "EVERGREEN 19.00 MONTHLY", "line.m.e": "EVERGREEN 18.00 MONTHLY"},
    ),
    "a discount by table": (
        """
        m: {type: recurring, every: 1 month, amount: 20.00 EUR}
        d: {type: discount, reduces: [m], by: [place], table: {north: 1.00 EUR, else: not-sold}}
        """,
        {"line.m": "EVERGREEN 20.00 MONTHLY", "line.m.d.north": "EVERGREEN 19.00 MONTHLY"},
    ),
    "a fee that always comes with it": (
        """
        m: {type: recurring, every: 1 month, amount: 20.00 EUR}
        f: {type: oneTime, amount: 5.00 EUR, when: {action: add}}
        """,
        {"line.m": "EVERGREEN once 5.00 20.00 MONTHLY"},
    ),
    "a fee that depends on the cell": (
        """
        m: {type: recurring, every: 1 month, by: [speed], table: {100: 20.00 EUR, 500: 30.00 EUR}}
        f: {type: oneTime, amount: 5.00 EUR, when: {speed: 500}}
        """,
        {"line.m.100": "EVERGREEN 20.00 MONTHLY", "line.m.500": "EVERGREEN once 5.00 30.00 MONTHLY"},
    ),
    "a fee that depends on more": (
        """
        m: {type: recurring, every: 1 month, amount: 20.00 EUR}
        f: {type: oneTime, amount: 5.00 EUR, unless: {voucher: FREE}}
        """,
        {"line.m": "EVERGREEN 20.00 MONTHLY", "line.f": "FIXEDTERM 1 DAYS once 5.00"},
    ),
    "a fee for a change": (
        """
        m: {type: recurring, every: 1 month, amount: 20.00 EUR}
        f: {type: oneTime, amount: 5.00 EUR, when: {action: modify}}
        """,
        {"line.m": "EVERGREEN 20.00 MONTHLY", "line.f": "FIXEDTERM 1 DAYS once 5.00"},
    ),
    "bands and the rest": (
        "m: {type: recurring, every: 1 month, by: [seats], table: {1..10: 5.00 EUR, 10..20: 8.00 EUR, else: 9.00 EUR}}",
        {"line.m.1-to-10": "EVERGREEN 5.00 MONTHLY", "line.m.10-to-20": "EVERGREEN 8.00 MONTHLY", "line.m.else": "EVERGREEN 9.00 MONTHLY"},
    ),
    "only use": ("u: {type: usage, usage: data, per: 1 GB, amount: 2.00 EUR}", {"line.u": "EVERGREEN + 1 usages"}),
    "use that depends on more": (
        """
        m: {type: recurring, every: 1 month, amount: 20.00 EUR}
        u: {type: usage, usage: data, per: 1 GB, amount: 2.00 EUR, when: {sim: plastic}}
        """,
        {"line.m": "EVERGREEN 20.00 MONTHLY", "line.u": "EVERGREEN + 1 usages"},
    ),
    "tiers of a fee": (
        """
        m: {type: recurring, every: 1 month, amount: 20.00 EUR}
        f: {type: oneTime, count: seats, tiers: [{upTo: 5, amount: 3.00 EUR}, {amount: 2.00 EUR}]}
        """,
        {
            "line.m": "EVERGREEN 20.00 MONTHLY",
            "line.f.up-to-5": "FIXEDTERM 1 DAYS once 3.00",
            "line.f.above-5": "FIXEDTERM 1 DAYS once 2.00",
        },
    ),
}


@pytest.mark.parametrize("case", PRICES)
def test_plans(case: str) -> None:
    prices, expected = PRICES[case]
    (catalog,) = reading.catalogs(generated(shop(offering(dedent(prices))), "billing", "killbill")).values()
    assert reading.plans(catalog) == dict(sorted(expected.items()))


def test_a_cell_that_is_not_sold_is_no_plan() -> None:
    table = "{100: {free: 1.00 EUR, 24-months: not-sold}, 500: {else: 2.00 EUR}}"
    prices = f"m: {{type: recurring, every: 1 month, by: [speed, term], table: {table}}}"
    (catalog,) = reading.catalogs(generated(shop(offering(prices, more=TERMS)), "billing", "killbill")).values()
    assert list(reading.plans(catalog)) == ["line.m.100.free", "line.m.500.else"]


def test_a_channel_with_its_own_price_has_a_price_list() -> None:
    (first, *_) = reading.catalogs(generated(shop(LINE), "billing", "killbill")).values()
    found = reading.lists(first)
    assert found["webshop"] == ["line.card.online"]
    assert found["retail"] == ["line.card"]
    assert set(found) == {"DEFAULT", "webshop", "retail"}
    assert not set(found["DEFAULT"]) & {"line.card", "line.card.online"}


def test_one_version_for_each_date() -> None:
    found = reading.catalogs(generated(shop(LINE), "billing", "killbill"))
    assert {date: reading.plans(catalog)["line.monthly.100.free"].split()[3] for date, catalog in found.items()} == {
        "2026-11-23": "20.00",
        "2027-01-01": "22.00",
    }
    assert [catalog.findtext("effectiveDate") for catalog in found.values()] == ["2026-11-23T00:00:00+00:00", "2027-01-01T00:00:00+00:00"]


def test_customers_keep_a_price_that_is_not_meant_for_them() -> None:
    found = reading.catalogs(generated(shop(COHORTS), "billing", "killbill"))
    assert {date: (reading.plans(one), reading.existing(one)) for date, one in found.items()} == {
        "2026-11-23": ({"rising.monthly": "EVERGREEN 9.00 MONTHLY"}, {"rising.monthly": "2026-11-23"}),
        "2027-01-01": ({"rising.monthly": "EVERGREEN 10.00 MONTHLY"}, {}),
        "2027-07-01": ({"rising.monthly": "EVERGREEN 10.00 MONTHLY"}, {"rising.monthly": "2027-07-01"}),
    }


def test_a_price_for_existing_customers_alone_is_a_plan_of_its_own() -> None:
    prices = """
    m:
      type: recurring
      every: 1 month
      amount:
        - {until: 2026-01-01, is: 9.00 EUR}
        - {from: 2026-01-01, is: 12.00 EUR, appliesTo: new}
        - {from: 2026-01-01, until: 2027-01-01, is: 10.00 EUR, appliesTo: existing}
        - {from: 2027-01-01, is: 11.00 EUR, appliesTo: existing}
    """
    found = reading.catalogs(generated(shop(offering(dedent(prices))), "billing", "killbill"))
    assert {date: reading.plans(one) for date, one in found.items()} == {
        "2026-11-23": {"line.m": "EVERGREEN 12.00 MONTHLY", "line.m.existing-customers": "EVERGREEN 10.00 MONTHLY"},
        "2027-01-01": {"line.m": "EVERGREEN 12.00 MONTHLY", "line.m.existing-customers": "EVERGREEN 11.00 MONTHLY"},
    }
    assert reading.lists(found["2027-01-01"])["closed"] == ["line.m.existing-customers"]
    assert reading.existing(found["2027-01-01"]) == {"line.m.existing-customers": "2027-01-01"}


ENDING = {
    "a discount whose time is over ends for all": (
        "d: {type: discount, reduces: [m], amount: 1.00 EUR, when: {customer: new}, validFor: {until: 2027-01-01}}",
        {"line.m": "EVERGREEN 20.00 MONTHLY", "line.m.d": "EVERGREEN 20.00 MONTHLY"},
    ),
    "a discount for those who order in time goes on": (
        "d: {type: discount, reduces: [m], amount: 1.00 EUR, when: {ordered: {until: 2027-01-01}}}",
        {"line.m": "EVERGREEN 20.00 MONTHLY", "line.m.d": "EVERGREEN 19.00 MONTHLY"},
    ),
    "a price whose time is over costs nothing": (
        "n: {type: recurring, every: 1 month, amount: 5.00 EUR, validFor: {until: 2027-01-01}}",
        {"line.m": "EVERGREEN 20.00 MONTHLY", "line.n": "EVERGREEN 0 MONTHLY"},
    ),
    "use that is charged no longer": (
        "u: {type: usage, usage: data, amount: 5.00 EUR, validFor: {until: 2027-01-01}}",
        {"line.m": "EVERGREEN 20.00 MONTHLY"},
    ),
    "a fee is paid and done": (
        "f: {type: oneTime, amount: 5.00 EUR, when: {sim: plastic}, validFor: {until: 2027-01-01}}",
        {"line.m": "EVERGREEN 20.00 MONTHLY"},
    ),
}


@pytest.mark.parametrize("case", ENDING)
def test_customers_of_a_plan_that_is_no_longer_sold(case: str) -> None:
    prices, expected = ENDING[case]
    text = shop(offering("m: {type: recurring, every: 1 month, amount: 20.00 EUR}\n" + prices))
    found = reading.catalogs(generated(text, "billing", "killbill"))
    assert list(found) == ["2026-11-23", "2027-01-01"]
    last = found["2027-01-01"]
    assert reading.plans(last) == expected
    over = sorted(set(expected) - {"line.m"})
    assert reading.lists(last).get("closed", []) == over
    changed = {name for name, words in expected.items() if reading.plans(found["2026-11-23"]).get(name) != words}
    assert set(reading.existing(last)) == changed


def test_what_is_retired_stays_billed_and_nobody_changes_to_it() -> None:
    (catalog,) = reading.catalogs(generated(shop(RETIRED), "billing", "killbill")).values()
    assert reading.lists(catalog) == {"DEFAULT": [], "closed": ["old-line.rent"]}
    case = catalog.find("rules/changePolicy/changePolicyCase")
    assert [child.text for child in case] == ["old-line", "ILLEGAL"]


def test_terms_that_end_by_themselves() -> None:
    (catalog,) = reading.catalogs(generated(shop(PREPAID), "billing", "killbill")).values()
    assert reading.plans(catalog) == {"prepaid.flat": "EVERGREEN 12.00 THIRTY_DAYS", "prepaid.pass": "FIXEDTERM 7 DAYS once 5.00"}
    assert reading.products(catalog) == {"prepaid": "BASE"}
    assert [child.text for child in catalog.find("rules/cancelPolicy/cancelPolicyCase")] == ["prepaid", "END_OF_TERM"]


def test_add_ons_and_bundles() -> None:
    (first, *_) = reading.catalogs(generated(shop(LINE, ADD_ON, BUNDLE), "billing", "killbill")).values()
    assert reading.products(first)["line"] == "BASE available _1st-aid line.card.addon line.extra.addon"
    assert reading.products(first)["_1st-aid"] == "ADD_ON"
    assert reading.products(first)["line.exit.standalone"] == "STANDALONE"
    assert "pack" not in reading.products(first)
    assert reading.plans(first)["line.monthly.500.24-months.welcome.pack.together"] == (
        "DISCOUNT 6 MONTHS 7.50 MONTHLY + 4 usages; EVERGREEN 20.00 MONTHLY + 4 usages"
    )


def test_a_bundle_that_is_billed_has_its_parts_as_add_ons() -> None:
    part = offering("m: {type: recurring, every: 1 month, amount: 1.00 EUR}", "site", "sellable: false\n")
    free = "\nkind: ProductOffering\nid: portal\nname: Portal\nproduct: line\ncategories: [all]\nlifecycle: Launched\nsellable: false\n"
    bundle = """
    kind: ProductOffering
    id: net
    name: Net
    categories: [all]
    lifecycle: Launched
    bundle: {sites: {offering: site, min: 1, max: 50}, portal: {}}
    prices: {fix: {type: recurring, every: 1 month, amount: 9.00 EUR}}
    """
    (catalog,) = reading.catalogs(generated(shop(part, free, dedent(bundle)), "billing", "killbill")).values()
    assert reading.products(catalog) == {"net": "BASE available site included portal", "portal": "ADD_ON", "site": "ADD_ON"}
    allowed = {plan.get("name"): plan.findtext("plansAllowedInBundle") for plan in catalog.findall("plans/plan")}
    assert allowed == {"net.fix": None, "site.m": "50"}


def test_members_of_a_group_that_are_free() -> None:
    extra = offering("m: {type: recurring, every: 1 month, amount: 4.00 EUR}", "extra")
    bundle = """
    kind: ProductOffering
    id: pack
    name: Pack
    categories: [all]
    lifecycle: Launched
    bundle: {line: {}, extras: {of: [extra], min: 0, max: 3, included: 1}}
    """
    (first, *_) = reading.catalogs(generated(shop(LINE, extra, dedent(bundle)), "billing", "killbill")).values()
    assert reading.plans(first)["extra.m.pack.included"] == "EVERGREEN 0.00 MONTHLY"


def test_what_is_counted_is_subscribed_to_several_times() -> None:
    prices = "m: {type: recurring, every: 1 month, count: seats, amount: 4.00 EUR}"
    (catalog,) = reading.catalogs(generated(shop(offering(prices)), "billing", "killbill")).values()
    assert reading.products(catalog) == {"line": "STANDALONE"}
    assert catalog.findtext("plans/plan/plansAllowedInBundle") == "-1"


USAGES = {
    "graduated, in steps of rounding": (
        """
        u:
          type: usage
          usage: data
          per: 1 GB
          increment: 1 MB
          tiers: [{upTo: 2 GB, amount: 0 EUR}, {upTo: 5 GB, amount: 2 EUR}, {amount: 1 EUR}]
        """,
        {"data-MB": "ALL_TIERS 2000 x 1 at 0.00, 3000 x 1 at 0.002, the rest x 1 at 0.001"},
    ),
    "volume": (
        "u: {type: usage, usage: data, per: 1 GB, tierMode: volume, tiers: [{upTo: 5 GB, amount: 2.00 EUR}, {amount: 1.00 EUR}]}",
        {"data": "TOP_TIER 5 x 1 at 2.00, the rest x 1 at 1.00"},
    ),
    "steps with no exact price are left to mediation": (
        "u: {type: usage, usage: voice, per: 1 min, increment: 1 s, amount: 0.05 EUR}",
        {"voice": "ALL_TIERS the rest x 1 at 0.05"},
    ),
    "one cell without exact steps decides for all": (
        "u: {type: usage, usage: voice, per: 1 min, increment: 1 s, by: [zone], table: {national: 0.05 EUR, else: 0.06 EUR}}",
        {"voice-national": "ALL_TIERS the rest x 1 at 0.05", "voice-eu-world": "ALL_TIERS the rest x 1 at 0.06"},
    ),
    "by condition": (
        "u: {type: usage, usage: voice, per: 1 min, amount: 0.05 EUR, when: {zone: [national, eu]}}",
        {"voice-national-eu": "ALL_TIERS the rest x 1 at 0.05"},
    ),
    "for larger portions": (
        "u: {type: usage, usage: data, per: 100 MB, amount: 1.50 EUR}",
        {"data-MB": "ALL_TIERS the rest x 100 at 1.50"},
    ),
    "what is included comes first": (
        """
        u: {type: usage, usage: data, per: 1 GB, amount: 1.50 EUR}
        a: {type: allowance, usage: data, quantity: 60 GB, every: 1 month}
        """,
        {"data": "ALL_TIERS 60 x 1 at 0, the rest x 1 at 1.50"},
    ),
    "a number with tiers": (
        "u: {type: recurring, every: 1 month, count: seats, tiers: [{upTo: 1, amount: 0 EUR}, {amount: 4.00 EUR}]}",
        {"number.line.seats": "ALL_TIERS 1 x 1 at 0, the rest x 1 at 4.00"},
    ),
}


@pytest.mark.parametrize("case", USAGES)
def test_usages(case: str) -> None:
    prices, expected = USAGES[case]
    (catalog,) = reading.catalogs(generated(shop(offering(dedent(prices))), "billing", "killbill")).values()
    assert reading.usages(catalog, "line.u") == expected


def test_options() -> None:
    options = "options: {catalogName: norlink, cancel: immediate, change: end-of-term}\n"
    (catalog,) = reading.catalogs(generated(shop(RETIRED, options=options), "billing", "killbill")).values()
    assert catalog.findtext("catalogName") == "norlink"
    assert catalog.findtext("rules/cancelPolicy/cancelPolicyCase/policy") == "IMMEDIATE"
    assert catalog.findall("rules/changePolicy/changePolicyCase/policy")[-1].text == "END_OF_TERM"


def test_the_order_of_files_changes_nothing() -> None:
    parts = [VOCABULARY.partition("---")[0], VOCABULARY.partition("---")[2], SYSTEM, PRODUCT, LINE, ADD_ON, BUNDLE, COHORTS]
    forward = generated({f"{index}.yaml": part for index, part in enumerate(parts)}, "billing", "killbill")
    backward = generated({f"{index}.yaml": part for index, part in enumerate(reversed(parts))}, "billing", "killbill")
    assert forward == backward


def test_the_plans_of_the_example_operator(golden: Callable[[str, str], None]) -> None:
    first, *_ = reading.catalogs(example_files("billing", "killbill")).values()
    found = [f"{name}: {words}\n" for part in (reading.products(first), reading.plans(first)) for name, words in part.items()]
    golden("generators/killbill/release.txt", "".join(found))


def test_the_whole_shop_has_a_file_of_each_sort_for_each_date() -> None:
    dates = ("2026-11-23", "2027-01-01", "2027-07-01")
    names = {f"catalog-{date}.xml" for date in dates} | {f"charges-{date}.{end}" for date in dates for end in ("json", "csv")}
    found = generated(WHOLE, "billing", "killbill")
    assert {path for path in found if not path.endswith("-metadata.json")} == names
