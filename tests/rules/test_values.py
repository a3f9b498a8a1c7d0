"""Rules about characteristics, names and layers: what they see, and what they leave alone."""

import pytest

from tests.catalogs import validated
from tests.rules.pointing import messages, pointed
from tmfkit.rules.sets import SILENT


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("type: integer, min: 1, max: 9", []),
        ("type: integer, min: 9, max: 9", []),
        ("type: integer, min: 9, max: 1", ["TK314 1"]),
        ("type: quantity, unit: Mbit/s, min: 1 Gbit/s, max: 500", ["TK314 500"]),
        ("type: quantity, unit: Mbit/s, min: 500, max: 1 Gbit/s", []),
        ("pattern: '[A-Z]+', values: [AB, C]", []),
        ("pattern: '[A-Z'", ["TK315 '[A-Z'"]),
        ("pattern: '[A-Z]+', values: [AB, c]", ["TK315 c"]),
        ("pattern: '[A-Z]+', values: [AB], default: AB", []),
        ("type: integer, values: [1, 5], min: 1, max: 5", []),
        ("type: integer, values: [1, 6], min: 1, max: 5", ["TK316 6"]),
        ("type: quantity, unit: Mbit/s, values: [100, 2 Gbit/s], max: 1 Gbit/s", ["TK316 2 Gbit/s"]),
        ("min: 1", ["TK317 min"]),
        ("type: boolean, max: true", ["TK317 max"]),
        ("type: integer, pattern: '[0-9]'", ["TK317 pattern"]),
        ("type: date, min: 2026-01-01", []),
        ("values: [gpon, GPON]", ["TK319 GPON"]),
        ("type: quantity, unit: Mbit/s, values: [1000, 1 Gbit/s]", ["TK319 1 Gbit/s"]),
        ("type: integer, values: [1, 1.0, 2]", ["TK319 1.0"]),
        ("values: [a, b], many: {min: 0, max: 2}", []),
        ("values: [a, b], many: {min: 0, max: 3}", ["TK321 3"]),
        ("values: [a, b], many: {min: 3}", ["TK321 3"]),
        ("many: {min: 0, max: 9}", []),
    ],
)
def test_single_characteristics(written: str, expected: list[str]) -> None:
    assert pointed(f"kind: ProductSpecification\nid: access\nname: Access\ncharacteristics:\n  one: {{{written}}}\n") == expected


CONSTRAINED = """kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
  visit: {values: [self, technician]}
  extra: {values: [a, b], optional: true}
  free: {}
constraints:
"""


@pytest.mark.parametrize(
    ("constraints", "expected"),
    [
        (["{when: {speed: 500}, then: {visit: technician}}"], []),
        (["{when: {speed: 500}, then: {visit: [self, technician]}}"], ["TK311 then"]),
        (["{when: {free: x}, then: {extra: [a, b]}}"], []),
        (["{when: {speed: 500}, then: {speed: 100}}"], ["TK313 speed"]),
        (["{when: {speed: 500}, then: {speed: 100}}", "{when: {speed: 100}, then: {speed: 500}}"], ["TK312 c0"]),
        (["{when: {speed: 500}, then: {visit: self}}", "{when: {visit: self}, then: {speed: 100}}"], ["TK313 speed"]),
        (["{when: {speed: 0.5 Gbit/s}, then: {visit: technician}}"], []),
        (["{when: {extra: a}, then: {visit: self}}", "{when: {extra: b}, then: {speed: 100}}"], []),
    ],
)
def test_constraints(constraints: list[str], expected: list[str]) -> None:
    text = CONSTRAINED + "".join(f"  c{index}: {one}\n" for index, one in enumerate(constraints))
    assert pointed(text) == expected


SERVICE = "---\nkind: CustomerFacingServiceSpecification\nid: internet\nname: Internet\ncharacteristics: {{one: {{{target}}}}}\n"
PRODUCT = "kind: ProductSpecification\nid: access\nname: Access\ncharacteristics: {{one: {{{source}}}}}\nservices: {{internet: {use}}}\n"


@pytest.mark.parametrize(
    ("source", "target", "use", "expected"),
    [
        ("optional: true", "", "{with: {one: {from: one}}}", ["TK320 one"]),
        ("optional: true", "optional: true", "{with: {one: {from: one}}}", []),
        ("optional: true", "default: x", "{with: {one: {from: one}}}", []),
        ("optional: true, default: x", "", "{with: {one: {from: one}}}", []),
        ("optional: true", "", "{when: {one: [x, y]}, with: {one: {from: one}}}", []),
        ("default: x", "setBy: network", "{with: {one: {from: one}}}", ["TK322 one"]),
        ("default: x", "setBy: qualification", "{with: {one: {from: one}}}", []),
        ("values: [a]", "", "{count: one, with: {one: {from: one}}}", ["TK318 one"]),
        ("values: [a], many: {}", "many: {}", "{count: one, with: {one: {from: one}}}", []),
    ],
)
def test_feeds(source: str, target: str, use: str, expected: list[str]) -> None:
    assert pointed(PRODUCT.format(source=source, use=use) + SERVICE.format(target=target)) == expected


