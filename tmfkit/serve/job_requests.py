"""What a client may ask of an import or export job: which resource, under which conditions, from where and to where."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from tmfkit.serve.callbacks import allowed_hosts, refusal
from tmfkit.serve.errors import bad
from tmfkit.serve.exchange import Body, Call
from tmfkit.serve.outbox import checked
from tmfkit.serve.service import Service
from tmfkit.serve.shapes import address, fit
from tmfkit.serve.shelf import Shelf
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import PLAIN_JSON, REST
from tmfkit.tmf.versions import APIS

EXPORT = "exportJob"
CONTENT = "/content"
"""What follows the address of an export that this server keeps; TM Forum names no place for it."""

_CODE = "invalidBody"
_TEXTS = ("@type", "@baseType", "@schemaLocation", "contentType", "path", "query", "url")
"""What a client decides about a job; everything else is what became of it."""


def asked_of(service: Service, call: Call, sent: Any) -> Body:
    """The job that a client sent, with an id; raises `Fault` for one that is never carried out."""
    if not isinstance(sent, dict):
        raise bad(_CODE, "a job is an object")
    row = REST[call.api].served(call.resource)
    for name in row.required if row else ():
        if sent.get(name) is None:
            raise bad("missingAttribute", f"`{name}` is missing: every new {call.resource} has it")
    body: Body = {"id": service.mint() if sent.get("id") is None else sent["id"]}
    for name in _TEXTS:
        if (value := sent.get(name)) is None:
            continue
        if not isinstance(value, str):
            raise bad(_CODE, f"`{name}` is a text")
        body[name] = value
    fit(body)
    _check_terms(call, body)
    body["url"] = _destination(service, call, body) if call.resource == EXPORT else _origin(service, call, body["url"])
    return body


def resource_of(dialect: Dialect, path: str) -> str:
    """The resource that the `path` of a job names; empty where it names none, which means all of them."""
    name = re.split("[?#]", path, maxsplit=1)[0].rstrip("/").rpartition("/")[2]
    if not name or f"/{name}/" == APIS[dialect].base_path[-len(name) - 2 :]:
        return ""
    if any(row.path == name for row in REST[dialect].resources):
        return name
    offered = ", ".join(f"`{row.path}`" for row in REST[dialect].resources)
    raise bad(_CODE, f"`path` names no resource of this API: it ends in one of {offered}, or is left out")


def kept_export(service: Service, dialect: Dialect, url: str, host: str) -> str:
    """The id of the export job of this server whose content an address names; empty where it is another address."""
    path = urlsplit(url).path if _own(service, url, host) else ""
    for public in ("", service.settings.public):
        base = urlsplit(address(Shelf(dialect, EXPORT), "", public)).path
        if path.startswith(base) and path.endswith(CONTENT):
            return unquote(path.removeprefix(base).removesuffix(CONTENT))
    return ""


def _check_terms(call: Call, body: Mapping[str, Any]) -> None:
    if body.get("contentType", PLAIN_JSON).partition(";")[0].strip().lower() != PLAIN_JSON:
        raise bad(_CODE, f"`contentType` is {PLAIN_JSON}: files of another kind are not read or written")
    resource_of(call.api, body.get("path", ""))
    checked(body.get("query", ""), fields=False)


def _destination(service: Service, call: Call, body: Mapping[str, Any]) -> str:
    """Where an export goes: to a host that may be called, or it is kept here when the address is that of this server."""
    if _own(service, body["url"], call.headers.get("host", "")):
        return address(Shelf(call.api, call.resource), body["id"], service.settings.public) + CONTENT
    return _allowed(service, body["url"])


def _origin(service: Service, call: Call, url: str) -> str:
    """Where an import comes from: a host that may be called, or an export that is kept here."""
    if not _own(service, url, call.headers.get("host", "")):
        return _allowed(service, url)
    export = kept_export(service, call.api, url, call.headers.get("host", ""))
    if not export:
        raise bad(
            "callbackRefused", f"`url` is not taken: of this server itself, only the content of an {EXPORT} of the same API is imported"
        )
    return address(Shelf(call.api, EXPORT), export, service.settings.public) + CONTENT


def _allowed(service: Service, url: str) -> str:
    reason = refusal(url, allowed_hosts(service.settings.callbacks))
    if reason:
        raise bad("callbackRefused", f"`url` is not taken: {reason}")
    return url


def _own(service: Service, url: str, host: str) -> bool:
    """Whether an address leads to this server: a path alone, the name under which it was called, or its public address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if not parts.scheme and not parts.netloc:
        return url.startswith("/")
    public = urlsplit(service.settings.public).netloc
    return parts.scheme in ("http", "https") and parts.netloc.lower() in {name.lower() for name in (host, public) if name}
