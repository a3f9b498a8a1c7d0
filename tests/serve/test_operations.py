"""What becomes of items: their ids and versions, what the catalog adds, tags of states, and changes at the same time."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest

from tests.serve.client import Client
from tmfkit.serve.run import running
from tmfkit.serve.settings import Settings
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import QUERY_PATCH


@pytest.fixture
def client(database: str) -> Iterator[Client]:
    """TMF620 v4.1; the clock goes on by an hour with every look at it, and ids are numbered."""
    hours, ids = count(), count(1)
    start = datetime(2026, 1, 15, tzinfo=UTC)
    with running(database, clock=lambda: start + timedelta(hours=next(hours)), mint=lambda: f"minted-{next(ids)}") as root:
        yield Client(root, Dialect.TMF620_V4)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The same for tests that need no catalog of their own."""
    if request.param == "sqlite":
        with running(str(tmp_path_factory.mktemp("shared") / "catalog.db")) as root:
            yield Client(root, Dialect.TMF620_V4)
        return
    with request.getfixturevalue("postgres").database() as url, running(url) as root:
        yield Client(root, Dialect.TMF620_V4)


def test_what_the_catalog_adds(client: Client) -> None:
    made = client.post("category", {"name": "A", "x-vendor": {"a": [1, 2.50, None]}, "description": None, "href": "http://elsewhere/"})
    assert made.status == 201
    assert made.body == {
        "id": "minted-1",
        "href": "/tmf-api/productCatalogManagement/v4/category/minted-1",
        "name": "A",
        "x-vendor": {"a": [1, 2.5, None]},
        "lifecycleStatus": "In study",
        "lastUpdate": "2026-01-15T00:00:00.000Z",
    }
    assert made.headers["location"] == made.body["href"]
    assert made.headers["etag"] == client.get("category/minted-1").headers["etag"]


def test_what_a_client_says_stays(client: Client) -> None:
    body = {"id": "a", "name": "A", "version": "2.1", "lifecycleStatus": "Launched", "lastUpdate": "2025-01-01T00:00:00+01:00"}
    made = client.post("category", body).body
    assert {**made, **body} == made


def test_only_a_change_changes_the_state(client: Client) -> None:
    made = client.post("category", {"id": "a", "name": "A"})
    same = client.merge("category/a", {"name": "A", "description": None})
    assert (same.status, same.body, same.headers["etag"]) == (200, made.body, made.headers["etag"])
    changed = client.merge("category/a", {"description": "new"})
    assert changed.body["lastUpdate"] == "2026-01-15T02:00:00.000Z"
    assert changed.headers["etag"] != made.headers["etag"]
    told = client.merge("category/a", {"lastUpdate": "2030-01-01T00:00:00Z"})
    assert told.body["lastUpdate"] == "2030-01-01T00:00:00Z"
    again = client.merge("category/a", {**told.body, "description": "newer"})
    assert again.body["lastUpdate"] == "2026-01-15T04:00:00.000Z"


@pytest.mark.parametrize(
    ("patch", "status"),
    [
        ({"id": "b"}, 400),
        ({"id": None}, 200),
        ({"href": "/elsewhere"}, 400),
        ({"id": "a", "href": "/tmf-api/productCatalogManagement/v4/category/a"}, 200),
        ({"name": None}, 400),
        ({"name": 3}, 400),
        ({"version": 2}, 400),
        ({"version": "2.0"}, 200),
        ({"lifecycleStatus": None}, 200),
        ({"@type": "Category"}, 200),
        ([], 400),
    ],
)
def test_what_a_change_may_touch(shared: Client, patch: Any, status: int) -> None:
    shared.post("category", {"id": "a", "name": "A"})
    changed = shared.merge("category/a", patch)
    assert changed.status == status
    found = shared.get("category/a").body
    assert (found["id"], found["name"], found["lifecycleStatus"]) == ("a", "A", "In study")
    assert shared.delete("category/a").status == 204