def test_a_choice_belongs_to_customers() -> None:
    text = "kind: ProductSpecification\nid: access\nname: Access\ncharacteristics: {signal: {values: [good, fair], setBy: network}}\n"
    text += "---\nkind: ProductOffering\nid: home\nname: Home\nproduct: access\nlifecycle: Active\nchoices: {signal: good}\n"
    assert pointed(text) == ["TK323 signal"]
    assert pointed(text.replace(", setBy: network", "")) == []


LANGUAGES = "kind: Vocabulary\nlanguages: [{0}]\n---\nkind: Category\nid: one\nname: {1}\n"


@pytest.mark.parametrize(
    ("languages", "name", "expected"),
    [
        ("en, fr", "One", []),
        ("en, fr", "{en: One, fr: Un}", []),
        ("en, fr", "{fr: Un, en: One}", []),
        ("en, fr", "{en: One}", ["this text is missing in `fr`"]),
        ("en, fr, de", "{en: One}", ["this text is missing in `fr` and `de`"]),
        ("en", "{en: One}", []),
        ("en", "One", []),
    ],
)
def test_languages(languages: str, name: str, expected: list[str]) -> None:
    assert messages(LANGUAGES.format(languages, name)) == expected


def test_a_language_that_nobody_declares_has_its_own_rule() -> None:
    assert pointed(LANGUAGES.format("en, fr", "{de: Eins}")) == ["TK211 de"]


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("Fibre Home", "fibre-home", True),
        ("Fibre Home", "Home Fibre", True),
        ("Fixed IP address", "Fixed IP addresses", False),
        ("Channel", "channels", True),
        ("Fibre 100", "Fibre 500", False),
        ("TV", "TVs", False),
    ],
)
def test_namesakes(first: str, second: str, alike: bool) -> None:
    text = f"kind: Category\nid: a\nname: {first}\n---\nkind: Category\nid: b\nname: {second}\n"
    assert bool(validated(text, SILENT - {"TK110"}).diagnostics) is alike
    other = text.replace("kind: Category\nid: b", "kind: ServiceCategory\nid: b")
    assert validated(other, SILENT - {"TK110"}).diagnostics == (), "different kinds may have one name"


@pytest.mark.parametrize(
    ("id", "help"),
    [
        ("fibre-home", ""),
        ("fibre-2.1", ""),
        ("fibreHome", "`fibre-home`"),
        ("Fibre_Home", "`fibre-home`"),
        ("FIBRE", "`fibre`"),
    ],
)
def test_ids(id: str, help: str) -> None:
    found = validated(f"kind: Category\nid: {id}\nname: One\n", SILENT - {"TK113"}).diagnostics
    assert [help in one.help for one in found] == ([True] if help else [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("priceTier", 1),
        ("qos-tier", 1),
        ("bundleId", 1),
        ("terminal", 0),
        ("terminationPoint", 0),
        ("rateProfile", 0),
        ("TERM", 1),
        ("port_segment", 1),
    ],
)
def test_commercial_words(name: str, expected: int) -> None:
    text = f"kind: LogicalResourceSpecification\nid: port\nname: Port\ncharacteristics: {{{name}: {{}}}}\n"
    assert pointed(text) == [f"TK607 {name}"] * expected
    product = text.replace("LogicalResourceSpecification", "ProductSpecification")
    assert pointed(product) == []


@pytest.mark.parametrize(
    ("kind", "type", "expected"),
    [
        ("ProductSpecification", "CustomerFacingServiceSpecification", 0),
        ("ProductSpecification", "ResourceFacingServiceSpecification", 1),
        ("ProductSpecification", "LogicalResourceSpecification", 1),
        ("ProductSpecification", "ResourceSpecification", 1),
        ("CustomerFacingServiceSpecification", "ResourceFacingServiceSpecification", 0),
        ("CustomerFacingServiceSpecification", "PhysicalResourceSpecification", 1),
    ],
)
def test_nobody_passes_the_service_layer(kind: str, type: str, expected: int) -> None:
    text = f"kind: {kind}\nid: one\nname: One\nservices: {{role: {{service: {{external: X, type: {type}}}}}}}\n"
    assert pointed(text) == [f"TK604 {type}"] * expected


