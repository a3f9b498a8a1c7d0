"""The database of the embedded catalog: transactions that several threads and several servers can hold at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from tmfkit.errors import TmfkitError
from tmfkit.serve import event_tables, tables

THREADS = 16
"""Connections to the database, and so calls that are worked on at once."""

PATIENCE = 60
"""Seconds without a word from the database after which it counts as gone."""

WAIT = 30
"""Seconds that SQLite waits for another process that writes."""

_WRITES = "tmfkit_writes"
_SETUP = 620633634
"""The number of the lock that one server holds while it makes the tables."""


class Store:
    """One database. Every change happens in `writing`, so that it is there as a whole or not at all."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._one_writer = threading.Lock()
        """SQLite has one writer: threads queue here, where waiting costs nothing."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look at the database."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is confirmed at the end, and undone by any exception."""
        if self.engine.dialect.name != "sqlite":
            with self.engine.begin() as connection:
                yield connection
            return
        with self._one_writer, self.engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Lets go of every connection."""
        self.engine.dispose()


def opened(address: str) -> Store:
    """The database at an address, with its tables: a file, `sqlite:///file` or `postgresql://user@host/name`.

    Raises `TmfkitError` where it cannot be used; no message shows a password.
    """
    url = _url(address)
    store = Store(_engine(url))
    try:
        _set_up(store)
    except SQLAlchemyError as error:
        store.close()
        raise TmfkitError(f"the database {shown(url)} cannot be used: {_why(error)}", "look at --database, and whether it runs") from None
    except TmfkitError:
        store.close()
        raise
    return store


def shown(url: URL) -> str:
    """An address as it may be read by everybody: without user, password and options."""
    if not url.host:
        return str(url.database)
    port = f":{url.port}" if url.port else ""
    return f"{url.get_backend_name()}://{url.host}{port}/{url.database or ''}"


def _url(address: str) -> URL:
    if "://" not in address:
        return URL.create("sqlite+pysqlite", database=address)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise TmfkitError("the address of the database is not understood", "write it as in `postgresql://user@host:5432/name`") from None
    match url.drivername:
        case "sqlite":
            return url.set(drivername="sqlite+pysqlite")
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+pg8000")
        case other:
            raise TmfkitError(f"`{other}` is no database that tmfkit can use", "write `postgresql://…`, or the name of a file for SQLite")


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(url, pool_size=THREADS, max_overflow=4, pool_pre_ping=True, pool_timeout=10, connect_args={"timeout": PATIENCE})


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise TmfkitError("a database in memory cannot be shared by several calls", "write `--database memory`, or the name of a file")
    _make_folder(Path(url.database).parent)
    engine = create_engine(url, pool_size=THREADS, max_overflow=4, connect_args={"timeout": WAIT})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TmfkitError(f"cannot make the folder {folder}: {(error.strerror or str(error)).lower()}", "name another --database") from None


def _prepare(connection: Any, _: object) -> None:
    """The driver begins no transaction by itself: `_begin` does. Write-ahead logging lets readers go on while somebody writes."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Who is going to write says so at once: two that read first and write then would shut each other out."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")


def _set_up(store: Store) -> None:
    """Makes the tables; of several servers that start at once, one does."""
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _SETUP})
        event_tables.jobs.metadata.create_all(connection)
        found = connection.execute(select(tables.schema.c.version)).scalar()
        if found is None:
            connection.execute(insert(tables.schema).values(version=tables.SCHEMA))
        elif found != tables.SCHEMA:
            raise TmfkitError(
                f"the database was made by another version of tmfkit (tables {found}, this one has {tables.SCHEMA})",
                "use that version, or another database",
            )


def _why(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None)
    match getattr(cause, "args", ()):
        case ({"M": message}, *_):
            return str(message)
        case (first, *_):
            return str(first)
        case _:
            return type(error).__name__
