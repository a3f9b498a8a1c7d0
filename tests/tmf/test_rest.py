"""What the table of operations says is what the official files say."""

from pathlib import Path
from typing import Any

import pytest

from tests.tmf.test_official import official
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import JOB_STATES, REST, Served
from tmfkit.tmf.versions import APIS

ITEMS = [(dialect, row) for dialect in Dialect for row in REST[dialect].resources]
SERVED = [(dialect, row) for dialect in Dialect for row in (*REST[dialect].resources, *REST[dialect].jobs)]


def ids(rows: list[tuple[Dialect, Served]]) -> list[str]:
    return [f"{dialect}-{row.path}" for dialect, row in rows]


def suffix(dialect: Dialect, kind: str) -> str:
    created, changed = ("_FVO", "_MVO") if REST[dialect].typed else ("_Create", "_Update")
    return created if kind == "new" else changed


def required(specification: Any, schema: dict[str, Any]) -> set[str]:
    schema = specification.resolve(schema)
    return set(schema.get("required", ())).union(*(required(specification, piece) for piece in schema.get("allOf", ())))


@pytest.mark.parametrize(("dialect", "row"), SERVED, ids=ids(SERVED))
def test_a_new_item_needs_what_the_official_file_requires(reference: Path, dialect: Dialect, row: Served) -> None:
    specification = official(reference, dialect)
    schema = specification.schemas[row.type + suffix(dialect, "new")]
    assert set(row.required) == required(specification, schema)


@pytest.mark.parametrize(("dialect", "row"), ITEMS, ids=ids(ITEMS))
def test_a_change_leaves_what_the_official_file_does_not_declare_for_it(reference: Path, dialect: Dialect, row: Served) -> None:
    specification = official(reference, dialect)
    whole = specification.properties(specification.schemas[row.type])
    change = specification.properties(specification.schemas[row.type + suffix(dialect, "change")])
    assert set(row.fixed) == set(whole) - set(change)


@pytest.mark.parametrize("dialect", Dialect)
def test_listeners_are_those_of_the_official_file(reference: Path, dialect: Dialect) -> None:
    paths = official(reference, dialect).document["paths"]
    stated = {path.removeprefix("/listener/"): item for path, item in paths.items() if path.startswith("/listener/")}
    assert set(REST[dialect].listeners) == set(stated)
    assert all(str(REST[dialect].heard) in item["post"]["responses"] for item in stated.values())


@pytest.mark.parametrize("dialect", Dialect)
def test_every_operation_of_the_official_file_is_in_the_table(reference: Path, dialect: Dialect) -> None:
    paths = official(reference, dialect).document["paths"]
    rows = (*REST[dialect].resources, *REST[dialect].jobs)
    expected: dict[str, set[str]] = {"/hub": {"post"}, "/hub/{id}": {"delete"}}
    for row in rows:
        expected[f"/{row.path}"] = {"get", "post"}
        expected[f"/{row.path}/{{id}}"] = {"get", "delete"} if row.job else {"get", "patch", "delete"}
    stated = {path: {verb for verb in item if verb != "parameters"} for path, item in paths.items() if not path.startswith("/listener/")}
    assert stated == expected
    assert {row.path for row in REST[dialect].resources} == {row.path for row in APIS[dialect].resources}


@pytest.mark.parametrize("dialect", Dialect)
def test_the_spelling_of_an_event_is_that_of_the_official_file(reference: Path, dialect: Dialect) -> None:
    specification = official(reference, dialect)
    for row in (*REST[dialect].resources, *REST[dialect].jobs):
        for event in row.events.values():
            declared = specification.properties(specification.schemas[event])
            assert REST[dialect].occurred in declared
            assert list(specification.properties(specification.resolve(declared["event"]))) == [row.path]


@pytest.mark.parametrize("dialect", Dialect)
def test_jobs_live_as_the_official_file_says(reference: Path, dialect: Dialect) -> None:
    assert list(JOB_STATES) == official(reference, dialect).schemas["JobStateType"]["enum"]
