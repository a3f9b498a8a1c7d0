"""Home, lists, comparisons, map, landscape, audit and glossary of small catalogs."""

import string
from collections.abc import Callable, Iterator

import pytest

from tests.site.editions import edition
from tmfkit.model.audience import AUDIENCES
from tmfkit.model.base import Key
from tmfkit.site import audit_page, glossary, home, indexes, landscape, overview, overview_map, overview_prices
from tmfkit.site.edition import Edition
from tmfkit.site.overview_words import OVERVIEWS
from tmfkit.site.page import Page

CATALOG = """
kind: Vocabulary
channels: {web: {name: {en: Web shop, fr: Boutique}}, shop: {}}
segments: {home: {name: Homes}}
taxes: {vat: [{until: 2027-01-01, is: 20 %}, {from: 2027-01-01, is: 21 %}]}
usage: {data: {name: Data, unit: GB}}
---
{kind: Category, id: broadband, name: {en: Broadband, fr: Internet fixe}}
---
{kind: Category, id: bundles, name: Bundles}
---
kind: ProductSpecification
id: access
name: Access
characteristics: {speed: {values: [100, 500], default: 100}}
services: [internet]
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
services: [copper, glass]
---
{kind: ResourceFacingServiceSpecification, id: copper, name: Copper, controller: old}
---
{kind: ResourceFacingServiceSpecification, id: glass, name: Glass, resources: [ont]}
---
{kind: PhysicalResourceSpecification, id: ont, name: Terminal}
---
{kind: PhysicalResourceSpecification, id: lonely, name: Lonely box}
---
{kind: System, id: old, name: Exchange, role: legacy-adapter, generator: legacy}
---
{kind: System, id: crm, name: Customers, role: crm, masters: [Customer, Product]}
---
{kind: System, id: stock, name: Stock, role: product-inventory, masters: [Product]}
---
kind: ProductOffering
id: fibre
name: {en: Fibre, fr: Fibre optique}
description: Fast.
product: access
categories: [broadband]
lifecycle: Launched
channels: [web]
terms: {free: {}, year: {name: One year, commitment: 12 months}}
prices:
  monthly:
    type: recurring
    every: 1 month
    by: [speed, term]
    table: {100: {free: 30.00 EUR, year: 25.00 EUR}, 500: {free: not-sold, year: 35.00 EUR}}
  setup: {type: oneTime, amount: 49.00 EUR, when: {term: free}}
  welcome: {type: discount, reduces: [monthly], percent: 50, for: 6 months, when: {customer: new, term: year}}
---
kind: ProductOffering
id: tv
name: TV
product: access
lifecycle: Launched
prices: {fee: {type: recurring, every: 3 months, amount: 30.00 EUR}}
---
{kind: ProductOffering, id: past, name: Past, product: access, lifecycle: Retired}
---
{kind: ProductOffering, id: duo, name: Duo, lifecycle: Launched, categories: [bundles], bundle: {fibre: {}, tv: {}}}
"""

LOSSES = (
    {"system": "old", "kind": "ProductOffering", "id": "fibre", "status": "carried", "leftOnPurpose": False},
    {"system": "old", "kind": "ProductOffering", "id": "tv", "status": "dropped", "leftOnPurpose": False},
    {"system": "old", "kind": "ProductOffering", "id": "duo", "status": "dropped", "leftOnPurpose": True},
)

MAKERS: tuple[Callable[[Edition], Iterator[Page]], ...] = (
    home.pages,
    indexes.pages,
    overview_prices.pages,
    overview_map.pages,
    landscape.pages,
    audit_page.pages,
    glossary.pages,
)


def made(shown: Edition) -> dict[str, str]:
    pages = [page for make in MAKERS for page in make(shown)]
    assert len({page.path for page in pages}) == len(pages)
    return {page.path: page.body for page in pages}


def cells(body: str) -> list[list[str]]:
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in body.splitlines() if line.startswith("|")]


