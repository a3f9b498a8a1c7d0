"""The order of the keys: every key of every kind has its place, and names keep theirs."""

from itertools import pairwise

import pytest

from tmfkit.edit.order import CHARACTERISTIC, ENTITY, LAST, PRICE, Keys, arranged, arrangement, shape_of_kind
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.kinds import KINDS
from tmfkit.model.prices import Price
from tmfkit.model.problems import keys_of
from tmfkit.source.document import Data


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_kind_has_a_place(kind: str) -> None:
    known = keys_of(KINDS[kind].model)
    assert [key for key in known if key not in (*ENTITY, *PRICE, *LAST)] == []
    shape = shape_of_kind(kind)
    assert isinstance(shape, Keys)
    assert sorted(shape.ranks) == sorted(known)


def test_the_tables_name_only_what_there_is() -> None:
    of_kinds = {key for row in KINDS.values() for key in keys_of(row.model)}
    assert set(ENTITY) <= of_kinds
    assert set(keys_of(Price)) == {*PRICE, "extra"}
    assert set(CHARACTERISTIC) == set(keys_of(Characteristic))
    assert all(len(table) == len(set(table)) for table in (ENTITY, PRICE, CHARACTERISTIC, LAST))


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        ("Category", {"id": "a", "kind": "Category"}, "kind id"),
        ("Category", {"id": "a", "colour": "red", "kind": "Category"}, "id colour kind"),
        ("Nothing", {"id": "a", "kind": "Nothing"}, "id kind"),
        ("ProductOffering", {"prices": {}, "bundle": {}, "lifecycle": "Active", "id": "a"}, "id lifecycle bundle prices"),
        ("Vocabulary", {"usage": {"b": {}, "a": {}}, "channels": {"z": {}, "y": {}}}, "channels z y usage b a"),
        ("ProductOffering", {"prices": {"b": {"amount": "1", "type": "x"}, "a": None}}, "prices b type amount a"),
        ("ProductOffering", {"prices": {"b": {"table": {"2": "x", "1": "y"}, "by": "a"}}}, "prices b by table 2 1"),
        ("ProductOffering", {"prices": {"b": {"amount": [{"is": "1", "from": "x"}]}}}, "prices b amount from is"),
        ("ProductOffering", {"prices": {"b": {"tiers": [{"amount": "1", "upTo": "x"}]}}}, "prices b tiers upTo amount"),
        ("ProductOffering", {"prices": {"b": {"tiers": [{"is": [{"amount": "1", "upTo": "x"}], "from": "y"}]}}},
         "prices b tiers from is upTo amount"),
        ("ProductOffering", {"replaces": {"b": {"until": "x", "from": "y"}}}, "replaces b from until"),
        ("ProductOffering", {"replaces": [{"until": "x", "offering": "y"}]}, "replaces offering until"),
        ("ProductOffering", {"product": {"name": "x", "external": "y"}}, "product external name"),
        ("ProductOffering", {"name": {"fr": "x", "en": "y"}}, "name fr en"),
        ("ProductOffering", {"extra": {"b": {"d": "1", "c": "2"}}}, "extra b d c"),
        ("ProductOffering", {"prices": {"b": {"when": {"term": "x", "place": "y"}}}}, "prices b when term place"),
        ("ProductSpecification", {"characteristics": {"b": {"default": "1", "values": ["1"], "type": "x"}}},
         "characteristics b type values default"),
        ("ProductSpecification", {"services": {"b": {"with": {"y": {"map": {"2": "a", "1": "b"}, "from": "z"}}}}},
         "services b with y from map 2 1"),
        ("Vocabulary", {"taxes": {"v": [{"is": "2", "until": "x"}]}}, "taxes v until is"),
    ],
)  # fmt: skip
def test_arranged(kind: str, data: Data, expected: str) -> None:
    shape = shape_of_kind(kind)
    assert names(arranged(data, shape)) == expected.split()
    assert arranged(arranged(data, shape), shape) == data


def names(data: Data) -> list[str]:
    """All keys in the order in which they are met."""
    if isinstance(data, dict):
        return [name for key, value in data.items() for name in (key, *names(value))]
    return [name for item in data for name in names(item)] if isinstance(data, list) else []


def test_an_arrangement_is_one_of_all_keys() -> None:
    shape = shape_of_kind("ProductOffering")
    assert isinstance(shape, Keys)
    keys = sorted(shape.ranks)
    found = arrangement(keys, shape)
    assert sorted(found) == list(range(len(keys)))
    assert all(shape.ranks[keys[one]] < shape.ranks[keys[other]] for one, other in pairwise(found))
