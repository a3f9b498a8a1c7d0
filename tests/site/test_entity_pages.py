"""The pages of entities: what stands on them, for whom, in which language; and that their links lead somewhere."""

import posixpath
import re
from string import Formatter

import pytest

from tests.site.entity_pages import edition, example, pages, part
from tmfkit.model.audience import AUDIENCES, Audience
from tmfkit.model.base import Key
from tmfkit.site.entity_words import ENTITIES
from tmfkit.site.offering import price_tables
from tmfkit.site.overview_words import OVERVIEWS

CATALOG = """
kind: Vocabulary
languages: [en, fr]
channels: {shop: {name: {en: Shop, fr: Boutique}}, web: {}}
usage: {data: {unit: GB}}
---
kind: ProductSpecification
id: line
name: {en: Line, fr: Ligne}
characteristics:
  speed: {name: {en: Speed, fr: Débit}, type: quantity, unit: Mbit/s, values: [100, 500], default: 500}
  fixed: {type: boolean, default: false}
constraints: {fixed-needs-speed: {when: {fixed: true}, then: {speed: 500}}}
services:
  access: {with: {rate: {from: speed}, profile: {from: speed, map: {100: slow, 500: fast}}, kind: fibre}}
---
kind: CustomerFacingServiceSpecification
id: access
name: access
characteristics:
  rate: {type: quantity, unit: Mbit/s, min: 10, max: 1000}
  profile: {values: [slow, fast]}
  kind: {values: {fibre: Glass, copper: Copper}}
services: {port: {when: {kind: fibre}}}
---
kind: ResourceFacingServiceSpecification
id: port
name: port
controller: nso
resources: [slot]
---
kind: LogicalResourceSpecification
id: slot
name: slot
vendor: Acme
---
kind: System
id: nso
name: Orchestrator
role: domain-controller
---
kind: System
id: crm
name: crm
role: crm
masters: [Customer]
---
kind: Category
id: home
name: {en: For the home, fr: Maison}
---
kind: Category
id: fibre
name: fibre
parent: home
---
kind: ProductOfferingPrice
id: visit
name: Visit
type: oneTime
amount: [{until: 2026-12-01, is: 50.00 EUR}, {from: 2026-12-01, is: 60.00 EUR}]
---
kind: ProductOffering
id: internet
name: {en: Internet, fr: L'internet}
product: line
categories: [fibre]
lifecycle: Launched
channels: [shop, web]
terms: {free: {name: Free}, year: {name: {en: A year, fr: Un an}, commitment: 12 months}}
prices:
  fee:
    type: recurring
    every: 1 month
    by: [speed, term]
    table:
      - until: 2027-01-01
        is: {100: {free: 20.00 EUR, year: 10.00 EUR}, 500: {free: not-sold, year: 30.00 EUR}}
      - from: 2027-01-01
        is: {100: {free: 21.00 EUR, year: 11.00 EUR}, 500: {free: not-sold, year: 31.00 EUR}}
    chargeCode: FEE
  visit: {use: visit, when: {channel: shop}}
  data: {type: usage, usage: data, per: 1 GB, tiers: [{upTo: 10 GB, amount: 2.00 EUR}, {amount: 1.50 EUR}]}
  fee-elsewhere: {use: {external: POP-9, name: Listed elsewhere}}
requires: [box]
---
kind: ProductOffering
id: box
name: box
product: {external: BOX-1, name: A box elsewhere}
lifecycle: Retired
"""

LOSSES = [
    {
        "system": "crm",
        "generator": "x",
        "kind": "ProductOffering",
        "id": "internet",
        "path": path,
        "feature": feature,
        "status": status,
        "words": words,
        "leftOnPurpose": left,
        "file": "catalog.yaml",
        "line": 1,
    }
    for path, feature, status, words, left in (
        ("name", "name", "carried", "", False),
        ("prices/fee", "price-table", "mapped", "as rows", False),
        ("prices/data", "usage", "dropped", "a CRM | meters nothing", True),
    )
]

NOW = """**Today** – until 2027-01-01

| Speed | Free | A year |
| --- | ---: | ---: |
| 100&nbsp;Mbit/s | 20.00&nbsp;EUR | 10.00&nbsp;EUR |
| 500&nbsp;Mbit/s | – | 30.00&nbsp;EUR |"""


