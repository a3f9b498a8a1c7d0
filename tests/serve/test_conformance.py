"""The rules of the TM Forum conformance profile, for every resource of every API, against a running server.

Every resource is tried on SQLite. What PostgreSQL does otherwise does not depend on the resource: there, one of each API is enough.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.serve.client import Client, Reply
from tests.tmf.test_official import findings
from tmfkit.serve.run import running
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import ANSWERED, REST, Served

ROWS = [(dialect, row) for dialect in Dialect for row in REST[dialect].resources]
NEEDED = [(dialect, row, name) for dialect, row in ROWS for name in row.required]
FULLEST = {dialect: max(REST[dialect].resources, key=lambda row: len(row.required)) for dialect in Dialect}
VALUES: dict[str, Any] = {
    "lifecycleStatus": "In design",
    "lastUpdate": "2026-01-15T12:00:00Z",
    "priceType": "recurring",
    "serviceSpecification": {"id": "internet-access"},
}
NUMBERS = count(1)
SECONDS = count()


def clock() -> datetime:
    """Never the same moment twice."""
    return datetime(2026, 1, 15, tzinfo=UTC) + timedelta(seconds=next(SECONDS))


def on(cases: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Cases that begin with an API, each on the databases on which it is tried."""
    found = []
    for dialect, *rest in cases:
        name = "-".join([dialect, *(part.path if isinstance(part, Served) else part for part in rest)])
        found.append(pytest.param("sqlite", dialect, *rest, id=f"sqlite-{name}"))
        if not rest or rest[0] == FULLEST[dialect]:
            found.append(pytest.param("postgresql", dialect, *rest, id=f"postgresql-{name}", marks=pytest.mark.postgres))
    return found


each_resource = pytest.mark.parametrize(("kind", "dialect", "row"), on(ROWS))
each_need = pytest.mark.parametrize(("kind", "dialect", "row", "name"), on(NEEDED))
each_api = pytest.mark.parametrize(("kind", "dialect"), on((dialect,) for dialect in Dialect))


@pytest.fixture(scope="module")
def servers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """The address of a server on a database of this kind, which runs until all tests are done."""
    with ExitStack() as ends:

        @cache
        def address(kind: str) -> str:
            if kind == "sqlite":
                database = f"sqlite:///{tmp_path_factory.mktemp('conformance') / 'catalog.db'}"
            else:
                database = ends.enter_context(request.getfixturevalue("postgres").database())
            return ends.enter_context(running(database, clock=clock))

        yield address


@pytest.fixture
def root(servers: Callable[[str], str], kind: str) -> str:
    return servers(kind)


@pytest.fixture
def client(root: str, dialect: Dialect) -> Client:
    return Client(root, dialect)


def smallest(row: Served, name: str = "") -> dict[str, Any]:
    """No more than an item needs."""
    body = {needed: VALUES.get(needed, name or f"{row.type} {next(NUMBERS)}") for needed in row.required}
    return {**body, **({"@type": row.type} if "@type" in row.required else {})}


def made(client: Client, row: Served, **further: Any) -> dict[str, Any]:
    reply = client.post(row.path, {**smallest(row), **further})
    assert reply.status == 201, reply.text
    return dict(reply.body)


def is_error(reply: Reply, dialect: Dialect, status: int) -> bool:
    assert reply.status == status, reply.text
    assert {"code", "reason"} <= reply.body.keys()
    assert reply.headers["content-type"] == "application/json"
    return not REST[dialect].typed or reply.body["@type"] == "Error"


@each_resource
def test_what_is_made_is_found(client: Client, row: Served) -> None:
    sent = smallest(row)
    reply = client.post(row.path, sent)
    assert reply.status == 201
    assert set(ANSWERED) | sent.keys() == reply.body.keys()
    assert reply.body | sent == reply.body
    assert reply.headers["location"] == reply.body["href"]
    found = client.get(reply.body["href"])
    assert (found.status, found.body) == (200, reply.body)
    assert client.get(f"{row.path}/{reply.body['id']}").body == reply.body
    assert reply.body in client.get(f"{row.path}?name={sent['name']}").body


