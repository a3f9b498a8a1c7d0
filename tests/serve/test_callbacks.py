"""The server calls nobody whom its operator did not allow, and is kept waiting by nobody."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
import trustme

from tests.serve.listeners import Outside, outside
from tmfkit.errors import TmfkitError
from tmfkit.serve import callbacks
from tmfkit.serve.callbacks import Unanswered, allowed_hosts, ask, refusal

HOSTS = allowed_hosts(["crm.example", "127.0.0.1:8080", "[::1]:9", "billing.example:8443"])


@pytest.mark.parametrize(
    "url",
    [
        "http://crm.example",
        "https://crm.example/a/b?c=d",
        "http://crm.example:80/",
        "http://crm.example:443/",
        "HTTP://CRM.EXAMPLE/x",
        "http://127.0.0.1:8080/",
        "http://[::1]:9/",
        "https://billing.example:8443/events",
    ],
)
def test_allowed(url: str) -> None:
    assert refusal(url, HOSTS) == ""


@pytest.mark.parametrize(
    "url",
    [
        "",
        "crm.example",
        "//crm.example/",
        "/events",
        "http://",
        "http:///x",
        "ftp://crm.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://other.example/",
        "http://crm.example:8080/",
        "http://crm.example.other.example/",
        "http://other.example/crm.example",
        "http://other.example#crm.example",
        "http://other.example?crm.example",
        "http://crm.example@other.example/",
        "http://user:secret@crm.example/",
        "http://@crm.example/",
        "http://crm.example\\@other.example/",
        "http://other.example\\.crm.example/",
        "http://crm.example /",
        "http://crm.example\n/",
        "http://crm.example\x00.other.example/",
        "http://crm.example\t@other.example/",
        "http://crm。example/",
        "http://crm.example:80:90/",
        "http://crm.example:99999/",
        "http://crm.example:x/",
        "http://127.0.0.1/",
        "http://2130706433:8080/",
        "http://0x7f.1:8080/",
        "http://0177.0.0.1:8080/",
        "http://127.1:8080/",
        "http://[::ffff:127.0.0.1]:8080/",
        "http://localhost:8080/",
        "http://169.254.169.254/latest/meta-data/",
        "http://crm.example/" + "x" * 3000,
    ],
)
def test_refused(url: str) -> None:
    reason = refusal(url, HOSTS)
    assert reason
    assert "secret" not in reason


def test_nobody_is_called_unless_somebody_says_so() -> None:
    assert "is not among the hosts" in refusal("http://127.0.0.1/", allowed_hosts([]))


@pytest.mark.parametrize(
    "entry", ["", "http://crm.example", "crm.example/x", "user@crm.example", "crm.example?x", "a:b", ":80", "*", "crm.example:0x50"]
)
def test_an_entry_that_is_no_host(entry: str) -> None:
    if entry == "*":
        assert refusal("http://anything.example/", allowed_hosts([entry])), "an asterisk is no wildcard"
        return
    with pytest.raises(TmfkitError, match="is not a host that can be called"):
        allowed_hosts([entry])


@pytest.fixture
def there() -> Iterator[Outside]:
    with outside() as outsider:
        yield outsider


def test_the_answer_is_that_of_the_other_side(there: Outside) -> None:
    there.files["/a"] = b"content"
    assert ask("GET", f"{there.url}a", allowed_hosts([there.host]), most=100).body == b"content"
    assert ask("GET", f"{there.url}b", allowed_hosts([there.host]), most=100).status == 404
    assert ask("PUT", f"{there.url}c?d=e", allowed_hosts([there.host]), body=b"x").status == 201
    assert there.files["/c?d=e"] == b"x"


def test_what_is_not_allowed_is_not_called(there: Outside) -> None:
    with pytest.raises(Unanswered, match="is not among the hosts"):
        ask("PUT", f"{there.url}c", frozenset(), body=b"x")
    assert there.files == {}


def test_more_than_was_asked_for_is_not_read(there: Outside) -> None:
    there.files["/a"] = b"x" * 1001
    with pytest.raises(Unanswered, match="sends more than the 1,000 bytes"):
        ask("GET", f"{there.url}a", allowed_hosts([there.host]), most=1000)


def test_a_compressed_answer_is_not_unpacked(there: Outside) -> None:
    there.files["/a"] = b"x"
    there.headers["Content-Encoding"] = "gzip"
    with pytest.raises(Unanswered, match="compressed"):
        ask("GET", f"{there.url}a", allowed_hosts([there.host]), most=1000)


def test_a_redirect_is_an_answer(there: Outside) -> None:
    there.script = [307]
    there.headers["Location"] = "http://169.254.169.254/"
    assert ask("POST", there.url, allowed_hosts([there.host]), body=b"{}").status == 307


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(Unanswered, match=rf"^127.0.0.1:{port} does not answer: connection refused$"):
            ask("POST", f"http://127.0.0.1:{port}/?key=secret", allowed_hosts([f"127.0.0.1:{port}"]), body=b"{}")


@pytest.mark.parametrize(
    "drip", [b"", b"H", b"HTTP/1.1 200 OK\r\nX-Slow: "], ids=["silent", "a letter at a time", "a header that never ends"]
)
def test_somebody_slow_is_not_waited_for(drip: bytes) -> None:
    with dripping(drip) as host:
        begun = time.monotonic()
        with pytest.raises(Unanswered, match="does not answer"):
            ask("GET", f"http://{host}/", allowed_hosts([host]), most=1000, patience=0.5)
        assert time.monotonic() - begun < 2


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with (
        outside(trustme.CA().issue_cert("127.0.0.1")) as there,
        pytest.raises(Unanswered, match="does not answer: its certificate is not trusted"),
    ):
        ask("PUT", f"{there.url}c", allowed_hosts([there.host]), body=b"a secret")
    assert there.files == {}


@pytest.mark.parametrize("peer", ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "fd00:ec2::254", "100.100.100.200", "0.0.0.0"])
def test_a_name_that_leads_to_the_secrets_of_a_cloud_is_not_spoken_to(there: Outside, monkeypatch: pytest.MonkeyPatch, peer: str) -> None:
    monkeypatch.setattr(callbacks, "_peer", lambda connection: peer)
    with pytest.raises(Unanswered, match="clouds keep secrets"):
        ask("PUT", f"{there.url}c", allowed_hosts([there.host]), body=b"x")
    assert there.files == {}


@contextmanager
def dripping(drip: bytes) -> Iterator[str]:
    """Accepts, says its text once, and then a byte now and then."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                connection, _ = server.accept()
                with connection:
                    connection.sendall(drip)
                    while not stop.wait(0.05):
                        if drip:
                            connection.sendall(b"x")

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        stop.set()
        server.close()
        thread.join()
