"""Pictures of small catalogs: what is in them, what is left out, and that nothing of the catalog becomes markup."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from tests.site.editions import edition
from tmfkit.model.audience import AUDIENCES, Audience, Section
from tmfkit.model.base import Key
from tmfkit.site import diagrams
from tmfkit.site.diagrams.fitted import HEAVIEST

HOSTILE = [
    "<script>alert(1)</script>",
    "a | b `c` **d**",
    "[x](javascript:alert(1))",
    "{{ config }} {% raw %}",
    '--8<-- "LICENSE"',
    '" onload="alert(1)',
    "&lt;b&gt; &#58;",
    "שלום עולם",
    "📱 Flex 5G",
    "Wort" * 40,
    "]]> <!-- -->",
]

SERVICES = """
kind: ProductSpecification
id: access
name: Access
services: [internet]
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
services: {line: {service: gpon}}
---
kind: ResourceFacingServiceSpecification
id: gpon
name: GPON
controller: nso
resources: [ont]
---
kind: PhysicalResourceSpecification
id: ont
name: Terminal
---
kind: System
id: nso
name: Orchestrator
role: domain-controller
masters: [Path]
generator: nso
"""

BUNDLES = """
kind: ProductOffering
id: all-in
name: All in
lifecycle: Launched
bundle:
  home: {name: At home, offering: fibre}
  extras: {of: [tv, phone], min: 0, max: 2, included: 1}
  lines: {offering: phone, min: 2, max: 2}
  other: {offering: {external: X9, name: Of a partner}, min: 0, max: 1}
---
{kind: ProductOffering, id: fibre, name: Fibre, lifecycle: Launched, product: access}
---
{kind: ProductOffering, id: tv, name: TV, lifecycle: Retired, product: access}
---
{kind: ProductOffering, id: phone, name: Phone, lifecycle: Launched, product: access}
"""


def offering(id: str) -> Key:
    return Key("ProductOffering", id)


def parsed(html: str) -> etree._Element:
    """The picture as XML: whatever is not closed or escaped fails here."""
    return etree.fromstring(html.replace("&nbsp;", "&#160;").encode())


def texts(html: str) -> list[str]:
    root = parsed(html)
    return ["".join(found.itertext()) for found in root.iter("{http://www.w3.org/2000/svg}text")]


def links(html: str) -> dict[str, str]:
    found = {}
    for anchor in parsed(html).iter("{http://www.w3.org/2000/svg}a"):
        title = anchor.find("{http://www.w3.org/2000/svg}title")
        words = [title.text] if title is not None else ["".join(text.itertext()) for text in anchor if text.tag.endswith("text")]
        found[str(words[0])] = str(anchor.get("href"))
    return found


def test_a_bundle_shows_roles_numbers_and_offerings() -> None:
    html = diagrams.bundle(edition(BUNDLES + "---" + SERVICES), offering("all-in"))
    said = texts(html)
    assert {"All in", "At home", "Fibre", "extras", "0–2 of 2, 1 included", "2", "Of a partner", "kept elsewhere", "Retired"} <= set(said)
    assert links(html) == {"Fibre": "fibre.html", "TV": "tv.html", "Phone": "phone.html"}


def test_only_bundles_have_a_picture_of_their_roles() -> None:
    shown = edition(BUNDLES + "---" + SERVICES)
    assert diagrams.bundle(shown, offering("fibre")) == ""
    assert diagrams.bundle(shown, Key("System", "nso")) == ""


def test_bundles_in_circles_end() -> None:
    circle = """
{kind: ProductOffering, id: a, name: A, lifecycle: Launched, bundle: {b: {}}}
---
{kind: ProductOffering, id: b, name: B, lifecycle: Launched, bundle: {a: {}}}
"""
    html = diagrams.bundle(edition(circle), offering("a"))
    assert "tk-back" in html
    assert "tk-back" in diagrams.decomposition(edition(circle), offering("a"))


def test_a_decomposition_leads_down_to_resources_and_controllers() -> None:
    html = diagrams.decomposition(edition(BUNDLES + "---" + SERVICES), offering("fibre"))
    assert links(html) == {
        "Access": "../products/access.html",
        "Internet": "../services/internet.html",
        "GPON": "../network-services/gpon.html",
        "Terminal": "../equipment/ont.html",
        "Orchestrator": "../systems/nso.html",
    }
    assert "GPON</a> (line)" in html


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (AUDIENCES["sales"], None),
        (AUDIENCES["care"], {"Fibre", "Access", "Internet", "GPON"}),
        (Audience.model_construct(shows=(Section.OFFERINGS, Section.DECOMPOSITION), lifecycle=()), None),
    ],
)
def test_an_audience_sees_its_sections_only(audience: Audience, names: set[str] | None) -> None:
    html = diagrams.decomposition(edition(BUNDLES + "---" + SERVICES, audience=audience), offering("fibre"))
    assert (names is None and html == "") or (names is not None and names <= set(texts(html)) and "Terminal" not in html)


def test_pages_in_folders_have_other_addresses() -> None:
    html = diagrams.decomposition(edition(BUNDLES + "---" + SERVICES, extra={"directory_urls": True}), offering("fibre"))
    assert links(html)["Access"] == "../../products/access/"


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_text_and_nothing_else(name: str) -> None:
    quoted = name.replace("'", "''")
    catalog = f"""
