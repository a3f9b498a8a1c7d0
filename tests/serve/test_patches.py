"""Changes of an item: merge patches (RFC 7386), JSON patches (RFC 6902), and those that select elements of lists by their attributes."""

import time
from http import HTTPStatus
from typing import Any

import pytest

from tmfkit.serve.errors import Fault
from tmfkit.serve.patches import PATCH_TYPES, merged, patched
from tmfkit.serve.settings import Limits
from tmfkit.tmf.rest import JSON_PATCH, MERGE_PATCH, PLAIN_JSON, QUERY_PATCH

ITEM: dict[str, Any] = {
    "name": "Firewall",
    "lifecycleStatus": "Active",
    "version": "1.0",
    "place": [{"id": "2807", "name": "France"}, {"id": "9979", "name": "UK"}],
    "relatedParty": [
        {"role": "owner", "partyOrPartyRole": {"id": "1", "name": "Gustave Flaubert"}},
        {"role": "vendor", "partyOrPartyRole": {"id": "2", "name": "Emma"}},
    ],
    "productSpecCharacteristic": [
        {"id": "c", "name": "Colour", "characteristicValueSpecification": [{"value": "Black"}, {"value": "White", "isDefault": True}]},
        {"id": "b", "name": "Body", "characteristicValueSpecification": [{"value": "Black", "unitOfMeasure": "x"}]},
    ],
}


@pytest.mark.parametrize(
    ("target", "patch", "expected"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        ({"a": 1}, {}, {"a": 1}),
    ],
)
def test_the_examples_of_rfc_7386(target: Any, patch: Any, expected: Any) -> None:
    assert merged(target, patch) == expected


@pytest.mark.parametrize("media_type", [PLAIN_JSON, MERGE_PATCH])
def test_both_merging_types_do_the_same(media_type: str) -> None:
    assert patched(ITEM, {"version": None, "name": "Wall"}, media_type, Limits()) == {
        **{name: value for name, value in ITEM.items() if name != "version"},
        "name": "Wall",
    }


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        ([], {"foo": "bar", "list": [1, 2]}),
        ([{"op": "add", "path": "/baz", "value": "qux"}], {"foo": "bar", "list": [1, 2], "baz": "qux"}),
        ([{"op": "add", "path": "/list/1", "value": 9}], {"foo": "bar", "list": [1, 9, 2]}),
        ([{"op": "add", "path": "/list/-", "value": 9}], {"foo": "bar", "list": [1, 2, 9]}),
        ([{"op": "remove", "path": "/list/0"}], {"foo": "bar", "list": [2]}),
        ([{"op": "replace", "path": "/foo", "value": None}], {"foo": None, "list": [1, 2]}),
        ([{"op": "move", "from": "/foo", "path": "/list/0"}], {"list": ["bar", 1, 2]}),
        ([{"op": "copy", "from": "/list", "path": "/more"}], {"foo": "bar", "list": [1, 2], "more": [1, 2]}),
        ([{"op": "test", "path": "/foo", "value": "bar"}, {"op": "remove", "path": "/foo"}], {"list": [1, 2]}),
    ],
)
def test_operations_of_rfc_6902(operations: list[Any], expected: Any) -> None:
    assert patched({"foo": "bar", "list": [1, 2]}, operations, JSON_PATCH, Limits()) == expected


@pytest.mark.parametrize(
    ("patch", "attribute", "expected"),
    [
        # from the official files: TMF620, TMF634 and TMF637, version 5
        ({"op": "remove", "path": "/relatedParty?role=vendor"}, "relatedParty", ITEM["relatedParty"][:1]),
        ({"op": "remove", "path": "/place?id=2807"}, "place", ITEM["place"][1:]),
        ({"op": "add", "path": "/place", "value": {"id": "9989"}}, "place", [*ITEM["place"], {"id": "9989"}]),
        (
            {"op": "replace", "path": "/relatedParty/role?partyOrPartyRole.name='Gustave Flaubert'", "value": "user"},
            "relatedParty",
            [{**ITEM["relatedParty"][0], "role": "user"}, ITEM["relatedParty"][1]],
        ),
        (
            {"op": "replace", "path": "/relatedParty/partyOrPartyRole/id?relatedParty.role=vendor", "value": "7"},
            "relatedParty",
            [ITEM["relatedParty"][0], {"role": "vendor", "partyOrPartyRole": {"id": "7", "name": "Emma"}}],
        ),
        ({"op": "replace", "path": "/lifecycleStatus?version='1.0'", "value": "Launched"}, "lifecycleStatus", "Launched"),
        (
            {
                "op": "add",
                "path": "/productSpecCharacteristic/characteristicValueSpecification/isDefault"
                "?value=/productSpecCharacteristic/characteristicValueSpecification/White",
                "value": False,
            },
            "productSpecCharacteristic",
            [
                {
                    "id": "c",
                    "name": "Colour",
                    "characteristicValueSpecification": [{"value": "Black"}, {"value": "White", "isDefault": False}],
                },
                ITEM["productSpecCharacteristic"][1],
            ],
        ),
        # and beyond them
        (
            {
                "op": "add",
                "path": "/productSpecCharacteristic/characteristicValueSpecification/isDefault?productSpecCharacteristic.id=b&value=Black",
                "value": True,
            },
            "productSpecCharacteristic",
            [
                ITEM["productSpecCharacteristic"][0],
                {
                    "id": "b",
                    "name": "Body",
                    "characteristicValueSpecification": [{"value": "Black", "unitOfMeasure": "x", "isDefault": True}],
                },
            ],
        ),
        ({"op": "replace", "path": "/name", "value": "Wall"}, "name", "Wall"),
        ([{"op": "remove", "path": "/place?id=2807"}, {"op": "remove", "path": "/place?id=9979"}], "place", []),
    ],
)
def test_selections_of_a_json_patch_query(patch: Any, attribute: str, expected: Any) -> None:
    changed = patched(ITEM, patch, QUERY_PATCH, Limits())
    assert changed == {**ITEM, attribute: expected}


