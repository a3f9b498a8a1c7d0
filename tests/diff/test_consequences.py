"""What changes reach, what they make sellable or not and when, and what they do to prices."""

import json

import pytest

from tests.diff.cases import BASE, base, edited, linked
from tmfkit.catalog import Catalog
from tmfkit.diff.compare import compare
from tmfkit.diff.consequences import consequences
from tmfkit.diff.prices import price_changes
from tmfkit.diff.sellable import sale_changes
from tmfkit.views.changes_json import as_json
from tmfkit.views.changes_text import NOTHING, as_text


def after(*edits: list[str]) -> Catalog:
    """The small catalog with some edits."""
    return linked(edited(BASE, list(edits)))


MAP = ["500: lp-500, 1000", "500: lp-1000, 1000"]
TERMINAL = ["model: ONT-4", "model: ONT-5"]
MANDATORY = ["  seats:", "  colour: {values: [red, blue]}\n  seats:"]
SHARED = ["amount: 30.00 EUR", "amount: 35.00 EUR"]
CLOSED = ["no-term: 44.90 EUR", "no-term: not-sold"]
WORDS = ["id: gpon-line\n", "id: gpon-line\ndescription: A line.\n"]


@pytest.mark.parametrize(
    ("edit", "key", "offerings", "forms", "systems"),
    [
        (MAP, "internet", "draft duo fibre mobile", "", "nso"),
        (TERMINAL, "ont", "draft duo fibre mobile", "", "nso"),
        (WORDS, "gpon-line", "draft duo fibre mobile", "", ""),
        (MANDATORY, "access", "duo fibre", "duo fibre", "nso"),
        (SHARED, "activation", "duo fibre", "", "billing"),
        (CLOSED, "fibre", "duo fibre", "", "billing"),
    ],
)
def test_changes_are_followed_through_the_catalog(edit: list[str], key: str, offerings: str, forms: str, systems: str) -> None:
    later = after(edit)
    (found,) = consequences(compare(base(), later), base(), later)
    told = [" ".join(one.id for one in keys) for keys in (found.offerings, found.forms, found.systems)]
    assert [found.key.id, *told] == [key, offerings, forms, systems]


def test_what_is_gone_is_followed_where_it_was() -> None:
    later = after([BASE[BASE.index("kind: ProductOffering\nid: duo") : BASE.index("kind: ProductSpecification\nid: line")], ""])
    (found,) = consequences(compare(base(), later), base(), later)
    assert [key.id for key in found.offerings] == ["duo"]


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([CLOSED], ["fibre downstream=500 term=no-term closed 2026-01-15 2030-01-01"]),
        ([["no-term: not-sold", "no-term: 54.90 EUR"]], ["fibre downstream=1000 term=no-term open 2026-01-15 2030-01-01"]),
        ([["[webshop, retail]", "[webshop]"]], ["fibre channel=retail closed 2026-01-15 2030-01-01"]),
        ([["downstream: [500, 1000]}\npayment", "downstream: [500]}\npayment"]], ["fibre downstream=1000 closed 2026-01-15 2030-01-01"]),
        ([["until: 2030-01-01", "until: 2031-01-01"]], ["fibre  open 2030-01-01 None"[:-4] + "2031-01-01"]),
        ([["from: 2026-01-15, until: 2030-01-01", "from: 2026-01-15"]], ["fibre  open 2030-01-01 None"]),
        ([["broadband]\nlifecycle: Launched\nprices:", "broadband]\nlifecycle: Retired\nprices:"]], ["mobile  closed None None"]),
        ([["lifecycle: In design", "lifecycle: Launched"]], ["draft  open None None"]),
        ([["amount: 15.00 EUR", "amount: 16.00 EUR"]], []),
        (
            [["then: {downstream: [500, 1000]}", "then: {downstream: [1000]}"]],
            ["fibre downstream=500 staticIp=true closed 2026-01-15 2030-01-01"],
        ),
    ],
)
def test_what_can_be_bought_and_when(edits: list[list[str]], expected: list[str]) -> None:
    later = after(*edits)
    found = sale_changes(compare(base(), later), base(), later)
    told = [
        " ".join(
            [
                one.key.id,
                " ".join(f"{name}={value}" for name, value in sorted(one.chosen)),
                "open" if one.sellable else "closed",
                *(str(moment.date() if moment else None) for moment in (one.since, one.until)),
            ]
        )
        for one in found
    ]
    assert told == expected


