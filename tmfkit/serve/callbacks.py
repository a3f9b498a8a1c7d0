"""Addresses that clients name and this server then calls: only hosts that the operator allows, and never for long."""

import re
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address
from threading import Timer

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url, parse_url

from tmfkit.errors import TmfkitError

PATIENCE = 10.0
"""Seconds that one exchange may take in all, however slowly the other side answers."""

LONGEST_URL = 2000
PORTS = {"http": 80, "https": 443}
CHUNK = 65_536
HINT = "start the server with --callback-host for each host that it may call"


_SECRETS = frozenset(map(ip_address, ("100.100.100.200", "fd00:ec2::254")))
"""Where Alibaba and AWS hand out the credentials of a machine; that of the others is a link-local address."""


class Unanswered(TmfkitError):
    """No answer came, or none that is of use."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the other side said; the body is whole, and empty where nobody asked for it."""

    status: int
    body: bytes = b""


def allowed_hosts(entries: Iterable[str]) -> frozenset[str]:
    """`host` and `host:port` as they are compared; a host without a port stands for the ports of http and https.

    Raises `TmfkitError` where an entry is neither.
    """
    found: set[str] = set()
    for entry in entries:
        try:
            parts = parse_url(f"//{entry}")
        except LocationParseError:
            parts = Url()
        if not parts.host or parts.auth or parts.path or parts.query or parts.fragment or "//" in entry:
            raise TmfkitError(f"`{entry}` is not a host that can be called", "write it as host or host:port, such as crm.example:8443")
        found.update(f"{parts.host}:{port}" for port in ([parts.port] if parts.port else PORTS.values()))
    return frozenset(found)


def refusal(url: str, hosts: frozenset[str]) -> str:
    """Why this server does not call an address, in words for its client; empty where it does."""
    parts = _parsed(url)
    if parts is None:
        return "it is not a whole http or https address"
    if "@" in re.split("[/?#]", url.partition("//")[2], maxsplit=1)[0]:
        return "it carries a user name or a password"
    if _place(parts) not in hosts:
        return f"{_place(parts)} is not among the hosts that this server may call"
    return ""


def ask(
    method: str,
    url: str,
    hosts: frozenset[str],
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    most: int = 0,
    patience: float = PATIENCE,
) -> Reply:
    """Sends one request and reads at most `most` bytes of the answer; redirects are answers like any other.

    Raises `Unanswered` where the address is not allowed, nothing answers in time, or more comes than was asked for.
    """
    reason = refusal(url, hosts)
    parts = _parsed(url)
    if reason or parts is None:
        raise Unanswered(f"the address is not called: {reason}", HINT)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind((parts.host or "").strip("[]"), parts.port, timeout=patience)
    end = time.monotonic() + patience
    alarm = Timer(patience, _hang_up, (connection,))
    alarm.daemon = True
    alarm.start()
    try:
        connection.connect()
        _refuse_local_networks(connection, parts)
        sent = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "tmfkit", **(headers or {})}
        connection.request(method, parts.request_uri, body, sent, preload_content=False, decode_content=False)
        answer = connection.getresponse()
        reply = Reply(answer.status, _body(answer, most, parts) if most else b"")
        if time.monotonic() >= end:
            raise TimeoutError
    except (HTTPError, HTTPException, OSError) as error:
        raise Unanswered(f"{_place(parts)} does not answer: {_cause(error)}", "") from error
    finally:
        alarm.cancel()
        connection.close()
    return reply


def _parsed(url: str) -> Url | None:
    """The parts by the very parser that connects later, so that the two cannot read an address in different ways."""
    if len(url) > LONGEST_URL or not url.isascii() or any(character <= " " or character in '\\"<>`\x7f' for character in url):
        return None
    try:
        parts = parse_url(url)
    except LocationParseError:
        return None
    return parts if parts.scheme in PORTS and parts.host else None


def _place(parts: Url) -> str:
    """Host and port, which is all of an address that appears in messages."""
    return f"{parts.host}:{parts.port or PORTS[parts.scheme or 'http']}"


def _refuse_local_networks(connection: HTTPConnection, parts: Url) -> None:
    """A name must not lead to the addresses at which clouds keep their secrets, whatever its name server says today."""
    peer = ip_address(_peer(connection))
    peer = getattr(peer, "ipv4_mapped", None) or peer
    if peer in _SECRETS or peer.is_link_local or peer.is_multicast or peer.is_unspecified:
        raise Unanswered(f"{_place(parts)} is not called: the name leads to an address at which clouds keep secrets")


def _peer(connection: HTTPConnection) -> str:
    """The address at the other end, without the network interface that IPv6 may name."""
    if connection.sock is None:
        raise OSError
    return str(connection.sock.getpeername()[0]).partition("%")[0]


def _body(answer: BaseHTTPResponse, most: int, parts: Url) -> bytes:
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise Unanswered(f"{_place(parts)} sends a compressed body, which nobody asked for")
    found = bytearray()
    while chunk := answer.read(CHUNK):
        found += chunk
        if len(found) > most:
            raise Unanswered(f"{_place(parts)} sends more than the {most:,} bytes that are read")
    return bytes(found)


def _hang_up(connection: HTTPConnection) -> None:
    """A silent peer is noticed by its time-out; one that sends a byte now and then only by the clock."""
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _cause(error: Exception) -> str:
    """In words without the address, whose query may hold a secret."""
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "it takes too long"
    cause = error.__cause__ or error.__context__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {cause.verify_message}"
    if isinstance(cause, ssl.SSLError):
        return "no encrypted connection can be made"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror.lower()
    return "the connection breaks off"
