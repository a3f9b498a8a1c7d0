"""Items that a probe makes on a server in order to try things out, and removes again whatever happens."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias
from urllib.parse import urlencode

import orjson

from tmfkit.errors import TmfkitError
from tmfkit.remote.answers import waiting
from tmfkit.remote.api import Body
from tmfkit.remote.http import HttpApi, path_of
from tmfkit.remote.wire import Doubtful, Request, Response, Unreached
from tmfkit.remote.wording import one_line
from tmfkit.tmf.common import Characteristic, Ref, Relationship
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.product_catalog import ProductSpecification
from tmfkit.tmf.render import EXTENSION, render
from tmfkit.tmf.resource_catalog import ResourceCandidate, ResourceSpecification, ResourceType
from tmfkit.tmf.rest import PLAIN_JSON
from tmfkit.tmf.service_catalog import ServiceCandidate, ServiceSpecification, ServiceType
from tmfkit.tmf.versions import APIS

MARK = "tmfkit-probe"
_BEGUN = datetime(2000, 1, 1, tzinfo=UTC)
_PAGES = 50
_ATTEMPTS = 4

Specification: TypeAlias = ProductSpecification | ServiceSpecification | ResourceSpecification


@dataclass(frozen=True, slots=True)
class Subject:
    """What an API is probed with: its specifications, and the candidates that stand for them where it has such."""

    resource: str
    candidate: str = ""


_SUBJECTS = {
    "620": Subject("productSpecification"),
    "633": Subject("serviceSpecification", "serviceCandidate"),
    "634": Subject("resourceSpecification", "resourceCandidate"),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a request: its status, and the item where one came back."""

    status: int
    body: Body = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """The server says that it has done it."""
        return 200 <= self.status < 300

    @property
    def refused(self) -> bool:
        """The server says that it will not, because of what was sent."""
        return 400 <= self.status < 500 and self.status not in (401, 403, 404, 405, 408, 429)

    @property
    def id(self) -> str:
        """The id of the item that came back; empty for none."""
        return str(self.body.get("id") or "")