def prices(*edits: list[str]) -> list[str]:
    """The price changes that edits make, a line each."""
    later = after(*edits)
    return [
        f"{one.offering.id} {dict(one.configuration)} {one.channel}{one.segment}{one.cohort} {one.since and one.since.date()}"
        f" {one.monthly_before} > {one.monthly_after} {one.percent} | {one.first_before} > {one.first_after}"
        for one in price_changes(compare(base(), later), base(), later)
    ]


def test_a_rise_from_a_day_on_for_new_customers() -> None:
    rise = "amount: [{until: 2027-01-01, is: 15.00 EUR}, {from: 2027-01-01, is: 16.50 EUR, appliesTo: new}]"
    assert prices(["amount: 15.00 EUR", rise]) == ["mobile {} new 2027-01-01 15.00 EUR > 16.50 EUR 10.0 | 35.00 EUR > 36.50 EUR"]


def test_a_cell_of_a_table_with_its_discounts() -> None:
    """New customers get half off for six months, which is on the first bill; existing ones have a discount of five for ever."""
    assert prices(["24-months: 39.90 EUR", "24-months: 41.90 EUR"]) == [
        "fibre {'term': '24-months', 'downstream': '500'} new None 39.90 EUR > 41.90 EUR 5.0 | 19.95 EUR > 20.95 EUR",
        "fibre {'term': '24-months', 'downstream': '500'} existing None 34.90 EUR > 36.90 EUR 5.7 | None > None",
    ]


def test_a_shared_price_is_on_the_first_bill_of_those_that_use_it() -> None:
    assert prices(SHARED) == ["fibre {'term': 'no-term', 'downstream': '500'} new None 44.90 EUR > 44.90 EUR None | 52.45 EUR > 57.45 EUR"]


def test_a_price_in_one_channel_only() -> None:
    edit = [
        "excludes: [mobile]\n",
        "  web: {type: discount, reduces: [monthly], amount: 2.00 EUR, when: {channel: webshop}, chargeCode: W}\nexcludes: [mobile]\n",
    ]
    assert {line.split("}")[1].split()[0] for line in prices(edit)} == {"webshopnew", "webshopexisting"}


def test_a_yearly_price_is_told_per_month() -> None:
    edit = ["every: 1 month, amount: 15.00 EUR", "every: 1 year, amount: 120.00 EUR"]
    assert prices(edit) == ["mobile {} new None 15.00 EUR > 10.00 EUR -33.3 | 35.00 EUR > 140.00 EUR"]


def test_a_price_that_is_asked_for_by_a_choice_is_shown_with_that_choice() -> None:
    """With the usual choices nobody would see that it differs."""
    fee = "  fixed: {type: recurring, every: 1 month, amount: 4.00 EUR, when: {staticIp: true, term: no-term}, chargeCode: FIX}\n"
    before = linked(edited(BASE, [["  welcome: {", f"{fee}  welcome: {{"]]))
    later = linked(edited(BASE, [["  welcome: {", f"{fee.replace('4.00', '6.00')}  welcome: {{"]]))
    found = price_changes(compare(before, later), before, later)
    assert [(dict(one.configuration), str(one.monthly_before), str(one.monthly_after)) for one in found if one.cohort == "new"] == [
        ({"term": "no-term", "downstream": "500", "staticIp": "true"}, "48.90 EUR", "50.90 EUR")
    ]


def test_a_choice_without_a_default_has_prices_too() -> None:
    text = edited(BASE, [["staticIp: {type: boolean, default: false}", "staticIp: {type: boolean}"]])
    fee = "  fixed: {type: recurring, every: 1 month, amount: 4.00 EUR, when: {staticIp: true}, chargeCode: FIX}\n"
    before = linked(edited(text, [["  welcome: {", f"{fee}  welcome: {{"]]))
    later = linked(edited(text, [["  welcome: {", f"{fee.replace('4.00', '6.00')}  welcome: {{"]]))
    assert {dict(one.configuration)["staticIp"] for one in price_changes(compare(before, later), before, later)} == {"true"}


NARROWER = [
    ["      500: {no-term: 44.90 EUR, 24-months: 39.90 EUR}\n", ""],
    ["choices: {downstream: [500, 1000]}", "choices: {downstream: [1000]}"],
]


