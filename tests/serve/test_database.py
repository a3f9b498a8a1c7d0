"""The database in bad condition and over encrypted connections: operators learn what is wrong, clients that they may come back."""

import os
import shutil
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError, DataError, InterfaceError, OperationalError, ProgrammingError

from tests.serve.client import Client
from tests.serve.listeners import eventually
from tests.serve.postgres import Cluster
from tmfkit.errors import TmfkitError
from tmfkit.serve.database import connecting, is_to_blame, shown, url_of
from tmfkit.serve.run import running
from tmfkit.serve.store import opened
from tmfkit.tmf.dialects import Dialect


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("catalog.sqlite", "catalog.sqlite"),
        ("sqlite:///catalog.sqlite", "catalog.sqlite"),
        ("postgresql://user:secret@db.example:5433/catalog?sslmode=require", "postgresql://db.example:5433/catalog"),
        ("postgres://db.example/catalog", "postgresql://db.example/catalog"),
        ("postgresql:///catalog", "postgresql://localhost/catalog"),
    ],
)
def test_an_address_is_shown_without_what_is_secret(address: str, expected: str) -> None:
    assert shown(url_of(address)) == expected


@pytest.mark.parametrize(
    ("address", "environment", "user"),
    [
        ("postgresql://ann@db.example/catalog", {"PGUSER": "bob"}, "ann"),
        ("postgresql://db.example/catalog", {"PGUSER": "bob"}, "bob"),
        ("postgresql://db.example/catalog", {"LOGNAME": "cleo"}, "cleo"),
        ("postgresql://db.example/catalog?user=dan", {"PGUSER": "bob"}, None),
    ],
)
def test_an_address_without_a_user_is_that_of_the_login(
    address: str, environment: dict[str, str], user: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGUSER", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert url_of(address).username == user


def test_where_the_login_has_no_name_somebody_has_to_say_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.delenv("PGUSER", raising=False)
    monkeypatch.setattr("getpass.getuser", nameless)
    with pytest.raises(TmfkitError, match="names no user"):
        url_of("postgresql://db.example/catalog")


@pytest.mark.parametrize(
    ("options", "mode", "names"),
    [
        ("sslmode=require", ssl.CERT_NONE, False),
        ("sslmode=verify-ca", ssl.CERT_REQUIRED, False),
        ("sslmode=verify-full", ssl.CERT_REQUIRED, True),
    ],
)
def test_what_an_encrypted_connection_proves(options: str, mode: ssl.VerifyMode, names: bool) -> None:
    context = connecting(url_of(f"postgresql://db.example/catalog?{options}"))["ssl_context"]
    assert (context.verify_mode, context.check_hostname) == (mode, names)


@pytest.mark.parametrize("options", ["", "?sslmode=disable"])
def test_a_connection_is_plain_unless_somebody_says_so(options: str) -> None:
    assert connecting(url_of(f"postgresql://db.example/catalog{options}")) == {"ssl_context": None}


def said(kind: type[DatabaseError], *args: object) -> DatabaseError:
    return kind("SELECT 1", {}, Exception(*args))


@pytest.mark.parametrize(
    ("error", "blamed"),
    [
        (said(ProgrammingError, {"C": "25006", "M": "read-only"}), True),
        (said(ProgrammingError, {"C": "40P01", "M": "deadlock"}), True),
        (said(ProgrammingError, {"C": "53300", "M": "too many connections"}), True),
        (said(ProgrammingError, {"C": "57P01", "M": "shutting down"}), True),
        (said(ProgrammingError, {"C": "42501", "M": "permission denied"}), True),
        (said(ProgrammingError, {"C": "42601", "M": "syntax error"}), False),
        (said(DatabaseError, {"C": "22001", "M": "too long"}), False),
        (said(DataError, "out of range"), False),
        (said(ProgrammingError, "no such column"), False),
        (said(DatabaseError, "database disk image is malformed"), True),
        (said(OperationalError, "database or disk is full"), True),
        (InterfaceError("SELECT 1", {}, Exception("network error")), True),
    ],
)
def test_who_is_to_blame(error: DatabaseError, blamed: bool) -> None:
    assert is_to_blame(error) is blamed


@pytest.mark.postgres
def test_a_database_that_is_only_read_asks_to_come_back(postgres: Cluster, caplog: pytest.LogCaptureFixture) -> None:
    with postgres.database() as url, running(url) as root:
        name = url.rpartition("/")[2]
        client = Client(root, Dialect.TMF620_V4)
        assert client.post("category", {"id": "a", "name": "a secret"}).status == 201
        postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        eventually(lambda: client.merge("category/a", {"name": "another secret"}).status == 503)
        assert client.get("category/a").body["name"] == "a secret"
        postgres.run(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        eventually(lambda: client.merge("category/a", {"name": "another secret"}).status == 200)
    told = [record.getMessage() for record in caplog.records if record.name == "tmfkit.serve"]
    assert any("read-only transaction" in line for line in told)
    assert not any("bug" in line or "secret" in line for line in told)


@pytest.mark.postgres
@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_without_place_for_every_name_is_refused(postgres: Cluster, encoding: str) -> None:
    name = f"in_{encoding.lower()}"
    postgres.run(f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0 LOCALE 'C'")
    try:
        with pytest.raises(TmfkitError, match=f"keeps texts as {encoding}"):
            opened(postgres.url(name))
    finally:
        postgres.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
def test_a_server_that_does_not_encrypt_is_not_spoken_to_in_plain(postgres: Cluster) -> None:
    with postgres.database() as url, pytest.raises(TmfkitError, match="cannot be used"):
        opened(f"{url}?sslmode=require")


@contextmanager
def encrypting(postgres: Cluster, ca: trustme.CA) -> Iterator[None]:
    """The server has a certificate meanwhile."""
    folder = Path(setting(postgres, "data_directory"))
    certificate = ca.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(str(folder / "server.key"))
    certificate.cert_chain_pems[0].write_to_path(str(folder / "server.crt"))
    for file in (folder / "server.key", folder / "server.crt"):
        file.chmod(0o600)
        shutil.chown(file, folder.owner()) if os.getuid() == 0 else None
    for value in ("on", "off"):
        postgres.run(f"ALTER SYSTEM SET ssl = {value}")
        postgres.run("SELECT pg_reload_conf()")
        eventually(lambda value=value: setting(postgres, "ssl") == value)
        if value == "on":
            yield


def setting(postgres: Cluster, name: str) -> str:
    engine = create_engine(postgres.url("postgres").replace("postgresql:", "postgresql+pg8000:", 1))
    with engine.connect() as connection:
        found = connection.execute(text(f"SHOW {name}")).scalar_one()
    engine.dispose()
    return str(found)


@pytest.mark.postgres
def test_an_encrypted_connection_is_made_only_to_whom_it_proves(postgres: Cluster, tmp_path: Path) -> None:
    ours, theirs = trustme.CA(), trustme.CA()
    for name, ca in (("ours.pem", ours), ("theirs.pem", theirs)):
        ca.cert_pem.write_to_path(str(tmp_path / name))
    with encrypting(postgres, ours), postgres.database() as url:
        opened(f"{url}?sslmode=require").close()
        opened(f"{url}?sslmode=verify-full&sslrootcert={tmp_path / 'ours.pem'}").close()
        with pytest.raises(TmfkitError, match="no encrypted connection can be made"):
            opened(f"{url}?sslmode=verify-full&sslrootcert={tmp_path / 'theirs.pem'}")
