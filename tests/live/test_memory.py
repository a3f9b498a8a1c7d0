"""Each catalog in memory does what its row of the table of servers says, status by status."""

from typing import Any

import orjson
import pytest

from tmfkit.remote.memory import MemoryCatalog
from tmfkit.remote.profiles import PROFILES, ROWS
from tmfkit.remote.wire import Request, Response
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Ids

MERGE = "application/merge-patch+json"
PLAIN = "application/json"
NAMES = tuple(PROFILES)


def catalog(name: str, dialect: Dialect = Dialect.TMF620_V4) -> MemoryCatalog:
    return MemoryCatalog(PROFILES[name], dialect, "http://catalog.example/v4/")


def ask(there: MemoryCatalog, method: str, path: str, body: Any = None, media: str = PLAIN, **headers: str) -> Response:
    said = {"content-type": media, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return there.send(Request(method, path, said, None if body is None else orjson.dumps(body)))


def make(there: MemoryCatalog, resource: str = "category", **body: Any) -> str:
    return str(orjson.loads(ask(there, "POST", resource, {"name": "A", **body}).body)["id"])


def read(there: MemoryCatalog, path: str) -> Any:
    return orjson.loads(ask(there, "GET", path).body)


CASES: dict[str, dict[str, int]] = {
    # what is asked: the status that each server answers, "*" for those that are not named
    "an id of the client": {"*": 201, "tmf-reference": 400, "strict-v4": 400},
    "an attribute that no text declares": {"*": 201, "tmf-reference": 400, "strict-v4": 400},
    "a body that is too large": {"*": 201, "tmf-reference": 400},
    "a null deep inside": {"*": 201, "tmf-reference": 400},
    "no name": {"*": 400},
    "a reference to nothing": {"*": 201, "strict-v4": 400},
}
BODIES: dict[str, dict[str, Any]] = {
    "an id of the client": {"id": "a", "name": "A"},
    "an attribute that no text declares": {"name": "A", "x-tmfkit": {}},
    "a body that is too large": {"name": "A", "description": "x" * 200_000},
    "a null deep inside": {"name": "A", "validFor": {"endDateTime": None}},
    "no name": {"description": "nameless"},
    "a reference to nothing": {"name": "A", "parentId": "nowhere"},
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("what", CASES)
def test_making_an_item(name: str, what: str) -> None:
    expected = CASES[what].get(name, CASES[what]["*"])
    assert ask(catalog(name), "POST", "category", BODIES[what]).status == expected


@pytest.mark.parametrize(
    ("name", "patch", "media", "status", "description"),
    [
        ("embedded", {"description": "new"}, MERGE, 200, "new"),
        ("embedded", {"description": "new"}, PLAIN, 200, "new"),
        ("embedded", {"description": None}, MERGE, 200, "absent"),
        ("embedded", {"description": "new"}, "text/plain", 415, "old"),
        ("tmf-reference", {"description": "new"}, PLAIN, 201, "new"),
        ("tmf-reference", {"description": "new"}, "application/json-patch+json", 201, "old"),
        ("tmf-reference", {"description": None}, PLAIN, 400, "old"),
        ("strict-v4", {"description": "new"}, PLAIN, 200, "new"),
        ("strict-v4", {"description": "new"}, MERGE, 415, "old"),
        ("strict-v4", {"description": "new", "@type": "Category"}, PLAIN, 400, "old"),
        ("strict-v4", {"description": "new", "lastUpdate": "2026-01-01T00:00:00Z"}, PLAIN, 400, "old"),
        ("v5", {"description": "new"}, MERGE, 200, "new"),
        ("minting", {"description": "new"}, MERGE, 200, "new"),
    ],
)
def test_changing_an_item(name: str, patch: dict[str, Any], media: str, status: int, description: str) -> None:
    there = catalog(name)
    id = make(there, description="old")
    assert ask(there, "PATCH", f"category/{id}", patch, media).status == status
    assert read(there, f"category/{id}").get("description", "absent") == description


@pytest.mark.parametrize(("name", "left"), [(name, 2 if name == "minting" else 1) for name in NAMES])
def test_a_list_in_a_patch(name: str, left: int) -> None:
    there = catalog(name)
    id = make(there, "productSpecification", productSpecCharacteristic=[{"name": "a"}])
    patch = {"productSpecCharacteristic": [{"name": "b"}]}
    ask(there, "PATCH", f"productSpecification/{id}", patch, PROFILES[name].patch)
    assert len(read(there, f"productSpecification/{id}")["productSpecCharacteristic"]) == left


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_ids_and_addresses(row: Any) -> None:
    there = catalog(row.name)
    given = {} if row.ids is Ids.REFUSED else {"id": "mine"}
    made = ask(there, "POST", "category", {"name": "A", **given})
    body = orjson.loads(made.body)
    assert (body["id"] == "mine") is (row.ids is Ids.KEPT)
    assert made.headers["location"] == body["href"]
    assert body["href"].startswith("https://" if row.name == "tmf-reference" else "http://")
    assert read(there, body["href"].rpartition("/v4/")[2]) == body, "an id with colons is found under its quoted path"


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_list_in_parts(row: Any) -> None:
    there = catalog(row.name)
    for number in range(row.page + 1):
        make(there, name=f"c{number}")
    part = ask(there, "GET", "category?limit=100000")
    assert part.status == row.partial
    assert len(orjson.loads(part.body)) == row.page
    assert part.headers.get("x-total-count") == (str(row.page + 1) if row.counts else None)
    assert ("link" in part.headers) is row.links
    rest = ask(there, "GET", f"category?offset={row.page}&limit={row.page}")
    assert [item["name"] for item in orjson.loads(rest.body)] == [f"c{row.page}"]
    chosen = ask(there, "GET", "category?name=c3&offset=0&limit=5")
    assert len(orjson.loads(chosen.body)) == (1 if row.filters else 5)


def test_a_tag_guards_a_state() -> None:
    there = catalog("embedded")
    id = make(there)
    tag = ask(there, "GET", f"category/{id}").headers["etag"]
    assert ask(there, "PATCH", f"category/{id}", {"description": "one"}, MERGE, if_match=tag).status == 200
    assert ask(there, "PATCH", f"category/{id}", {"description": "two"}, MERGE, if_match=tag).status == 412
    assert read(there, f"category/{id}")["description"] == "one"


def test_candidates_come_and_go_with_their_specification() -> None:
    there = catalog("minting", Dialect.TMF633_V4)
    id = make(there, "serviceSpecification", version="2.0")
    (candidate,) = there.held("serviceCandidate").values()
    assert (candidate["name"], candidate["version"], candidate["serviceSpecification"]["id"]) == ("A", "2.0", id)
    assert ask(there, "DELETE", f"serviceSpecification/{id}").status == 204
    assert there.held("serviceCandidate") == {}


def test_what_is_referred_to_stays_on_a_strict_server() -> None:
    there = catalog("strict-v4")
    parent = make(there)
    child = make(there, parentId=parent)
    assert ask(there, "DELETE", f"category/{parent}").status == 409
    assert [ask(there, "DELETE", f"category/{id}").status for id in (child, parent, parent)] == [204, 204, 404]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "category/none", 404),
        ("PATCH", "category/none", 404),
        ("DELETE", "category/none", 404),
        ("GET", "cupboard", 404),
        ("PUT", "category", 405),
        ("POST", "importJob", 501),
        ("GET", "category?limit=many", 400),
    ],
)
def test_what_is_not_there(method: str, path: str, status: int) -> None:
    answer = ask(catalog("v5"), method, path, {} if method in ("PATCH", "POST") else None)
    assert answer.status == status
    assert orjson.loads(answer.body)["code"] == str(status)


def test_a_second_item_of_the_same_id_is_refused() -> None:
    there = catalog("embedded")
    make(there, id="a")
    assert ask(there, "POST", "category", {"id": "a", "name": "B"}).status == 409


def test_somebody_else_writes_without_asking() -> None:
    there = catalog("strict-v4")
    id = there.place("category", {"name": "theirs", "colour": "red"})
    assert read(there, f"category/{id}")["colour"] == "red"
    there.drop("category", id)
    assert there.held("category") == {}


def test_what_is_held_is_a_copy() -> None:
    there = catalog("v5")
    id = make(there)
    there.held("category")[id]["name"] = "B"
    assert read(there, f"category/{id}")["name"] == "A"