@pytest.mark.parametrize("swapped", [False, True])
def test_what_only_one_state_offers_has_no_price_before_and_after(swapped: bool) -> None:
    """A speed that comes or goes is no fall of its price to nothing."""
    states = (base(), after(*NARROWER))[:: -1 if swapped else 1]
    assert [dict(one.configuration) for one in price_changes(compare(*states), *states)] == []


def test_every_cell_of_a_table_of_some_hundreds_is_looked_at() -> None:
    rows = "\n".join(f"      {seats}: {{no-term: {seats}.00 EUR, 24-months: {seats}.50 EUR}}" for seats in range(1, 51))
    table = BASE[BASE.index("    by: [downstream, term]") : BASE.index("    chargeCode: REC")]
    before = linked(BASE.replace(table, f"    by: [seats, term]\n    table:\n{rows}\n"))
    later = linked(BASE.replace(table, f"    by: [seats, term]\n    table:\n{rows.replace('50.50', '51.50')}\n"))
    found = price_changes(compare(before, later), before, later)
    assert {(one.configuration[0], one.configuration[1]) for one in found} == {(("term", "24-months"), ("seats", "50"))}


def test_a_new_id_hides_no_rise() -> None:
    names = [["id: mobile\n", "id: cell\nrenamedFrom: mobile\n"], ["excludes: [mobile]", "excludes: [cell]"]]
    names += [["of: [mobile]", "of: [cell]"], ["offering: mobile", "offering: cell"]]
    assert prices(*names) == []
    assert prices(*names, ["amount: 15.00 EUR", "amount: 16.50 EUR"]) == [
        "cell {} new None 15.00 EUR > 16.50 EUR 10.0 | 35.00 EUR > 36.50 EUR"
    ]


def test_nobody_is_told_of_the_prices_of_a_draft() -> None:
    assert prices(["amount: 5.00 EUR, chargeCode: DRA", "amount: 6.00 EUR, chargeCode: DRA"]) == []


def test_json_has_the_promised_fields() -> None:
    later = after(CLOSED)
    found = json.loads(as_json(compare(base(), later)))
    assert found == {
        "changes": [
            {
                "kind": "ProductOffering",
                "id": "fibre",
                "path": "prices/monthly/table/500/no-term",
                "impact": "commercial",
                "reach": "running orders",
                "before": "44.90 EUR",
                "after": "not-sold",
                "file": "catalog.yaml",
                "line": BASE[: BASE.index("no-term: 44.90")].count("\n") + 1,
                "reason": "This combination is no longer sold; orders for it are refused.",
            }
        ]
    }


def test_json_has_more_where_it_is_given() -> None:
    later = after(["24-months: 39.90 EUR", "24-months: 41.90 EUR"], CLOSED)
    changes = compare(base(), later)
    found = json.loads(
        as_json(changes, consequences(changes, base(), later), sale_changes(changes, base(), later), price_changes(changes, base(), later))
    )
    assert list(found) == ["changes", "consequences", "sales", "prices"]
    assert found["prices"][0]["monthly"] == {"before": "39.90 EUR", "after": "41.90 EUR"}


def test_text_of_nothing() -> None:
    assert as_text(()) == NOTHING


def test_text_tells_everything_on_one_page(golden) -> None:  # type: ignore[no-untyped-def]
    later = after(
        ["24-months: 39.90 EUR", "24-months: 41.90 EUR"],
        CLOSED,
        MAP,
        MANDATORY,
        WORDS,
        ["id: draft\nname: Draft", "id: sketch\nname: Draft"],
    )
    changes = compare(base(), later)
    rows = consequences(changes, base(), later), sale_changes(changes, base(), later), price_changes(changes, base(), later)
    golden("diff/changes.txt", as_text(changes, *rows) + "\n")


def test_spans_point_to_what_was_written() -> None:
    later = after(["amount: 15.00 EUR", "amount: [{until: 2027-01-01, is: 15.00 EUR},\n      {from: 2027-01-01, is: 16.50 EUR}]"])
    (change,) = compare(base(), later)
    line = BASE[: BASE.index("amount: 15.00 EUR")].count("\n") + 2
    assert (change.span.file, change.span.start.line) == ("catalog.yaml", line)
