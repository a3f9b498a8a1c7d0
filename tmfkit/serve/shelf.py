"""The items of one resource in the database: found, put there, changed and taken away inside a transaction that somebody else holds."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from tmfkit.serve.exchange import Body
from tmfkit.serve.json_text import text_of, value_of
from tmfkit.serve.tables import LABEL, items
from tmfkit.tmf.dialects import Dialect

_COLUMNS = (items.c.place, items.c.id, items.c.version, items.c.revision, items.c.body)
_BATCH = 500
_PUT = {
    name: dialect.insert(items).on_conflict_do_nothing().returning(items.c.place)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
"""One item more, unless it is there: one statement where a savepoint around a plain one makes three."""
EXACT = ("id", "version", "name", "lifecycleStatus")
"""Attributes that the database finds by itself."""


class Shelf(NamedTuple):
    """A resource of one dialect, such as the product offerings of TMF620 v4.1."""

    dialect: Dialect
    resource: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A version of an item as the database has it, and how often it was changed."""

    place: int
    id: str
    version: str
    revision: int
    text: str

    @property
    def body(self) -> Body:
        """Everything but the address, which depends on where the server is reached."""
        body: Body = value_of(self.text)
        return body

    @property
    def tag(self) -> str:
        """What stands for this state and no other.

        A database gives a number of an item once only, but the next database, such as that of the next release, begins anew.
        """
        return f'"{self.place}-{self.revision}-{blake2b(self.text.encode(), digest_size=8).hexdigest()}"'


def versions(connection: Connection, shelf: Shelf, id: str, *, hold: bool = False) -> list[Stored]:
    """All versions of an item in the order in which they were made; with `hold`, nobody else changes them before the transaction ends."""
    query = _of(shelf).where(items.c.id == id).order_by(items.c.place)
    return [_stored(row) for row in connection.execute(query.with_for_update() if hold else query)]


def several(connection: Connection, shelf: Shelf, ids: Sequence[str]) -> Iterator[Stored]:
    """All versions of some items, which nobody else changes before the transaction ends."""
    for start in range(0, len(ids), _BATCH):
        query = _of(shelf).where(items.c.id.in_(ids[start : start + _BATCH])).order_by(items.c.id, items.c.place)
        for row in connection.execute(query.with_for_update()):
            yield _stored(row)


def at(connection: Connection, places: Sequence[int]) -> Iterator[Stored]:
    """Those versions of items, in this order."""
    for start in range(0, len(places), _BATCH):
        part = places[start : start + _BATCH]
        found = {row.place: _stored(row) for row in connection.execute(select(*_COLUMNS).where(items.c.place.in_(part)))}
        yield from (found[place] for place in part if place in found)


def put(connection: Connection, shelf: Shelf, body: Body) -> Stored | None:
    """Makes a version of an item; None where there is one of that id and version already."""
    values = _columns(body)
    place = connection.execute(_PUT[connection.dialect.name], {**shelf._asdict(), **values, "revision": 1}).scalar()
    return None if place is None else Stored(place, values["id"], values["version"], 1, values["body"])


def put_all(connection: Connection, shelf: Shelf, bodies: Sequence[Body]) -> None:
    """Makes many items at once, in this order."""
    if bodies:
        connection.execute(insert(items), [{**shelf._asdict(), **_columns(body), "revision": 1} for body in bodies])


def change(connection: Connection, stored: Stored, body: Body) -> Stored | None:
    """Replaces the body of a version that is held; None where another version of the item has the version that it gets."""
    values, revision = _columns(body), stored.revision + 1
    changing = update(items).where(items.c.place == stored.place).values(**values, revision=revision)
    try:
        with nullcontext() if values["version"] == stored.version else connection.begin_nested():
            connection.execute(changing)
    except IntegrityError:
        return None
    return Stored(stored.place, values["id"], values["version"], revision, values["body"])


def take(connection: Connection, places: Sequence[int]) -> None:
    """Takes versions away for good."""
    connection.execute(delete(items).where(items.c.place.in_(places)))


def count(connection: Connection, shelf: Shelf, where: Mapping[str, Sequence[str]]) -> int:
    """How many versions of items there are; `where` are texts that an attribute of `EXACT` may have."""
    return connection.execute(select(func.count()).select_from(items).where(_on(shelf), *_conditions(where))).scalar_one()


def part(connection: Connection, shelf: Shelf, where: Mapping[str, Sequence[str]], offset: int, limit: int) -> Iterator[Stored]:
    """Some of them, in the order in which they were made."""
    query = _of(shelf).where(*_conditions(where)).order_by(items.c.place).offset(offset).limit(limit)
    for row in connection.execute(query.execution_options(yield_per=_BATCH)):
        yield _stored(row)


def each(connection: Connection, shelf: Shelf, where: Mapping[str, Sequence[str]]) -> Iterator[Stored]:
    """All of them in that order, without having them all at once."""
    query = _of(shelf).where(*_conditions(where)).order_by(items.c.place).execution_options(yield_per=_BATCH)
    for row in connection.execute(query):
        yield _stored(row)


def _of(shelf: Shelf) -> Select[int, str, str, int, str]:
    return select(*_COLUMNS).where(_on(shelf))


def _on(shelf: Shelf) -> ColumnElement[bool]:
    return and_(items.c.dialect == shelf.dialect.value, items.c.resource == shelf.resource)


def _conditions(where: Mapping[str, Sequence[str]]) -> list[ColumnElement[bool]]:
    columns = {"id": items.c.id, "version": items.c.version, "name": items.c.name, "lifecycleStatus": items.c.status}
    return [columns[name].in_([text[:LABEL] for text in texts]) for name, texts in where.items()]


def _columns(body: Body) -> dict[str, str]:
    return {
        "id": body["id"],
        "version": body.get("version") or "",
        "name": str(body.get("name") or "")[:LABEL],
        "status": str(body.get("lifecycleStatus") or "")[:LABEL],
        "body": text_of(body),
    }


def _stored(row: Row[int, str, str, int, str]) -> Stored:
    return Stored(*row)
