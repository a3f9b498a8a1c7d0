"""How an operator names the database of the embedded catalog, and what a database says when it cannot do what it was asked."""

import getpass
import os
import ssl
from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from tmfkit.errors import TmfkitError

_OPTIONS = ("application_name", "password", "sslmode", "sslrootcert", "user")
_MODES = {"disable": None, "require": ssl.CERT_NONE, "verify-ca": ssl.CERT_REQUIRED, "verify-full": ssl.CERT_REQUIRED}
"""PostgreSQL's own words for how much an encrypted connection proves, and what becomes of the certificate."""

_ITS_OWN = frozenset({"08", "25", "28", "3D", "40", "53", "55", "57", "58", "F0", "XX"})
"""Classes of SQLSTATE that tell the condition of a server: away, full, only read, stopping, in each other's way, damaged."""
_FORBIDDEN = "42501"


def url_of(address: str) -> URL:
    """The address of a database as SQLAlchemy has it: a file, `sqlite:///file` or `postgresql://user@host/name`; raises `TmfkitError`."""
    if "://" not in address:
        return URL.create("sqlite+pysqlite", database=address)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise TmfkitError("the address of the database is not understood", "write it as in `postgresql://user@host:5432/name`") from None
    match url.drivername:
        case "sqlite":
            _check_options(url, ())
            return url.set(drivername="sqlite+pysqlite")
        case "postgresql" | "postgres":
            _check_options(url, _OPTIONS)
            named = url.username or "user" in url.query
            return url.set(drivername="postgresql+pg8000", username=url.username if named else _login())
        case other:
            raise TmfkitError(f"`{other}` is no database that tmfkit can use", "write `postgresql://…`, or the name of a file for SQLite")


def _login() -> str:
    """The user of an address that names none, as PostgreSQL's own programs have it."""
    try:
        return os.environ.get("PGUSER") or getpass.getuser()
    except (ImportError, KeyError, OSError):
        raise TmfkitError("the address of the database names no user", "write it as in `postgresql://user@host:5432/name`") from None


def shown(url: URL) -> str:
    """An address as it may be read by everybody: without user, password and options."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    port = f":{url.port}" if url.port else ""
    return f"{url.get_backend_name()}://{url.host or 'localhost'}{port}/{url.database or ''}"


def connecting(url: URL) -> dict[str, Any]:
    """What the options of an address of PostgreSQL say to its driver; raises `TmfkitError`."""
    options = {name: value if isinstance(value, str) else value[-1] for name, value in url.query.items()}
    plain = {name: value for name, value in options.items() if not name.startswith("ssl")}
    return {**plain, "ssl_context": _encrypted(options)}


def why(error: Exception) -> str:
    """In the database's own words, without the statement and without what was to be written."""
    if isinstance(error, ssl.SSLError):
        return f"no encrypted connection can be made: {getattr(error, 'verify_message', '') or error.reason}"
    cause = getattr(error, "orig", None)
    match getattr(cause, "args", ()):
        case ({"M": message}, *_):
            return str(message)
        case (first, *_):
            return str(first).partition(" (timeout is ")[0]
        case _:
            return type(error).__name__


def is_to_blame(error: Exception) -> bool:
    """Whether it is the condition of the database, which can be better the next time, and not what it was asked."""
    if isinstance(error, OperationalError | InterfaceError | NoConnection | ssl.SSLError):
        return True
    match getattr(getattr(error, "orig", None), "args", ()):
        case ({"C": str(state)}, *_):
            return state[:2] in _ITS_OWN or state == _FORBIDDEN
        case _:
            return type(error) is DatabaseError


def _check_options(url: URL, known: tuple[str, ...]) -> None:
    for name in url.query:
        if name not in known:
            raise TmfkitError(
                f"the address of the database has an option `{name}` that means nothing here",
                f"leave it out; these have a meaning: {', '.join(known)}" if known else "leave it out",
            )


def _encrypted(options: Mapping[str, str]) -> ssl.SSLContext | None:
    """As PostgreSQL's own programs understand `sslmode`; without it, the connection is not encrypted."""
    mode = options.get("sslmode", "disable")
    if mode not in _MODES:
        raise TmfkitError(f"`sslmode` of the database has no value `{mode}` here", f"write one of {', '.join(_MODES)}")
    proof = _MODES[mode]
    if proof is None:
        return None
    try:
        context = ssl.create_default_context(cafile=options.get("sslrootcert"))
    except OSError as error:
        raise TmfkitError("the certificates that `sslrootcert` of the database names cannot be read", "name a file in PEM form") from error
    context.check_hostname = mode == "verify-full"
    context.verify_mode = proof
    return context