def test_what_is_given_to_several_places_is_not_shared() -> None:
    item = {"place": [{"id": "1", "name": "a"}, {"id": "1", "name": "b"}]}
    twice = [{"op": "replace", "path": "/place/name?id=1", "value": {"en": "x"}}, {"op": "add", "path": "/place/0/name/fr", "value": "y"}]
    assert patched(item, twice, QUERY_PATCH, Limits())["place"] == [
        {"id": "1", "name": {"en": "x", "fr": "y"}},
        {"id": "1", "name": {"en": "x"}},
    ]


@pytest.mark.parametrize("media_type", PATCH_TYPES)
def test_the_item_itself_stays_as_it_is(media_type: str) -> None:
    item = {"place": [{"id": "1"}], "name": {"en": "x"}}
    patch: Any = {"place": [], "name": {"en": None}}
    if media_type in (JSON_PATCH, QUERY_PATCH):
        patch = [{"op": "remove", "path": "/place/0"}, {"op": "remove", "path": "/name/en"}]
    assert patched(item, patch, media_type, Limits()) == {"place": [], "name": {}}
    assert item == {"place": [{"id": "1"}], "name": {"en": "x"}}


@pytest.mark.parametrize(
    ("patch", "media_type", "status"),
    [
        ([], MERGE_PATCH, 400),
        ("x", MERGE_PATCH, 400),
        ({"name": "x"}, JSON_PATCH, 400),
        ("x", QUERY_PATCH, 400),
        ([1], JSON_PATCH, 400),
        ([{"op": "add", "path": "", "value": []}], JSON_PATCH, 400),
        ([{"op": "remove", "path": ""}], JSON_PATCH, 400),
        ([{"op": "remove", "path": "/nothing"}], JSON_PATCH, 400),
        ([{"op": "replace", "path": "name", "value": 1}], JSON_PATCH, 400),
        ([{"op": "replace", "path": "/place/x", "value": 1}], JSON_PATCH, 400),
        ([{"op": "add", "path": "/place/99", "value": 1}], JSON_PATCH, 400),
        ([{"op": "add", "path": "/name/0", "value": 1}], JSON_PATCH, 400),
        ([{"op": "add", "path": "/a"}], JSON_PATCH, 400),
        ([{"op": "add", "path": 1, "value": 1}], JSON_PATCH, 400),
        ([{"op": ["add"], "path": "/a", "value": 1}], JSON_PATCH, 400),
        ([{"op": "frobnicate", "path": "/a"}], JSON_PATCH, 400),
        ([{"path": "/a"}], JSON_PATCH, 400),
        ([{"op": "copy", "from": 3, "path": "/a"}], JSON_PATCH, 400),
        ([{"op": "copy", "from": "x", "path": "/a"}], JSON_PATCH, 400),
        ([{"op": "move", "from": "/place", "path": "/place/0/x"}], JSON_PATCH, 400),
        ([{"op": "test", "path": "/name", "value": "x"}], JSON_PATCH, 409),
        ([{"op": "add", "path": "/n", "value": [1]}, {"op": "test", "path": "/n", "value": [True]}], JSON_PATCH, 409),
        ([{"op": "add", "path": "/n", "value": 0}, {"op": "test", "path": "/n", "value": False}], JSON_PATCH, 409),
        ([{"op": "remove", "path": "/place?id=1"}], QUERY_PATCH, 400),
        ([{"op": "remove", "path": "/place?id"}], QUERY_PATCH, 400),
        ([{"op": "remove", "path": "?id=1"}], QUERY_PATCH, 400),
        ([{"op": "remove"}], QUERY_PATCH, 400),
        ([{"op": "test", "path": "/name", "value": "Firewall"}] * 1001, JSON_PATCH, 400),
    ],
)
def test_what_cannot_be_carried_out_is_refused(patch: Any, media_type: str, status: int) -> None:
    with pytest.raises(Fault) as refused:
        patched(ITEM, patch, media_type, Limits())
    assert refused.value.status == status
    assert not any(word in refused.value.message for word in ("<class", "Error", "None", "0x"))


@pytest.mark.parametrize(
    ("patch", "media_type"),
    [
        ([{"op": "copy", "from": "", "path": "/a"}, *[{"op": "copy", "from": "/a", "path": "/a/a"}] * 200], JSON_PATCH),
        ([{"op": "copy", "from": "/place", "path": "/place/-"}] * 100, JSON_PATCH),
        (
            [{"op": "add", "path": "/a", "value": [{"i": 1}] * 5000}, *[{"op": "add", "path": "/a?i=1", "value": "x" * 9000}] * 3],
            QUERY_PATCH,
        ),
        (
            [
                {"op": "add", "path": "/a", "value": [{"i": number} for number in range(50_000)]},
                *[{"op": "test", "path": f"/a/i?i={number}", "value": number} for number in range(900)],
            ],
            QUERY_PATCH,
        ),
        (
            [
                {"op": "add", "path": "/a", "value": [{"b": [{}] * 90_000, "c": [{}] * 90_000}]},
                {"op": "remove", "path": "/a/b?a.c.d=1"},
            ],
            QUERY_PATCH,
        ),
    ],
)
def test_a_small_patch_cannot_make_a_large_item_or_much_work(patch: Any, media_type: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Fault) as refused:
        patched(ITEM, patch, media_type, Limits())
    assert refused.value.status in (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.BAD_REQUEST)
    assert time.monotonic() - begun < 10
