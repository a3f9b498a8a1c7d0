"""`tmfkit serve` as a command: it says where it is, serves until it is told to end, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.catalogs import written
from tests.serve.client import Client
from tmfkit.cli.app import run
from tmfkit.tmf.dialects import Dialect

TOKEN = "0123456789abcdef0123"


@contextmanager
def command(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """The process, its first line and the address in it."""
    whole = {**os.environ, **environment}
    process = subprocess.Popen(
        [sys.executable, "-m", "tmfkit", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=whole,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.match(r"http://\S+", line)
        assert found, line + (process.stderr.read() if process.stderr else "")
        yield process, line, found[0]
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(("kind", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_it_serves_the_database_of_the_project_until_it_is_told_to_end(tmp_path: Path, kind: signal.Signals, code: int) -> None:
    folder = written(tmp_path, {})
    with command("-p", str(folder)) as (process, line, address):
        assert "for this machine alone" in line
        assert Client(address, Dialect.TMF620_V4).post("category", {"id": "a", "name": "A"}).status == 201
        process.send_signal(kind)
        _, errors = process.communicate(timeout=20)
        assert (process.returncode, errors) == (code, "")
    with command("-p", str(folder)) as (_, _, address):
        assert Client(address, Dialect.TMF620_V4).get("category/a").status == 200
    assert sorted(path.name for path in (folder / ".tmfkit").iterdir() if not path.name.startswith("catalog.sqlite-")) == [
        ".gitignore",
        "catalog.sqlite",
    ]


def test_a_service_that_is_told_to_end_finishes_what_it_was_asked_and_leaves_no_file_behind(tmp_path: Path) -> None:
    """As a shell starts it in the background: with interrupts ignored."""
    body = b'{"id": "late", "name": "Late"}'
    ignoring = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with command("--database", "memory", TMPDIR=str(tmp_path)) as (process, _, address):
            signal.signal(signal.SIGINT, ignoring)
            assert list(tmp_path.iterdir())
            place = urlsplit(address)
            with socket.create_connection((str(place.hostname), place.port or 0)) as asking:
                asking.sendall(HEAD.format(length=len(body)).encode() + body[:9])
                Client(address, Dialect.TMF620_V4).get("category")
                process.send_signal(signal.SIGTERM)
                gone(address)
                asking.sendall(body[9:])
                assert asking.recv(100).startswith(b"HTTP/1.1 201 ")
            assert (process.wait(20), list(tmp_path.iterdir())) == (143, [])
    finally:
        signal.signal(signal.SIGINT, ignoring)


HEAD = (
    "POST /tmf-api/productCatalogManagement/v4/category HTTP/1.1\r\nHost: localhost\r\n"
    "Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
)


def gone(address: str) -> None:
    """Waits until nobody is let in any more."""
    place = urlsplit(address)
    for _ in range(500):
        try:
            socket.create_connection((str(place.hostname), place.port or 0)).close()
        except OSError:
            return
        time.sleep(0.01)
    raise AssertionError("it still takes requests")


def test_what_was_answered_survives_a_kill(tmp_path: Path) -> None:
    database = str(tmp_path / "catalog.db")
    with command("--database", database) as (process, _, address):
        client = Client(address, Dialect.TMF620_V4)
        ids = [client.post("category", {"name": str(number)}).body["id"] for number in range(20)]
        process.send_signal(signal.SIGKILL)
        process.wait()
    with command("--database", database) as (_, _, address):
        assert [item["id"] for item in Client(address, Dialect.TMF620_V4).get("category").body] == ids


def test_tokens_come_from_the_environment(tmp_path: Path) -> None:
    with command("--database", "memory", "--write-token", "env:CATALOG_TOKEN", CATALOG_TOKEN=TOKEN) as (process, line, address):
        assert TOKEN not in line
        assert Client(address, Dialect.TMF620_V4).get("category").status == 401
        assert Client(address, Dialect.TMF620_V4, TOKEN).get("category").status == 200
        assert TOKEN not in Path(f"/proc/{process.pid}/cmdline").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["--host", "0.0.0.0"], 4, "for this machine alone"),
        (["--write-token", TOKEN], 4, "not written into the command"),
        (["--database", "mysql://x"], 4, "no database"),
        (["--from", "nowhere"], 4, "no compiled release"),
        (["--from", "build", "--database", "x"], 2, "leave one of the two out"),
        (["--callback-host", "http://x/"], 4, "not a host"),
        (["--database", "memory", "--host", "192.0.2.1", "--read-token", "env:CATALOG_TOKEN"], 4, "cannot listen on 192.0.2.1"),
        (["--public-url", "x"], 4, "public address"),
    ],
)
def test_what_it_refuses_to_start_with(
    arguments: list[str], code: int, why: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALOG_TOKEN", TOKEN)
    assert run(["serve", *arguments]) == code
    shown = capsys.readouterr()
    assert why in shown.err
    assert TOKEN not in shown.out + shown.err


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with command("--database", "memory") as (_, _, address):
        port = address.rstrip("/").rpartition(":")[2]
        assert run(["serve", "--database", "memory", "--port", port]) == 4
        assert f"cannot listen on 127.0.0.1, port {port}: address already in use" in capsys.readouterr().err


def test_other_commands_load_none_of_it() -> None:
    code = "import sys; from tmfkit.cli import app; print(sorted({'sqlalchemy', 'starlette', 'uvicorn', 'anyio'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