@each_resource
def test_the_id_of_the_client_stays(client: Client, row: Served) -> None:
    id = f"fibre-home.monthly.{next(NUMBERS)}"
    assert made(client, row, id=id)["id"] == id
    assert client.get(f"{row.path}/{id}").status == 200


@each_resource
def test_an_answer_fits_the_official_file(client: Client, row: Served, reference: Path) -> None:
    body = made(client, row, id=f"official-{next(NUMBERS)}")
    findings_of_all = [findings(reference, client.dialect, row.type, one) for one in [body, client.get(body["href"]).body]]
    assert findings_of_all == [[], []]


@each_need
@pytest.mark.parametrize("given", ["not at all", "as null"])
def test_what_an_item_needs_is_asked_for(client: Client, row: Served, name: str, given: str) -> None:
    body = smallest(row)
    if given == "not at all":
        del body[name]
    else:
        body[name] = None
    reply = client.post(row.path, body)
    assert is_error(reply, client.dialect, 400)
    assert f"`{name}`" in reply.body["message"]


@each_resource
def test_what_is_not_there_is_not_found(client: Client, row: Served) -> None:
    path = f"{row.path}/nobody"
    assert all(is_error(reply, client.dialect, 404) for reply in (client.get(path), client.merge(path, {}), client.delete(path)))


@each_resource
@pytest.mark.parametrize("media", ["application/merge-patch+json", "application/json", "application/json;charset=utf-8"])
def test_a_change_touches_what_it_names(client: Client, row: Served, media: str) -> None:
    before = made(client, row, description="old", category=[{"id": "a"}, {"id": "b"}], validFor={"startDateTime": "2026-01-01T00:00:00Z"})
    patch = {"description": None, "category": [{"id": "c"}], "validFor": {"endDateTime": "2027-01-01T00:00:00Z"}}
    reply = client.send("PATCH", before["href"], patch, {"Content-Type": media})
    assert reply.status == 200
    expected = {**before, "category": [{"id": "c"}], "validFor": {**before["validFor"], "endDateTime": "2027-01-01T00:00:00Z"}}
    del expected["description"]
    assert {**reply.body, "lastUpdate": ""} == {**expected, "lastUpdate": ""}
    assert reply.body["lastUpdate"] != before["lastUpdate"]
    assert client.get(before["href"]).body == reply.body


@each_resource
def test_what_is_always_there_cannot_be_patched_away(client: Client, row: Served) -> None:
    before = made(client, row)
    for name in ANSWERED:
        reply = client.merge(before["href"], {name: None})
        assert reply.status in (200, 400)
        assert set(ANSWERED) <= client.get(before["href"]).body.keys()
    for name in ("id", "href"):
        assert is_error(client.merge(before["href"], {name: "other"}), client.dialect, 400)


@each_resource
def test_what_is_deleted_is_gone(client: Client, row: Served) -> None:
    body = made(client, row)
    reply = client.delete(body["href"])
    assert (reply.status, reply.text) == (204, b"")
    assert is_error(client.get(body["href"]), client.dialect, 404)
    assert is_error(client.delete(body["href"]), client.dialect, 404)


@each_resource
def test_filters_are_combined_by_and(client: Client, row: Served) -> None:
    mark = f"mark {next(NUMBERS)}"
    one, two = (made(client, row, description=mark, version=version) for version in ("1.0", "2.0"))
    assert client.get(f"{row.path}?description={mark}").body == [one, two]
    assert client.get(f"{row.path}?description={mark}&version=2.0").body == [two]
    assert client.get(f"{row.path}?description={mark}&version=1.0,2.0&sort=-version").body == [two, one]
    assert client.get(f"{row.path}?description={mark}&version=3.0").body == []


