"""What is launched is charged and can be ordered, and files hold nothing that their system has no business with."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.architecture.sources import ROOT
from tests.catalogs import validated
from tests.generate.projects import GOOD, SYSTEM, findings, project, said
from tests.generators.running import example_operator, example_ran
from tmfkit.catalog import Catalog
from tmfkit.cli.app import run
from tmfkit.compile.bundle import Settings
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.generate.artifact import Artifact, Status
from tmfkit.generate.capabilities import Feature
from tmfkit.generate.contents import contents, is_network_name, words_of
from tmfkit.generate.coverage import coverage
from tmfkit.generate.discover import Sources
from tmfkit.generate.engine import generate
from tmfkit.generate.losses import Loss
from tmfkit.generate.run import Job, Ran
from tmfkit.model.base import Key
from tmfkit.model.products import ProductOffering
from tmfkit.project import open_project

SETTINGS = Settings("test", datetime(2026, 11, 23, tzinfo=UTC), ZoneInfo("UTC"))
SYSTEMS = "".join(
    f"kind: System\nid: {role}\nname: {role.upper()}\nrole: {role}\n---\n" for role in ("billing", "com", "crm", "manual", "nfvo", "som")
)
OFFERING = """\
kind: ProductSpecification
id: access
name: Access
---
kind: Category
id: as-vlan
name: VLAN
---
kind: ProductOffering
id: a
name: A
lifecycle: Launched
product: access
prices:
  fee: {type: oneTime, amount: 1.00 EUR}
  month: {type: recurring, every: 1 month, amount: 1.00 EUR}
