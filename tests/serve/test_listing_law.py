"""A database finds exactly what the query means: what is asked in SQL and what is looked for in the items never differ."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmfkit.serve.exchange import Call
from tmfkit.serve.listing import listed
from tmfkit.serve.operations import create
from tmfkit.serve.query import asked
from tmfkit.serve.service import Service
from tmfkit.serve.settings import Limits, Settings
from tmfkit.serve.store import opened
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import REST

WORDS = [
    "a",
    "A",
    "ä",
    "a ",
    " a",
    "a,b",
    "b",
    "%",
    "_",
    "a\\b",
    "'",
    '"',
    "10",
    "10.0",
    "2026-01-15",
    "2026-01-15T00:00:00Z",
    "x" * 300,
    "😀",
]
VERSIONS = ["1", "1.0", "2026-01-15", "%", "ä"]
BODIES: list[dict[str, Any]] = [
    {"id": f"{number}", "name": name, "version": VERSIONS[number % 5], "lifecycleStatus": WORDS[number % 7], "note": WORDS[-number]}
    for number, name in enumerate(WORDS)
] + [{"id": word, "name": "same"} for word in ("a", "A", "ä", "a,b", "%25", "_")]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], scope="module")
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    if request.param == "sqlite":
        yield from filled(str(tmp_path_factory.mktemp("law") / "catalog.db"))
        return
    with request.getfixturevalue("postgres").database() as url:
        yield from filled(url)


def filled(database: str) -> Iterator[Service]:
    store = opened(database)
    made = Service(store, Settings(limits=Limits(page=7)))
    for body in BODIES:
        create(made, Call("POST", Dialect.TMF620_V4, "category", body=orjson.dumps(body)))
    yield made
    store.close()


def call(pairs: list[tuple[str, str]]) -> Call:
    return Call("GET", Dialect.TMF620_V4, "category", parameters=tuple(pairs))


@pytest.fixture(scope="module")
def everything(service: Service) -> list[dict[str, Any]]:
    return [body for offset in range(0, len(BODIES), 7) for body in listed(service, call([("offset", str(offset))])).body]


CONDITIONS = st.tuples(
    st.sampled_from(["id", "name", "version", "lifecycleStatus", "note", "name.ne", "version.gt", "name.lte", "href"]),
    st.sampled_from([*WORDS, *VERSIONS, "a,b,c", "", "same", "same,a", "In study"]),
)


@given(
    conditions=st.lists(CONDITIONS, max_size=3),
    sort=st.sampled_from(["", "name", "-name", "version,-id"]),
    offset=st.integers(0, 12),
    limit=st.integers(0, 9),
)
def test_a_list_is_what_its_query_accepts(
    service: Service, everything: list[dict[str, Any]], conditions: list[tuple[str, str]], sort: str, offset: int, limit: int
) -> None:
    assert len(everything) == len(BODIES)
    pairs = [*conditions, ("sort", sort), ("offset", str(offset)), ("limit", str(limit))]
    query = asked(pairs)
    expected = query.arranged(body for body in everything if query.accepts(body))
    answer = listed(service, call(pairs))
    assert answer.body == expected[offset : offset + min(limit, 7)]
    assert answer.headers["X-Total-Count"] == str(len(expected))
    assert answer.headers["X-Result-Count"] == str(len(answer.body))


@given(conditions=st.lists(CONDITIONS, max_size=2), fields=st.sampled_from(["name", "none", "note,version"]))
def test_a_selection_finds_the_same_items(
    service: Service, everything: list[dict[str, Any]], conditions: list[tuple[str, str]], fields: str
) -> None:
    query = asked([*conditions, ("fields", fields)])
    shown = [query.shown(body, REST[Dialect.TMF620_V4].selected) for body in everything if query.accepts(body)]
    assert listed(service, call([*conditions, ("fields", fields)])).body == shown[:7]
