"""Two things that a catalog API would take for one are an error that names both places."""

import pytest

from tests.compile.catalogs import SETTINGS, catalog
from tmfkit.compile.compile import compile_catalog
from tmfkit.diagnostics.model import Severity
from tmfkit.tmf.dialects import Dialect

PRODUCT = "kind: ProductSpecification\nid: line\nname: Line\n---\n"


def offering(id: str, name: str, prices: str = "{}", more: str = "") -> str:
    return f"kind: ProductOffering\nid: {id}\nname: {name}\nproduct: line\nlifecycle: Active\nprices: {prices}\n{more}---\n"


def price(amount: str = "1 EUR") -> str:
    return f"{{type: oneTime, amount: {amount}}}"


TWICE = "{x: {name: Fee, type: oneTime, amount: 1 EUR}, y: {name: Fee, type: oneTime, amount: 2 EUR}}"
CASES = [
    ("ids-of-different-offerings", offering("a", "A", f"{{b.c: {price()}}}") + offering("a.b", "AB", f"{{c: {price()}}}"), ["a.b.c"]),
    ("ids-that-differ-in-case", offering("a", "A", f"{{Setup: {price()}, setup: {price()}}}"), ["a.setup"]),
    (
        "characters-that-ids-may-not-hold",
        offering("a", "A", '{x: {type: oneTime, by: [channel], table: {"web shop": 1 EUR, "web/shop": 2 EUR}}}'),
        ["a.x.web-shop"],
    ),
    (
        "a-shared-price",
        offering("a", "A", f"{{b: {price()}}}") + "kind: ProductOfferingPrice\nid: a.b\nname: B\ntype: oneTime\namount: 1 EUR\n---\n",
        ["a.b"],
    ),
    ("names", offering("a", "Same") + offering("b", "Same"), ["Same"]),
    ("names-and-those-of-their-prices", offering("a", "Same", f"{{x: {price()}}}") + offering("b", "Same", f"{{x: {price()}}}"), ["Same"]),
    ("names-of-other-versions", offering("a", "Same") + offering("b", "Same", more='version: "2.0"\n'), []),
    ("names-of-other-resources", offering("line", "Line"), []),
    (
        "prices-with-one-name",
        offering("a", "A", "{x: {name: Fee, type: oneTime, amount: 1 EUR}, y: {name: Fee, type: oneTime, amount: 2 EUR}}"),
        [],
    ),
]


@pytest.mark.parametrize(("text", "named"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
@pytest.mark.parametrize("dialect", [Dialect.TMF620_V4, Dialect.TMF620_V5])
def test_each_collision_is_one_error(text: str, named: list[str], dialect: Dialect) -> None:
    _, found = compile_catalog(catalog(PRODUCT + text), dialect, SETTINGS)
    errors = [one for one in found if one.code == "TK107"]
    assert len(errors) == len(named)
    for error, name in zip(errors, named, strict=True):
        assert error.severity is Severity.ERROR
        assert f"`{name}`" in error.finding.message
        assert error.finding.help
        (place,) = error.finding.related
        assert (place.key, place.path) != (error.finding.key, error.finding.path)


def test_prices_are_named_by_what_tells_them_apart() -> None:
    bundle, _ = compile_catalog(catalog(PRODUCT + offering("a", "A", TWICE)), Dialect.TMF620_V4, SETTINGS)
    names = [payload.body["name"] for payload in bundle.payloads if payload.resource == "productOfferingPrice"]
    assert names == ["A – Fee (a.x)", "A – Fee (a.y)"]
