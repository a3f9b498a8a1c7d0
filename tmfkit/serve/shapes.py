"""What an item has to be before the catalog takes it, and what the catalog adds to it by itself."""

import re
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from tmfkit.serve.errors import Fault, bad
from tmfkit.serve.exchange import Body
from tmfkit.serve.service import stamp
from tmfkit.serve.shelf import Shelf
from tmfkit.serve.tables import ID, VERSION
from tmfkit.tmf.rest import REST
from tmfkit.tmf.versions import APIS

FIRST_STATE = "In study"
"""The state in which the life of an item begins, where nobody says another (TMF620 user guide)."""

_CODE = "invalidBody"
_TEXTS = ("id", "name", "version", "lifecycleStatus", "lastUpdate", "@type", "@baseType")
_KEPT_OUT = re.compile(r"[\x00-\x1f\x7f/\\?#]")
_SAFE = ":@!$&()*+,;=~"
_WITH_VERSION = re.compile(r"(?P<id>.*):\(version=(?P<version>[^()]*)\)", re.DOTALL)


def address(shelf: Shelf, id: str, public: str = "") -> str:
    """Where an item is found, from the root of the server or from the address that consumers see."""
    return f"{public.rstrip('/')}{APIS[shelf.dialect].base_path}{shelf.resource}/{quote(id, safe=_SAFE)}"


def shown(shelf: Shelf, body: Body, public: str = "") -> Body:
    """An item as it is answered, with its address behind its id."""
    return {"id": body["id"], "href": address(shelf, body["id"], public), **{name: value for name, value in body.items() if name != "id"}}


def exactly(item: Body) -> str:
    """The address of this very version of an item that is shown: `href` leads to the newest one, which may be another."""
    version = item.get("version")
    return f"{item['href']}:(version={quote(version, safe=_SAFE)})" if version else str(item["href"])


def parted(text: str) -> tuple[str, str | None]:
    """The id and the version that the end of an address names, as in `42:(version=1.0)`."""
    found = _WITH_VERSION.fullmatch(text)
    return (found["id"], found["version"]) if found else (text, None)


def new(shelf: Shelf, sent: Any, id: str, moment: datetime) -> Body:
    """The item that a client sent, with what every item has; `id` is for one that has none."""
    if not isinstance(sent, dict):
        raise bad(_CODE, "an item is an object")
    row = REST[shelf.dialect].served(shelf.resource)
    lacking = [name for name in (row.required if row else ()) if sent.get(name) is None]
    if lacking:
        named = " and ".join(f"`{name}`" for name in lacking)
        one = len(lacking) == 1
        raise bad("missingAttribute", f"{named} {'is' if one else 'are'} missing: every new {shelf.resource} has {'it' if one else 'them'}")
    body = {name: value for name, value in sent.items() if value is not None and name != "href"}
    body = {"id": id, **body}
    body.setdefault("lifecycleStatus", FIRST_STATE)
    body.setdefault("lastUpdate", stamp(moment))
    return fit(body)


def altered(before: Body, after: Body, moment: datetime) -> Body:
    """An item after a patch, with the moment of the change unless the client says another; refuses another id or address."""
    for name in ("id", "href"):
        if after.get(name, before[name]) != before[name]:
            raise bad("fixedAttribute", f"`{name}` cannot be changed")
    body = {**after, "id": before["id"]}
    body.pop("href", None)
    if body.get("name") is None and before.get("name") is not None:
        raise bad("missingAttribute", "`name` cannot be taken away")
    body.setdefault("lifecycleStatus", before["lifecycleStatus"])
    if body.get("lastUpdate") in (None, before["lastUpdate"]):
        body["lastUpdate"] = stamp(moment)
    return fit(body)


def fit(body: Body) -> Body:
    """Refuses an item that could not be found again by its id, version, name or state."""
    for name in _TEXTS:
        if name in body and not isinstance(body[name], str):
            raise bad(_CODE, f"`{name}` is a text")
    if not 0 < len(body["id"]) <= ID or _KEPT_OUT.search(body["id"]) or body["id"] in (".", "..") or parted(body["id"])[1] is not None:
        raise bad(_CODE, f"`id` has 1 to {ID} characters that can stand in an address, and none of / \\\\ ? #")
    version = body.get("version", "")
    if len(version) > VERSION or re.search(r"[()]", version):
        raise bad(_CODE, f"`version` has at most {VERSION} characters, and no parentheses")
    return body


def too_large(limit: int) -> Fault:
    """An item, or what came as one, is longer than the server takes."""
    return Fault(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "tooLarge", f"the body is longer than {limit:,} bytes")
