"""What the decomposition writes, and what it says about what it leaves out."""

import html
import json
from collections.abc import Callable

import pytest

from tests.catalogs import validated
from tests.generators.decomposition.catalogs import SMALL, SYSTEMS, TRICKY
from tests.generators.running import SETTINGS, example_files, example_operator, example_ran, generated
from tests.targets.dmn import tables
from tmfkit.api import ProductOffering, ProductSpecification
from tmfkit.generate.artifact import Status
from tmfkit.generate.capabilities import Feature
from tmfkit.generate.discover import Sources
from tmfkit.generate.run import Job, Ran, run

VAST = (
    """
kind: ProductOffering
id: vast
name: Vast
product: vast
lifecycle: Active
prices: {monthly: {type: recurring, every: 1 month, amount: 10.00 EUR}}
---
kind: ProductSpecification
id: vast
name: Vast
characteristics: {number: {type: integer, min: 0}}
services: {line: {with: {parts: {from: number, per: 3}}}}
---
kind: CustomerFacingServiceSpecification
id: line
name: Line
characteristics: {parts: {type: integer}}
services: {port: {}}
---
kind: ResourceFacingServiceSpecification
id: port
name: Port
controller: nso
"""
    + SYSTEMS
)


def ran(files: str, system: str) -> Ran:
    return run(Job("decomposition", system), validated(files).value, SETTINGS, Sources())


def test_each_specification_has_its_folder() -> None:
    assert sorted(generated(SMALL, "com", "decomposition")) == [
        "access/decomposition.json",
        "access/needed.dmn",
        "access/process.bpmn",
        "access/told.dmn",
        "decomposition.schema.json",
        "offerings.json",
    ]
    folders = {path.partition("/")[0] for path in generated(SMALL, "som", "decomposition") if "/" in path}
    assert folders == {"assurance", "desk", "help", "line", "port", "session"}


def test_resources_are_plain_rules_only() -> None:
    found = generated(SMALL, "som", "decomposition")
    assert [path for path in found if path.startswith("port/")] == ["port/decomposition.json"]
    plain = json.loads(found["port/decomposition.json"])
    assert (plain["decisions"], plain["inputs"]) == ({}, [])
    assert plain["roles"][0]["told"]["size"]["rules"][0] == {
        "if": [{"name": "spare", "is": True}, {"name": "size", "to": 100}],
        "value": "s",
    }


def test_names_that_are_no_identifiers_become_distinct_ones() -> None:
    inputs = json.loads(generated(TRICKY, "com", "decomposition")["odd/decomposition.json"])["inputs"]
    names = [one["input"] for one in inputs]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and name.isascii() for name in names)
    said = {(one["of"], one["says"], one.get("test", {}).get("is")): one["input"] for one in inputs}
    assert said["a_b", "value", None] == "a_b", "a legal name stays"
    assert {said["a.b", "value", None], said["a-b", "value", None]} == {"a_b_2", "a_b_3"}
    assert said["in", "value", None] == "c_in"
    assert said["len", "has", "a"] == "len_has_a"


def test_tables_have_a_column_only_for_what_is_asked() -> None:
    (table,) = tables(example_files("som", "decomposition")["tv-service/needed.dmn"].encode())
    assert table.inputs == ("device",)
    assert table.rules == (
        (("-",), ('"tv-entitlement"', '"tv-entitlement"', "1", '""')),
        (('"box"',), ('"tv-box-delivery"', '"tv-box-delivery"', "boxes", '""')),
    )


def test_bundles_and_what_is_elsewhere_are_in_the_list_of_offerings() -> None:
    rows = {one["id"]: one for one in json.loads(generated(TRICKY, "com", "decomposition")["offerings.json"])["offerings"]}
    assert rows["both"]["bundle"] == {"odd": ["odd"], "others": ["far", "farther"]}
    assert (rows["far"]["specification"], rows["far"]["external"]) == ("FAR-1", True)


def test_a_division_without_end_is_left_to_the_plain_rules_and_reported() -> None:
    made = ran(VAST, "com")
    files = {artifact.path: artifact.text for artifact in made.artifacts}
    assert "vast/told.dmn" not in files
    plain = json.loads(files["vast/decomposition.json"])
    assert plain["roles"][0]["told"]["parts"]["rules"] == [{"from": "number", "per": 3, "round": "up"}]
    assert plain["order"][0]["name"] == "number"
    lost = [loss for loss in made.losses if loss.path == ("services", "line")]
    assert [loss.status for loss in lost] == [Status.MAPPED]


@pytest.mark.parametrize("system", ["com", "som"])
def test_nothing_mandatory_is_dropped(system: str) -> None:
    made = ran(SMALL, system)
    assert made.found == ()
    assert {loss.feature.value for loss in made.losses if loss.status is Status.DROPPED} <= {
        "translation", "code", "lifecycle", "validity", "constraint", "descriptor",
    }  # fmt: skip


def test_the_loss_report_claims_of_nothing_what_the_files_do_not_have() -> None:
    """COM orders services by their ids: what they say themselves, and what is told of offerings, stands in no file of it."""
    text = "".join(example_files("com", "decomposition").values())
    found = [loss for loss in example_ran("com", "decomposition").losses if loss.status is Status.CARRIED]
    assert {loss.key.kind for loss in found} == {ProductOffering.KIND, ProductSpecification.KIND}
    described = [example_operator().entity(loss.key).description for loss in found if loss.feature is Feature.DESCRIPTION]
    assert [one for one in described if one is None or html.escape(one.default, quote=False) not in text] == []


def test_no_descriptor_gets_into_the_rules() -> None:
    assert "vnfd-" not in "".join(example_files("som", "decomposition").values())
    assert "nsd-" not in "".join(example_files("som", "decomposition").values())


def test_the_order_of_keys_in_a_catalog_changes_no_name() -> None:
    swapped = TRICKY.replace(
        "  a.b: {values: [one, two]}\n  a-b: {values: [one, two]}\n", "  a-b: {values: [one, two]}\n  a.b: {values: [one, two]}\n"
    )
    assert swapped != TRICKY
    names = [
        {one["of"]: one["input"] for one in json.loads(generated(files, "com", "decomposition")["odd/decomposition.json"])["inputs"]}
        for files in (TRICKY, swapped)
    ]
    assert names[0] == names[1]


@pytest.mark.parametrize(
    "path", ["tv-service/needed.dmn", "tv-service/told.dmn", "tv-service/process.bpmn", "managed-firewall/decomposition.json"]
)
def test_people_have_read_it(path: str, golden: Callable[[str, str], None]) -> None:
    golden(f"generators/decomposition/{path}", example_files("som", "decomposition")[path])
