"""The database behind the server: addresses that are understood, databases that cannot be used, and several servers on one."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from tests.serve.client import Client
from tmfkit.errors import TmfkitError
from tmfkit.serve import tables
from tmfkit.serve.run import own_database, running
from tmfkit.serve.store import Store, opened
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


def test_the_database_of_a_project_stays_out_of_git(tmp_path: Path) -> None:
    assert own_database(tmp_path) == str(tmp_path / ".tmfkit" / "catalog.sqlite")
    assert (tmp_path / ".tmfkit" / ".gitignore").read_text() == "*\n"
    assert own_database(tmp_path) == str(tmp_path / ".tmfkit" / "catalog.sqlite")
