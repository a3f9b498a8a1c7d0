"""Random requests, right and wrong, to every operation of the description: the server neither fails nor answers otherwise than it says."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.serve.client import Client
from tests.serve.postgres import Cluster
from tests.serve.test_conformance import smallest
from tmfkit.serve.errors import Fault
from tmfkit.serve.json_text import check
from tmfkit.serve.openapi import described
from tmfkit.serve.run import running
from tmfkit.serve.settings import Limits, Settings
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import HUB, LISTENER, REST
from tmfkit.tmf.versions import APIS

ALWAYS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
CALLED_BACK = (HUB, "importJob", "exportJob")
"""What is taken here depends on more than its form: on the hosts that the server may call."""
EXAMPLES = {GenerationMode.POSITIVE: 4, GenerationMode.NEGATIVE: 2}
MADE = "made-before"
MOMENT = datetime(2026, 1, 15, tzinfo=UTC)


def paths() -> Iterator[tuple[Dialect, str, str]]:
    """Of the listeners, which are all alike, the first."""
    for dialect in Dialect:
        first = f"{LISTENER}/{REST[dialect].listeners[0]}"
        for path, item in described(Settings(), [dialect])["paths"].items():
            below = path.removeprefix(APIS[dialect].base_path)
            if not below.startswith(LISTENER) or below == first:
                yield from ((dialect, method, below) for method in item)


OPERATIONS = [pytest.param(*found, id="-".join(found)) for found in paths()]
OF_ONE_API = [pytest.param(*found, id="-".join(found)) for found in paths() if found[0] is Dialect.TMF620_V5]

each_mode = pytest.mark.parametrize("mode", EXAMPLES, ids=["right", "wrong"])


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(str(tmp_path_factory.mktemp("random") / "catalog.db")) as address:
        yield filled(address)


@pytest.fixture(scope="module")
def on_postgres(postgres: Cluster) -> Iterator[str]:
    with postgres.database() as url, running(url) as address:
        yield filled(address)


def filled(root: str) -> str:
    """With one item of each resource."""
    for dialect in Dialect:
        client = Client(root, dialect)
        for row in REST[dialect].resources:
            assert client.post(row.path, {**smallest(row), "id": MADE}).status == 201
    return root


@cache
def schema(dialect: Dialect) -> BaseSchema:
    config = SchemathesisConfig.from_dict({"generation": {"allow-x00": False, "database": "none"}})
    return schemathesis.openapi.from_dict(described(Settings(), [dialect]), config=config)


@each_mode
@pytest.mark.parametrize(("dialect", "method", "path"), OPERATIONS)
def test_every_operation(root: str, dialect: Dialect, path: str, method: str, mode: GenerationMode) -> None:
    attack(root, dialect, path, method, mode)


@pytest.mark.postgres
@each_mode
@pytest.mark.parametrize(("dialect", "method", "path"), OF_ONE_API)
def test_every_operation_on_postgresql(on_postgres: str, dialect: Dialect, path: str, method: str, mode: GenerationMode) -> None:
    attack(on_postgres, dialect, path, method, mode)


def attack(root: str, dialect: Dialect, path: str, method: str, mode: GenerationMode) -> None:
    operation = schema(dialect)[APIS[dialect].base_path + path][method]
    if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query or operation.path_parameters):
        return
    checks = list(ALWAYS)
    if mode is GenerationMode.POSITIVE and method in ("get", "post") and not path.startswith(CALLED_BACK):
        checks.append(positive_data_acceptance)

    @settings(max_examples=EXAMPLES[mode], phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(cases(operation, method, mode))
    def answers(case: Case[Any]) -> None:
        assume(is_kept(case.body))
        case.validate_response(case.call(base_url=root), checks=checks)

    answers()


def cases(operation: APIOperation[Any, Any, Any, Any], method: str, mode: GenerationMode) -> Any:
    """Reading and changing is tried on an item that is there, what is removed is nobody's."""
    there = {"id": MADE} if operation.path_parameters and method in ("get", "patch") and mode is GenerationMode.POSITIVE else None
    return operation.as_strategy(generation_mode=mode, path_parameters=there)


def is_kept(body: Any) -> bool:
    """Whether a body has nothing that is refused before anybody asks what it says, such as characters that no database keeps."""
    try:
        check(body, Limits().depth)
    except Fault:
        return False
    return True


@pytest.mark.parametrize("dialect", Dialect)
def test_what_is_made_can_be_read_changed_and_removed_in_any_order(dialect: Dialect) -> None:
    """Follows the links of the description: what was removed is gone, what was made is there."""
    resource, ids = REST[dialect].resources[-1].path, Numbered()
    with running(clock=lambda: MOMENT, mint=ids) as root:
        client = Client(root, dialect)

        class Afresh(machine(root, dialect, resource)):  # type: ignore[misc]
            def setup(self) -> None:
                """The same steps meet the same catalog whenever they come, or Hypothesis finds that they differ for no reason."""
                ids.begin_anew()
                left = {item["href"] for item in client.get(resource).body}
                assert {client.delete(href).status for href in left} <= {204}

        steps = settings(max_examples=12, stateful_step_count=8, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        Afresh.run(settings=steps)


class Numbered:
    """Ids that depend on nothing but how many were given before."""

    def __init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        self._numbers = count(1)

    def __call__(self) -> str:
        return f"minted-{next(self._numbers)}"


def machine(root: str, dialect: Dialect, resource: str) -> Any:
    """Everything that can be done with one resource, in the steps of Schemathesis."""
    off = {"enabled": False}
    config = SchemathesisConfig.from_dict(
        {
            "base-url": root,
            "generation": {"allow-x00": False, "database": "none", "mode": "positive"},
            "checks": {"positive_data_acceptance": off},
        }
    )
    loaded = schemathesis.openapi.from_dict(described(Settings(), [dialect]), config=config)
    return loaded.include(path_regex=rf"/{resource}(/\{{id\}})?$").as_state_machine()


def test_every_operation_has_a_name_of_its_own() -> None:
    whole = described(Settings())
    operations = [told["operationId"] for item in whole["paths"].values() for told in item.values()]
    assert len(operations) == len(set(operations))
    assert {f"{dialect}-list{row.type}" for dialect in Dialect for row in REST[dialect].resources} <= set(operations)


def test_what_cannot_be_done_is_not_described() -> None:
    read_only = described(Settings(read_only="a release"))
    assert {method for item in read_only["paths"].values() for method in item} == {"get"}
    assert "security" not in read_only
    assert described(Settings(readers=("a" * 20,)))["security"] == [{"bearer": []}]


def test_the_server_describes_itself(root: str) -> None:
    client = Client(root, Dialect.TMF620_V4)
    assert client.get("/openapi.json").body == described(Settings())
    assert client.get("openapi.json").body == described(Settings(), [Dialect.TMF620_V4])
