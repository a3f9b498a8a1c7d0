"""Nobody is woken for nothing: a change wakes those who tell listeners only where somebody listens to its API."""

from pathlib import Path

import orjson
import pytest

from tmfkit.serve.exchange import Call
from tmfkit.serve.hubs import subscribe
from tmfkit.serve.operations import change, create, remove
from tmfkit.serve.outbox import record_all
from tmfkit.serve.service import Service
from tmfkit.serve.settings import Settings
from tmfkit.serve.store import opened
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import HUB, MERGE_PATCH

P4, S4 = Dialect.TMF620_V4, Dialect.TMF633_V4


def body(**said: str) -> bytes:
    return orjson.dumps(said)


@pytest.mark.parametrize(("listens_to", "woken"), [(None, 0), (S4, 0), (P4, 3)])
def test_who_is_woken(tmp_path: Path, listens_to: Dialect | None, woken: int) -> None:
    calls: list[None] = []
    store = opened(str(tmp_path / "catalog.sqlite"))
    service = Service(store, Settings(callbacks=("hub.example:80",)), record=record_all, wake=lambda: calls.append(None))
    if listens_to is not None:
        subscribe(service, Call("POST", listens_to, HUB, body=body(callback="http://hub.example:80/")))
    create(service, Call("POST", P4, "category", body=body(id="a", name="A")))
    change(service, Call("PATCH", P4, "category", "a", headers={"content-type": MERGE_PATCH}, body=body(name="B")))
    remove(service, Call("DELETE", P4, "category", "a"))
    store.close()
    assert len(calls) == woken