def test_versions_of_one_item(client: Client) -> None:
    for version in ("1.9", "1.10", "1.2"):
        assert client.post("category", {"id": "a", "name": f"A {version}", "version": version}).status == 201
    refused = client.post("category", {"id": "a", "name": "again", "version": "1.9"})
    assert (refused.status, refused.body["message"]) == (409, "category `a` is there already in version 1.9")
    assert client.get("category/a").body["version"] == "1.10"
    assert client.get("category/a:(version=1.2)").body["name"] == "A 1.2"
    assert client.get("category/a:(version=7)").status == 404
    assert [item["version"] for item in client.get("category?id=a").body] == ["1.9", "1.10", "1.2"]
    assert [item["version"] for item in client.get("category?id=a&version=1.2").body] == ["1.2"]
    assert client.merge("category/a:(version=1.9)", {"name": "older"}).body["version"] == "1.9"
    assert client.merge("category/a:(version=1.9)", {"version": "1.2"}).status == 409
    assert client.get("category/a").body["name"] == "A 1.10"
    assert client.delete("category/a:(version=1.10)").status == 204
    assert client.get("category/a").body["version"] == "1.9"
    assert client.delete("category/a").status == 204
    assert client.get("category?id=a").body == []


@pytest.mark.parametrize("version", ["1.9", "a b", "ü/1", "1?#", "%31", "1,2", "+1;:"])
def test_the_location_of_a_version_leads_to_it(client: Client, version: str) -> None:
    client.post("category", {"id": "a", "name": "newest", "version": "99999999999999999999"})
    made = client.post("category", {"id": "a", "name": "older", "version": version})
    assert made.body["href"] == "/tmf-api/productCatalogManagement/v4/category/a"
    assert made.headers["location"] != made.body["href"]
    found = client.get(made.headers["location"])
    assert (found.body, found.headers["etag"]) == (made.body, made.headers["etag"])
    assert client.get(f"category/a?version={quote(version, safe='')}").body == made.body
    assert client.delete(made.headers["location"]).status == 204
    assert [item["name"] for item in client.get("category?id=a").body] == ["newest"]


def test_one_version_is_meant_in_every_operation(client: Client) -> None:
    for version in ("1.0", "2.0", "3.0"):
        client.post("category", {"id": "a", "name": "A", "version": version})
    assert client.get("category/a?version=1.0&fields=version").body["version"] == "1.0"
    assert client.get("category/a:(version=1.0)?version=1.0").body["version"] == "1.0"
    assert client.get("category/a?version=4.0").status == 404
    for address in ("category/a:(version=1.0)?version=2.0", "category/a?version=1.0&version=2.0"):
        refused = client.delete(address)
        assert (refused.status, refused.body["message"]) == (400, "the address names several versions of category `a`: name one")
    assert client.merge("category/a?version=2.0", {"name": "B"}).body["version"] == "2.0"
    assert client.delete("category/a?version=1.0").status == 204
    assert [(item["version"], item["name"]) for item in client.get("category?id=a").body] == [("2.0", "B"), ("3.0", "A")]


@pytest.mark.parametrize("id", ["urn:ngsi-ld:product:1", "a b", "ü–日本", "a%2Fb", "A", "a'--", "(x)", "a;b,c", "..a", "x" * 255])
def test_an_id_leads_back_to_its_item(shared: Client, id: str) -> None:
    shared.post("category", {"id": id.swapcase() + "2", "name": "another"} if len(id) < 200 else {"name": "another"})
    made = shared.post("category", {"id": id, "name": "A"})
    assert made.status == 201
    assert made.body["id"] == id
    assert shared.get(made.headers["location"]).body == made.body
    assert shared.delete(made.headers["location"]).status == 204


@pytest.mark.parametrize("id", ["", "a/b", "a\\b", "a?b", "a#b", ".", "..", "a\nb", "\x7f", "x" * 256, "a:(version=1)", 7, ["a"], {}, True])
def test_an_id_that_leads_nowhere_is_refused(shared: Client, id: Any) -> None:
    refused = shared.post("category", {"id": id, "name": "A"})
    assert (refused.status, refused.body["code"]) == (400, "invalidBody")


def test_a_name_may_be_longer_than_what_it_is_looked_up_by(client: Client) -> None:
    long, longer = "n" * 300, "n" * 301
    client.post("category", {"id": "long", "name": long})
    client.post("category", {"id": "longer", "name": longer})
    assert [item["id"] for item in client.get(f"category?name={long}").body] == ["long"]
    assert [item["id"] for item in client.get(f"category?name={longer}").body] == ["longer"]