kind: ProductOffering
id: all
name: '{quoted}'
lifecycle: Launched
validFor: {{from: 2026-01-01}}
bundle: {{one: {{name: '{quoted}', of: [fibre, tv]}}}}
---
{{kind: ProductOffering, id: fibre, name: '{quoted}', lifecycle: Launched, product: access}}
---
{{kind: ProductOffering, id: tv, name: '{quoted}', lifecycle: Launched, product: access}}
---
{SERVICES.replace("name: Orchestrator", f"name: '{quoted}'")}
"""
    shown = edition(catalog)
    for html in (
        diagrams.bundle(shown, offering("all")),
        diagrams.decomposition(shown, offering("all")),
        diagrams.timeline(shown, offering("all")),
        diagrams.landscape(shown),
    ):
        root = parsed(html)
        elements = list(root.iter())
        assert {etree.QName(element).localname for element in elements} <= ELEMENTS
        assert not [key for element in elements for key in element.attrib if key.startswith("on")]
        assert any(" ".join(name.split()) in "".join(element.itertext()) for element in elements)
        assert "\n\n" not in html


ELEMENTS = set("figure div svg title desc defs marker path g text rect a details summary ul li p".split())


def test_a_picture_has_a_title_a_description_and_its_content_as_a_list() -> None:
    html = diagrams.decomposition(edition(BUNDLES + "---" + SERVICES), offering("fibre"))
    root = parsed(html)
    svg = root.find(".//{http://www.w3.org/2000/svg}svg")
    ids = {element.get("id") for element in root.iter()}
    assert svg is not None
    assert set(str(svg.get("aria-labelledby")).split()) <= ids
    assert svg.get("role") == "graphics-document"
    listed = ["".join(item.itertext()) for item in root.iter("a") if item.get("href")]
    assert listed == ["Access", "Internet", "GPON", "Terminal", "Orchestrator"]


def test_what_is_too_much_is_left_out_and_counted() -> None:
    resources = "\n---\n".join(
        f"{{kind: PhysicalResourceSpecification, id: r{number:03}, name: Resource number {number}}}" for number in range(400)
    )
    used = ", ".join(f"r{number:03}" for number in range(400))
    html = diagrams.decomposition(
        edition(f"{{kind: ResourceFacingServiceSpecification, id: many, name: Many, resources: [{used}]}}\n---\n{resources}"),
        Key("ResourceFacingServiceSpecification", "many"),
    )
    drawn = html.count("<rect")
    assert len(html) <= HEAVIEST
    assert f"{401 - drawn} more are not drawn" in html
    assert 'href="../index.html"' in html


def test_a_timeline_shows_what_new_customers_pay_and_those_of_before() -> None:
    catalog = """
kind: ProductOffering
id: flex
name: Flex
lifecycle: Launched
product: access
validFor: {from: 2025-01-01}
prices:
  monthly:
    type: recurring
    every: 1 month
    amount: [{until: 2027-01-01, is: 15.00 EUR}, {from: 2027-01-01, is: 16.50 EUR, appliesTo: new}]
  setup: {type: oneTime, amount: 5.00 EUR}
"""
    html = diagrams.timeline(edition(catalog + "---" + SERVICES), offering("flex"))
    listed = ["".join(item.itertext()) for item in parsed(html).iter("li")]
    assert "monthly (new customers)15.00 EUR (from 2025-01-01 until 2027-01-01)16.50 EUR (from 2027-01-01)" in listed
    assert "monthly (customers of before)15.00 EUR (from 2025-01-01)" in listed
    assert "setup" not in html
    assert 'role="img"' in html


@pytest.mark.parametrize(
    "dates",
    ["{from: 0001-01-01}", "{until: 9999-12-31}", "{from: 2026-01-01, until: 2026-01-02}", "{from: 0001-01-01, until: 9999-12-31}"],
)
def test_a_timeline_holds_any_dates(dates: str) -> None:
    catalog = f"{{kind: ProductOffering, id: x, name: X, lifecycle: Launched, product: access, validFor: {dates}}}"
    html = diagrams.timeline(edition(f"{catalog}\n---{SERVICES}", on=datetime(2026, 6, 1, tzinfo=UTC)), offering("x"))
    assert html.count("tk-span") == 1
    parsed(html)


def test_nothing_dated_has_no_timeline() -> None:
    assert diagrams.timeline(edition(BUNDLES + "---" + SERVICES), offering("fibre")) == ""


def test_the_landscape_has_a_lane_for_each_role() -> None:
    shown = edition(SERVICES + "---\n{kind: System, id: crm, name: Customers, role: crm, masters: [Customer]}")
    said = texts(diagrams.landscape(shown))
    assert said.index("Customer relations") < said.index("Network controllers")
    assert {"record of Customer", "network services: 1", "is given nso"} <= set(said)
    assert diagrams.landscape(edition(SERVICES, audience=AUDIENCES["sales"])) == ""
    assert diagrams.landscape(edition(BUNDLES)) == ""
