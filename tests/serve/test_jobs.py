"""Import and export jobs: a whole catalog goes out as a file and comes in again, all of it or nothing."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from tests.serve.listeners import Outside, call, eventually, outside
from tmfkit.serve import job_runs, run
from tmfkit.serve.background import Worker
from tmfkit.serve.errors import Fault
from tmfkit.serve.exchange import Call
from tmfkit.serve.job_runs import LEASE, run_job
from tmfkit.serve.jobs import create_job, read_job, remove_job
from tmfkit.serve.listing import listed
from tmfkit.serve.operations import create, remove
from tmfkit.serve.service import Service, Written
from tmfkit.serve.settings import Settings
from tmfkit.serve.store import opened
from tmfkit.serve.transfers import Entry
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS

WORKER = Worker("w", lambda: False)
BASES = {dialect: APIS[dialect].base_path.lstrip("/") for dialect in Dialect}
V4, V5 = BASES[Dialect.TMF620_V4], BASES[Dialect.TMF620_V5]


@pytest.fixture
def there() -> Iterator[Outside]:
    with outside() as outsider:
        yield outsider


@pytest.fixture
def server(database: str, there: Outside) -> Iterator[str]:
    with run.running(database, Settings(callbacks=(there.host,))) as url:
        yield url


@pytest.fixture
def service(database: str, there: Outside) -> Iterator[Service]:
    """A server without its network."""
    with closing(opened(database)) as store:
        yield Service(store, Settings(callbacks=(there.host,)))


@pytest.fixture
def small(tmp_path: Path, there: Outside) -> Iterator[Service]:
    """The same where the database makes no difference."""
    with closing(opened(str(tmp_path / "catalog.db"))) as store:
        yield Service(store, Settings(callbacks=(there.host,)))


def done(url: str, status: str = "Succeeded") -> dict[str, Any]:
    """The job when it has ended."""
    job: dict[str, Any] = eventually(lambda: (found := call("GET", url)[1])["status"] in ("Succeeded", "Failed") and found)
    assert job["status"] == status, job
    return job


def started(server: str, base: str, resource: str, status: str = "Succeeded", **body: str) -> dict[str, Any]:
    answer, job = call("POST", f"{server}{base}{resource}", {**body, **({"@type": "Job"} if "v5" in base else {})})
    assert answer == 201, job
    return done(f"{server}{base}{resource}/{job['id']}", status)


def fill(server: str, base: str = V4) -> None:
    for name in ("a", "b"):
        call("POST", f"{server}{base}category", {"@type": "Category", "id": name, "name": name.upper()})
        call("POST", f"{server}{base}catalog", {"id": name, "name": name.upper()})


@pytest.mark.parametrize("dialect", list(Dialect))
def test_every_api_exports_and_imports_all_that_it_has(server: str, dialect: Dialect) -> None:
    base, first = BASES[dialect], APIS[dialect].resources[0]
    call("POST", f"{server}{base}{first.path}", {"@type": first.type, "id": "one", "name": "One"})
    job = started(server, base, "exportJob", url=f"{server}here")
    status, content = call("GET", server.rstrip("/") + job["url"])
    assert status == 200
    assert [item["id"] for item in content[first.path]] == ["one"]
    assert set(content) == {row.path for row in APIS[dialect].resources}
    call("DELETE", f"{server}{base}{first.path}/one")
    started(server, base, "importJob", url=job["url"])
    assert call("GET", f"{server}{base}{first.path}/one")[1] == content[first.path][0]


def test_a_job_says_what_became_of_it(server: str) -> None:
    status, job = call(
        "POST", f"{server}{V5}exportJob", {"@type": "ExportJob", "url": f"{server}x", "status": "Succeeded", "errorLog": "no"}
    )
    assert status == 201
    assert (job["status"], job["@type"]) == ("Not Started", "ExportJob")
    assert "errorLog" not in job
    job = done(f"{server}{V5}exportJob/{job['id']}")
    assert job["creationDate"] <= job["completionDate"]
    assert job["url"] == f"{job['href']}/content"


def test_an_export_goes_where_it_is_asked_for(server: str, there: Outside) -> None:
    fill(server)
    started(server, V4, "exportJob", url=f"{there.url}files/one.json", path="/tmf-api/productCatalogManagement/v4/category", query="name=B")
    assert [item["id"] for item in json.loads(there.files["/files/one.json"])] == ["b"]


def test_an_export_that_is_not_taken_fails(server: str, there: Outside) -> None:
    there.script = [507]
    assert started(server, V4, "exportJob", "Failed", url=f"{there.url}a")["errorLog"] == "the file was sent, and the answer is 507"


def test_an_import_makes_and_replaces(server: str, there: Outside) -> None:
    fill(server)
    call("POST", f"{server}{V4}hub", {"callback": f"{there.url}events"})
    there.files["/file"] = json.dumps([{"id": "a", "name": "other"}, {"id": "c", "name": "C"}, {"name": "D"}]).encode()
    started(server, V4, "importJob", url=f"{there.url}file", path="category")
    assert sorted(item["name"] for item in call("GET", f"{server}{V4}category")[1]) == ["B", "C", "D", "other"]
    eventually(lambda: len(there.heard) == 3)
    assert sorted(there.types) == ["CategoryAttributeValueChangeEvent", "CategoryCreateEvent", "CategoryCreateEvent"]


def test_importing_a_file_again_changes_nothing_and_tells_nobody(service: Service, there: Outside) -> None:
    there.files["/file"] = json.dumps([{"id": "a", "name": "A"}, {"id": "a", "name": "A", "version": "2"}]).encode()
    told: list[Written] = []
    listened = replace(service, record=lambda connection, written: told.extend(written))
    for _ in range(2):
        asked(listened, "importJob", url=f"{there.url}file", path="category")
        run_job(listened, WORKER)
    assert [written.shelf.resource for written in told] == ["importJob", "importJob", "category", "category"] + ["importJob"] * 4
    assert len(listed(service, Call("GET", Dialect.TMF620_V4, "category")).body) == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ([{"id": "c", "name": "C"}, {"id": "d"}], "category 2 (`d`): `name` is missing"),
        ([{"id": "c", "name": "C"}, 7], "category 2: an item is an object"),
        ([{"id": "c", "name": "C"}, {"id": "a/b", "name": "x"}], "category 2 (`a/b`): `id` has 1 to"),
        ([{"id": "c", "name": "C"}, {"id": "c", "name": "D"}], "category 2 (`c`): the file has it twice"),
        ([{"name": "C"}] + [{"id": str(n)} for n in range(30)], "and 10 more"),
        ({"category": [{"id": "c", "name": "C"}], "productOrder": []}, "`productOrder` is no resource"),
        ({"category": {"id": "c", "name": "C"}}, "the file is not a list"),
        (7, "the file is not a list"),
    ],
)
def test_an_import_with_a_fault_imports_nothing(small: Service, there: Outside, content: Any, reason: str) -> None:
    there.files["/file"] = json.dumps(content).encode()
    assert reason in failed(small, url=f"{there.url}file", path="" if isinstance(content, dict) else "/category")
    assert listed(small, Call("GET", Dialect.TMF620_V4, "category")).body == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the body is empty"),
        (b"<html>", "the body is not JSON"),
        (b"\xff", "the body is not UTF-8"),
        (b"[" * 100_000, "nested"),
        (b'[{"id": "a", "id": "b"}]', "twice"),
        (None, "the file was asked for, and the answer is 404"),
    ],
)
def test_a_file_that_cannot_be_read(small: Service, there: Outside, content: bytes | None, reason: str) -> None:
    if content is not None:
        there.files["/file"] = content
    assert reason in failed(small, url=f"{there.url}file")


@pytest.mark.parametrize("public", ["", "https://catalog.example", "https://proxy.example/shop/catalog/"])
def test_what_is_kept_here_is_imported_under_every_name_of_this_server(small: Service, public: str) -> None:
    service = replace(small, settings=replace(small.settings, public=public))
    create(service, Call("POST", Dialect.TMF620_V4, "category", body=b'{"id": "a", "name": "A"}'))
    id = asked(service, "exportJob", id="kept ü", url=public or "/")
    run_job(service, WORKER)
    kept = read_job(service, Call("GET", Dialect.TMF620_V4, "exportJob", id)).body["url"]
    assert kept.startswith(f"{public.rstrip('/')}/tmf-api/")
    remove(service, Call("DELETE", Dialect.TMF620_V4, "category", "a"))
    asked(service, "importJob", url=kept)
    run_job(service, WORKER)
    assert [item["id"] for item in listed(service, Call("GET", Dialect.TMF620_V4, "category")).body] == ["a"]


@pytest.mark.parametrize(
    ("resource", "body", "code"),
    [
        ("exportJob", {}, "missingAttribute"),
        ("exportJob", {"url": 7}, "invalidBody"),
        ("exportJob", {"url": "http://other.example/"}, "callbackRefused"),
        ("importJob", {"url": "http://other.example/"}, "callbackRefused"),
        ("importJob", {"url": "file:///etc/passwd"}, "callbackRefused"),
        ("importJob", {"url": "/tmf-api/productCatalogManagement/v4/category"}, "callbackRefused"),
        ("importJob", {"url": "//other.example/x"}, "callbackRefused"),
        ("exportJob", {"url": "/", "path": "productOrder"}, "invalidBody"),
        ("exportJob", {"url": "/", "path": "http://["}, "invalidBody"),
        ("exportJob", {"url": "http://["}, "callbackRefused"),
        ("importJob", {"url": ""}, "callbackRefused"),
        ("exportJob", {"url": "/", "query": "name.regex=("}, "invalidQuery"),
        ("exportJob", {"url": "/", "query": "fields=id"}, "invalidQuery"),
        ("exportJob", {"url": "/", "contentType": "text/csv"}, "invalidBody"),
        ("exportJob", {"url": "/", "id": "a/b"}, "invalidBody"),
        ("exportJob", ["url"], "invalidBody"),
    ],
)
def test_a_job_that_is_refused(small: Service, resource: str, body: Any, code: str) -> None:
    with pytest.raises(Fault) as refused:
        create_job(small, Call("POST", Dialect.TMF620_V4, resource, body=json.dumps(body).encode()))
    assert refused.value.code == code


def test_jobs_are_listed_read_and_taken_away(server: str) -> None:
    for id in ("one", "two"):
        call("POST", f"{server}{V4}exportJob", {"id": id, "url": "/"})
        done(f"{server}{V4}exportJob/{id}")
    assert call("POST", f"{server}{V4}exportJob", {"id": "one", "url": "/"})[0] == 409
    assert [job["id"] for job in call("GET", f"{server}{V4}exportJob?sort=-id")[1]] == ["two", "one"]
    assert [job["id"] for job in call("GET", f"{server}{V4}exportJob?status=Succeeded&offset=1")[1]] == ["two"]
    assert set(call("GET", f"{server}{V4}exportJob/one?fields=status")[1]) == {"id", "href", "status"}
    assert call("PATCH", f"{server}{V4}exportJob/one", {"status": "Failed"})[0] == 405
    assert call("DELETE", f"{server}{V4}exportJob/one/content")[0] == 405
    assert call("DELETE", f"{server}{V4}exportJob/one")[0] == 204
    assert call("GET", f"{server}{V4}exportJob/one")[0] == 404
    assert call("GET", f"{server}{V4}exportJob/one/content")[0] == 404
    assert call("GET", f"{server}{V4}importJob/two")[0] == 404
    assert call("GET", f"{server}{V5}exportJob/two")[0] == 404


def test_listeners_hear_of_jobs_where_the_api_has_events_for_them(server: str, there: Outside) -> None:
    call("POST", f"{server}{V5}hub", {"@type": "Hub", "callback": there.url})
    job = started(server, V5, "exportJob", url="/")
    call("DELETE", f"{server}{V5}exportJob/{job['id']}")
    eventually(lambda: len(there.heard) == 3)
    assert there.types == ["ExportJobCreateEvent", "ExportJobStateChangeEvent", "ExportJobStateChangeEvent"]
    assert [body["event"]["exportJob"]["status"] for _, body in there.heard] == ["Not Started", "Running", "Succeeded"]


def test_a_job_of_a_server_that_died_is_begun_again(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    id = asked(service, "exportJob")
    with monkeypatch.context() as patched:
        patched.setattr(job_runs, "export", dying)
        with pytest.raises(MemoryError):
            run_job(service, Worker("dead", lambda: False), lambda: 0.0)
    assert not run_job(service, WORKER, lambda: LEASE - 1)
    assert run_job(service, WORKER, lambda: LEASE)
    assert read_job(service, Call("GET", Dialect.TMF620_V4, "exportJob", id)).body["status"] == "Succeeded"


def test_a_job_that_is_taken_away_while_it_runs_leaves_nothing(service: Service, there: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    id = asked(service, "importJob", url=f"{there.url}file", path="category")

    def meanwhile(*_: object) -> list[Entry]:
        remove_job(service, Call("DELETE", Dialect.TMF620_V4, "importJob", id))
        return [Entry("category", "category 1", {"id": "a", "name": "A"})]

    monkeypatch.setattr(job_runs, "fetched", meanwhile)
    assert run_job(service, WORKER)
    assert listed(service, Call("GET", Dialect.TMF620_V4, "category")).body == []


def test_a_job_that_is_begun_again_while_its_server_only_slept_is_carried_out_once(
    service: Service, there: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.files["/file"] = json.dumps([{"name": "without an id"}]).encode()
    asked(service, "importJob", url=f"{there.url}file", path="category")
    fetched = job_runs.fetched

    def slowly(*asked_for: Any) -> list[Entry]:
        monkeypatch.setattr(job_runs, "fetched", fetched)
        assert run_job(service, Worker("another", lambda: False), lambda: LEASE)
        return fetched(*asked_for)

    monkeypatch.setattr(job_runs, "fetched", slowly)
    assert run_job(service, Worker("slow", lambda: False), lambda: 0.0)
    assert len(listed(service, Call("GET", Dialect.TMF620_V4, "category")).body) == 1


def test_an_import_that_is_undone_by_the_database_tells_nobody_and_is_begun_again(service: Service, there: Outside) -> None:
    there.files["/file"] = json.dumps([{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]).encode()
    id = asked(service, "importJob", url=f"{there.url}file", path="category")
    recorded: list[int] = []

    def record(connection: Connection, written: Sequence[Written]) -> None:
        recorded.append(len(written))
        if len(recorded) == 2:
            raise OperationalError("", {}, Exception("the connection broke"))

    frail = replace(service, record=record)
    with pytest.raises(OperationalError):
        run_job(frail, WORKER, lambda: 0.0)
    assert listed(service, Call("GET", Dialect.TMF620_V4, "category")).body == []
    assert run_job(frail, WORKER, lambda: LEASE)
    assert read_job(service, Call("GET", Dialect.TMF620_V4, "importJob", id)).body["status"] == "Succeeded"
    assert len(listed(service, Call("GET", Dialect.TMF620_V4, "category")).body) == 2
    assert recorded == [1, 3, 1, 3]


def failed(service: Service, **body: str) -> str:
    """Why an import was not carried out."""
    id = asked(service, "importJob", **body)
    assert run_job(service, WORKER)
    job = read_job(service, Call("GET", Dialect.TMF620_V4, "importJob", id)).body
    assert job["status"] == "Failed"
    return str(job["errorLog"])


def asked(service: Service, resource: str, **body: str) -> str:
    sent = json.dumps({"url": "/", **body}).encode()
    return str(create_job(service, Call("POST", Dialect.TMF620_V4, resource, body=sent)).body["id"])


def dying(*_: object) -> None:
    raise MemoryError