def test_tags_say_which_state_is_meant(client: Client) -> None:
    tag = client.post("category", {"id": "a", "name": "A"}).headers["etag"]
    assert client.send("GET", "category/a", headers={"If-None-Match": tag}).status == 304
    assert client.send("GET", "category/a", headers={"If-None-Match": f'"x", W/{tag}'}).status == 304
    changed = client.send("PATCH", "category/a", {"name": "B"}, {"If-Match": tag})
    assert changed.status == 200
    assert client.send("GET", "category/a", headers={"If-None-Match": tag}).status == 200
    for method in ("PATCH", "DELETE"):
        late = client.send(method, "category/a", {"name": "C"} if method == "PATCH" else None, {"If-Match": tag})
        assert (late.status, late.body["code"]) == (412, "changed")
    assert client.send("DELETE", "category/a", headers={"If-Match": changed.headers["etag"]}).status == 204
    client.post("category", {"id": "a", "name": "A"})
    assert client.send("DELETE", "category/a", headers={"If-Match": tag}).status == 412
    assert client.send("DELETE", "category/a", headers={"If-Match": "*"}).status == 204


def test_only_the_whole_item_has_a_tag(client: Client) -> None:
    client.post("category", {"id": "a", "name": "A", "description": "x"})
    part = client.get("category/a?fields=name")
    assert part.body == {"id": "a", "href": "/tmf-api/productCatalogManagement/v4/category/a", "name": "A"}
    assert "etag" not in part.headers


def test_of_changes_at_the_same_time_each_counts(database: str) -> None:
    with running(database) as root:
        Client(root, Dialect.TMF620_V4).post("category", {"id": "a", "name": "A"})
        failures: list[Any] = []

        def add(number: int) -> None:
            client = Client(root, Dialect.TMF620_V4)
            for step in range(5):
                reply = client.merge("category/a", {f"x{number}-{step}": step})
                failures.extend([] if reply.status == 200 else [reply])

        together(add)
        assert failures == []
        found = Client(root, Dialect.TMF620_V4).get("category/a").body
        assert {f"x{number}-{step}" for number in range(6) for step in range(5)} <= found.keys()


def test_of_changes_of_one_state_one_wins(database: str) -> None:
    with running(database) as root:
        tag = Client(root, Dialect.TMF620_V4).post("category", {"id": "a", "name": "A"}).headers["etag"]
        statuses: list[int] = []

        def change(number: int) -> None:
            reply = Client(root, Dialect.TMF620_V4).send("PATCH", "category/a", {"name": str(number)}, {"If-Match": tag})
            statuses.append(reply.status)

        together(change)
        assert sorted(statuses) == [200, *[412] * 5]


def test_of_items_with_one_id_one_is_made(database: str) -> None:
    with running(database) as root:
        statuses: list[int] = []
        together(lambda number: statuses.append(Client(root, Dialect.TMF620_V4).post("category", {"id": "a", "name": str(number)}).status))
        assert sorted(statuses) == [201, *[409] * 5]


def together(what: Any) -> None:
    threads = [threading.Thread(target=what, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_what_is_written_is_there_after_a_restart(database: str) -> None:
    with running(database) as root:
        made = Client(root, Dialect.TMF634_V5).post("resourceCatalog", {"@type": "ResourceCatalog", "id": "a", "name": "A"})
    with running(database, Settings(public="https://catalog.example/root/")) as root:
        found = Client(root, Dialect.TMF634_V5).get("resourceCatalog/a")
    assert found.body == {**made.body, "href": "https://catalog.example/root/resourceCatalog/v5/resourceCatalog/a"}
    assert found.headers["etag"] == made.headers["etag"]


def test_a_selection_over_http(client: Client) -> None:
    client.post("category", {"id": "a", "name": "A", "subCategory": [{"id": "1"}, {"id": "2"}]})
    changed = client.send("PATCH", "category/a", [{"op": "remove", "path": "/subCategory?id=1"}], {"Content-Type": QUERY_PATCH})
    assert changed.body["subCategory"] == [{"id": "2"}]


def test_parts_of_a_list(client: Client) -> None:
    for number in range(5):
        client.post("category", {"id": str(number), "name": "A" if number % 2 else "B"})
    part = client.get("category?offset=2&limit=2&name=A,B")
    assert [item["id"] for item in part.body] == ["2", "3"]
    assert (part.headers["x-total-count"], part.headers["x-result-count"]) == ("5", "2")
    base = "/tmf-api/productCatalogManagement/v4/category?name=A%2CB"
    assert part.headers["link"] == ", ".join(
        f'<{base}&offset={offset}&limit=2>; rel="{word}"' for word, offset in {"first": 0, "prev": 0, "next": 4, "last": 4}.items()
    )
    assert [item["id"] for item in client.get("category?name=A&sort=-id").body] == ["3", "1"]
    assert [item["id"] for item in client.get("category?name=A&id.gt=1").body] == ["3"]
    assert [item["id"] for item in client.get("category?name=A&name=B").body] == []
    assert client.get("category?limit=0").headers["x-total-count"] == "5"