@each_resource
def test_fields_select_first_level_attributes(client: Client, row: Served) -> None:
    mark = f"mark {next(NUMBERS)}"
    body = made(client, row, description=mark, category=[{"id": "a"}], **{"@type": row.type})
    address = {name: body[name] for name in REST[client.dialect].selected}
    for fields, shown in (("none", ()), ("description,category", ("description", "category")), ("colour", ()), ("name", ("name",))):
        expected = {**address, **{name: body[name] for name in shown}}
        assert client.get(f"{body['href']}?fields={fields}").body == expected
        assert client.get(f"{row.path}?description={mark}&fields={fields}").body == [expected]


@each_resource
def test_lists_come_in_parts_that_make_a_whole(client: Client, row: Served) -> None:
    mark = f"mark {next(NUMBERS)}"
    bodies = [made(client, row, description=mark) for _ in range(5)]
    parts = [client.get(f"{row.path}?description={mark}&offset={offset}&limit=2") for offset in (0, 2, 4, 6)]
    assert [part.status for part in parts] == [200] * 4
    assert [body for part in parts for body in part.body] == bodies
    assert [part.headers["x-total-count"] for part in parts] == ["5"] * 4
    assert [part.headers["x-result-count"] for part in parts] == ["2", "2", "1", "0"]
    assert 'rel="next"' in parts[0].headers["link"]
    assert 'rel="next"' not in parts[2].headers["link"]


@each_resource
@pytest.mark.parametrize("query", ["offset=-1", "limit=x", "name.regex=(", "fields=a..b", "filter=$[?(@.id)]"])
def test_a_query_without_sense_is_refused(client: Client, row: Served, query: str) -> None:
    assert is_error(client.get(f"{row.path}?{query}"), client.dialect, 400)


@each_resource
def test_several_versions_of_an_item(client: Client, row: Served) -> None:
    """User guide of TMF620: the same id again, another version."""
    id = f"versions-{next(NUMBERS)}"
    old, new = (made(client, row, id=id, version=version, description=version) for version in ("1.9", "1.10"))
    assert is_error(client.post(row.path, {**smallest(row), "id": id, "version": "1.9"}), client.dialect, 409)
    assert client.get(f"{row.path}/{id}").body == new
    assert client.get(f"{row.path}/{id}:(version=1.9)").body == old
    assert client.get(f"{row.path}?id={id}&version=1.9").body == [old]
    assert client.get(f"{row.path}?id={id}").body == [old, new]
    changed = client.merge(f"{row.path}/{id}:(version=1.9)", {"description": "changed"})
    assert (changed.status, changed.body["description"]) == (200, "changed")
    assert client.get(f"{row.path}/{id}").body == new
    assert client.delete(f"{row.path}/{id}:(version=1.10)").status == 204
    assert client.get(f"{row.path}/{id}").body == changed.body


@each_resource
def test_methods_that_are_not_offered(client: Client, row: Served) -> None:
    body = made(client, row)
    for method, path in (("PUT", body["href"]), ("POST", body["href"]), ("DELETE", row.path), ("PATCH", row.path)):
        reply = client.send(method, path, {})
        assert is_error(reply, client.dialect, 405)
        assert "GET" in reply.headers["allow"]


@each_api
def test_each_api_has_its_own_items(root: str, dialect: Dialect) -> None:
    client, number = Client(root, dialect), next(NUMBERS)
    row = REST[dialect].resources[0]
    made(client, row, id=f"alone-{number}")
    others = [
        (Client(root, other), entry) for other in Dialect for entry in REST[other].resources if (other, entry.path) != (dialect, row.path)
    ]
    assert [one.dialect for one, entry in others if one.get(f"{entry.path}/alone-{number}").status != 404] == []


@each_api
def test_listeners_take_every_event(root: str, dialect: Dialect) -> None:
    client = Client(root, dialect)
    event = {"@type": "Event", "eventId": "1", "eventType": "SomethingEvent", "event": {}}
    statuses = {client.post(f"listener/{listener}", event).status for listener in REST[dialect].listeners}
    assert statuses == {REST[dialect].heard}
    assert is_error(client.post("listener/weatherChangeEvent", event), dialect, 404)
