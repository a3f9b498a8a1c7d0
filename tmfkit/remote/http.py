"""A catalog API over HTTP: what is asked becomes requests, and what comes back becomes items or one clear line."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from tmfkit.compile.encode import compact
from tmfkit.errors import TmfkitError
from tmfkit.remote.answers import Asked, body_of, list_of, other_item, refusal, total_of
from tmfkit.remote.api import Body, Held, Page
from tmfkit.remote.auth import NOBODY, Credentials
from tmfkit.remote.wire import Busy, Doubtful, Endless, Refused, Request, Response, Transport, Unreached
from tmfkit.remote.wording import one_line
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile
from tmfkit.tmf.versions import APIS

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Patience:
    """How often something is looked at that does not answer, and how long is waited in between; looking changes nothing.

    `first` is in seconds and doubles each time, up to `longest`; a server that says how long it wants to be left alone is obeyed,
    up to there.
    """

    attempts: int = 5
    first: float = 0.5
    longest: float = 30.0
    sleep: Callable[[float], object] = time.sleep
    chance: Callable[[], float] = random.random

    def wait(self, attempt: int, after: float | None = None) -> None:
        """Waits after the attempt of this number, from 0 on; chance keeps many clients from coming back at once."""
        seconds = self.first * 2**attempt * (0.5 + self.chance() / 2) if after is None else after + self.chance() * self.first
        self.sleep(min(seconds, self.longest))


@dataclass(frozen=True)
class HttpApi:
    """A `CatalogApi` over a transport. `base` is the address in messages; `withheld` says that the target's credentials do not go there."""

    dialect: Dialect
    profile: Profile
    transport: Transport
    title: str
    base: str = ""
    credentials: Credentials = field(default=NOBODY, repr=False)
    withheld: bool = False
    patience: Patience = Patience()

    def page(self, resource: str, offset: int, limit: int, where: Mapping[str, str] = {}) -> Page:
        """The items of a resource from `offset` on, whether the server calls its answer whole (200) or a part (206)."""
        query = urlencode({"offset": offset, "limit": limit, **where})
        asked = self._asked(f"listing {self._noun(resource)}")
        response = self._look(asked, f"{resource}?{query}")
        return Page(list_of(asked, response), total_of(response) if self.profile.counts else None)

    def read(self, resource: str, id: str) -> Held | None:
        """The item of this id; None where there is none."""
        asked = self._asked(f"reading {self._noun(resource)} {one_line(id)}")
        try:
            response = self._look(asked, path_of(resource, id))
        except Refused as error:
            if error.status in (404, 410):
                return None
            raise
        return self._held(asked, response, id)

    def create(self, resource: str, body: Body) -> Held:
        """Makes an item; its id is in the answer."""
        content = compact(body)
        name = body.get("id") or body.get("name") or ""
        asked = self._asked(f"creating {self._noun(resource)} {one_line(name)}", writes=True, size=len(content))
        response = self._send(asked, Request("POST", resource, {"accept": JSON, "content-type": JSON}, content))
        return Held(body_of(asked, response), response.headers.get("etag", ""))

    def change(self, resource: str, id: str, patch: Body, tag: str = "") -> Held | None:
        """Merges `patch` into an item, only in the state of `tag` if one is given; None where the answer has no body."""
        content = compact(patch)
        asked = self._asked(f"changing {self._noun(resource)} {one_line(id)}", writes=True, size=len(content))
        headers = {"accept": JSON, "content-type": self.profile.patch.value} | ({"if-match": tag} if tag else {})
        response = self._send(asked, Request("PATCH", path_of(resource, id), headers, content))
        return None if response.status == 204 or not response.body.strip() else self._held(asked, response, id)

    def remove(self, resource: str, id: str) -> bool:
        """Deletes an item; False where there was none."""
        asked = self._asked(f"deleting {self._noun(resource)} {one_line(id)}", writes=True)
        try:
            self._send(asked, Request("DELETE", path_of(resource, id), {"accept": JSON}))
        except Refused as error:
            if error.status in (404, 410):
                return False
            raise
        return True

    def _asked(self, doing: str, *, writes: bool = False, size: int = 0) -> Asked:
        return Asked(self.title, doing, self.base, self.credentials, self.withheld, writes, size)

    def _noun(self, resource: str) -> str:
        """The TM Forum type of a resource, as messages name it."""
        return next((row.type for row in APIS[self.dialect].resources if row.path == resource), resource)

    def _held(self, asked: Asked, response: Response, id: str) -> Held:
        body = body_of(asked, response)
        if body["id"] != id:
            raise other_item(asked, body["id"])
        return Held(body, response.headers.get("etag", ""))

    def _send(self, asked: Asked, request: Request) -> Response:
        try:
            response = self.transport.send(request)
        except (Unreached, Doubtful) as error:
            raise type(error)(f"{asked}: {error.message}", error.hint) from None
        if refused := refusal(asked, response):
            raise refused
        return response

    def _look(self, asked: Asked, path: str) -> Response:
        """Asks for what changes nothing, and asks again where that may help."""
        request = Request("GET", path, {"accept": JSON})
        for attempt in range(self.patience.attempts - 1):
            try:
                return self._send(asked, request)
            except Busy as error:
                self.patience.wait(attempt, error.after)
            except Endless:
                raise
            except Doubtful:
                self.patience.wait(attempt)
            except Refused as error:
                if error.status < 500 or error.status == 501:
                    raise
                self.patience.wait(attempt)
        return self._send(asked, request)


def path_of(resource: str, id: str) -> str:
    """The path of an item. Colons stay, because ids that are URNs are written so; a dot alone would lead elsewhere."""
    if id in (".", "..", ""):
        raise TmfkitError(f"`{id}` is no id of an item: it would lead to another address", "ask those who run the server")
    return f"{resource}/{quote(id, safe=':@')}"