SYSTEMS = """kind: System
id: mano
name: MANO
role: nfvo
---
kind: System
id: nso
name: NSO
role: domain-controller
---
kind: PhysicalResourceSpecification
id: box
name: Box
---
kind: LogicalResourceSpecification
id: vnf
name: VNF
descriptor: vnfd-1
---
kind: ResourceFacingServiceSpecification
id: firewall
name: Firewall
"""


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("controller: mano\ndescriptor: nsd-1\nresources: [vnf]", []),
        ("controller: mano\nresources: [vnf]", ["TK606 mano"]),
        ("controller: mano\ndescriptor: nsd-1\nresources: [box]", ["TK605 box"]),
        ("controller: nso\nresources: [box]", []),
        ("controller: nso\nresources: [vnf]", ["TK606 vnf"]),
        ("controller: nso\ndescriptor: nsd-1", ["TK606 nsd-1"]),
        ("controller: {external: X}\ndescriptor: nsd-1\nresources: [vnf, box]", []),
    ],
)
def test_who_controls_what(rest: str, expected: list[str]) -> None:
    assert pointed(f"{SYSTEMS}{rest}\n") == expected


@pytest.mark.parametrize(
    ("role", "masters", "expected"),
    [
        ("crm", "[Customer, Individual]", []),
        ("crm", "[Product, Service]", ["TK609 Product", "TK609 Service"]),
        ("billing", "[CustomerBill, BillingAccount]", []),
        ("billing", "[ProductOrder]", ["TK609 ProductOrder"]),
        ("legacy-adapter", "[Product]", []),
        ("channel", "[ShoppingCart]", []),
    ],
)
def test_records(role: str, masters: str, expected: list[str]) -> None:
    assert pointed(f"kind: System\nid: one\nname: One\nrole: {role}\nmasters: {masters}\n") == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("vlanId", 1), ("macAddress", 1), ("orderState", 1), ("order", 0), ("portal", 0), ("mac", 0)]
)
def test_technical_details_of_products(name: str, expected: int) -> None:
    text = f"kind: ProductSpecification\nid: access\nname: Access\ncharacteristics: {{{name}: {{optional: true}}}}\n"
    assert pointed(text) == [f"TK610 {name}"] * expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("nsdId: {optional: true}", 1),
        ("flavour: {default: vnfd-small}", 1),
        ("size: {values: [nsd-1, nsd-2]}", 1),
        ("size: {default: s}", 0),
    ],
)
def test_descriptors_of_services(written: str, expected: int) -> None:
    text = f"kind: CustomerFacingServiceSpecification\nid: net\nname: Net\ncharacteristics: {{{written}}}\n"
    assert pointed(text) == [f"TK608 {written.partition(':')[0]}"] * expected


def test_what_is_renamed_is_gone() -> None:
    text = "kind: Category\nid: new\nname: New\nrenamedFrom: {0}\n---\nkind: Category\nid: old\nname: Old\n"
    assert pointed(text.format("old")) == ["TK114 old"]
    assert pointed(text.format("older")) == []
    assert pointed(text.format("new")) == ["TK114 new"]


def test_words_that_nothing_uses() -> None:
    text = "kind: Vocabulary\nchannels: {web: {}, shop: {}}\nplaces: {north: {}, south: {}}\n---\n"
    text += "kind: ProductSpecification\nid: access\nname: Access\n---\nkind: ProductOffering\nid: home\nname: Home\nproduct: access\n"
    text += "lifecycle: Active\nchannels: [web]\nprices:\n"
    text += "  fee: {type: oneTime, amount: 1 EUR, when: {place: north}}\n  other: {type: oneTime, by: channel, table: {web: 1 EUR}}\n"
    assert [found.message for found in validated(text, SILENT - {"TK112"}).diagnostics] == ["nothing uses `shop`", "nothing uses `south`"]


@pytest.mark.parametrize(
    ("systems", "expected"),
    [
        ([], []),
        (["nso domain-controller"], []),
        (["billing billing"], ["TK614"]),
        (["billing billing", "crm crm"], ["TK614"]),
        (["billing billing", "stock product-inventory Product"], []),
    ],
)
def test_somebody_knows_what_customers_have(systems: list[str], expected: list[str]) -> None:
    text = "kind: Category\nid: one\nname: One\n"
    for system in systems:
        id, role, *masters = system.split()
        text += f"---\nkind: System\nid: {id}\nname: {id}\nrole: {role}\nmasters: [{', '.join(masters)}]\n"
    assert [found.code for found in validated(text, SILENT - {"TK614"}).diagnostics] == expected
