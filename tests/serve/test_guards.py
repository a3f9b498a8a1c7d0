"""Who may use the server: tokens and what they allow, names of the host, pages of other sites, and settings that are refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serve.client import Client
from tmfkit.errors import TmfkitError
from tmfkit.serve.credentials import settings_of, tokens
from tmfkit.serve.errors import Fault
from tmfkit.serve.guards import check_host, is_loopback, look_over
from tmfkit.serve.run import running
from tmfkit.serve.settings import Settings
from tmfkit.tmf.dialects import Dialect

READ, WRITE, OTHER = "read-token-0123456789", "write-token-0123456789", "other-token-0123456789"
SETTINGS = Settings(readers=(READ, OTHER), writers=(WRITE,), hosts=("catalog.example",))
OPERATIONS: list[tuple[str, str, Any]] = [
    ("GET", "category", None),
    ("GET", "category/a", None),
    ("GET", "/", None),
    ("GET", "/openapi.json", None),
    ("GET", "/nowhere", None),
    ("POST", "category", {"name": "A"}),
    ("PATCH", "category/a", {"name": "B"}),
    ("DELETE", "category/b", None),
    ("POST", "hub", {"callback": "http://elsewhere/"}),
    ("POST", "listener/categoryCreateEvent", {}),
    ("DELETE", "/tmfkit/dead-letters", None),
]


@pytest.fixture(scope="module")
def root() -> Iterator[str]:
    with running(settings=SETTINGS) as address:
        Client(address, Dialect.TMF620_V5, WRITE).post("category", {"@type": "Category", "id": "a", "name": "A"})
        yield address


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS, ids=[f"{method} {path}" for method, path, _ in OPERATIONS])
@pytest.mark.parametrize(
    ("header", "may_read", "may_write"),
    [
        (None, False, False),
        ("", False, False),
        ("Bearer", False, False),
        ("Bearer wrong", False, False),
        (f"Bearer {READ[:-1]}", False, False),
        (f"Bearer {READ}x", False, False),
        (f"Basic {WRITE}", False, False),
        (f"Bearer {READ} {WRITE}", False, False),
        (f"Bearer {READ}", True, False),
        (f"bearer {OTHER}", True, False),
        (f"Bearer {WRITE}", True, True),
    ],
)
def test_a_token_opens_what_it_is_for(
    root: str, method: str, path: str, body: Any, header: str | None, may_read: bool, may_write: bool
) -> None:
    reply = Client(root, Dialect.TMF620_V5).send(method, path, body, {} if header is None else {"Authorization": header})
    if not may_read:
        assert (reply.status, reply.body["code"]) == (401, "unauthorized")
        assert reply.headers["www-authenticate"].startswith("Bearer")
    elif method != "GET" and not may_write:
        assert (reply.status, reply.body["code"]) == (403, "forbidden")
        assert 'scope="write"' in reply.headers["www-authenticate"]
    else:
        assert reply.status not in (401, 403)
    for token in (READ, WRITE, OTHER):
        assert token.encode() not in reply.text


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:1234", 200),
        ("localhost", 200),
        ("LOCALHOST:80", 200),
        ("[::1]:8000", 200),
        ("catalog.example", 200),
        ("Catalog.Example:443", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("catalog.example.evil", 421),
        ("localhost@evil.example", 421),
        ("", 421),
    ],
)
def test_the_host_that_a_request_is_for(root: str, host: str, status: int) -> None:
    reply = Client(root, Dialect.TMF620_V4, WRITE).send("GET", "category", headers={"Host": host})
    assert reply.status == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost:3000", 201),
        ("https://catalog.example", 201),
        ("https://evil.example", 403),
        ("null", 403),
        ("http://localhost.evil.example", 403),
    ],
)
def test_pages_of_other_sites_change_nothing(root: str, origin: str, status: int) -> None:
    client = Client(root, Dialect.TMF620_V4, WRITE)
    assert client.send("POST", "category", {"name": "A"}, {"Origin": origin}).status == status
    assert client.send("GET", "category", headers={"Origin": origin}).status == 200


def test_without_tokens_everybody_on_this_machine_may_write() -> None:
    with running() as root:
        assert Client(root, Dialect.TMF620_V4).post("category", {"name": "A"}).status == 201


def test_a_token_that_writes_is_enough() -> None:
    with running(settings=Settings(writers=(WRITE,))) as root:
        assert Client(root, Dialect.TMF620_V4).get("category").status == 401
        assert Client(root, Dialect.TMF620_V4, WRITE).get("category").status == 200


def test_answers_say_nothing_of_the_server(root: str) -> None:
    reply = Client(root, Dialect.TMF620_V4, WRITE).get("category")
    assert "server" not in reply.headers
    assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (Settings(host="0.0.0.0"), "for this machine alone"),
        (Settings(host="::"), "for this machine alone"),
        (Settings(host="192.0.2.1"), "for this machine alone"),
        (Settings(host="catalog.example"), "for this machine alone"),
        (Settings(host=""), "for this machine alone"),
        (Settings(writers=("short",)), "at least 16 characters"),
        (Settings(readers=("with a blank in the middle",)), "without blanks"),
        (Settings(readers=("tökentökentökentöken",)), "plain text"),
        (Settings(hosts=("catalog.example:8000",)), "not the name of a host"),
        (Settings(hosts=("https://catalog.example",)), "not the name of a host"),
        (Settings(hosts=("*",)), "not the name of a host"),
        (Settings(hosts=("",)), "not the name of a host"),
    ],
)
def test_a_server_that_is_open_to_all_does_not_start(settings: Settings, why: str) -> None:
    with pytest.raises(TmfkitError, match=why), running(settings=settings):
        pass


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "localhost", "::1"])
def test_the_loopback_needs_no_token(host: str) -> None:
    assert is_loopback(host)
    look_over(Settings(host=host))


@pytest.mark.parametrize("name", ["2001:db8::1", "[2001:DB8::1]"])
def test_an_address_is_a_name_too(name: str) -> None:
    settings = Settings(hosts=(name,))
    look_over(settings)
    check_host(settings, "[2001:db8::1]:8000")
    with pytest.raises(Fault):
        check_host(settings, "[2001:db8::2]:8000")


def test_tokens_are_read_from_their_places(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{READ}\n", encoding="utf-8")
    assert tokens(["env:T", f"file:{tmp_path / 'token'}"], {"T": WRITE}) == (WRITE, READ)


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("secret-0123456789abc", "not written into the command"),
        ("env:", "not written into the command"),
        ("env:NOTHING", "no token in the environment variable NOTHING"),
        ("env:EMPTY", "no token in the environment variable EMPTY"),
        ("file:/nowhere/token", "cannot be read"),
        ("https://secret", "not written into the command"),
    ],
)
def test_a_token_that_is_nowhere(place: str, why: str) -> None:
    with pytest.raises(TmfkitError, match=why) as refused:
        tokens([place], {"EMPTY": "  "})
    assert "secret" not in refused.value.message + refused.value.hint


@pytest.mark.parametrize("public", ["catalog.example", "ftp://x/", "https://user:secret@x/", "https://x/?a=b", "https://x y/"])
def test_a_public_address_is_plain(public: str) -> None:
    with pytest.raises(TmfkitError, match="public address") as refused:
        settings_of("127.0.0.1", 0, public, None, None, None, None)
    assert "secret" not in refused.value.message


def test_settings_show_no_token() -> None:
    assert READ not in repr(SETTINGS)
    assert WRITE not in repr(SETTINGS)
