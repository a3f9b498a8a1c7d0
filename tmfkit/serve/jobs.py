"""Import and export jobs: asked for here, carried out behind the answers, and looked up until they are done."""

from http import HTTPStatus

import orjson
from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from tmfkit.serve.errors import Fault, missing, not_allowed, taken
from tmfkit.serve.event_tables import jobs
from tmfkit.serve.exchange import Answer, Body, Call
from tmfkit.serve.job_requests import CONTENT, asked_of
from tmfkit.serve.json_text import parsed
from tmfkit.serve.listing import query_of
from tmfkit.serve.service import Service, Written, stamp
from tmfkit.serve.shapes import address
from tmfkit.serve.shelf import Shelf
from tmfkit.tmf.rest import JOB_STATES, REST

NOT_STARTED, RUNNING, SUCCEEDED, FAILED = JOB_STATES

MOST_WAITING = 100


def create_job(service: Service, call: Call) -> Answer:
    """Puts a job in the queue; who reads it again learns what became of it."""
    shelf, moment = _shelf(call), service.clock()
    body = asked_of(service, call, parsed(call.body, service.settings.limits.depth))
    body |= {"status": NOT_STARTED, "creationDate": stamp(moment)}
    values = {"id": body["id"], "dialect": shelf.dialect.value, "resource": shelf.resource, "body": orjson.dumps(body).decode()}
    with service.store.writing() as connection:
        waiting = select(func.count()).select_from(jobs).where(jobs.c.done.is_(False))
        if connection.execute(waiting).scalar_one() >= MOST_WAITING:
            raise Fault(HTTPStatus.TOO_MANY_REQUESTS, "busy", f"{MOST_WAITING} jobs wait already: try again", {"Retry-After": "10"})
        try:
            with connection.begin_nested():
                connection.execute(insert(jobs).values(**values, done=False, holder="", held_until=0.0))
        except IntegrityError:
            raise taken(f"{shelf.resource} `{body['id']}` is there already") from None
        shown = told(service, shelf, body)
        service.record(connection, [Written(shelf, None, shown, moment)])
    service.wake()
    return Answer(HTTPStatus.CREATED, shown, {"Location": shown["href"]})


def list_jobs(service: Service, call: Call) -> Answer:
    """The jobs of an API that a client asks for, in the order in which they came unless another is asked for."""
    shelf, query, limits = _shelf(call), query_of(call), service.settings.limits
    limit = limits.page if query.limit is None else min(query.limit, limits.page)
    with service.store.reading() as connection:
        rows = connection.execute(select(jobs.c.body).where(_on(shelf)).order_by(jobs.c.place)).scalars().all()
    found = query.arranged(body for row in rows if query.accepts(body := told(service, shelf, orjson.loads(row))))
    part = [query.shown(body, REST[call.api].selected) for body in found[query.offset : query.offset + limit]]
    return Answer(HTTPStatus.OK, part, {"X-Total-Count": str(len(found)), "X-Result-Count": str(len(part))})


def read_job(service: Service, call: Call) -> Answer:
    """One job, or what an export made and this server keeps."""
    shelf, id = _shelf(call), call.id.removesuffix(CONTENT)
    with service.store.reading() as connection:
        row = _row(connection, shelf, id)
    if id == call.id:
        return Answer(HTTPStatus.OK, query_of(call).shown(told(service, shelf, orjson.loads(row.body)), REST[call.api].selected))
    if row.content is None:
        raise missing(f"{shelf.resource} `{id}` keeps nothing here, or not yet: see its `status`")
    return Answer(HTTPStatus.OK, row.content.encode())


def remove_job(service: Service, call: Call) -> Answer:
    """Takes a job away with all that it keeps; one that runs is undone."""
    shelf = _shelf(call)
    if call.id.endswith(CONTENT):
        raise not_allowed("what an export made goes with its job: remove that", "GET", "HEAD")
    with service.store.writing() as connection:
        row = _row(connection, shelf, call.id, hold=True)
        connection.execute(delete(jobs).where(jobs.c.place == row.place))
        service.record(connection, [Written(shelf, told(service, shelf, orjson.loads(row.body)), None, service.clock())])
    service.wake()
    return Answer(HTTPStatus.NO_CONTENT)


def told(service: Service, shelf: Shelf, body: Body) -> Body:
    """A job as it is answered, with its address behind its id."""
    return {"id": body["id"], "href": address(shelf, body["id"], service.settings.public), **body}


def _shelf(call: Call) -> Shelf:
    return Shelf(call.api, call.resource)


def _row(connection: Connection, shelf: Shelf, id: str, *, hold: bool = False) -> Row[int, str, str | None]:
    query = select(jobs.c.place, jobs.c.body, jobs.c.content).where(_on(shelf), jobs.c.id == id)
    row = connection.execute(query.with_for_update() if hold else query).first()
    if row is None:
        raise missing(f"there is no {shelf.resource} `{id}`")
    return row


def _on(shelf: Shelf) -> ColumnElement[bool]:
    return and_(jobs.c.dialect == shelf.dialect.value, jobs.c.resource == shelf.resource)
