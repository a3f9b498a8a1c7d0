"""A catalog API in memory that behaves as a row of the table of servers: the twin of a real one, for tests and trials."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import RLock
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import orjson

from tmfkit.remote.api import Body
from tmfkit.remote.manners import MANNERS, Manners, Refusal, examine_new, examine_patch, merged, takes
from tmfkit.remote.wire import Request, Response
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Ids, Profile
from tmfkit.tmf.references import references
from tmfkit.tmf.rest import PLAIN_JSON, REST
from tmfkit.tmf.versions import APIS

_PAGING = ("offset", "limit", "fields", "sort")
_CANDIDATES = {"serviceSpecification": "serviceCandidate", "resourceSpecification": "resourceCandidate"}


@dataclass(slots=True)
class Stored:
    """An item as it stands, and how often it was written."""

    body: Body
    revision: int = 1

    @property
    def tag(self) -> str:
        """The ETag of this state."""
        return f'"{self.revision}"'


def ticking() -> Callable[[], datetime]:
    """A clock without a clock: every look at it is a second later."""
    begin, seconds = datetime(2026, 1, 1, tzinfo=UTC), count()
    return lambda: begin + timedelta(seconds=next(seconds))


class MemoryCatalog:
    """One API of one server, below `base`: items in memory, a lock around every request, and the statuses and refusals of its profile."""

    def __init__(
        self,
        profile: Profile,
        dialect: Dialect,
        base: str = "",
        manners: Manners | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self.profile = profile
        self.dialect = dialect
        self.base = base or APIS[dialect].base_path
        self.manners = manners or MANNERS.get(profile.name, Manners())
        self._clock = clock or ticking()
        self._items: dict[str, dict[str, Stored]] = {entry.path: {} for entry in APIS[dialect].resources}
        self._numbers = count(1)
        self._lock = RLock()

    def send(self, request: Request) -> Response:
        """The answer of the server; nothing of the request is kept but what it asks for."""
        with self._lock:
            try:
                return self._answer(request)
            except Refusal as refusal:
                return self._error(refusal)

    def held(self, resource: str) -> dict[str, Body]:
        """A copy of every item of a resource by its id on the server, in the order in which they were made."""
        with self._lock:
            return {id: deepcopy(stored.body) for id, stored in self._items[resource].items()}

    def place(self, resource: str, body: Body, id: str = "") -> str:
        """Puts an item there as somebody else would who owes the profile nothing; its id on the server."""
        with self._lock:
            id = id or str(body.get("id", "")) or self._minted(resource)
            before = self._items[resource].get(id)
            revision = before.revision + 1 if before else 1
            self._items[resource][id] = Stored({**deepcopy(body), "id": id, "href": self._href(resource, id)}, revision)
            return id

    def drop(self, resource: str, id: str) -> None:
        """Takes an item away as somebody else would, whatever refers to it."""
        with self._lock:
            self._items[resource].pop(id, None)

    def _answer(self, request: Request) -> Response:
        parts = urlsplit(request.path)
        resource, _, id = parts.path.strip("/").partition("/")
        if resource in {job.path for job in REST[self.dialect].jobs}:
            raise Refusal(501, "jobs are not implemented")
        if resource not in self._items or "/" in id:
            raise Refusal(404, f"there is no resource {resource}")
        match request.method, unquote(id):
            case "GET", "":
                return self._list(resource, dict(parse_qsl(parts.query, keep_blank_values=True)))
            case "POST", "":
                return self._create(resource, self._body(request))
            case "GET", id if id:
                return self._item(200, self._found(resource, id))
            case "PATCH", id if id:
                return self._change(resource, id, request)
            case "DELETE", id if id:
                return self._remove(resource, id)
            case _:
                raise Refusal(405, f"{request.method} is not allowed here")

    def _list(self, resource: str, query: dict[str, str]) -> Response:
        offset, limit = _number(query, "offset", 0), min(_number(query, "limit", self.profile.page), self.profile.page)
        wanted = {name: value for name, value in query.items() if name not in _PAGING} if self.profile.filters else {}
        bodies = [stored.body for stored in self._items[resource].values() if _fits(stored.body, wanted)]
        page, total = bodies[offset : offset + limit], len(bodies)
        headers = {"content-type": _JSON, "x-result-count": str(len(page))}
        if self.profile.counts:
            headers["x-total-count"] = str(total)
        if self.profile.links and offset + limit < total:
            following = urlencode({**query, "offset": offset + limit, "limit": limit})
            headers["link"] = f'<{self._address(resource)}?{following}>; rel="next"'
        return Response(self.profile.partial if len(page) < total else 200, headers, orjson.dumps(page))

    def _create(self, resource: str, body: Body) -> Response:
        examine_new(self.profile, self.dialect, resource, body)
        self._check_references(resource, body)
        id = str(body.get("id") or "") if self.profile.ids is Ids.KEPT else ""
        if id in self._items[resource]:
            raise Refusal(409, f"there is a {resource} {id} already")
        id = id or self._minted(resource)
        stored = Stored(self._dressed(resource, id, body))
        self._items[resource][id] = stored
        if self.profile.makes_candidates and resource in _CANDIDATES:
            self._make_candidate(resource, stored.body)
        return self._item(201, stored, {"location": str(stored.body["href"])})

    def _change(self, resource: str, id: str, request: Request) -> Response:
        stored = self._found(resource, id)
        asked = {name.lower(): value for name, value in request.headers.items()}
        media = asked.get("content-type", PLAIN_JSON).partition(";")[0].strip().lower()
        if not takes(self.profile, media):
            if self.manners.deaf:
                return self._item(self.profile.patched, stored)
            raise Refusal(415, f"{media} is not understood")
        tag = asked.get("if-match", "*")
        if self.profile.tags and tag not in ("*", stored.tag):
            raise Refusal(412, "the item was changed meanwhile")
        patch = self._body(request)
        examine_patch(self.profile, self.dialect, resource, patch)
        after = merged(stored.body, patch, self.profile.arrays)
        self._check_references(resource, after)
        changed = Stored(self._dressed(resource, id, after), stored.revision + 1)
        self._items[resource][id] = changed
        return self._item(self.profile.patched, changed)

    def _remove(self, resource: str, id: str) -> Response:
        self._found(resource, id)
        if self.profile.checks_references and (other := next(self._referrers(resource, id), "")):
            raise Refusal(409, f"{other} refers to it")
        del self._items[resource][id]
        if self.profile.removes_candidates and resource in _CANDIDATES:
            candidates = self._items[_CANDIDATES[resource]]
            for candidate in [name for name, stored in candidates.items() if (stored.body.get(resource) or {}).get("id") == id]:
                del candidates[candidate]
        return Response(204)

    def _found(self, resource: str, id: str) -> Stored:
        if stored := self._items[resource].get(id):
            return stored
        raise Refusal(404, f"there is no {resource} {id}")

    def _body(self, request: Request) -> Body:
        raw = request.body or b""
        if self.profile.body_limit is not None and len(raw) > self.profile.body_limit:
            raise Refusal(self.manners.too_large, "the body is too large")
        try:
            body = orjson.loads(raw)
        except orjson.JSONDecodeError:
            raise Refusal(400, "the body is no JSON") from None
        if not isinstance(body, dict):
            raise Refusal(400, "the body is no object")
        return body

    def _dressed(self, resource: str, id: str, body: Body) -> Body:
        """The body as the server keeps it: its own id and address, its own date, and what it adds."""
        dated = {"lastUpdate": self._clock().strftime("%Y-%m-%dT%H:%M:%S.000Z")} if self.manners.stamps else {}
        return {**deepcopy(dict(self.manners.adds)), **body, **dated, "id": id, "href": self._href(resource, id)}

    def _minted(self, resource: str) -> str:
        number = next(self._numbers)
        return f"urn:ngsi-ld:{resource}:{number:06}" if self.profile.ids is Ids.MINTED else f"{number:024x}"

    def _make_candidate(self, resource: str, specification: Body) -> None:
        path = _CANDIDATES[resource]
        same: Body = {name: specification[name] for name in ("name", "version", "lifecycleStatus") if name in specification}
        same[resource] = {name: specification[name] for name in ("id", "href", "name") if name in specification}
        id = self._minted(path)
        self._items[path][id] = Stored(self._dressed(path, id, same))

    def _check_references(self, resource: str, body: Body) -> None:
        if not self.profile.checks_references:
            return
        for pointer in references(self.dialect, resource, body):
            if pointer.target.dialect is self.dialect and pointer.target.id not in self._items[pointer.target.resource]:
                raise Refusal(400, f"there is no {pointer.target.resource} {pointer.target.id}")

    def _referrers(self, resource: str, id: str) -> Iterator[str]:
        for path, items in self._items.items():
            for name, stored in items.items():
                pointers = references(self.dialect, path, stored.body) if (path, name) != (resource, id) else ()
                if any((pointer.target.resource, pointer.target.id) == (resource, id) for pointer in pointers):
                    yield f"{path} {name}"

    def _address(self, resource: str) -> str:
        address = self.base + resource
        scheme, found, rest = address.partition("://")
        return f"{self.manners.scheme or scheme}://{rest}" if found else address

    def _href(self, resource: str, id: str) -> str:
        return f"{self._address(resource)}/{quote(id, safe='')}"

    def _item(self, status: int, stored: Stored, headers: dict[str, str] | None = None) -> Response:
        tag = {"etag": stored.tag} if self.profile.tags else {}
        return Response(status, {"content-type": _JSON, **tag, **(headers or {})}, orjson.dumps(stored.body))

    def _error(self, refusal: Refusal) -> Response:
        said: dict[str, Any] = {"code": str(refusal.status), "reason": refusal.reason, "status": str(refusal.status)}
        if REST[self.dialect].typed:
            said["@type"] = "Error"
        return Response(refusal.status, {"content-type": _JSON}, orjson.dumps(said))


_JSON = "application/json;charset=utf-8"


def _number(query: dict[str, str], name: str, default: int) -> int:
    said = query.get(name, str(default))
    if not said.isdecimal():
        raise Refusal(400, f"{name} is a number")
    return int(said)


def _fits(body: Body, wanted: dict[str, str]) -> bool:
    return all(str(body.get(name, "")) == value for name, value in wanted.items())
