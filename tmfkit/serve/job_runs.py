"""Carries out import and export jobs one after the other, each as a whole or not at all, whichever server is stopped meanwhile."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import orjson
from sqlalchemy import ColumnElement, Connection, and_, select, update

from tmfkit.errors import TmfkitError
from tmfkit.serve.background import Worker, working
from tmfkit.serve.errors import Fault
from tmfkit.serve.event_tables import jobs
from tmfkit.serve.exchange import Body
from tmfkit.serve.job_requests import EXPORT
from tmfkit.serve.jobs import FAILED, RUNNING, SUCCEEDED, told
from tmfkit.serve.service import Service, Written, stamp
from tmfkit.serve.shelf import Shelf
from tmfkit.serve.transfers import Import, carried_out, fetched
from tmfkit.serve.transfers import exported as export
from tmfkit.tmf.dialects import Dialect

LEASE = 300.0
"""Seconds after which a job that was begun and not ended is begun again: its server is gone."""

POLL = 1.0


@dataclass(frozen=True, slots=True)
class _Job:
    place: int
    shelf: Shelf
    body: Body
    holder: str

    @property
    def mine(self) -> ColumnElement[bool]:
        """Nobody took the job away meanwhile, and nobody else began it again."""
        return and_(jobs.c.place == self.place, jobs.c.holder == self.holder, jobs.c.done.is_(False))


class _Gone(Exception):
    """The job is no longer there, or no longer ours: what it did is undone."""


def jobbing(service: Service) -> AbstractContextManager[Callable[[], None]]:
    """Carries out jobs in the background for as long as it is open; what it gives wakes it for a new one."""
    return working("jobs", lambda worker: run_job(service, worker), 1, POLL)


def run_job(service: Service, worker: Worker, clock: Callable[[], float] = time.time) -> bool:
    """Carries out the job that has waited longest; False where none waits."""
    job = _claimed(service, worker, clock())
    if job is None:
        return False
    try:
        if job.shelf.resource == EXPORT:
            _export(service, job)
        else:
            _import(service, job)
    except (Fault, TmfkitError) as failure:
        _end(service, job, {"status": FAILED, "errorLog": failure.message})
    except _Gone:
        pass
    service.wake()
    return True


def _export(service: Service, job: _Job) -> None:
    content = export(service, job.shelf.dialect, job.body)
    _end(service, job, {"status": SUCCEEDED}, content)


def _import(service: Service, job: _Job) -> None:
    """Everything of the file and the end of the job in one transaction, so that beginning again never does a part twice."""
    dialect, moment = job.shelf.dialect, service.clock()
    read: Import = fetched(service, dialect, job.body)
    with service.store.writing() as connection:
        written = carried_out(service, connection, dialect, read, moment)
        ended = _written_down(service, connection, job, {"status": SUCCEEDED})
        service.record(connection, [*written, ended])


def _claimed(service: Service, worker: Worker, now: float) -> _Job | None:
    columns = select(jobs.c.place, jobs.c.dialect, jobs.c.resource, jobs.c.body)
    first = columns.where(jobs.c.done.is_(False), jobs.c.held_until <= now).order_by(jobs.c.place).limit(1)
    with service.store.reading() as connection:
        if connection.execute(first).first() is None:
            return None
    with service.store.writing() as connection:
        row = connection.execute(first.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        taken = {"holder": worker.name, "held_until": now + LEASE}
        connection.execute(update(jobs).where(jobs.c.place == row.place).values(taken))
        job = _Job(row.place, Shelf(Dialect(row.dialect), row.resource), orjson.loads(row.body), worker.name)
        service.record(connection, [_written_down(service, connection, job, {"status": RUNNING})])
    return _Job(job.place, job.shelf, {**job.body, "status": RUNNING}, job.holder)


def _end(service: Service, job: _Job, outcome: Body, content: str | None = None) -> None:
    with service.store.writing() as connection:
        service.record(connection, [_written_down(service, connection, job, outcome, content)])


def _written_down(service: Service, connection: Connection, job: _Job, outcome: Body, content: str | None = None) -> Written:
    """Notes how far a job is; raises `_Gone` where it is no longer ours."""
    moment, running = service.clock(), outcome["status"] == RUNNING
    body = {**job.body, **outcome} if running else {**job.body, **outcome, "completionDate": stamp(moment)}
    values = {"body": orjson.dumps(body).decode(), "done": not running, "content": content}
    if not connection.execute(update(jobs).where(job.mine).values(values)).rowcount:
        raise _Gone
    return Written(job.shelf, told(service, job.shelf, job.body), told(service, job.shelf, body), moment)