---
kind: ProductOffering
id: b
name: B
lifecycle: Launched
product: access
prices: {fee: {type: oneTime, amount: 1.00 EUR}}
"""
A, B = Key("ProductOffering", "a"), Key("ProductOffering", "b")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return validated(SYSTEMS + OFFERING).value


def charged(key: Key, price: str, status: Status = Status.CARRIED, left: bool = False) -> Loss:
    return Loss("billing", "bills", key, ("prices", price), Feature.ONE_TIME, status, "", True, left)


def billed(*losses: Loss) -> Ran:
    return Ran(Job("bills", "billing"), (Artifact("bills.txt", "", (A, B)),), (), losses)


def ordered(*keys: Key) -> Ran:
    return Ran(Job("forms", "com"), (Artifact("forms.txt", "", keys, covers=keys),))


ALL = (charged(A, "fee"), charged(A, "month"), charged(B, "fee"))
ROWS = [
    ("all is well", [billed(*ALL), ordered(A, B)], []),
    ("a price that billing does not know", [billed(*ALL[1:]), ordered(A, B)], [("TK812", "error", "a/fee")]),
    ("an offering that billing does not know", [billed(*ALL[:2]), ordered(A, B)], [("TK812", "error", "b/fee")]),
    (
        "a price that billing leaves to nobody",
        [billed(*ALL[:2], charged(B, "fee", Status.DROPPED, True)), ordered(A, B)],
        [("TK812", "error", "b/fee")],
    ),
    ("a price that is dropped is told where it is dropped", [billed(*ALL[:2], charged(B, "fee", Status.DROPPED)), ordered(A, B)], []),
    (
        "a file of order management that is no form",
        [billed(*ALL), ordered(A), Ran(Job("rules", "com"), (Artifact("r", "", (A, B)),))],
        [("TK813", "error", "b")],
    ),
    ("two billing systems", [billed(ALL[0]), billed(*ALL[1:]), ordered(A, B)], []),
    ("an offering without a form", [billed(*ALL), ordered(A)], [("TK813", "error", "b")]),
    ("forms of two generators", [billed(*ALL), ordered(A), ordered(B)], []),
    ("no billing at all", [ordered(A, B)], [("TK812", "warning", "a")]),
    ("no forms at all", [billed(*ALL)], [("TK813", "warning", "a")]),
    ("order management without forms", [billed(*ALL), ordered()], [("TK813", "warning", "a")]),
    ("a part of the landscape only", [Ran(Job("books", "manual"))], [("TK812", "warning", "a"), ("TK813", "warning", "a")]),
    ("nothing is generated", [], []),
]


@pytest.mark.parametrize(("ran", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_what_is_launched_is_covered(ran: list[Ran], expected: list[tuple[str, str, str]], catalog: Catalog) -> None:
    found = list(coverage(catalog, SETTINGS, ran))
    assert [(one.code, one.severity.value) for one in found] == [row[:2] for row in expected]
    assert all(f"`{what}`" in one.message and one.help for one, (_, _, what) in zip(found, expected, strict=True))


def test_what_one_billing_system_leaves_another_may_charge() -> None:
    second = "kind: System\nid: rating\nname: Rating\nrole: billing\n---\n"
    other = validated(SYSTEMS + second + OFFERING).value
    left = billed(*ALL[:2], charged(B, "fee", Status.DROPPED, True))
    assert list(coverage(other, SETTINGS, [left, ordered(A, B)])) == []


def test_units_that_are_included_may_be_granted_elsewhere() -> None:
    usage = "kind: Vocabulary\nusage: {data: {unit: GB}}\n---\n"
    included = "prices: {fee: {type: allowance, usage: data, quantity: 1 GB, every: 1 month}}"
    other = validated(usage + SYSTEMS + OFFERING.replace("prices: {fee: {type: oneTime, amount: 1.00 EUR}}", included)).value
    assert list(coverage(other, SETTINGS, [billed(*ALL[:2]), ordered(A, B)])) == []


def test_who_fails_is_not_asked_what_is_missing(catalog: Catalog) -> None:
    fault = Diagnostic("TK803", Severity.ERROR, "fails", catalog.span(A, ()))
    assert list(coverage(catalog, SETTINGS, [Ran(Job("bills", "billing"), found=(fault,)), ordered(A, B)])) == []


@pytest.mark.parametrize(
    "word",
    [
        "lifecycle: Active",
        "lifecycle: Retired",
        "lifecycle: Launched\nsellable: false",
        "lifecycle: Launched\nvalidFor: {until: 2026-11-23}",
    ],
)
def test_what_nobody_can_order_by_itself_needs_no_cover(word: str) -> None:
    other = validated(SYSTEMS + OFFERING.replace("id: b\nname: B\nlifecycle: Launched", f"id: b\nname: B\n{word}")).value
    assert list(coverage(other, SETTINGS, [billed(*ALL[:2]), ordered(A)])) == []


def test_a_project_for_whose_systems_nothing_is_generated_is_left_alone() -> None:
    assert generate(validated(SYSTEMS + OFFERING).value, SETTINGS, Sources()).diagnostics == ()


IN_CRM = [
    ("a member", "x.json", '{\n"a": 1,\n"vlanId": 7}', "vlanId", 3),
    ("a member that is stamped", "x.json", '{"a": {"port": 1}}', "port", 1),
    ("a name of a pair", "x.json", '{"name": "orderState", "value": "held"}', "orderState", 1),
    ("an address", "x.json", '{"a": ["10.0.0.1"]}', "10.0.0.1", 1),
    ("an address of six", "x.json", '{"a": "2001:db8::1"}', "2001:db8::1", 1),
    ("a network", "x.csv", "a,b\n1,10.0.0.0/24\n", "10.0.0.0/24", 2),
    ("a column", "x.csv", "a,macAddress\n1,2\n", "macAddress", 1),
    ("an element", "x.xml", "<a>\n<ip>1</ip></a>", "ip", 2),
    ("an attribute", "x.xml", '<a order-status="held"/>', "order-status", 1),
    ("a text", "x.xml", "<a>192.168.1.1</a>", "192.168.1.1", 1),
]


@pytest.mark.parametrize(("path", "text", "word", "line"), [row[1:] for row in IN_CRM], ids=[row[0] for row in IN_CRM])
def test_a_crm_gets_nothing_of_the_network(path: str, text: str, word: str, line: int, catalog: Catalog) -> None:
    (found,) = contents(catalog, [Ran(Job("leads", "crm"), (Artifact(path, text, stamped=False),))])
    assert (found.code, found.severity) == ("TK615", Severity.ERROR)
    assert f"`{word}`" in found.message
    assert f"leads/crm/{path}:{line}" in found.message
    assert list(contents(catalog, [Ran(Job("orders", "com"), (Artifact(path, text),))])) == []


FINE = [
    ("x.json", '{"Name": "vlan", "Description": "A VLAN, an IP address and the order state", "name": "Your own VLAN"}'),
    ("x.json", '{"importance": 1, "version": "1.2.3", "release": "10.0.0", "portability": true, "supported": [1, null]}'),
    ("x.json", "not JSON: vlanId"),
    ("x.json", '{"softwareVersion": "1.2.3.4", "time": "10:30", "ratio": "1:2:3", "as-vlan": 1}'),
    ("x.json", "[" * 5000 + "]" * 5000),
    ("x.csv", "name,firmwareVersion\nA,1.2.3.4\nB\n"),
    ("x.csv", "name\n" + "vlan" * 100_000 + "\n"),
    ("x.csv", "name,version\nVLAN service,2.1.0\n"),
    ("x.xml", "<a name='portability'>With a VLAN</a>"),
    ("x.md", "vlanId 10.0.0.1"),
]


@pytest.mark.parametrize(("path", "text"), FINE)
def test_prose_and_versions_are_nothing_of_the_network(path: str, text: str, catalog: Catalog) -> None:
    assert list(contents(catalog, [Ran(Job("leads", "crm"), (Artifact(path, text),))])) == []


def test_each_word_is_told_once(catalog: Catalog) -> None:
    files = tuple(Artifact(f"{number}.json", '{"vlanId": 7, "imsi": 8}') for number in range(3))
    assert len(list(contents(catalog, [Ran(Job("leads", "crm"), files)]))) == 2


def test_the_words_are_those_of_the_rule_about_products() -> None:
    assert is_network_name("ICCID")
    assert not is_network_name("bandwidth")
    assert [word.text for word in words_of(Artifact("x.yaml", "vlan: 1"))] == []


NETWORK = (
    SYSTEMS
    + """\
