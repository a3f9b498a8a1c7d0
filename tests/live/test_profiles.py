"""A probe of a server of each row of the table names that row, leaves nothing behind and touches nothing that is not its own."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from urllib3 import PoolManager

from tests.live.proxy import Fault, by_number, spoiling
from tests.live.servers import Exchange, LiveServer, cut, serving
from tmfkit.errors import TmfkitError
from tmfkit.remote.connect import connect
from tmfkit.remote.connection import Connection
from tmfkit.remote.http import HttpApi, Patience
from tmfkit.remote.memory import MemoryCatalog
from tmfkit.remote.probe import Probed, probe
from tmfkit.remote.profiles import PROFILES, ROWS
from tmfkit.remote.settings import Target
from tmfkit.remote.specimens import MARK
from tmfkit.remote.wire import Response
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile
from tmfkit.tmf.versions import APIS
from tmfkit.views.probe import as_text

UNSEEN = {
    "620": {"page", "makes_candidates", "removes_candidates"},
    "633": {"page"},
    "634": {"page", "strict_patch"},
}
ROOT = Path(__file__).resolve().parents[2]
COLUMNS = set(Profile.__dataclass_fields__) - {"name", "title"}
AT_ONCE = Patience(sleep=lambda seconds: None, chance=lambda: 0.0)


def api(there: MemoryCatalog) -> HttpApi:
    return HttpApi(there.dialect, there.profile, there, "catalog.example", patience=AT_ONCE)


def probed(there: MemoryCatalog) -> Probed:
    return probe(api(there), "0123")


def everything(there: MemoryCatalog) -> dict[str, object]:
    return {entry.path: there.held(entry.path) for entry in APIS[there.dialect].resources}


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("row", ROWS, ids=PROFILES)
def test_the_row_is_named(row: Profile, dialect: Dialect) -> None:
    there = MemoryCatalog(row, dialect)
    before = everything(there)
    found = probed(there)
    assert [fit.name for fit in found.fitting] == [row.name], found.expected
    assert COLUMNS - {trait.name for trait in found.traits} <= UNSEEN[APIS[dialect].number]
    assert (found.leftovers, found.broken) == ((), ())
    assert everything(there) == before


@pytest.mark.parametrize("row", ROWS, ids=PROFILES)
def test_what_others_have_there_is_only_read(row: Profile) -> None:
    there = MemoryCatalog(row, Dialect.TMF633_V4)
    for number in range(row.page + 3):
        there.place("serviceSpecification", {"name": f"theirs {number}", "version": "1.0"})
        there.place("serviceCandidate", {"name": f"theirs {number}", "version": "1.0"})
    before = everything(there)
    found = probed(there)
    assert [fit.name for fit in found.fitting] == [row.name], found.expected
    assert {trait.name: trait.value for trait in found.traits}["page"] == row.page
    assert everything(there) == before


def target(live: LiveServer, profile: str = "embedded") -> Target:
    return Target.model_validate(
        {"apis": {one.value: {"url": live.url + APIS[one].base_path, "profile": profile} for one in live.catalogs}}
    )


def over_http(live: LiveServer) -> list[Probed]:
    apis = connect(target(live), ROOT, None, {}, AT_ONCE)
    return [probe(one, "0123") for one in apis.values()]


@pytest.mark.parametrize("row", ROWS, ids=PROFILES)
def test_the_row_is_named_over_http(row: Profile) -> None:
    with serving(
        row, tuple(dialect for dialect in Dialect if dialect is not Dialect.TMF620_V4 and dialect is not Dialect.TMF634_V4)
    ) as live:
        for found in over_http(live):
            assert [fit.name for fit in found.fitting] == [row.name], found.expected
            assert bool(found.expected.differs) is (row.name != "embedded")
        assert all(not held for there in live.catalogs.values() for held in everything(there).values())


def plainly(url: str, row: Profile, dialect: Dialect) -> HttpApi:
    """Without the preparations for encrypted connections, which take longer than a probe."""
    return HttpApi(dialect, row, Connection(url + APIS[dialect].base_path, PoolManager()), "catalog.example", patience=AT_ONCE)


def nothing_left(live: LiveServer) -> bool:
    return all(not held for there in live.catalogs.values() for held in everything(there).values())


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("minting", Fault.RESET),
        ("minting", Fault.FAILED_AFTER),
        ("strict-v4", Fault.ERROR),
        ("strict-v4", Fault.TRUNCATE),
        ("v5", Fault.DROP),
        ("v5", Fault.BUSY),
    ],
)
def test_whatever_gets_lost_nothing_stays_behind(name: str, fault: Fault) -> None:
    """Every request of a probe is spoiled once."""
    row = PROFILES[name]
    number, more = 0, True
    while more:
        number += 1
        with serving(row, [Dialect.TMF633_V4]) as live, spoiling(live.url, by_number({number: fault})) as proxy:
            with suppress(TmfkitError):
                found = probe(plainly(proxy.url, row, Dialect.TMF633_V4), "0123")
                assert not found.expected.differs, number
                assert found.enough or found.broken, number
            more = bool(proxy.spoiled)
            assert nothing_left(live), (number, proxy.spoiled)
    assert number > 30


def test_what_cannot_be_removed_is_named() -> None:
    def stubborn(exchange: Exchange) -> Response | None:
        return Response(403, {"content-type": "application/json"}, b"{}") if exchange.request.method == "DELETE" else None

    with serving(PROFILES["v5"], [Dialect.TMF620_V4], before=stubborn) as live:
        (found,) = over_http(live)
        held = live.catalogs[Dialect.TMF620_V4].held("productSpecification")
        assert sorted(found.leftovers) == sorted(f"productSpecification {id} ({body['name']})" for id, body in held.items())
        assert all(MARK in name for name in found.leftovers)


def test_a_server_that_dies_leaves_names() -> None:
    """The third write is the last that arrives: what was made before is named in the error or in the findings."""

    def dead(exchange: Exchange) -> Response | None:
        return cut(exchange) if exchange.write > 2 else None

    with serving(PROFILES["v5"], [Dialect.TMF620_V4], before=dead) as live:
        (found,) = over_http(live)
        held = live.catalogs[Dialect.TMF620_V4].held("productSpecification")
        assert held
        assert {name.split()[1] for name in found.leftovers} >= set(held)
        assert found.broken


def test_a_probe_that_cannot_make_anything_says_why() -> None:
    def closed(exchange: Exchange) -> Response | None:
        return Response(403, {"content-type": "application/json"}, b'{"code":"9","reason":"read only"}') if exchange.write else None

    with serving(PROFILES["v5"], [Dialect.TMF620_V4], before=closed) as live, pytest.raises(TmfkitError, match="403"):
        over_http(live)


@pytest.mark.parametrize(
    ("changed", "differs"),
    [
        ({"patched": 200}, {"patched"}),
        ({"nulls": True, "tags": True}, {"nulls", "tags"}),
        ({"body_limit": None}, {"body_limit"}),
        ({"checks_references": True}, {"checks_references"}),
    ],
)
def test_a_server_between_the_rows_is_told_by_its_difference(changed: dict[str, Any], differs: set[str]) -> None:
    odd = replace(PROFILES["tmf-reference"], **changed)
    found = probed(MemoryCatalog(odd, Dialect.TMF634_V4))
    assert found.fitting == ()
    assert found.fits[0].profile.name == "tmf-reference"
    assert {trait.name for trait in found.fits[0].differs} == differs


def test_a_server_that_answers_html_is_no_catalog() -> None:
    page = Response(200, {"content-type": "text/html"}, b"<html></html>")
    with serving(PROFILES["v5"], [Dialect.TMF620_V4], before=lambda exchange: page) as live, pytest.raises(TmfkitError, match="web page"):
        over_http(live)


def test_names_of_rows_and_their_columns() -> None:
    """No two rows are alike, and each is told by something that a probe can see of every API."""
    seen = COLUMNS - set.union(*UNSEEN.values())
    rows = [tuple(getattr(row, name) for name in sorted(seen)) for row in ROWS]
    assert len(set(rows)) == len(rows)
    assert [row.name for row in ROWS] == list(PROFILES)


@pytest.mark.parametrize(
    "answer",
    [
        b"[]",
        b'{"id": 7}',
        b'{"id": "..", "name": "tmfkit-probe-0123-own"}',
        b'{"id": "a\\u001b[2Jb", "name": "tmfkit-probe-0123-own"}',
        b'[{"name": "tmfkit-probe-0123-first"}]',
        b'{"id": {}, "productSpecCharacteristic": 5}',
        b"null",
        b"",
    ],
)
def test_nonsense_is_no_finding_and_no_crash(answer: bytes) -> None:
    """The first item comes as it should; whatever the server says afterwards is nonsense."""

    def nonsense(exchange: Exchange) -> Response | None:
        return Response(200, {"content-type": "application/json", "x-total-count": "9" * 5000}, answer) if exchange.number > 1 else None

    with serving(PROFILES["v5"], [Dialect.TMF620_V4], before=nonsense) as live:
        (found,) = over_http(live)
        assert found.fitting == ()
        assert "\x1b" not in as_text([found])
