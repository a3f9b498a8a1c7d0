"""Lists of items: which a client asks for, in which order, and in which parts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlencode

from tmfkit.serve import shelf as rows
from tmfkit.serve.errors import bad
from tmfkit.serve.exchange import Answer, Body, Call
from tmfkit.serve.query import Query, Unanswerable, asked
from tmfkit.serve.service import Service
from tmfkit.serve.shapes import shown
from tmfkit.serve.shelf import EXACT, Shelf, Stored
from tmfkit.serve.sorting import Ranks, ordered, ranks, weight
from tmfkit.serve.tables import LABEL
from tmfkit.tmf.rest import REST
from tmfkit.tmf.versions import APIS

MOST_LINKED = 2_000
"""Characters of a query that `Link` still repeats, once for each part: longer headers are refused by clients and proxies."""

_CODE = "invalidQuery"


class _Part(NamedTuple):
    """Some items, and how many there are in all."""

    bodies: list[Body]
    total: int


def query_of(call: Call) -> Query:
    """What the parameters of a call ask for."""
    try:
        return asked(call.parameters)
    except Unanswerable as refused:
        raise bad(_CODE, str(refused)) from None


def listed(service: Service, call: Call) -> Answer:
    """The items of a resource, all versions of each, in the order in which they were made unless another is asked for."""
    shelf, query, limits = Shelf(call.api, call.resource), query_of(call), service.settings.limits
    limit = limits.page if query.limit is None else min(query.limit, limits.page)
    found = _found(service, shelf, replace(query, limit=limit))
    selected = REST[call.api].selected
    return Answer(
        HTTPStatus.OK,
        [query.shown(body, selected) for body in found.bodies],
        {
            "X-Total-Count": str(found.total),
            "X-Result-Count": str(len(found.bodies)),
            **_links(service, call, query.offset, limit, found.total),
        },
    )


def _found(service: Service, shelf: Shelf, query: Query) -> _Part:
    """The database answers what it can; everything else is looked for in the items themselves."""
    where, rest = _pushed(query)
    limit, most = query.limit or 0, service.settings.limits.held
    with service.store.reading() as connection:
        total = rows.count(connection, shelf, where)
        if not rest and not query.sort:
            found = rows.part(connection, shelf, where, query.offset, limit)
            return _Part(_windowed(_sized(service, shelf, found), 0, limit, most).bodies, total)
        _afford(service, total, query)
        each = rows.each(connection, shelf, where)
        if not query.sort:
            accepted = ((size, body) for size, body in _sized(service, shelf, each) if query.accepts(body))
            return _windowed(accepted, query.offset, limit, most)
        places = _ordered(service, shelf, each, query)
        part = rows.at(connection, places[query.offset : query.offset + limit])
        return _Part(_windowed(_sized(service, shelf, part), 0, limit, most).bodies, len(places))


def _sized(service: Service, shelf: Shelf, found: Iterable[Stored]) -> Iterator[tuple[int, Body]]:
    return ((len(stored.text), shown(shelf, stored.body, service.settings.public)) for stored in found)


def _ordered(service: Service, shelf: Shelf, found: Iterable[Stored], query: Query) -> list[int]:
    """The places of the items that are asked for, in order: only what the order looks at is kept of each, never the items."""
    ranked: list[tuple[Ranks, int]] = []
    most = service.settings.limits.held
    for stored in found:
        body = shown(shelf, stored.body, service.settings.public)
        if not query.accepts(body):
            continue
        ranked.append((ranks(body, query.sort), stored.place))
        most -= weight(ranked[-1][0])
        if most < 0:
            raise bad(
                _CODE, "the texts by which to order are too long: order by another attribute, or ask for fewer items with a condition"
            )
    return ordered(ranked, query.sort)


def _pushed(query: Query) -> tuple[dict[str, Sequence[str]], bool]:
    """Texts that the database compares, and whether anything is left over. Of two conditions on one attribute it takes the first."""
    able, rest = query.split(EXACT)
    where: dict[str, Sequence[str]] = {}
    left = bool(rest)
    for term in able:
        name = term.path[0]
        if name in where or any(len(choice) >= LABEL for choice in term.choices):
            left = True
        else:
            where[name] = term.choices
    return where, left


def _afford(service: Service, rows_read: int, query: Query) -> None:
    limits = service.settings.limits
    if rows_read > limits.scanned or rows_read * query.cost > limits.compared:
        ways = ", ".join(f"`{name}`" for name in EXACT)
        raise bad(_CODE, f"{rows_read:,} items would have to be read for this: narrow it by {ways}, or read the whole list in parts")


def _windowed(sized: Iterable[tuple[int, Body]], offset: int, limit: int, most: int) -> _Part:
    """A part of what is too much to hold, and the number of all; refuses a part that is too much itself."""
    kept: list[Body] = []
    total = 0
    for total, (size, body) in enumerate(sized, start=1):
        if offset < total <= offset + limit:
            kept.append(body)
            most -= size
        if most < 0:
            raise bad(_CODE, "these items are too large to be answered at once: ask for fewer with `limit` or a condition")
    return _Part(kept, total)


def _links(service: Service, call: Call, offset: int, limit: int, total: int) -> dict[str, str]:
    """Where the other parts of a list are, when this is one and its query is not too long to be repeated."""
    if not limit or (offset == 0 and total <= limit):
        return {}
    kept = urlencode([(name, value) for name, value in call.parameters if name not in ("offset", "limit")])
    if len(kept) > MOST_LINKED:
        return {}
    starts = {"first": 0, "prev": max(offset - limit, 0), "next": offset + limit, "last": max((total - 1) // limit * limit, 0)}
    if offset == 0:
        del starts["prev"]
    if offset + limit >= total:
        del starts["next"]
    base = f"{service.settings.public.rstrip('/')}{APIS[call.api].base_path}{call.resource}?{f'{kept}&' if kept else ''}"
    return {"Link": ", ".join(f'<{base}offset={start}&limit={limit}>; rel="{word}"' for word, start in starts.items())}