def test_home_counts_and_tells_what_changed() -> None:
    releases = [{"name": "2026.6", "date": "2026-06-01", "lines": ["<b>Fibre</b> is new"]}, {"name": "2026.5", "lines": []}]
    body = made(edition(CATALOG, extra={"releases": releases}))["index.md"]
    assert ["[Launched](lists/lifecycle.md)", "3"] in cells(body)
    assert ["[Retired](lists/lifecycle.md)", "1"] in cells(body)
    assert ["[Systems](systems/index.md)", "3"] in cells(body)
    assert ["Prices in offerings", "4"] in cells(body)
    assert "&lt;b&gt;Fibre" in body
    assert "What changed" not in made(edition(CATALOG))["index.md"]


def test_every_way_of_home_is_a_page() -> None:
    for audience in (None, *AUDIENCES):
        shown = edition(CATALOG, audience=AUDIENCES[audience]) if audience else edition(CATALOG, losses=LOSSES)
        pages = made(shown)
        targets = {part.partition(")")[0] for part in pages["index.md"].split("](")[1:]}
        assert targets <= pages.keys(), audience


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("lists/lifecycle.md", ["Launched", "duo", "fibre", "tv", "Retired", "past"]),
        ("lists/channel.md", ["In all channels", "duo", "past", "tv", "Web shop", "fibre"]),
        ("lists/segment.md", ["For all segments", "duo", "fibre", "past", "tv"]),
        ("lists/category.md", ["Without a category", "past", "tv", "Broadband", "fibre", "Bundles", "duo"]),
        ("lists/controller.md", ["Without a controller", "glass", "Exchange", "copper"]),
        ("lists/system.md", ["Exchange", "fibre"]),
    ],
)
def test_lists_by_what_offerings_have_in_common(path: str, rows: list[str]) -> None:
    body = made(edition(CATALOG, losses=LOSSES))[path]
    found = []
    for line in body.splitlines():
        if line.startswith("## "):
            found.append(line.removeprefix("## "))
        if line.startswith("| ["):
            found.append(line.partition(".md")[0].rpartition("/")[2])
    assert found == rows


def test_a_comparison_has_the_cheapest_configuration_of_each_term() -> None:
    pages = made(edition(CATALOG))
    assert cells(pages["comparison/broadband.md"])[2:] == [
        ["[Fibre](../offerings/fibre.md)", "free", "30.00&nbsp;EUR", "79.00&nbsp;EUR"],
        ["[Fibre](../offerings/fibre.md)", "One year", "25.00&nbsp;EUR", "12.50&nbsp;EUR"],
    ]
    assert ["[Duo](../offerings/duo.md)", "One year", "35.00&nbsp;EUR", "42.50&nbsp;EUR"] in cells(pages["comparison/bundles.md"])


def test_the_price_list_has_every_price_that_holds() -> None:
    rows = cells(made(edition(CATALOG))["price-list.md"])
    assert [row[0] for row in rows if row[0].startswith("[")] == ["[TV](offerings/tv.md)", "[Fibre](offerings/fibre.md)"]
    assert any("35.00&nbsp;EUR" in row[3] and "One year" in row[2] for row in rows)
    assert not any("Past" in row[0] for row in rows)


def test_the_map_leads_from_products_to_controllers() -> None:
    pages = made(edition(CATALOG))
    assert cells(pages["map/index.md"])[2] == [
        "[Access](../products/access.md)",
        "[Internet](../services/internet.md)",
        "[Copper](../network-services/copper.md), [Glass](../network-services/glass.md)",
        "[Exchange](../systems/old.md)",
    ]
    assert "<svg" in pages["map/broadband.md"]


