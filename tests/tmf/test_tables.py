"""The tables are whole: every field has a row, every row a field, every difference hits something, and nothing is said twice."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_args, get_type_hints

import pytest

from tests.tmf.samples import NOUNS
from tmfkit.tmf.common import BundledOffering, Item
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.render import render
from tmfkit.tmf.shapes import SELF, SHAPES, Kind
from tmfkit.tmf.versions import APIS, DIFFERENCES, address


def written() -> Iterator[tuple[str, type[Any]]]:
    """Every shape with the class that it writes, found by following the rows from the thirteen resources."""
    todo, seen = [(name, noun) for name, noun in NOUNS.items()], set()
    while todo:
        name, noun = entry = todo.pop()
        if entry in seen:
            continue
        seen.add(entry)
        yield entry
        todo.extend((row.shape, _class_of(noun, row.field)) for row in SHAPES[name].rows if row.shape)


def _class_of(noun: type[Any], field: str) -> type[Any]:
    hint = get_type_hints(noun).get(field) or get_type_hints(getattr(noun, field).fget)["return"]
    inner = [choice for choice in get_args(hint) if choice not in (type(None), ...)]
    return inner[0] if inner else hint


PAIRS = sorted(written(), key=str)
LIMITS = {"default", "lower", "upper"}


@pytest.mark.parametrize(("shape", "noun"), PAIRS, ids=[name for name, _ in PAIRS])
def test_every_field_has_a_row(shape: str, noun: type[Any]) -> None:
    rows = {row.field for row in SHAPES[shape].rows}
    of_limits = LIMITS if "limits" in rows else set()
    href = {"href", "outside"} if any(row.kind is Kind.HREF for row in SHAPES[shape].rows) else set()
    assert {field.name for field in fields(noun)} - rows - of_limits - href == set()


@pytest.mark.parametrize(("shape", "noun"), PAIRS, ids=[name for name, _ in PAIRS])
def test_every_row_has_a_field(shape: str, noun: type[Any]) -> None:
    assert [row.field for row in SHAPES[shape].rows if row.field != SELF and not hasattr(noun, row.field)] == []


def test_every_shape_is_used() -> None:
    assert {shape for shape, _ in PAIRS} == set(SHAPES)


def test_every_difference_hits_a_row() -> None:
    for row in DIFFERENCES:
        for shape in row.shapes:
            assert set(row.fields) <= {entry.field for entry in SHAPES[shape].rows}, (shape, row.fields)


def test_no_two_differences_speak_of_the_same_field() -> None:
    keys = Counter((d, s, f) for row in DIFFERENCES for d in row.dialects for s in row.shapes for f in row.fields)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_dialect_is_described() -> None:
    assert set(APIS) == set(Dialect)
    assert all(neighbour in APIS for api in APIS.values() for neighbour in api.neighbours)


def test_references_across_apis_have_an_address() -> None:
    assert address("ServiceSpecification", Dialect.TMF620_V5) == "/tmf-api/serviceCatalogManagement/v4/serviceSpecification/"
    assert address("ResourceSpecification", Dialect.TMF620_V5) == "/resourceCatalog/v5/resourceSpecification/"
    assert address("Catalog", Dialect.TMF620_V4) == "/tmf-api/productCatalogManagement/v4/catalog/"
    assert address("Catalog", Dialect.TMF620_V5) == "/productCatalogManagement/v5/productCatalog/"
    assert address("ProductOffering", Dialect.TMF633_V4) is None


def test_an_item_of_another_api_is_refused() -> None:
    with pytest.raises(ValueError, match=r"TMF634 v4\.1 keeps no ProductOffering"):
        render(NOUNS["ProductOffering"](id="a", name="A"), Dialect.TMF634_V4)


def test_limits_are_properties_of_the_members() -> None:
    assert {field.name for field in fields(BundledOffering)} >= LIMITS
    assert "limits" not in {field.name for field in fields(Item)}
