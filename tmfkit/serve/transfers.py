"""What goes out of the catalog as a file and comes into it from one: items in JSON, of one resource or of all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from tmfkit.compile.encode import compact
from tmfkit.serve import shelf as rows
from tmfkit.serve.callbacks import Unanswered, allowed_hosts, ask
from tmfkit.serve.errors import Fault, bad
from tmfkit.serve.event_tables import jobs
from tmfkit.serve.exchange import Body
from tmfkit.serve.job_requests import EXPORT, kept_export, resource_of
from tmfkit.serve.json_text import alike, parsed
from tmfkit.serve.outbox import wanted
from tmfkit.serve.service import Service, Written, stamp
from tmfkit.serve.shapes import new, shown, too_large
from tmfkit.serve.shelf import Shelf
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import PLAIN_JSON, REST

LONGEST = 128 * 1024 * 1024
"""Bytes of a file that is read or written."""
PATIENCE = 120.0
"""Seconds that the transfer of a file may take."""
SAID = 20
"""Faults of a file that are told; the others are counted."""

_LEVELS = 2
"""Levels of a file above those of its items."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a file, and where it stands there in words."""

    resource: str
    place: str
    sent: Any


Import = list[Entry]
_Bodies = dict[tuple[str, str], Body]


def exported(service: Service, dialect: Dialect, job: Mapping[str, Any]) -> str | None:
    """Makes the file of an export and sends it where it goes; the text where this server keeps it."""
    text = _written(service, dialect, job)
    if kept_export(service, dialect, job["url"], ""):
        return text
    hosts, headers = allowed_hosts(service.settings.callbacks), {"Content-Type": PLAIN_JSON}
    status = ask("PUT", job["url"], hosts, body=text.encode(), headers=headers, patience=PATIENCE).status
    if not 200 <= status < 300:
        raise Unanswered(f"the file was sent, and the answer is {status}")
    return None


def fetched(service: Service, dialect: Dialect, job: Mapping[str, Any]) -> Import:
    """The items of the file of an import, in one order for all files, so that two imports never wait for each other."""
    levels = service.settings.limits.depth + _LEVELS
    content = parsed(_content(service, dialect, job), levels)
    return sorted(_entries(dialect, resource_of(dialect, job.get("path", "")), content), key=_order)


def carried_out(service: Service, connection: Connection, dialect: Dialect, read: Import, moment: datetime) -> list[Written]:
    """Makes every item that is new and replaces every one that is there; raises with all that is wrong, and then nothing is done."""
    bodies = _bodies(service, dialect, read, moment)
    written: list[Written] = []
    for resource in bodies:
        written += _placed(service, connection, Shelf(dialect, resource), bodies[resource], moment)
    return written


def _written(service: Service, dialect: Dialect, job: Mapping[str, Any]) -> str:
    only, query = resource_of(dialect, job.get("path", "")), wanted(job.get("query", ""))
    found: dict[str, list[Body]] = {}
    size = 0
    with service.store.reading() as connection:
        for resource in [only] if only else [row.path for row in REST[dialect].resources]:
            shelf = Shelf(dialect, resource)
            found[resource] = []
            for stored in rows.each(connection, shelf, {}):
                body = shown(shelf, stored.body, service.settings.public)
                if not query.accepts(body):
                    continue
                size += len(stored.text)
                if size > LONGEST:
                    raise bad(
                        "tooLarge", f"the file would be longer than {LONGEST:,} characters: export one resource at a time, or with a query"
                    )
                found[resource].append(body)
    return compact(found[only] if only else found).decode()


