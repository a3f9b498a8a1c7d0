"""The database of the embedded catalog: transactions that several threads and several servers can hold at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from ssl import SSLError
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection

from tmfkit.errors import TmfkitError
from tmfkit.serve import event_tables, tables
from tmfkit.serve.database import connecting, shown, url_of, why

THREADS = 16
"""Connections to the database, and so calls that are worked on at once."""

WRITERS = 6
"""Of these, the calls that change something: those who wait for their turn to write must not keep others from reading."""

SPARE = 6
"""Connections beside these, for what goes on behind the answers."""

PATIENCE = 60
"""Seconds without a word from the database after which it counts as gone."""

WAIT = 30
"""Seconds that SQLite waits for whoever else writes."""

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
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is confirmed at the end, and undone by any exception."""
        if self.engine.dialect.name != "sqlite":
            with self.engine.begin() as connection:
                yield connection
            return
        with self._turn(), self.engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._one_writer.acquire(timeout=WAIT):
            raise NoConnection("others are writing")
        try:
            yield
        finally:
            self._one_writer.release()

    def close(self) -> None:
        """Lets go of every connection."""
        self.engine.dispose()


def opened(address: str) -> Store:
    """The database at an address, with its tables: a file, `sqlite:///file` or `postgresql://user@host/name`.

    Raises `TmfkitError` where it cannot be used; no message shows a password.
    """
    url = url_of(address)
    store = Store(_engine(url))
    try:
        _set_up(store)
    except (SQLAlchemyError, SSLError) as error:
        store.close()
        raise TmfkitError(f"the database {shown(url)} cannot be used: {why(error)}", "look at --database, and whether it runs") from None
    except TmfkitError:
        store.close()
        raise
    return store


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(
        url.set(query={}),
        pool_size=THREADS,
        max_overflow=SPARE,
        pool_pre_ping=True,
        pool_timeout=10,
        hide_parameters=True,
        connect_args={**connecting(url), "timeout": PATIENCE},
    )


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise TmfkitError("a database in memory cannot be shared by several calls", "write `--database memory`, or the name of a file")
    _make_folder(Path(url.database).parent)
    engine = create_engine(url, pool_size=THREADS, max_overflow=SPARE, hide_parameters=True, connect_args={"timeout": WAIT})
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
            _check_encoding(connection)
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


def _check_encoding(connection: Connection) -> None:
    """Names come in all alphabets; what has no place for one of them would fail on the day on which it is written."""
    for setting in ("server_encoding", "client_encoding"):
        found = connection.exec_driver_sql(f"SHOW {setting}").scalar()
        if found != "UTF8":
            raise TmfkitError(
                f"the database keeps texts as {found}, in which not every name can be written", "make it with ENCODING 'UTF8'"
            )
