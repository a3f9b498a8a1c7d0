"""References, ids, circles and inheritance between entities."""

import pytest

from tests.catalogs import found, validated
from tmfkit.model.groupings import Category
from tmfkit.model.products import ProductOffering

PRODUCT = "kind: ProductSpecification\nid: fibre\nname: Fibre\n"
CATEGORY = "kind: Category\nid: home\nname: Home\n"


def offering(id: str = "basic", more: str = "") -> str:
    return f"kind: ProductOffering\nid: {id}\nname: Basic\nlifecycle: In design\nproduct: fibre\n{more}"


LINKS = [
    ({"a.yaml": PRODUCT, "b.yaml": offering()}, []),
    ({"b.yaml": offering()}, ["TK101 b.yaml:5:10"]),
    ({"a.yaml": CATEGORY.replace("home", "fibre"), "b.yaml": offering()}, ["TK102 b.yaml:5:10"]),
    ({"a.yaml": PRODUCT, "b.yaml": offering(more="categories: [home, garden]\n"), "c.yaml": CATEGORY}, ["TK101 b.yaml:6:20"]),
    ({"a.yaml": PRODUCT, "b.yaml": offering(more="excludes: [nothing]\n")}, ["TK101 b.yaml:6:12"]),
    ({"a.yaml": PRODUCT, "b.yaml": offering(more="replaces: {nothing: {until: 2027-01-01}}\n")}, ["TK101 b.yaml:6:12"]),
    ({"a.yaml": PRODUCT, "b.yaml": offering(more="excludes: [{external: X-1, name: Elsewhere}]\n")}, []),
    ({"a.yaml": PRODUCT, "b.yaml": offering(), "c.yaml": offering()}, ["TK104 c.yaml:2:5"]),
    ({"a.yaml": PRODUCT, "b.yaml": offering(), "c.yaml": offering("Basic")}, ["TK104 c.yaml:2:5"]),
    ({"a.yaml": "kind: Category\nid: a\nname: A\nparent: a\n"}, ["TK103 a.yaml:4:9"]),
    ({"a.yaml": PRODUCT, "b.yaml": offering(more="excludes: nothing\n")}, ["TK101 b.yaml:6:11"]),
    ({"a.yaml": "kind: Vocabulary\n", "b.yaml": "kind: Vocabulary\nid: other\n"}, ["TK104 b.yaml:1:7"]),
    ({"a.yaml": "kind: Vocabulary\n", "b.yaml": "kind: Vocabulary\n"}, ["TK104 b.yaml:1:7"]),
    (
        {"a.yaml": "kind: Category\nid: a\nname: A\nparent: b\n---\nkind: Category\nid: b\nname: B\nparent: c\n---\n"
                   "kind: Category\nid: c\nname: C\nparent: a\n"},
        ["TK103 a.yaml:4:9"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("files", "findings"), LINKS)
def test_references_ids_and_circles(files: dict[str, str], findings: list[str]) -> None:
    assert found(files) == findings


NO_ECHO = [
    ("a broken target is still known", {"a.yaml": PRODUCT + "colour: red\n", "b.yaml": offering()}, ["TK011 a.yaml:4:1"]),
    ("so is one of a misspelt kind", {"a.yaml": PRODUCT.replace("Spec", "Spek"), "b.yaml": offering()}, ["TK010 a.yaml:1:7"]),
    ("one in a file that is no YAML", {"a.yaml": PRODUCT + "\tx: 1\n", "b.yaml": offering()}, ["TK004 a.yaml:4:1"]),
    ("one in a file that is no text", {"a.yaml": PRODUCT.encode() + b"\xff\n", "b.yaml": offering()}, ["TK002 a.yaml:4:1"]),
    ("one whose base is missing", {"a.yaml": PRODUCT + "extends: nobody\n", "b.yaml": offering()}, ["TK101 a.yaml:4:10"]),
]


@pytest.mark.parametrize(("case", "files", "findings"), NO_ECHO)
def test_one_fault_is_one_finding(case: str, files: dict[str, str | bytes], findings: list[str]) -> None:
    assert found(files) == findings, case


BROKEN = [
    ("an unknown key", "colour: red\n", ["TK101 b.yaml:5:10", "TK011 b.yaml:6:1"]),
    ("a value", "validFor: {from: x}\n", ["TK101 b.yaml:5:10", "TK014 b.yaml:6:18"]),
    ("a part of a price", "prices: {x: {type: oneTime, amount: 1, use: gone}}\n",
     ["TK101 b.yaml:5:10", "TK014 b.yaml:6:37", "TK101 b.yaml:6:45"]),
    ("another reference", "categories: [[a], b]\n", ["TK101 b.yaml:5:10", "TK013 b.yaml:6:14"]),
    ("its state", "lifecycle: Sold\n", ["TK101 b.yaml:4:10", "TK014 b.yaml:5:12"]),
    ("a rule of its kind", "bundle: {nothing: {}}\n", ["TK016 b.yaml:5:1", "TK101 b.yaml:6:10"]),
]  # fmt: skip


@pytest.mark.parametrize(("case", "more", "findings"), BROKEN)
def test_what_a_broken_entity_refers_to_is_still_looked_up(case: str, more: str, findings: list[str]) -> None:
    text = offering(more=more).replace("lifecycle: In design\n", "") if "lifecycle" in more else offering(more=more)
    assert found({"b.yaml": text}) == findings, case


def test_a_circle_names_its_whole_path() -> None:
    text = "kind: Category\nid: b\nname: B\nparent: c\n---\nkind: Category\nid: c\nname: C\nparent: b\n"
    assert "b → c → b" in validated(text).diagnostics[0].message


def test_a_missing_reference_offers_the_nearest() -> None:
    finding = validated({"a.yaml": PRODUCT, "b.yaml": offering().replace("product: fibre", "product: fiber")}).diagnostics[0]
    assert finding.help == "did you mean `fibre`, declared at a.yaml:2:5?"


BASE = """kind: ProductOffering
id: base
abstract: true
product: fibre
categories: [home]
prices:
  monthly: {type: recurring, every: 1 month, amount: 10.00 EUR}
  setup: {type: oneTime, amount: 5.00 EUR}
"""
HEIR = """kind: ProductOffering
id: heir
extends: base
name: Heir
lifecycle: In design
remove: [prices/setup]
prices:
  monthly: {amount: 12.00 EUR}
"""


def test_an_heir_takes_over_what_it_does_not_say() -> None:
    outcome = validated({"a.yaml": PRODUCT, "b.yaml": BASE, "c.yaml": HEIR, "d.yaml": CATEGORY})
    assert outcome.diagnostics == ()
    heir = outcome.value.get(ProductOffering, "heir")
    assert heir is not None
    assert list(heir.prices) == ["monthly"]
    assert [str(step.is_) for step in heir.prices["monthly"].amount] == ["12.00 EUR"]
    assert str(heir.prices["monthly"].every) == "1 month"
    assert not heir.abstract
    assert heir.product == "fibre"


def test_what_is_inherited_is_reported_where_it_is_written() -> None:
    heir = HEIR.replace("monthly: {am", "late: {type: oneTime, am")
    files = {"a.yaml": PRODUCT, "b.yaml": BASE.replace("10.00 EUR", "ten"), "c.yaml": heir, "d.yaml": CATEGORY}
    assert found(files) == ["TK014 b.yaml:7:54"]


EXTENDS = [
    (BASE, HEIR.replace("extends: base", "extends: bass"), ["TK101 c.yaml:3:10"]),
    (BASE, HEIR.replace("prices/setup", "prices/set-up"), ["TK105 c.yaml:6:10"]),
    (BASE, HEIR.replace("extends: base", "extends: fibre"), ["TK106 c.yaml:3:10"]),
    (BASE.replace("abstract: true", "extends: heir"), HEIR, ["TK103 c.yaml:3:10"]),
]


@pytest.mark.parametrize(("base", "heir", "findings"), EXTENDS)
def test_faults_of_inheritance(base: str, heir: str, findings: list[str]) -> None:
    assert found({"a.yaml": PRODUCT, "b.yaml": base, "c.yaml": heir, "d.yaml": CATEGORY}) == findings


USES_A_BASE = [
    offering(more="requires: [base]\n").replace("requires: [base]", "requires: [{offering: base}]"),
    offering(more="replaces: {base: {until: 2027-01-01}}\n"),
    "kind: ProductOffering\nid: both\nname: Both\nlifecycle: In design\nbundle: {base: {}}\n",
]


@pytest.mark.parametrize("user", USES_A_BASE)
def test_nothing_published_refers_to_a_base(user: str) -> None:
    files = {"a.yaml": PRODUCT, "b.yaml": BASE, "d.yaml": CATEGORY, "u.yaml": user}
    assert [one.split()[0] for one in found(files)] == ["TK116"]


@pytest.mark.parametrize("order", [1, -1])
def test_a_long_line_of_heirs_is_settled_in_any_order(order: int) -> None:
    heirs = [f"kind: Category\nid: c{number}\nname: C{number}\nextends: c{number - 1}\n" for number in range(1, 1200)]
    text = "---\n".join(["kind: Category\nid: c0\nname: C0\ndescription: first\n", *heirs][::order])
    outcome = validated(text)
    assert outcome.diagnostics == ()
    last = outcome.value.get(Category, "c1199")
    assert last is not None
    assert str(last.description) == "first"


def test_two_with_one_name_and_version() -> None:
    assert found({"a.yaml": PRODUCT, "b.yaml": PRODUCT.replace("id: fibre", "id: fiber")}) == ["TK107 a.yaml:3:7"]


def test_a_base_is_no_entity_of_its_own() -> None:
    catalog = validated({"a.yaml": PRODUCT, "b.yaml": BASE, "c.yaml": HEIR, "d.yaml": CATEGORY}).value
    assert catalog.get(ProductOffering, "base") is None
    assert [summary.key.id for summary in catalog.of("ProductOffering")] == ["heir"]
