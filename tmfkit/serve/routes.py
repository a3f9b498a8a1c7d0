"""The table of addresses: under which paths the server offers what, for every dialect."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeAlias

from tmfkit.serve.errors import bad
from tmfkit.serve.exchange import Answer, Call
from tmfkit.serve.hubs import subscribe, subscription, subscriptions, unsubscribe
from tmfkit.serve.jobs import create_job, list_jobs, read_job, remove_job
from tmfkit.serve.json_text import parsed
from tmfkit.serve.letters import PATH as DEAD_LETTERS
from tmfkit.serve.letters import discard, letter, letters, send_again
from tmfkit.serve.listing import listed
from tmfkit.serve.openapi import PATH as DESCRIPTION
from tmfkit.serve.openapi import description
from tmfkit.serve.operations import change, create, read, remove
from tmfkit.serve.patches import PATCH_TYPES
from tmfkit.serve.service import Service
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import HUB, LISTENER, PLAIN_JSON, REST
from tmfkit.tmf.versions import APIS

Operation: TypeAlias = Callable[[Service, Call], Answer]
"""Does what a call asks for; raises `Fault`."""

JSON = (PLAIN_JSON,)


@dataclass(frozen=True, slots=True)
class Way:
    """One path and what can be done there, by method; `takes` are the media types of a body, by method.

    `{id}` at the end of a path stands for everything that follows.
    """

    path: str
    does: Mapping[str, Operation]
    dialect: Dialect | None = None
    resource: str = ""
    takes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"POST": JSON, "PATCH": PATCH_TYPES})

    @property
    def allowed(self) -> tuple[str, ...]:
        """The methods, in one order for all."""
        return tuple(sorted({*self.does, *(["HEAD"] if "GET" in self.does else [])}))


def ways() -> list[Way]:
    """Every address of the server."""
    return [
        Way("/", {"GET": index}),
        Way(f"/{DESCRIPTION}", {"GET": description}),
        Way(DEAD_LETTERS, {"GET": letters, "POST": send_again, "DELETE": discard}, takes={}),
        Way(f"{DEAD_LETTERS}/{{id}}", {"GET": letter, "POST": send_again, "DELETE": discard}, takes={}),
        *(way for dialect in Dialect for way in _of(dialect)),
    ]


def index(service: Service, call: Call) -> Answer:
    """What is served, for whoever looks at the root."""
    apis = [
        {"api": APIS[dialect].title, "dialect": dialect.value, "address": service.settings.public.rstrip("/") + APIS[dialect].base_path}
        for dialect in Dialect
    ]
    return Answer(body={"apis": apis, "readOnly": bool(service.settings.read_only)})


def heard(service: Service, call: Call) -> Answer:
    """Takes an event of another server, as every listener does; the embedded catalog does nothing with it."""
    if not isinstance(event := parsed(call.body, service.settings.limits.depth), dict):
        raise bad("invalidBody", "an event is an object")
    status = HTTPStatus(REST[call.api].heard)
    if status is HTTPStatus.NO_CONTENT:
        return Answer(status)
    return Answer(status, {"id": str(event.get("eventId") or ""), "callback": ""})


def _of(dialect: Dialect) -> Iterator[Way]:
    base, api = APIS[dialect].base_path, REST[dialect]
    yield Way(f"{base}{DESCRIPTION}", {"GET": description}, dialect)
    for row in api.resources:
        yield Way(f"{base}{row.path}", {"GET": listed, "POST": create}, dialect, row.path)
        yield Way(f"{base}{row.path}/{{id}}", {"GET": read, "PATCH": change, "DELETE": remove}, dialect, row.path)
    yield Way(f"{base}{HUB}", {"GET": subscriptions, "POST": subscribe}, dialect, HUB)
    yield Way(f"{base}{HUB}/{{id}}", {"GET": subscription, "DELETE": unsubscribe}, dialect, HUB)
    for row in api.jobs:
        yield Way(f"{base}{row.path}", {"GET": list_jobs, "POST": create_job}, dialect, row.path)
        yield Way(f"{base}{row.path}/{{id}}", {"GET": read_job, "DELETE": remove_job}, dialect, row.path)
    for listener in api.listeners:
        yield Way(f"{base}{LISTENER}/{listener}", {"POST": heard}, dialect, LISTENER)