kind: ResourceFacingServiceSpecification
id: firewall
name: Firewall
controller: nfvo
descriptor: nsd-vfw-2
resources: [vfw]
---
kind: LogicalResourceSpecification
id: vfw
name: Virtual firewall
descriptor: vnfd-vfw-1.1
---
kind: ResourceFacingServiceSpecification
id: same
name: Named like its descriptor
controller: nfvo
descriptor: same
"""
)

DESCRIBED = [
    ("som", "x.json", '{\n"ns": "nsd-vfw-2"}', ["som/x.json:3 names `nsd-vfw-2`"]),
    ("manual", "x.md", "# Take `vnfd-vfw-1.1`.", ["manual/x.md:2 names `vnfd-vfw-1.1`"]),
    ("som", "x.json", '{"a": "nsd-vfw-2", "b": "vnfd-vfw-1.1"}', ["names `nsd-vfw-2`", "names `vnfd-vfw-1.1`"]),
    ("nfvo", "x.json", '{"ns": "nsd-vfw-2"}', []),
    ("som", "x.txt", "It is made from nsd-vfw-2.", ["som/x.txt:2 names `nsd-vfw-2`"]),
    ("som", "x.json", '{"ns": "nsd-vfw-22", "a": "my-nsd-vfw-2", "b": "same"}', []),
]


@pytest.mark.parametrize(("system", "path", "text", "says"), DESCRIBED)
def test_only_an_nfvo_gets_descriptors(system: str, path: str, text: str, says: list[str]) -> None:
    other = validated(NETWORK).value
    found = list(contents(other, [Ran(Job("orders", system), (Artifact(path, text),))]))
    assert [one.code for one in found] == ["TK816"] * len(says)
    assert all(words in one.message for one, words in zip(found, says, strict=True))
    assert all(one.related and one.help for one in found)


EXAMPLE = [("billing", "killbill"), ("com", "order-forms"), ("com", "decomposition"), ("crm", "salesforce"), ("webshop", "price-book")]


def test_the_example_operator_charges_and_takes_orders_for_all_that_it_sells() -> None:
    settings, catalog = open_project(ROOT).value.settings, example_operator()
    ran = [example_ran(system, generator) for system, generator in EXAMPLE]
    assert list(coverage(catalog, settings, ran)) == []
    assert list(contents(catalog, ran)) == []


def test_one_form_that_the_example_operator_lacks_is_named() -> None:
    settings, catalog = open_project(ROOT).value.settings, example_operator()
    ran = {generator: example_ran(system, generator) for system, generator in EXAMPLE}
    forms, wanted = ran["order-forms"], Key(ProductOffering.KIND, "mobile-prepaid")
    ran["order-forms"] = replace(forms, artifacts=tuple(one for one in forms.artifacts if wanted not in one.sources))
    (found,) = coverage(catalog, settings, list(ran.values()))
    assert (found.code, found.primary.file) == ("TK813", "catalog/offerings/mobile.yaml")
    assert "nobody can order `mobile-prepaid`" in found.message


def test_one_charge_that_the_example_operator_forgets_is_named() -> None:
    settings, catalog = open_project(ROOT).value.settings, example_operator()
    ran = {generator: example_ran(system, generator) for system, generator in EXAMPLE}
    bills = ran["killbill"]
    kept = tuple(one for one in bills.losses if (one.key.id, one.path) != ("mobile-flex", ("prices", "texts")))
    ran["killbill"] = replace(bills, losses=kept)
    (found,) = coverage(catalog, settings, list(ran.values()))
    assert found.code == "TK812"
    assert "no billing system charges `mobile-flex/texts`" in found.message


def test_a_landscape_that_is_not_complete_still_builds_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, GOOD, more={"offering.yaml": OFFERING})
    code, out, _ = said(capsys, folder)
    assert code == 0
    assert out.count("warning[") == 2
    assert (folder / "build" / "cards" / "desk" / "card.txt").is_file()
    assert run(["build", "--project", str(folder)]) == 0
    assert "warned    of 2 in what was generated" in capsys.readouterr().out


def test_what_is_given_away_is_not_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bills = GOOD.replace('"hello\\n"', '"hello", (Key("ProductOffering", "a"),)')
    folder = project(tmp_path, bills, SYSTEM.replace("manual", "billing"), more={"offering.yaml": OFFERING, "services.yaml": "# none"})
    code, found = findings(capsys, folder)
    assert code == 1
    assert [(one["code"], one["severity"], one["file"]) for one in found if one["severity"] == "error"] == [
        ("TK812", "error", "catalog/offering.yaml")
    ] * 3
    assert not list((folder / "build").rglob("*.txt"))