def _content(service: Service, dialect: Dialect, job: Mapping[str, Any]) -> bytes:
    export = kept_export(service, dialect, job["url"], "")
    if export:
        with service.store.reading() as connection:
            query = select(jobs.c.content).where(jobs.c.dialect == dialect.value, jobs.c.resource == EXPORT, jobs.c.id == export)
            content = connection.execute(query).scalar()
        if content is None:
            raise bad("notImported", f"{EXPORT} `{export}` keeps nothing here, or not yet")
        return str(content).encode()
    reply = ask("GET", job["url"], allowed_hosts(service.settings.callbacks), most=LONGEST, patience=PATIENCE)
    if reply.status != 200:
        raise Unanswered(f"the file was asked for, and the answer is {reply.status}")
    return reply.body


def _entries(dialect: Dialect, only: str, content: Any) -> Iterator[Entry]:
    """A list holds items of the resource that `path` names; a mapping has a list for each resource."""
    offered = [row.path for row in REST[dialect].resources]
    lists = {only: content} if only and isinstance(content, list) else content
    if not isinstance(lists, dict) or not all(isinstance(items, list) for items in lists.values()):
        wants = "a list of items (then `path` names their resource) or an object with a list for each resource"
        raise bad("notImported", f"the file is not {wants}")
    for resource, items in lists.items():
        if resource not in offered or only not in ("", resource):
            raise bad("notImported", f"`{resource[:80]}` is no resource that this job imports: {only or ', '.join(offered)}")
        for number, sent in enumerate(items, start=1):
            yield Entry(resource, f"{resource} {number}{_named(sent)}", sent)


def _named(sent: Any) -> str:
    id = sent.get("id") if isinstance(sent, dict) else None
    return f" (`{id[:80]}`)" if isinstance(id, str) else ""


def _order(entry: Entry) -> tuple[str, str, str]:
    sent = entry.sent if isinstance(entry.sent, dict) else {}
    return entry.resource, str(sent.get("id", "")), str(sent.get("version", ""))


def _bodies(service: Service, dialect: Dialect, read: Import, moment: datetime) -> dict[str, _Bodies]:
    """What becomes of a file, by resource, id and version; raises with what is wrong with it."""
    found: dict[str, _Bodies] = {}
    faults: list[str] = []
    for entry in read:
        try:
            body = _body(service, Shelf(dialect, entry.resource), entry.sent, moment)
        except Fault as fault:
            faults.append(f"{entry.place}: {fault.message}")
            continue
        there = found.setdefault(entry.resource, {})
        if there.setdefault((body["id"], body.get("version", "")), body) is not body:
            faults.append(f"{entry.place}: the file has it twice")
    if faults:
        more = [f"and {len(faults) - SAID} more"] if len(faults) > SAID else []
        raise bad("notImported", "nothing was imported: " + "; ".join([*faults[:SAID], *more]))
    return found


def _body(service: Service, shelf: Shelf, sent: Any, moment: datetime) -> Body:
    body = new(shelf, sent, service.mint(), moment)
    if len(compact(body)) > service.settings.limits.body:
        raise too_large(service.settings.limits.body)
    return body


def _placed(service: Service, connection: Connection, shelf: Shelf, bodies: _Bodies, moment: datetime) -> list[Written]:
    written: list[Written] = []
    public, unseen = service.settings.public, dict(bodies)
    for stored in rows.several(connection, shelf, sorted({id for id, _ in bodies})):
        body, before = unseen.pop((stored.id, stored.version), None), stored.body
        if body is None or _same(before, body, moment):
            continue
        rows.change(connection, stored, body)
        written.append(Written(shelf, shown(shelf, before, public), shown(shelf, body, public), moment))
    try:
        rows.put_all(connection, shelf, list(unseen.values()))
    except IntegrityError:
        raise bad("notImported", f"somebody else made a {shelf.resource} of the file at the same time: start the job again") from None
    return [*written, *(Written(shelf, None, shown(shelf, body, public), moment) for body in unseen.values())]


def _same(before: Body, body: Body, moment: datetime) -> bool:
    """A file that does not say when an item was changed last says nothing new by that."""
    given = {**body, "lastUpdate": before["lastUpdate"]} if body["lastUpdate"] == stamp(moment) else body
    return alike(given, before)
