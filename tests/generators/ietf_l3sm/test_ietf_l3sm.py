"""Service requests: which parameters are open, who fills them, and options that do not fit."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.catalogs import validated
from tests.generators.ietf_l3sm.catalogs import ALL_SHAPES
from tests.generators.ietf_l3sm.requests import filled, read
from tests.generators.running import SETTINGS, example_files, generated, projected, texts
from tmfkit.generate.artifact import Status
from tmfkit.generate.discover import Sources
from tmfkit.generate.engine import generate


def documents() -> dict[str, dict[str, Any]]:
    return read(generated(ALL_SHAPES, "wan", "ietf-l3sm"))


def parameter(service: str, name: str) -> dict[str, Any]:
    """What a request says of one parameter, but for words and places."""
    (found,) = [one for one in documents()[f"{service}.json"]["parameters"] if one["name"] == name]
    return {key: value for key, value in found.items() if key not in ("name", "description", "paths")}


@pytest.mark.parametrize(
    ("service", "name", "expected"),
    [
        ("net", "vpn-id", {"type": "string", "owner": "inventory", "example": "VPN-0001", "characteristic": "id"}),
        ("net", "customer", {"type": "string", "owner": "order", "example": "Example Ltd", "characteristic": "who"}),
        (
            *("net", "topology"),
            {
                "type": "identityref",
                "owner": "order",
                "example": "ietf-l3vpn-svc:hub-spoke",
                "characteristic": "form",
                "values": {"star": "ietf-l3vpn-svc:hub-spoke", "mesh": "ietf-l3vpn-svc:any-to-any"},
            },
        ),
        ("site", "address", {"type": "string", "owner": "order", "example": "1 Harbour Road"}),
        ("site", "city", {"type": "string", "owner": "order", "example": "Northport", "characteristic": "city", "optional": True}),
        (
            *("site", "bandwidth"),
            {
                "type": "uint64",
                "unit": "bit/s",
                "owner": "order",
                "example": "10000000",
                "characteristic": "bandwidth",
                "factor": "1000000000",
                "minimum": "10000000",
                "maximum": "10000000000",
            },
        ),
        (
            *("site", "mtu"),
            {
                "type": "uint16",
                "owner": "order",
                "example": 1500,
                "characteristic": "mtu",
                "default": 1500,
                "values": {"1500": 1500, "9000": 9000},
            },
        ),
        (
            *("site", "priority"),
            {"type": "uint32", "owner": "order", "example": 2, "characteristic": "priority", "default": 2, "minimum": 1, "maximum": 4},
        ),
        ("site", "protected", {"type": "boolean", "owner": "order", "example": False, "characteristic": "protected", "default": False}),
        (
            *("site", "customer-as"),
            {
                "type": "uint32",
                "owner": "qualification",
                "example": 64512,
                "characteristic": "customerAs",
                "minimum": 64512,
                "maximum": 65534,
            },
        ),
        (
            *("line", "bandwidth"),
            {
                "type": "uint64",
                "unit": "bit/s",
                "owner": "order",
                "example": "64000",
                "characteristic": "bandwidth",
                "values": {"64": "64000", "2000000": "2000000000"},
            },
        ),
    ],
)
def test_what_a_parameter_says(service: str, name: str, expected: dict[str, Any]) -> None:
    assert parameter(service, name) == expected


def test_what_nothing_fills_and_has_a_default_is_no_parameter() -> None:
    document = documents()["line.json"]
    assert "mtu" not in {one["name"] for one in document["parameters"]}
    assert '"svc-mtu": 1522' in json.dumps(document["request"])


def test_the_places_of_a_parameter_are_those_where_it_stands() -> None:
    for document in documents().values():
        text = json.dumps(document["request"])
        for one in document["parameters"]:
            assert text.count(f'"${{{one["name"]}}}"') >= len(one["paths"]) > 0
            for path in one["paths"]:
                assert leads(document["request"], path.split("/")[1:]), path
        assert text.count("${") == sum(text.count(f'"${{{one["name"]}}}"') for one in document["parameters"])


def leads(value: Any, path: list[str]) -> bool:
    if isinstance(value, list):
        return any(leads(one, path) for one in value)
    return isinstance(value, str) if not path else isinstance(value, dict) and path[0] in value and leads(value[path[0]], path[1:])


def test_an_absent_optional_value_takes_its_member_with_it() -> None:
    assert '"city"' not in json.dumps(filled(documents()["site.json"], city=None))


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("    net:\n", "    nett:\n", 9, "controls no service `nett`"),
        ("shape: l2vpn-line\n", "shape: l2vpn-lane\n", 6, "shapes/l2vpn-lane.json.j2"),
        ("shape: l2vpn-line\n", "shape: l2vpn-line\n      form: x\n", 17, "form"),
        ("cable: bearer-type", "kable: bearer-type", 14, "no characteristic `kable`"),
        ("cable: bearer-type", "cable: bearer", 14, "no parameter `bearer`"),
        ("star: hub-spoke", "sun: hub-spoke", 11, "does not take the value `sun`"),
        ("cable: bearer-type", "cable: prefix-length", 12, ""),
        (
            "bandwidth: {type: quantity, unit: Gbit/s, min: 0.01, max: 10}",
            "bandwidth: {type: quantity, unit: GB, min: 1, max: 10}",
            12,
            "is a",
        ),
        ("cable: bearer-type", "bandwidth: mtu", 14, "no whole number"),
        ("transparent: vlan-preservation", "bandwidth: vlan-preservation", 17, "neither `true` nor `false`"),
    ],
)
def test_options_that_do_not_fit_are_one_finding_at_their_place(right: str, wrong: str, line: int, says: str) -> None:
    assert right in ALL_SHAPES
    outcome = projected(ALL_SHAPES.replace(right, wrong, 1))
    errors = [found for found in outcome.diagnostics if found.severity == "error"]
    if not says:
        assert errors == []
        return
    (found,) = errors
    assert says in found.message
    assert found.primary.start.line == line


def test_a_service_that_is_not_in_use_yet_may_have_its_shape() -> None:
    catalog = ALL_SHAPES.replace("id: line\n", "id: line\nlifecycle: In design\n")
    assert set(generated(catalog, "wan", "ietf-l3sm")) == {"net.json", "site.json"}


def test_a_service_without_a_shape_is_found() -> None:
    lines = [line for line in ALL_SHAPES.splitlines() if "cos" not in line and "l2vpn" not in line and line != "    line:"]
    (found,) = projected("\n".join(lines) + "\n").diagnostics
    assert "which shape the requests for `line` have" in found.message
    assert "l3vpn-site" in (found.help or "")


@pytest.mark.parametrize(
    ("characteristic", "failed", "words"),
    [
        ("speed: {}", True, "no parameter for it"),
        ("speed: {optional: true}", False, "no parameter for it"),
        ("speed: {setBy: network}", False, "no parameter for it"),
        ("address: {many: {min: 0, max: 2}, optional: true}", False, "several values"),
        ("City: {optional: true}", False, "fills `city` already"),
    ],
)
def test_a_characteristic_that_no_parameter_takes_is_reported(characteristic: str, failed: bool, words: str) -> None:
    name = characteristic.partition(":")[0]
    catalog = ALL_SHAPES.replace(
        "  city: {optional: true}", f"  city-: {{optional: true}}\n  {characteristic}" if name == "City" else f"  {characteristic}"
    )
    outcome = projected(catalog)
    (loss,) = [loss for loss in outcome.value.losses if loss.path == ("characteristics", name)]
    assert (loss.status, outcome.failed) == (Status.DROPPED, failed)
    assert words in loss.words.replace("`city-` fills", "fills") or words in loss.words


SHAPE = """{"module": "m", "revision": "2026-01-01", "standard": "ours", "parameters": [%s], "request": {"m:net": %s}}"""
ID = '{"name": "id", "type": "%s", "owner": "inventory", "example": "1", "description": "Id"}'


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        (SHAPE % (ID % "string", '{"id": "${id}", "who": "${who}"}'), "no parameter who"),
        (SHAPE % (ID % "string", '{"id": "1"}'), "uses its parameter id nowhere"),
        (SHAPE % (ID % "strong", '{"id": "${id}"}'), "type strong"),
        (SHAPE % (ID % "string", '{"id": "a${id}"}'), "part of a text"),
        ("{", "is no JSON"),
        ("[]", "is no object"),
        ("{}", "has no `module`"),
        (SHAPE % ("7", '{"id": "${id}"}'), "without `name`"),
        (SHAPE % ((ID % "string").replace('"owner"', '"onwer"'), '{"id": "${id}"}'), "a parameter id without `owner`"),
        (SHAPE % ((ID % "string").replace("{", '{"form": 1, '), '{"id": "${id}"}'), "with `form`"),
    ],
)
def test_a_shape_that_contradicts_itself_is_one_finding_at_its_name(shape: str, says: str, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "ietf-l3sm" / "shapes"
    folder.mkdir(parents=True)
    (folder / "l2vpn-line.json.j2").write_text(shape, encoding="utf-8")
    (found,) = generate(validated(ALL_SHAPES).value, SETTINGS, Sources(tmp_path)).diagnostics
    assert says in found.message
    assert found.primary.start.line == 16


def test_an_operator_has_a_shape_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "ietf-l3sm" / "shapes"
    folder.mkdir(parents=True)
    (folder / "ours.json.j2").write_text(SHAPE % (ID % "string", '{"id": "${id}"}'), encoding="utf-8")
    catalog = """
kind: System
id: wan
name: WAN
role: domain-controller
generator: ietf-l3sm
options: {services: {net: {shape: ours}}}
---
kind: ResourceFacingServiceSpecification
id: net
name: Net
controller: wan
"""
    made = generate(validated(catalog).value, SETTINGS, Sources(tmp_path))
    assert not made.failed
    assert json.loads(texts(made.value, "wan", "ietf-l3sm")["net.json"])["request"] == {"m:net": {"id": "${id}"}}


@pytest.mark.parametrize("path", ["vpn-access.json", "ethernet-circuit.json"])
def test_the_requests_of_the_example_operator_are_as_reviewed(golden: Callable[[str, str], None], path: str) -> None:
    golden(f"generators/ietf-l3sm/{path}", example_files("wan-controller", "ietf-l3sm")[path])