@pytest.mark.parametrize(
    ("finding", "number", "which"),
    [
        ("Systems that are given files from the catalog", "1 of 3", "Exchange"),
        ("Statements that a system cannot express and that are not left out on purpose", "1", "Exchange"),
        ("Records of products, services, resources, orders or bills in a CRM", "1", "Product"),
        ("Records that two systems claim", "1", "Product"),
        ("Network services without one", "1 of 2", "Glass"),
        ("Network services behind legacy adapters", "1 of 2", "Copper"),
        ("Offerings that need them and are sold", "3", "TV"),
        ("Of these, without an end date", "3 of 3", "Fibre"),
        ("Product inventories that are the record of products", "1", "Stock"),
        ("Systems for commercial orders", "0", ""),
        ("Nobody refers to", "1", "Lonely box"),
    ],
)
def test_the_audit_counts_and_names(finding: str, number: str, which: str) -> None:
    rows = {row[0]: row for row in cells(made(edition(CATALOG, losses=LOSSES))["audit.md"])}
    assert rows[finding][1] == number
    assert which in "".join(rows[finding][2:])


def test_the_audit_is_for_those_who_see_systems_and_services() -> None:
    assert {name for name, audience in AUDIENCES.items() if "audit.md" in made(edition(CATALOG, audience=audience))} == {"network"}


def test_sales_see_no_way_below_products() -> None:
    pages = made(edition(CATALOG, audience=AUDIENCES["sales"]))
    assert not [path for path in pages if path.startswith(("map", "landscape", "systems", "services", "network-services"))]
    assert "price-list.md" in pages
    assert "past" not in pages["offerings/index.md"]


def test_network_see_no_prices() -> None:
    pages = made(edition(CATALOG, audience=AUDIENCES["network"]))
    assert not [path for path in pages if path.startswith(("price", "comparison"))]
    assert not [path for path, body in pages.items() if "EUR" in body or "20 %" in body]


def test_the_glossary_explains_what_is_there() -> None:
    body = made(edition(CATALOG))["glossary.md"]
    assert "**CRM**" in body
    assert "NFVO" not in body
    assert "<code>web</code> | Web shop" in body
    assert "until 2027" in body
    assert "**Offre groupée**" in made(edition(CATALOG, language="fr"))["glossary.md"]


def test_a_catalog_with_nothing_in_it_still_has_a_home() -> None:
    pages = made(edition(""))
    assert set(pages) == {"index.md", "glossary.md"}


def test_long_lists_are_in_parts_that_lead_to_each_other() -> None:
    products = "\n---\n".join(f"{{kind: ProductSpecification, id: p{number:04}, name: Product {number}}}" for number in range(450))
    pages = {page.path: page for page in indexes.pages(edition(products))}
    parts = ["products/index.md", "lists/2/products--index.md", "lists/3/products--index.md"]
    assert set(pages) == set(parts)
    assert [sum(line.startswith("| [") for line in pages[path].body.splitlines()) for path in parts] == [200, 200, 50]
    assert "Part 2 of 3 · [previous](../../products/index.md) · [next](../3/products--index.md)" in pages[parts[1]].body
    assert "[Product 200](../../products/p0200.md)" in pages[parts[1]].body
    assert all(len(page.body) < 60_000 and not page.searched for page in pages.values())


def test_long_rows_make_shorter_pages() -> None:
    rows: list[overview.Row] = [lambda page: ("x" * 1000,)] * 100
    found = list(overview.listing(edition(""), "a.md", "A", [overview.Block("", ["A"], rows)]))
    assert [page.path for page in found] == ["a.md", "lists/2/a.md", "lists/3/a.md"]


def test_a_long_description_is_cut_between_words() -> None:
    shown = edition(f"{{kind: System, id: x, name: X, role: crm, description: {'many words ' * 40}}}")
    said = overview.brief(shown, shown.catalog.entity(Key("System", "x")))
    assert said.removesuffix(" …").split()[-1] in ("many", "words")
    assert len(said) <= 130


@pytest.mark.parametrize("word", sorted(OVERVIEWS))
def test_words_have_the_same_blanks_in_both_languages(word: str) -> None:
    blanks = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in OVERVIEWS[word]]
    assert all(OVERVIEWS[word])
    assert blanks[0] == blanks[1]
