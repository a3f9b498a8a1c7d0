"""Events, listeners and jobs have the names and the attributes of the official files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.tmf.test_official import official
from tmfkit.serve.events import events_of
from tmfkit.serve.exchange import Body
from tmfkit.serve.service import Written
from tmfkit.serve.shelf import Shelf
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import REST

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROWS = [(dialect, row.path) for dialect in Dialect for row in (*REST[dialect].resources, *REST[dialect].jobs)]

ITEM: Body = {"id": "a", "href": "/a", "name": "A", "lifecycleStatus": "Active", "status": "Running", "lastUpdate": "2026-01-01T00:00:00Z"}
LIFE: list[tuple[Body | None, Body | None]] = [
    (None, ITEM),
    (ITEM, {**ITEM, "name": "B"}),
    (ITEM, {**ITEM, "lifecycleStatus": "Launched", "status": "Succeeded"}),
    (ITEM, None),
]


def told(dialect: Dialect, resource: str, *life: tuple[Body | None, Body | None]) -> list[Body]:
    numbers = iter(range(1000))
    changes = [Written(Shelf(dialect, resource), before, after, NOON) for before, after in life]
    return [event.body for event in events_of(changes, lambda: f"n{next(numbers)}")]


@pytest.mark.parametrize(("dialect", "resource"), ROWS)
def test_every_event_is_one_of_the_official_file_with_its_attributes(reference: Path, dialect: Dialect, resource: str) -> None:
    specification = official(reference, dialect)
    for body in told(dialect, resource, *LIFE):
        schema = specification.schemas[body["eventType"]]
        assert set(body) - {"@type"} <= set(specification.properties(schema))
        payload = specification.properties(specification.schemas[f"{body['eventType']}Payload"])
        assert set(body["event"]) == {resource} <= set(payload)


@pytest.mark.parametrize(
    ("dialect", "resource", "life", "expected"),
    [
        (Dialect.TMF620_V4, "category", 0, ["CategoryCreateEvent"]),
        (Dialect.TMF620_V4, "category", 1, ["CategoryAttributeValueChangeEvent"]),
        (Dialect.TMF620_V4, "category", 2, ["CategoryAttributeValueChangeEvent", "CategoryStateChangeEvent"]),
        (Dialect.TMF620_V4, "category", 3, ["CategoryDeleteEvent"]),
        (Dialect.TMF633_V4, "serviceSpecification", 1, ["ServiceSpecificationChangeEvent"]),
        (Dialect.TMF633_V4, "serviceSpecification", 2, ["ServiceSpecificationChangeEvent"]),
        (Dialect.TMF634_V4, "resourceSpecification", 2, ["ResourceSpecificationChangeEvent"]),
        (Dialect.TMF634_V5, "resourceSpecification", 1, ["ResourceSpecificationAttributeValueChangeEvent"]),
        (Dialect.TMF634_V5, "resourceCatalog", 3, ["ResourceCatalogDeleteEvent"]),
        (Dialect.TMF620_V4, "importJob", 2, []),
        (Dialect.TMF620_V5, "importJob", 2, ["ImportJobStateChangeEvent"]),
        (Dialect.TMF620_V5, "importJob", 3, []),
        (Dialect.TMF634_V5, "exportJob", 3, ["ExportJobDeleteEvent"]),
        (Dialect.TMF620_V4, "hub", 0, []),
    ],
)
def test_which_events_a_change_makes(dialect: Dialect, resource: str, life: int, expected: list[str]) -> None:
    assert [body["eventType"] for body in told(dialect, resource, LIFE[life])] == expected


@pytest.mark.parametrize("change", [{}, {"lastUpdate": "2026-02-02T00:00:00Z"}, {"href": "https://elsewhere.example/a"}])
def test_no_news_is_no_event(change: Body) -> None:
    assert told(Dialect.TMF620_V4, "category", (ITEM, {**ITEM, **change})) == []


def test_a_change_of_the_state_alone_is_no_change_of_attributes() -> None:
    after = {**ITEM, "lifecycleStatus": "Launched", "lastUpdate": "2026-02-02T00:00:00Z"}
    assert [body["eventType"] for body in told(Dialect.TMF634_V5, "resourceCatalog", (ITEM, after))] == ["ResourceCatalogStatusChangeEvent"]
    assert [body["eventType"] for body in told(Dialect.TMF633_V4, "serviceCatalog", (ITEM, after))] == ["ServiceCatalogChangeEvent"]


def test_a_whole_event() -> None:
    (body,) = told(Dialect.TMF620_V5, "category", (None, {"id": "a", "name": "A"}))
    assert body == {
        "@type": "CategoryCreateEvent",
        "eventId": "n1",
        "eventTime": "2026-03-01T12:00:00.000Z",
        "eventType": "CategoryCreateEvent",
        "event": {"category": {"id": "a", "name": "A"}},
        "correlationId": "n0",
        "domain": "TMF620 v5.0",
        "title": "CategoryCreateEvent",
        "description": "category a was created",
        "priority": "Normal",
        "timeOccurred": "2026-03-01T12:00:00.000Z",
    }