class Specimens:
    """The items of one probe of one API. `token` is in the name of each of them, so that they are told from all others."""

    def __init__(self, api: HttpApi, token: str) -> None:
        self.api = api
        self.dialect: Dialect = api.dialect
        self.subject = _SUBJECTS[APIS[api.dialect].number]
        self.token = token
        self._made: dict[tuple[str, str], str] = {}
        self._unsure: list[tuple[str, str]] = []

    def name(self, label: str) -> str:
        """What the specimen for one experiment is called."""
        return f"{MARK}-{self.token}-{label}"

    def body(self, label: str, *, characteristic: str = "", refers_to: str = "") -> Body:
        """A specification in its draft state, as the API wants it, without an id."""
        characteristics = (Characteristic(name=characteristic, value_type="string"),) if characteristic else ()
        relationships = (Relationship(id=refers_to, name=refers_to, type="dependency"),) if refers_to else ()
        return self._rendered(self._specification(self.name(label), characteristics, relationships))

    def candidate(self, label: str, specification: str) -> Body:
        """A candidate of a specification, as the API wants it, without an id."""
        same: dict[str, Any] = {"id": MARK, "name": self.name(label), "lifecycle_status": "In study", "last_update": _BEGUN}
        reference = Ref(id=specification, name=self.name(label))
        if self.subject.candidate == "serviceCandidate":
            return self._rendered(ServiceCandidate(service_specification=reference, **same))
        return self._rendered(ResourceCandidate(resource_specification=reference, **same))

    def make(self, body: Body, resource: str = "") -> Tried:
        """Makes a specimen, and remembers it."""
        path = resource or self.subject.resource
        try:
            tried = self.send("POST", path, body)
        except Doubtful:
            self._unsure.append((path, str(body["name"])))
            raise
        if tried.id and tried.body.get("name") == body["name"]:
            self.remember(path, tried.id, str(body["name"]))
        elif not tried.refused:
            self._unsure.append((path, str(body["name"])))
        return tried

    def first(self) -> str:
        """Makes the specimen that is tried out on; whatever keeps the server from it is a `TmfkitError`. Its id."""
        body = self.body("first", characteristic="first") | {"description": "old"}
        self._unsure.append((self.subject.resource, str(body["name"])))
        try:
            held = self.api.create(self.subject.resource, body)
        except Unreached:
            self._unsure.pop()
            raise
        self._unsure.pop()
        self.remember(self.subject.resource, str(held.body["id"]), str(body["name"]))
        return str(held.body["id"])

    def read(self, id: str, resource: str = "") -> Tried:
        """A specimen as the server has it now."""
        return self.send("GET", path_of(resource or self.subject.resource, id))

    def change(self, id: str, patch: Mapping[str, Any], media: str, headers: Mapping[str, str] | None = None) -> tuple[Tried, Body]:
        """What a patch is answered, and the specimen as it is afterwards."""
        tried = self.send("PATCH", path_of(self.subject.resource, id), patch, {"content-type": media, **(headers or {})})
        return tried, self.read(id).body

    def page(self, resource: str, **query: str | int) -> tuple[Response, list[Body]]:
        """A part of a list; no items where the answer is none."""
        response = self._sent(Request("GET", f"{resource}?{urlencode(query)}", {"accept": PLAIN_JSON}))
        return response, _items(response)

    def called(self, resource: str, name: str) -> list[Body] | None:
        """The items of this name; None where the list is too long to be read for it."""
        found: list[Body] = []
        seen: set[str] = set()
        for _ in range(_PAGES):
            _, items = self.page(resource, offset=len(seen), limit=100, name=name)
            fresh = [item for item in items if str(item.get("id")) not in seen]
            if not fresh:
                return found
            seen |= {str(item.get("id")) for item in fresh}
            found += [item for item in fresh if item.get("name") == name]
        return None

    def remember(self, resource: str, id: str, name: str) -> None:
        """This item is removed in the end."""
        self._made[resource, id] = name

    def remove(self, id: str, resource: str = "") -> Tried:
        """Removes a specimen before the end."""
        path = resource or self.subject.resource
        tried = self.send("DELETE", path_of(path, id))
        if tried.done:
            self._made.pop((path, id), None)
        return tried

    def clean(self) -> tuple[str, ...]:
        """Removes everything that was made, the last first; what is left there all the same, by resource, id and name."""
        lost = [f"{resource} {name}, if it was made at all" for resource, name in self._unsure if not self._looked_up(resource, name)]
        # The second round is for what a refused removal stood in the way of.
        for _ in range(2):
            for resource, id in reversed(list(self._made)):
                if self._gone(resource, id):
                    del self._made[resource, id]
        return (*(f"{resource} {self.shown(id)} ({name})" for (resource, id), name in self._made.items()), *lost)

    def shown(self, text: str) -> str:
        """What a server said, in a form that may be printed."""
        return one_line(self.api.credentials.hide(text))

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None) -> Tried:
        """What a request comes to; a server that is busy is asked again."""
        content = None if body is None else orjson.dumps(body)
        types = {"accept": PLAIN_JSON} | ({} if body is None else {"content-type": PLAIN_JSON})
        response = self._sent(Request(method, path, {**types, **(headers or {})}, content))
        item = _json(response)
        return Tried(response.status, item if isinstance(item, dict) else {}, response.headers)

    def _sent(self, request: Request) -> Response:
        """The answer; a server that is busy is asked again, and so is one that stumbles over what changes nothing."""
        for attempt in range(_ATTEMPTS):
            response = self.api.transport.send(request)
            if (response.status < 500 and response.status != 429) or response.status == 501:
                return response
            if response.status not in (429, 503) and request.method != "GET":
                break
            self.api.patience.wait(attempt, waiting(response))
        message = f"{self.api.title}: {request.method} {request.path.partition('?')[0]} ends with a fault of the server: {response.status}"
        raise Doubtful(message, "ask those who run it")

    def _specification(
        self, name: str, characteristics: tuple[Characteristic, ...], relationships: tuple[Relationship, ...]
    ) -> Specification:
        same: dict[str, Any] = {
            "id": MARK,
            "name": name,
            "version": "1.0",
            "lifecycle_status": "In study",
            "last_update": _BEGUN,
            "characteristics": characteristics,
            "relationships": relationships,
        }
        match self.subject.resource:
            case "serviceSpecification":
                return ServiceSpecification(type=ServiceType.CUSTOMER_FACING, **same)
            case "resourceSpecification":
                return ResourceSpecification(type=ResourceType.LOGICAL, **same)
            case _:
                return ProductSpecification(**same)

    def _rendered(self, item: Specification | ServiceCandidate | ResourceCandidate) -> Body:
        return {name: value for name, value in render(item, self.dialect).body.items() if name not in ("id", EXTENSION)}

    def _looked_up(self, resource: str, name: str) -> bool:
        """Whether it is certain which items of this name there are; those are remembered."""
        try:
            found = self.called(resource, name)
        except TmfkitError:
            return False
        for item in found or ():
            self.remember(resource, str(item.get("id")), name)
        return found is not None

    def _gone(self, resource: str, id: str) -> bool:
        try:
            tried = self.send("DELETE", path_of(resource, id))
        except TmfkitError:
            return False
        return tried.done or tried.status in (404, 410)


def _items(response: Response) -> list[Body]:
    found = _json(response)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) and response.status < 300 else []


def _json(response: Response) -> Any:
    try:
        return orjson.loads(response.body)
    except orjson.JSONDecodeError:
        return None
