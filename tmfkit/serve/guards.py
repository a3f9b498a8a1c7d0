"""Who may use the server, and under which names: tokens, the loopback, and the host that a request says it is for."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from http import HTTPStatus
from ipaddress import ip_address

from tmfkit.errors import TmfkitError
from tmfkit.serve.errors import Fault
from tmfkit.serve.settings import LOOPBACK, Settings

SHORTEST = 16
"""Characters that a token has at least: what is shorter is guessed."""
_ANYWHERE = ("0.0.0.0", "::", "")
_REALM = 'Bearer realm="tmfkit"'


def look_over(settings: Settings) -> None:
    """Refuses to start a server that everybody could change; raises `TmfkitError`."""
    if not settings.guarded and not is_loopback(settings.host):
        raise TmfkitError(
            f"without a token this server is for this machine alone, and {settings.host or 'that'} is reached by others",
            "give --write-token and --read-token, or leave --host out",
        )
    for name in settings.hosts:
        if not _is_host(name):
            raise TmfkitError(
                f"`{name}` is not the name of a host", "write --allow-host as in catalog.example, without https:// and without a port"
            )
    for token in (*settings.readers, *settings.writers):
        if len(token) < SHORTEST or not token.isascii() or not token.isprintable() or " " in token:
            raise TmfkitError(f"a token has at least {SHORTEST} characters of plain text, without blanks", "make one: openssl rand -hex 32")


def is_loopback(host: str) -> bool:
    """Whether a name or an address is that of this machine for itself."""
    if host in LOOPBACK:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_host(settings: Settings, header: str) -> None:
    """Refuses a request that came here under a name which is not the server's, as a web page that plays tricks with names sends it."""
    if _name(header) not in _names(settings):
        raise Fault(HTTPStatus.MISDIRECTED_REQUEST, "unknownHost", "this server is not reached under that name: see --allow-host")


def check_origin(settings: Settings, header: str) -> None:
    """Refuses a change that a page of another site makes in somebody's browser; programs that are no browser name no origin."""
    if header and _name(header.partition("://")[2]) not in _names(settings):
        raise Fault(HTTPStatus.FORBIDDEN, "otherOrigin", "pages of other sites cannot change anything here")


def check_token(settings: Settings, header: str, *, writes: bool) -> None:
    """Refuses whoever has no token for what they want; a token that writes also reads."""
    if not settings.guarded:
        return
    scheme, _, token = header.partition(" ")
    token = token.strip() if scheme.lower() == "bearer" else ""
    may_write = _among(token, settings.writers)
    may_read = _among(token, settings.readers) or may_write
    if not may_read:
        why = f'{_REALM}, error="invalid_token"' if token else _REALM
        raise Fault(HTTPStatus.UNAUTHORIZED, "unauthorized", "send a bearer token that this server knows", {"WWW-Authenticate": why})
    if writes and not may_write:
        why = f'{_REALM}, error="insufficient_scope", scope="write"'
        raise Fault(HTTPStatus.FORBIDDEN, "forbidden", "this token reads; changes need one that writes", {"WWW-Authenticate": why})


def _among(token: str, tokens: Iterable[str]) -> bool:
    """Compared in full with each, so that the time taken tells nothing about any."""
    given = _digest(token)
    return sum(hmac.compare_digest(given, _digest(one)) for one in tokens) > 0


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()


def _names(settings: Settings) -> set[str]:
    own = set() if settings.host in _ANYWHERE else {settings.host.lower()}
    return {*LOOPBACK, *own, *(_name(name) for name in settings.hosts)}


def _is_host(name: str) -> bool:
    try:
        return ip_address(name.removeprefix("[").removesuffix("]")).version > 0
    except ValueError:
        return re.fullmatch(r"[A-Za-z0-9._-]+", name) is not None


def _name(header: str) -> str:
    """The host of a `Host` header without its port; an address of IPv6 has brackets there, and none in a setting."""
    header = header.strip().lower()
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header if header.count(":") > 1 else header.partition(":")[0]
