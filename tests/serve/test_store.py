"""The database behind the server: addresses that are understood, databases that cannot be used, and several servers on one."""

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from tests.serve.client import Client
from tmfkit.errors import TmfkitError
from tmfkit.serve import tables
from tmfkit.serve.run import own_database, running
from tmfkit.serve.store import THREADS, Store, opened
from tmfkit.tmf.dialects import Dialect


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("mysql://user:secret@host/x", "`mysql` is no database"),
        ("oracle+weird://user:secret@host", "no database"),
        ("://", "not understood"),
        ("postgresql://user:secret@:port/x", "not understood"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("postgresql://user:secret@127.0.0.1:1/catalog?password=secret", "postgresql://127.0.0.1:1/catalog cannot be used"),
        ("postgresql://user@127.0.0.1:1/catalog?sslmode=verify-full&sslrootcert=/nowhere/secret", "`sslrootcert` of the database names"),
        ("postgresql://user@127.0.0.1:1/catalog?sslmode=prefer", "no value `prefer` here"),
        ("postgresql://user@127.0.0.1:1/catalog?connect_timeout=3", "an option `connect_timeout` that means nothing here"),
        ("sqlite:///file:x?mode=memory&uri=true", "an option `mode` that means nothing here"),
        ("/proc/nowhere/catalog.db", "cannot make the folder"),
    ],
)
def test_a_database_that_cannot_be_used(address: str, why: str) -> None:
    with pytest.raises(TmfkitError, match=why) as refused:
        opened(address)
    assert "secret" not in refused.value.message + refused.value.hint
    assert refused.value.hint


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("kind: ProductOffering\n" * 100)
    with pytest.raises(TmfkitError, match="file is not a database"):
        opened(str(tmp_path / "x.db"))
    assert (tmp_path / "x.db").read_text().startswith("kind")


def test_a_database_of_another_version_is_left_alone(database: str) -> None:
    store = opened(database)
    with store.writing() as connection:
        connection.execute(update(tables.schema).values(version=tables.SCHEMA + 1))
    store.close()
    with pytest.raises(TmfkitError, match="made by another version of tmfkit"):
        opened(database)


def test_a_transaction_that_fails_leaves_nothing(database: str) -> None:
    row = {"dialect": "tmf620-v4", "resource": "category", "id": "a", "version": "", "name": "A", "status": "", "revision": 1, "body": "{}"}

    def fail(store: Store) -> None:
        with store.writing() as connection:
            connection.execute(insert(tables.items).values(row))
            raise ZeroDivisionError

    with closing(opened(database)) as store:
        with pytest.raises(ZeroDivisionError):
            fail(store)
        with store.reading() as connection:
            assert connection.execute(tables.items.select()).all() == []


def test_servers_that_start_at_once_on_one_database(database: str) -> None:
    failures: list[BaseException] = []

    def start() -> None:
        try:
            opened(database).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_two_servers_on_one_database_show_the_same(database: str) -> None:
    with running(database) as one, running(database) as other:
        tag = Client(one, Dialect.TMF620_V4).post("category", {"id": "a", "name": "A"}).headers["etag"]
        assert Client(other, Dialect.TMF620_V4).post("category", {"id": "a", "name": "B"}).status == 409
        assert Client(other, Dialect.TMF620_V4).send("PATCH", "category/a", {"name": "B"}, {"If-Match": tag}).status == 200
        assert Client(one, Dialect.TMF620_V4).send("PATCH", "category/a", {"name": "C"}, {"If-Match": tag}).status == 412
        assert Client(one, Dialect.TMF620_V4).get("category/a").body["name"] == "B"


def test_a_locked_database_asks_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tmfkit.serve.store.WAIT", 0.1)
    place = tmp_path / "catalog.db"
    with running(str(place)) as root:
        client = Client(root, Dialect.TMF620_V4)
        holder = sqlite3.connect(place)
        holder.execute("BEGIN IMMEDIATE")
        busy = client.post("category", {"name": "A"})
        assert (busy.status, busy.headers["retry-after"]) == (503, "1")
        assert client.get("category").status == 200
        holder.rollback()
        holder.close()
        assert client.post("category", {"name": "A"}).status == 201


def test_who_waits_to_write_keeps_nobody_from_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tmfkit.serve.store.WAIT", 3)
    place = tmp_path / "catalog.db"
    statuses: list[int] = []
    with running(str(place)) as root, closing(sqlite3.connect(place)) as holder:
        holder.execute("BEGIN IMMEDIATE")

        def write() -> None:
            statuses.append(Client(root, Dialect.TMF620_V4).post("category", {"name": "A"}).status)

        threads = [threading.Thread(target=write) for _ in range(THREADS + 4)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        begun = time.monotonic()
        assert [Client(root, Dialect.TMF620_V4).get("category").status for _ in range(4)] == [200] * 4
        assert time.monotonic() - begun < 2
        assert statuses == []
        holder.rollback()
        for thread in threads:
            thread.join()
    assert statuses == [201] * (THREADS + 4)


def test_a_damaged_file_is_told_as_what_it_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    place = tmp_path / "catalog.db"
    with running(str(place)) as root:
        for number in range(40):
            Client(root, Dialect.TMF620_V4).post("category", {"id": str(number), "name": "a secret" * 200})
    with running(str(place)) as root:
        with place.open("r+b") as file:
            file.seek(2 * 4096)
            file.write(b"\x55" * 4096 * 12)
        assert Client(root, Dialect.TMF620_V4).get("category").status == 503
        assert Client(root, Dialect.TMF620_V4).post("category", {"name": "a secret"}).status == 503
    assert "database disk image is malformed" in caplog.text
    assert "secret" not in caplog.text


def test_the_database_of_a_project_stays_out_of_git(tmp_path: Path) -> None:
    assert own_database(tmp_path) == str(tmp_path / ".tmfkit" / "catalog.sqlite")
    assert (tmp_path / ".tmfkit" / ".gitignore").read_text() == "*\n"
    assert own_database(tmp_path) == str(tmp_path / ".tmfkit" / "catalog.sqlite")
