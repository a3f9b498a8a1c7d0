"""Service requests, filled with every value that the catalog allows, held to the IETF's own models by yangson."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from yangson import DataModel

from tests.generators.ietf_l3sm.catalogs import ALL_SHAPES
from tests.generators.ietf_l3sm.requests import choices, filled, read
from tests.generators.running import example_files, generated
from tests.targets.yang import data_model, yangson_fault

MODULES = {"RFC 8299": "ietf-l3vpn-svc", "RFC 8466": "ietf-l2vpn-svc"}
OPERATORS = ("example", "all shapes")
SERVICES = ("vpn-network", "vpn-access", "underlay-access", "ethernet-circuit")


def documents(operator: str) -> dict[str, dict[str, Any]]:
    return read(example_files("wan-controller", "ietf-l3sm") if operator == "example" else generated(ALL_SHAPES, "wan", "ietf-l3sm"))


@cache
def model(folder: Path, standard: str) -> DataModel:
    return data_model([folder / "schemas" / "ietf"], [MODULES[standard]])


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_request_with_every_value_is_right(reference: Path, operator: str) -> None:
    for path, document in documents(operator).items():
        checked = model(reference, document["model"]["standard"])
        assert document["model"]["module"] == MODULES[document["model"]["standard"]]
        assert yangson_fault(checked, filled(document)) is None, path
        for name, value in choices(document):
            assert yangson_fault(checked, filled(document, **{name: value})) is None, (path, name, value)


def test_the_revision_named_is_that_of_the_model(reference: Path) -> None:
    for document in documents("example").values():
        named = {module["name"]: module["revision"] for module in modules(model(reference, document["model"]["standard"]))}
        assert named[document["model"]["module"]] == document["model"]["revision"]


def modules(checked: DataModel) -> list[dict[str, Any]]:
    library: list[dict[str, Any]] = checked.yang_library["ietf-yang-library:modules-state"]["module"]
    return library


CHANGES: tuple[tuple[str, str, Any], ...] = (
    ("vpn-network", "topology", "ietf-l3vpn-svc:ring"),
    ("vpn-access", "vpn_id", 7),
    ("vpn-access", "bandwidth", 10_000_000),
    ("vpn-access", "customer_address", "192.0.2"),
    ("vpn-access", "prefix_length", 33),
    ("vpn-access", "customer_as", -1),
    ("vpn-access", "protected", "yes"),
    ("vpn-access", "access_id", None),
    ("ethernet-circuit", "near_vlan", "101"),
    ("ethernet-circuit", "vlan_preservation", None),
    ("ethernet-circuit", "bandwidth", "-5"),
)


@pytest.mark.parametrize(("service", "name", "value"), CHANGES)
def test_the_model_refuses_a_wrong_value(reference: Path, service: str, name: str, value: Any) -> None:
    document = documents("example")[f"{service}.json"]
    fault = yangson_fault(model(reference, document["model"]["standard"]), filled(document, **{name: value}))
    assert fault is not None


SLIPS = (
    ("vpn-access", '"device-reference": "${device-id}"', '"device-reference": "elsewhere"'),
    ("vpn-access", '"location": "${location-id}"', '"location": "moon"'),
    ("vpn-access", '"vpn-attachment": {"vpn-id": "${vpn-id}"', '"vpn-attachment": {"vpn-id": "red"'),
    ("vpn-access", '"svc-mtu": 1500', '"svc-mtoo": 1500'),
    ("vpn-access", '"svc-input-bandwidth": "${bandwidth}", ', ""),
    ("vpn-access", '"ietf-l3vpn-svc:provider-managed"', '"ietf-l3vpn-svc:self-managed"'),
    ("ethernet-circuit", '"device-reference": "${far-device-id}"', '"device-reference": "${near-device-id}"'),
    ("ethernet-circuit", '"direction": "ietf-l2vpn-svc:input-bw", ', ""),
    ("ethernet-circuit", '"svc-topo": "ietf-l2vpn-svc:any-to-any"', '"svc-topo": "any-to-any-to-any"'),
)


@pytest.mark.parametrize(("service", "right", "wrong"), SLIPS)
def test_the_model_refuses_a_slip_in_a_shape(reference: Path, service: str, right: str, wrong: str) -> None:
    document = documents("example")[f"{service}.json"]
    text = json.dumps(document)
    assert right in text
    fault = yangson_fault(model(reference, document["model"]["standard"]), filled(json.loads(text.replace(right, wrong, 1))))
    assert fault is not None


def test_every_service_of_the_controller_has_a_request() -> None:
    assert set(documents("example")) == {f"{service}.json" for service in SERVICES}