def body(path: str, **options: object) -> str:
    return pages(edition(CATALOG, losses=LOSSES, **options))[path].body  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "anchor", "line"),
    [
        ("offerings/internet.md", "facts", "| Product | [Line](../products/line.md) |"),
        ("offerings/internet.md", "facts", "| Channels | Shop and web |"),
        ("offerings/internet.md", "facts", "| Terms | Free: no commitment<br>A year: a commitment of 12 months |"),
        ("offerings/internet.md", "price-fee", NOW),
        ("offerings/internet.md", "price-fee", "**Coming** – from 2027-01-01"),
        ("offerings/internet.md", "price-fee", "– means that this combination is not sold."),
        ("offerings/internet.md", "price-data", "| above 10&nbsp;GB | 1.50&nbsp;EUR |"),
        ("offerings/internet.md", "price-visit", "**Today** – until 2026-12-01: 50.00&nbsp;EUR"),
        ("offerings/internet.md", "prices", "50.00&nbsp;EUR<br>from 2026-12-01: 60.00&nbsp;EUR | if sales channel is Shop |"),
        ("offerings/internet.md", "prices", "| fee-elsewhere | Listed elsewhere (kept outside this catalog) | – |   |"),
        ("offerings/internet.md", "costs", "| 100&nbsp;Mbit/s | A year | 10.00&nbsp;EUR | 10.00&nbsp;EUR | 120.00&nbsp;EUR (12 months) |"),
        ("offerings/internet.md", "options", "| Speed<br><code>speed</code> | 100&nbsp;Mbit/s, **500&nbsp;Mbit/s** | customer |"),
        ("offerings/internet.md", "options", "- If fixed is yes, then Speed is 500&nbsp;Mbit/s (<code>fixed-needs-speed</code>)"),
        ("offerings/internet.md", "relations", "| requires | [box](box.md) |   |"),
        ("offerings/internet.md", "systems", "| [crm](../systems/crm.md) | 1 | 1 | 1 |"),
        ("offerings/internet.md", "systems", "- **usage** (left on purpose): a CRM &#124; meters nothing – <code>prices/data</code>"),
        ("offerings/internet.md", "accounting", "| fee | <code>FEE</code> |   |   |"),
        ("offerings/box.md", "facts", "| Product | A box elsewhere (kept outside this catalog) |"),
        ("offerings/box.md", "referrers", "- Offerings: [Internet](internet.md)"),
        ("products/line.md", "role-access", "| profile | Speed:<br>100&nbsp;Mbit/s → slow<br>500&nbsp;Mbit/s → fast |"),
        ("products/line.md", "role-access", "| kind | always Glass |"),
        ("services/access.md", "role-port", "[port](../network-services/port.md), needed if kind is Glass."),
        ("services/access.md", "characteristics", "| [Line](../products/line.md): <code>speed</code> |"),
        ("network-services/port.md", "facts", "| Controller | [Orchestrator](../systems/nso.md) |"),
        ("resources/slot.md", "facts", "| Vendor | Acme |"),
        ("prices/visit.md", "amounts", "| 60.00&nbsp;EUR | **Coming** – from 2026-12-01 |"),
        ("systems/nso.md", "controls", "| [port](../network-services/port.md) | Active |"),
        ("systems/crm.md", "offerings", "| [Internet](../offerings/internet.md) | 1 |"),
        ("categories/fibre.md", "holds", "| [Internet](../offerings/internet.md) | Launched |   |"),
        ("categories/home.md", "facts", "| Below it | [fibre](fibre.md) |"),
    ],
)
def test_what_stands_on_a_page(path: str, anchor: str, line: str) -> None:
    assert line in part(body(path), anchor)


@pytest.mark.parametrize(
    ("anchor", "line"),
    [
        ("facts", "| Produit | [Ligne](../products/line.md) |"),
        ("facts", "| Canaux | Boutique et web |"),
        ("price-fee", "| Débit | Free | Un an |"),
        ("price-fee", "| 100&nbsp;Mbit/s | 20,00&nbsp;EUR | 10,00&nbsp;EUR |"),
        ("price-visit", "**À venir** – à partir du 2026-12-01 : 60,00&nbsp;EUR"),
    ],
)
def test_the_page_in_french(anchor: str, line: str) -> None:
    assert line in part(body("offerings/internet.md", language="fr"), anchor)


