"""A PostgreSQL server of the tests' own: in a folder of its own, on a free loopback port, gone afterwards."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import DBAPIError

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=32MB")
"""What nobody does who wants to keep the data."""

PATIENCE = 60.0
"""Seconds that a server may take to start or to stop."""


def programs() -> Path | None:
    """The folder of PostgreSQL's own programs, of the newest version that is there; Debian keeps it off the path."""
    named = os.environ.get("TMFKIT_POSTGRES")
    if named:
        return Path(named) if (Path(named) / "initdb").is_file() else None
    on_the_path = shutil.which("initdb")
    if on_the_path:
        return Path(on_the_path).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), default=None)


@dataclass(frozen=True)
class Cluster:
    """A running server; each test gets a database of its own in it."""

    port: int
    password: str
    numbers: Iterator[int]

    def url(self, database: str) -> str:
        """As an operator writes it."""
        url = URL.create("postgresql", "tmfkit", self.password, "127.0.0.1", self.port, database)
        return url.render_as_string(hide_password=False)

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a new, empty database; whoever is still connected at the end is cut off."""
        name = f"test_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """As the superuser, outside any transaction."""
        engine = create_engine(self.url("postgres").replace("postgresql:", "postgresql+pg8000:", 1), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server from nothing, in about two seconds; root hands it to another user, as PostgreSQL asks."""
    bin_folder = programs()
    assert bin_folder is not None, "PostgreSQL is not here: `make postgres` installs it"
    with tempfile.TemporaryDirectory(prefix="tmfkit-postgres-", ignore_cleanup_errors=True) as made:
        folder, password = Path(made), secrets.token_hex(16)
        (folder / "password").write_text(password, encoding="utf-8")
        user = _hand_over(folder)
        command = [bin_folder / "initdb", "--pgdata", folder / "data", "--username", "tmfkit", "--pwfile", folder / "password"]
        options = ["--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync"]
        subprocess.run([*command, *options], user=user, cwd=folder, check=True, capture_output=True)
        port = _free_port()
        settings = [part for setting in QUICK for part in ("-c", setting)]
        where = ["-D", folder / "data", "-k", folder, "-h", "127.0.0.1", "-p", str(port)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen([bin_folder / "postgres", *where, *settings], user=user, cwd=folder, stdout=log, stderr=log)
        try:
            running = Cluster(port, password, count(1))
            _wait(running, server, folder / "log")
            yield running
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE)


def _hand_over(folder: Path) -> int | None:
    """Gives the folder to somebody whom PostgreSQL runs for; who is not root keeps it."""
    if os.getuid() != 0:
        return None
    import pwd

    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    owner = names.get("postgres") or names["nobody"]
    for path in (folder, *folder.iterdir()):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    return owner.pw_uid


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(running: Cluster, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            return running.run("SELECT 1")
        except DBAPIError:
            time.sleep(0.05)
    raise AssertionError(f"PostgreSQL does not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
