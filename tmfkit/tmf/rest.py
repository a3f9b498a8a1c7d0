"""What the catalog APIs ask and answer over HTTP, by dialect: what an item needs, what a change must leave, which events follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS

MERGE_PATCH = "application/merge-patch+json"
JSON_PATCH = "application/json-patch+json"
QUERY_PATCH = "application/json-patch-query+json"
"""A JSON patch whose paths select elements of a list by their attributes: `/place?id=2807`."""
PLAIN_JSON = "application/json"

ANSWERED = ("id", "href", "name", "lifecycleStatus", "lastUpdate")
"""What every item in an answer has (TMF620 conformance profile, the same for each API here)."""
JOB_STATES = ("Not Started", "Running", "Succeeded", "Failed")
"""The life of an import or export job, in order; the last two are ends."""
HUB = "hub"
LISTENER = "listener"


class Change(StrEnum):
    """What can become of an item, as listeners are told."""

    CREATED = "created"
    CHANGED = "changed"
    STATUS = "status"
    """Its `lifecycleStatus`, or the state of a job, is another one."""
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One resource of an API as its text describes it.

    `path` is also the key of the item in an event, `type` its `@type` where the client gives none. `required` are the attributes that a
    new item must have, `fixed` those that a change may not touch: they are not declared for it. Jobs cannot be changed at all.
    `events` name the event of each change; what has none is told as `CHANGED`, or not at all.
    """

    path: str
    type: str
    required: tuple[str, ...]
    fixed: tuple[str, ...] = ()
    job: bool = False
    events: Mapping[Change, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """One API as its text describes it.

    `typed` says that errors, hubs, jobs and events have an `@type`, which a client must send too; `selected` is what a selection of
    `fields` always keeps. `patches` are the media types of changes that the text names. `heard` is the status that a listener
    answers, `occurred` how the moment of an event is spelled, `batch` an event that only other servers send.
    """

    typed: bool
    selected: tuple[str, ...]
    patches: tuple[str, ...]
    heard: int
    occurred: str
    resources: tuple[Served, ...]
    jobs: tuple[Served, ...]
    batch: str = ""

    def served(self, path: str) -> Served | None:
        """The resource or job at `path`, or None where the API has none."""
        return next((row for row in (*self.resources, *self.jobs) if row.path == path), None)

    @property
    def listeners(self) -> tuple[str, ...]:
        """The last part of the address at which a listener of this API takes each event."""
        events = [event for row in (*self.resources, *self.jobs) for event in row.events.values()]
        return tuple(event[0].lower() + event[1:] for event in (*events, *([self.batch] if self.batch else [])))


_P4, _P5, _S4, _R4, _R5 = Dialect
_FOUR = {Change.CREATED: "Create", Change.CHANGED: "AttributeValueChange", Change.STATUS: "StateChange", Change.DELETED: "Delete"}
_THREE = {Change.CREATED: "Create", Change.CHANGED: "Change", Change.DELETED: "Delete"}
_JOBS = {Change.CREATED: "Create", Change.STATUS: "StateChange"}

_SUFFIXES: dict[Dialect, dict[Change, str]] = {
    _P4: _FOUR,
    _P5: _FOUR,
    _S4: _THREE,
    _R4: _THREE,
    _R5: {**_FOUR, Change.STATUS: "StatusChange"},
}
_JOB_SUFFIXES: dict[Dialect, dict[Change, str]] = {_P4: {}, _P5: _JOBS, _S4: {}, _R4: _JOBS, _R5: {**_JOBS, Change.DELETED: "Delete"}}
_BATCH = {_P4: "CatalogBatchEvent", _S4: "ServiceCatalogBatchEvent"}

_NAMED = ("name",)
_DATED = (*_NAMED, "lifecycleStatus", "lastUpdate")
_REQUIRED: dict[tuple[Dialect, str], tuple[str, ...]] = {
    (_P5, "ProductOffering"): _DATED,
    (_P5, "ProductOfferingPrice"): (*_NAMED, "priceType", "lifecycleStatus", "lastUpdate"),
    (_P5, "ProductSpecification"): _DATED,
    (_S4, "ServiceCandidate"): (*_NAMED, "serviceSpecification"),
}
"""Beside the name, which every item needs; `@type` comes on top where the API is typed."""

_ADDRESS = ("id", "href")
_FIXED: dict[Dialect, tuple[str, ...]] = {
    _P4: (*_ADDRESS, "lastUpdate", "@type", "@baseType"),
    _P5: (*_ADDRESS, "lastUpdate"),
    _S4: (*_ADDRESS, "lastUpdate"),
    _R4: _ADDRESS,
    _R5: _ADDRESS,
}
_FIXED_ALONE = {(_P5, "ProductCatalog"): _ADDRESS}


def _required(dialect: Dialect, type: str) -> tuple[str, ...]:
    needed = _REQUIRED.get((dialect, type), _NAMED)
    return ("@type", *needed) if APIS[dialect].nested_types else needed


def _events(type: str, suffixes: Mapping[Change, str]) -> dict[Change, str]:
    return {change: f"{type}{suffix}Event" for change, suffix in suffixes.items()}


def _job(dialect: Dialect, path: str, type: str) -> Served:
    required = ("@type", "url") if APIS[dialect].nested_types else ("url",)
    return Served(path=path, type=type, required=required, job=True, events=_events(type, _JOB_SUFFIXES[dialect]))


def _rest(dialect: Dialect) -> Rest:
    typed = APIS[dialect].nested_types
    return Rest(
        typed=typed,
        selected=(*_ADDRESS, "@type") if typed else _ADDRESS,
        patches=(PLAIN_JSON, MERGE_PATCH, JSON_PATCH, QUERY_PATCH) if typed else (PLAIN_JSON,),
        heard=204 if typed else 201,
        occurred="timeOccurred" if typed else "timeOcurred",
        resources=tuple(
            Served(
                path=row.path,
                type=row.type,
                required=_required(dialect, row.type),
                fixed=_FIXED_ALONE.get((dialect, row.type), _FIXED[dialect]),
                events=_events(row.type, _SUFFIXES[dialect]),
            )
            for row in APIS[dialect].resources
        ),
        jobs=(_job(dialect, "importJob", "ImportJob"), _job(dialect, "exportJob", "ExportJob")),
        batch=_BATCH.get(dialect, ""),
    )


REST: dict[Dialect, Rest] = {dialect: _rest(dialect) for dialect in Dialect}
"""What each API asks and answers."""
