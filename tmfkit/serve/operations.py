"""What can be done with one item of a resource: read, create, change and remove."""

import re
from http import HTTPStatus

from tmfkit.compile.encode import compact
from tmfkit.serve import shelf as rows
from tmfkit.serve.errors import Fault, bad, missing, taken
from tmfkit.serve.exchange import Answer, Body, Call
from tmfkit.serve.json_text import check, parsed
from tmfkit.serve.listing import query_of
from tmfkit.serve.patches import patched
from tmfkit.serve.service import Service, Written
from tmfkit.serve.shapes import altered, exactly, new, parted, shown, too_large
from tmfkit.serve.shelf import Shelf, Stored
from tmfkit.tmf.rest import REST

_NUMBERS = re.compile(r"(\d+)")


def read(service: Service, call: Call) -> Answer:
    """One item: the version that the address names, or the newest."""
    shelf = _shelf(call)
    with service.store.reading() as connection:
        stored = _chosen(rows.versions(connection, shelf, _meant(call)[0]), call)
    known = [tag.removeprefix("W/") for tag in _tags(call.headers.get("if-none-match", ""))]
    if stored.tag in known or "*" in known:
        return Answer(HTTPStatus.NOT_MODIFIED, headers={"ETag": stored.tag})
    return _answer(call, stored.tag, _shown(service, shelf, stored))


def create(service: Service, call: Call) -> Answer:
    """A new item, or a new version of one that is there."""
    shelf, moment = _shelf(call), service.clock()
    body = new(shelf, parsed(call.body, service.settings.limits.depth), service.mint(), moment)
    with service.store.writing() as connection:
        stored = rows.put(connection, shelf, body)
        if stored is None:
            raise taken(f"{shelf.resource} `{body['id']}` is there already{_of_version(body)}")
        made = shown(shelf, body, service.settings.public)
        to_tell = service.record(connection, [Written(shelf, None, made, moment)])
    if to_tell:
        service.wake()
    answer = _answer(call, stored.tag, made, HTTPStatus.CREATED)
    return Answer(answer.status, answer.body, {**answer.headers, "Location": exactly(made)})


def change(service: Service, call: Call) -> Answer:
    """A patch of the version that the address names, or of the newest; one that changes nothing leaves no trace."""
    shelf, limits, moment = _shelf(call), service.settings.limits, service.clock()
    patch = parsed(call.body, limits.depth)
    with service.store.writing() as connection:
        stored = _expected(_chosen(rows.versions(connection, shelf, _meant(call)[0], hold=True), call), call)
        before = _shown(service, shelf, stored)
        after = patched(before, patch, media_type(call), limits)
        check(after, limits.depth)
        if compact(after) == compact(before):
            return _answer(call, stored.tag, before)
        body = altered(before, after, moment)
        if len(compact(body)) > limits.body:
            raise too_large(limits.body)
        changed = rows.change(connection, stored, body)
        if changed is None:
            raise taken(f"{shelf.resource} `{stored.id}` has a version {body.get('version', '')} already")
        now = shown(shelf, body, service.settings.public)
        to_tell = service.record(connection, [Written(shelf, before, now, moment)])
    if to_tell:
        service.wake()
    return _answer(call, changed.tag, now)


def remove(service: Service, call: Call) -> Answer:
    """Takes an item away: the version that the address names, or all of them."""
    shelf, moment = _shelf(call), service.clock()
    id, version = _meant(call)
    with service.store.writing() as connection:
        held = rows.versions(connection, shelf, id, hold=True)
        newest = _expected(_chosen(held, call), call)
        gone = held if version is None else [newest]
        rows.take(connection, [stored.place for stored in gone])
        to_tell = service.record(connection, [Written(shelf, _shown(service, shelf, stored), None, moment) for stored in gone])
    if to_tell:
        service.wake()
    return Answer(HTTPStatus.NO_CONTENT)


def media_type(call: Call) -> str:
    """The type of a body without its parameters."""
    return call.headers.get("content-type", "").partition(";")[0].strip().lower()


def _shelf(call: Call) -> Shelf:
    return Shelf(call.api, call.resource)


def _meant(call: Call) -> tuple[str, str | None]:
    """The id and the version of an address, `a:(version=1.0)` or `a?version=1.0`; no operation may take the second for all versions."""
    id, version = parted(call.id)
    versions = {value for name, value in call.parameters if name == "version"} | (set() if version is None else {version})
    if len(versions) > 1:
        raise bad("invalidQuery", f"the address names several versions of {call.resource} `{id}`: name one")
    return id, next(iter(versions), None)


def _chosen(versions: list[Stored], call: Call) -> Stored:
    id, version = _meant(call)
    fitting = [stored for stored in versions if version in (None, stored.version)]
    if not fitting:
        named = f"{call.resource} `{id}`" if version is None else f"{call.resource} `{id}` of version {version}"
        raise missing(f"there is no {named}")
    return max(fitting, key=_rank)


def _rank(stored: Stored) -> tuple[list[tuple[int, int, str]], int]:
    """Versions count as people count them, 1.10 after 1.9; of two that count the same, the one made last."""
    return [(1, int(part), "") if part.isdigit() else (0, 0, part) for part in _NUMBERS.split(stored.version) if part], stored.place


def _expected(stored: Stored, call: Call) -> Stored:
    wanted = call.headers.get("if-match", "")
    if wanted and "*" not in _tags(wanted) and stored.tag not in _tags(wanted):
        raise Fault(HTTPStatus.PRECONDITION_FAILED, "changed", f"{call.resource} `{stored.id}` was changed after you read it")
    return stored


def _tags(header: str) -> list[str]:
    return [tag.strip() for tag in header.split(",") if tag.strip()]


def _answer(call: Call, tag: str, body: Body, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    """The item, or the fields of it that are asked for; only the whole item has a tag."""
    fields = query_of(call).fields if call.parameters else None
    if fields is None:
        return Answer(status, body, {"ETag": tag})
    return Answer(status, fields.shown(body, REST[call.api].selected))


def _shown(service: Service, shelf: Shelf, stored: Stored) -> Body:
    return shown(shelf, stored.body, service.settings.public)


def _of_version(body: Body) -> str:
    return f" in version {body['version']}" if body.get("version") else ""
