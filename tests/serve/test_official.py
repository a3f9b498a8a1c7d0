"""The example operator in the embedded catalog: what goes in comes out, fits the official files and keeps the rules of the profile."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.generators.running import example_operator
from tests.serve.client import Client
from tests.tmf.test_official import findings
from tmfkit.compile.bundle import Payload, Settings
from tmfkit.compile.compile import compile_catalog
from tmfkit.serve.run import running
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import ANSWERED, REST

SETTINGS = Settings("test", date(2026, 11, 23), ZoneInfo("Europe/Brussels"))


@cache
def payloads(dialect: Dialect) -> tuple[Payload, ...]:
    return compile_catalog(example_operator(), dialect, SETTINGS)[0].payloads


@pytest.fixture(scope="module")
def root() -> Iterator[str]:
    with running() as address:
        for dialect in Dialect:
            client = Client(address, dialect)
            statuses = {client.post(payload.resource, {"id": payload.id, **payload.body}).status for payload in payloads(dialect)}
            assert statuses == {201}
        yield address


def answered(root: str, dialect: Dialect) -> dict[str, list[dict[str, Any]]]:
    client = Client(root, dialect)
    return {row.path: client.get(f"{row.path}?limit=1000").body for row in REST[dialect].resources}


@pytest.mark.parametrize("dialect", Dialect)
def test_what_goes_in_comes_out(root: str, dialect: Dialect) -> None:
    sent: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for payload in payloads(dialect):
        sent[payload.resource].append({"id": payload.id, **payload.body})
    for resource, bodies in answered(root, dialect).items():
        assert [{name: value for name, value in body.items() if name != "href"} for body in bodies] == sent[resource]
        assert all(set(ANSWERED) <= body.keys() for body in bodies)


@pytest.mark.parametrize("dialect", Dialect)
def test_every_answer_fits_the_official_file(root: str, dialect: Dialect, reference: Path) -> None:
    types = {row.path: row.type for row in REST[dialect].resources}
    found = [
        f"{resource} {body['id']}: {line}"
        for resource, bodies in answered(root, dialect).items()
        for body in bodies
        for line in findings(reference, dialect, types[resource], body)
    ]
    assert found == []


BUNDLES = [
    ("productOffering", "bundledProductOffering", "productSpecification"),
    ("productOfferingPrice", "bundledPopRelationship", "priceType"),
    ("productSpecification", "bundledProductSpecification", None),
]


@pytest.mark.parametrize("dialect", [Dialect.TMF620_V4, Dialect.TMF620_V5])
@pytest.mark.parametrize(("resource", "members", "alone"), BUNDLES)
def test_the_rules_of_bundles_hold(root: str, dialect: Dialect, resource: str, members: str, alone: str | None) -> None:
    """Conformance profile of TMF620; choices among the members of a bundle are members too."""
    for body in answered(root, dialect)[resource]:
        has_members = bool(body.get(members) or body.get("bundledGroupProductOffering"))
        if body.get("isBundle"):
            assert has_members, body["id"]
            assert resource != "productOffering" or "productSpecification" not in body, body["id"]
        else:
            assert not has_members, body["id"]
            assert alone is None or body.get(alone), body["id"]


@pytest.mark.parametrize("dialect", [Dialect.TMF620_V4, Dialect.TMF620_V5])
def test_every_reference_inside_an_answer_has_an_id(root: str, dialect: Dialect) -> None:
    def references(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, list):
            for inner in value:
                yield from references(inner)
        elif isinstance(value, dict):
            if "@referredType" in value:
                yield value
            for inner in value.values():
                yield from references(inner)

    found = list(references(answered(root, dialect)))
    assert len(found) > 100
    assert [reference for reference in found if not reference.get("id")] == []


@pytest.mark.parametrize("dialect", Dialect)
def test_every_address_in_an_answer_leads_somewhere(root: str, dialect: Dialect) -> None:
    def addresses(value: Any) -> Iterator[str]:
        if isinstance(value, list):
            for inner in value:
                yield from addresses(inner)
        elif isinstance(value, dict):
            yield from [value["href"]] if "href" in value else []
            for inner in value.values():
                yield from addresses(inner)

    client = Client(root, dialect)
    assert [href for href in sorted(set(addresses(answered(root, dialect)))) if client.get(f"{href}?fields=none").status != 200] == []
