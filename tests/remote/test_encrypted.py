"""Encrypted connections: who is trusted, which certificate is shown, and one clear line where it does not come about."""

import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from tests.remote.servers import answer, scripted
from tmfkit.errors import TmfkitError
from tmfkit.remote.connect import connect
from tmfkit.remote.http import Patience
from tmfkit.remote.settings import Target
from tmfkit.remote.wire import Unreached
from tmfkit.tmf.dialects import Dialect

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
API = Dialect.TMF620_V5
FAST = Patience(attempts=1)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def folder(tmp_path: Path, authority: trustme.CA) -> Path:
    """A project folder with the certificate of the authority, and one with its key for this client."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    ours = authority.issue_cert("publisher@operator.example")
    ours.private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
    ours.cert_chain_pems[0].write_to_path(tmp_path / "client.pem")
    ours.private_key_pem.write_to_path(tmp_path / "client.key")
    trustme.CA().issue_cert("somebody@else.example").private_key_pem.write_to_path(tmp_path / "other.key")
    (tmp_path / "text.pem").write_text("no certificate at all\n", encoding="utf-8")
    return tmp_path


def serving(leaf: trustme.LeafCert, clients: trustme.CA | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    if clients:
        clients.configure_trust(context)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def target(url: str, **more: object) -> Target:
    return Target.model_validate({"apis": {API.value: {"url": url, "profile": "embedded"}}, **more})


def listed(url: str, folder: Path, **more: object) -> int:
    return len(connect(target(url, **more), folder, environment={}, patience=FAST)[API].page("productOffering", 0, 10).items)


def refused(url: str, folder: Path, **more: object) -> TmfkitError:
    with pytest.raises(TmfkitError) as caught:
        listed(url, folder, **more)
    return caught.value


def test_a_server_of_a_known_authority_is_trusted(authority: trustme.CA, folder: Path) -> None:
    with scripted(answer(200, []), encrypted=serving(authority.issue_cert("127.0.0.1"))) as server:
        assert listed(server.url, folder, caBundle="authority.pem") == 0
        assert listed(server.url, folder, caBundle=str(folder / "authority.pem")) == 0


def expired(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("127.0.0.1", not_before=LONG_AGO, not_after=LONG_AGO.replace(year=2021))


def known(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("127.0.0.1")


def foreign(authority: trustme.CA) -> trustme.LeafCert:
    return trustme.CA().issue_cert("127.0.0.1")


def elsewhere(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("catalog.example")


UNTRUSTED: list[tuple[Callable[[trustme.CA], trustme.LeafCert], bool, str, str]] = [
    (expired, True, "has expired", "tell"),
    (known, False, "comes from an authority that is not known here", "caBundle"),
    (foreign, True, "comes from an authority that is not known here", "caBundle"),
    (elsewhere, True, "is that of another host", "address"),
]


@pytest.mark.parametrize(("made", "bundle", "says", "way_out"), UNTRUSTED)
def test_a_server_that_is_not_trusted_is_told_nothing(
    authority: trustme.CA, folder: Path, made: Callable[[trustme.CA], trustme.LeafCert], bundle: bool, says: str, way_out: str
) -> None:
    more = {"caBundle": "authority.pem"} if bundle else {}
    with scripted(answer(200, []), encrypted=serving(made(authority))) as server:
        error = refused(server.url, folder, **more)
        assert server.heard == []
    assert isinstance(error, Unreached)
    assert error.message.endswith(f"the server is not trusted: its certificate {says}")
    assert way_out in error.hint


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (b"", "no encrypted connection comes about"),
        (b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n", "it does not speak https at that port"),
    ],
)
def test_https_where_only_http_is_spoken(folder: Path, reply: bytes, says: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def plain() -> None:
            client, _ = listening.accept()
            with client:
                client.recv(65536)
                client.sendall(reply)

        thread = threading.Thread(target=plain)
        thread.start()
        error = refused(f"https://127.0.0.1:{listening.getsockname()[1]}/", folder)
        thread.join()
    assert isinstance(error, Unreached)
    assert error.message.endswith(f"the server is not trusted: {says}")


@pytest.mark.parametrize("shown", [{"file": "both.pem"}, {"file": "client.pem", "key": "client.key"}])
def test_the_certificate_of_the_client_is_shown(authority: trustme.CA, folder: Path, shown: dict[str, str]) -> None:
    with scripted(answer(200, []), encrypted=serving(authority.issue_cert("127.0.0.1"), authority)) as server:
        assert listed(server.url, folder, caBundle="authority.pem", certificate=shown) == 0


def test_a_server_that_asks_for_a_certificate_gets_a_clear_line(authority: trustme.CA, folder: Path) -> None:
    with scripted(answer(200, []), encrypted=serving(authority.issue_cert("127.0.0.1"), authority)) as server:
        error = refused(server.url, folder, caBundle="authority.pem")
        assert server.heard == []
    assert "`certificate` of the target" in error.hint


def test_a_certificate_of_an_authority_that_the_server_does_not_know(authority: trustme.CA, folder: Path) -> None:
    with scripted(answer(200, []), encrypted=serving(authority.issue_cert("127.0.0.1"), trustme.CA())) as server:
        error = refused(server.url, folder, caBundle="authority.pem", certificate={"file": "both.pem"})
    assert "`certificate` of the target" in error.hint


def with_key(name: str) -> dict[str, object]:
    return {"certificate": {"file": "client.pem", "key": name}}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"caBundle": "missing.pem"}, "the file missing.pem cannot be read: no such file or directory"),
        ({"caBundle": "text.pem"}, "the file text.pem holds no certificates"),
        ({"certificate": {"file": "missing.pem"}}, "the file missing.pem cannot be read: no such file or directory"),
        (with_key("missing.key"), "the file missing.key cannot be read: no such file or directory"),
        (
            {"certificate": {"file": "client.pem", "key": "other.key"}},
            "the key in other.key does not belong to the certificate in client.pem",
        ),
        (
            {"certificate": {"file": "client.pem", "key": "text.pem"}},
            "the certificate in client.pem with its key in text.pem cannot be used",
        ),
    ],
)
def test_files_that_are_no_certificates(folder: Path, more: dict[str, object], says: str) -> None:
    error = refused("https://127.0.0.1:1/", folder, **more)
    assert error.message == says
    assert error.hint


def test_a_key_that_is_locked_asks_nobody_on_a_terminal(folder: Path, authority: trustme.CA) -> None:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat, load_pem_private_key

    key = load_pem_private_key((folder / "client.key").read_bytes(), None)
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"open sesame"))
    (folder / "locked.key").write_bytes(locked)
    shown = {"file": "client.pem", "key": "locked.key"}
    error = refused("https://127.0.0.1:1/", folder, certificate=shown)
    assert error.message == "the certificate in client.pem with its key in locked.key cannot be used"
    assert "password" in error.hint
    (folder / "word").write_text("open sesame\n", encoding="utf-8")
    with scripted(answer(200, []), encrypted=serving(authority.issue_cert("127.0.0.1"), authority)) as server:
        assert listed(server.url, folder, caBundle="authority.pem", certificate={**shown, "password": {"file": "word"}}) == 0