@pytest.mark.parametrize(
    ("audience", "there", "missing"),
    [
        ("sales", "prices costs options", "accounting decomposition systems payloads"),
        ("care", "prices costs decomposition", "accounting systems"),
        ("network", "options decomposition systems", "prices costs accounting"),
        ("finance", "prices accounting systems", "decomposition"),
    ],
)
def test_what_an_audience_sees(audience: str, there: str, missing: str) -> None:
    found = body("offerings/internet.md", audience=AUDIENCES[audience])
    anchors = set(re.findall(r"\{: #([\w.-]+)", found))
    assert anchors >= set(there.split())
    assert not anchors & set(missing.split())
    assert ("catalog.yaml" in found) == ("source" in AUDIENCES[audience].shows)


def test_an_audience_that_sees_no_prices_reads_no_amount_anywhere() -> None:
    for page in pages(example("en", AUDIENCES["network"])).values():
        assert "&nbsp;EUR" not in page.body, page.path


LONG = """
kind: ProductSpecification
id: p
name: p
characteristics: {size: {type: integer, min: 1, max: %(most)d}}
---
kind: ProductOffering
id: o
name: o
product: p
lifecycle: Launched
prices:
  fee: {type: recurring, every: 1 month, by: [size], table: {%(cells)s}}
"""


def test_a_long_price_table_goes_on_on_pages_of_its_own_and_none_is_lost() -> None:
    most = price_tables.ROWS_HERE + price_tables.ROWS_THERE + 30
    found = pages(edition(LONG % {"most": most, "cells": ", ".join(f"{size}: {size}.00 EUR" for size in range(1, most + 1))}))
    assert [path for path in found if path.startswith("offerings/")] == ["offerings/o.md", "offerings/o/fee-2.md", "offerings/o/fee-3.md"]
    assert "[2](o/fee-2.md) and [3](o/fee-3.md)" in found["offerings/o.md"].body
    tables = part(found["offerings/o.md"].body, "price-fee") + found["offerings/o/fee-2.md"].body + found["offerings/o/fee-3.md"].body
    assert re.findall(r"^\| (\d+) \| \1\.00&nbsp;EUR", tables, re.M) == [str(size) for size in range(1, most + 1)]
    assert max(len(page.body) for page in found.values()) < 100_000


CIRCLE = """
kind: ProductOffering
id: a
name: a
lifecycle: Launched
bundle: {b: {}}
prices: {fee: {type: recurring, every: 1 month, amount: 1.00 EUR}}
---
kind: ProductOffering
id: b
name: b
lifecycle: Launched
bundle: {a: {}}
"""


def test_bundles_that_hold_each_other_have_pages_too() -> None:
    assert {"offerings/a.md", "offerings/b.md"} <= set(pages(edition(CIRCLE, faulty=True)))


@pytest.mark.parametrize("language", ["en", "fr", "de"])
@pytest.mark.parametrize("audience", [None, *AUDIENCES])
def test_links_between_the_pages_of_the_example_lead_to_pages_and_headings(language: str, audience: str | None) -> None:
    found = pages(example(language, AUDIENCES[audience] if audience else Audience()))
    for path, page in found.items():
        own = set(re.findall(r"\{: #([\w.-]+)", page.body))
        for target in re.findall(r"\]\(([^)]+)\)", page.body):
            file, _, fragment = target.partition("#")
            if not file:
                assert fragment in own, (path, target)
            elif not file.startswith("../source/"):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) in found, (path, target)


def test_every_entity_of_the_example_has_a_page_below_the_limit() -> None:
    of = example("en")
    found = pages(of)
    assert {of.path(key) for key in of.catalog.summaries if of.has_page(key)} <= set(found)
    assert max(len(page.body.encode()) for page in found.values()) < 100_000


def test_the_search_reads_little_of_a_page() -> None:
    searched = [page.body.partition("\n## ")[0] for page in pages(example("en")).values()]
    assert sum(map(len, searched)) / len(searched) < 300


def test_headings_are_left_out_of_the_search_and_have_different_anchors() -> None:
    for page in pages(example("en")).values():
        headings = re.findall(r"^#+ .*$", page.body, re.M)
        anchors = [re.findall(r"\{: #(\S+) data-search-exclude \}$", heading) for heading in headings]
        assert all(anchors), page.path
        assert len({found[0] for found in anchors}) == len(anchors), page.path


def test_every_word_is_there_in_both_languages_with_the_same_blanks_and_once() -> None:
    for word, (english, french) in ENTITIES.items():
        assert english, word
        assert french, word
        assert _blanks(english) == _blanks(french), word
    assert not ENTITIES.keys() & OVERVIEWS.keys()


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_key_of_a_page_is_that_of_its_entity() -> None:
    of = example("en")
    assert of.path(Key("ProductOffering", "fibre-home")) in pages(of)
