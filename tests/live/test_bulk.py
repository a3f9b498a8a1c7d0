"""Looking at a server costs one request a page, however much of the catalog is on it and however many items a page has."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bench.counting import counting
from bench.synthetic import documents
from tests.compile.catalogs import SETTINGS, linked
from tests.live.servers import LiveServer, serving
from tests.live.snapshots import reached
from tests.publish.shops import AT_ONCE, SHOP, compiled, dialects_of, edited
from tmfkit.plan.states import Wanted
from tmfkit.publish.desired import desired
from tmfkit.publish.destination import Destination
from tmfkit.publish.drift import drift
from tmfkit.publish.planning import planned
from tmfkit.publish.publish import publish
from tmfkit.remote.http import HttpApi
from tmfkit.remote.profiles import PROFILES, ROWS
from tmfkit.serve.run import running
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile
from tmfkit.tmf.versions import APIS

DEARER = edited(("setup: {type: oneTime, amount: 49.00 EUR", "setup: {type: oneTime, amount: 59.00 EUR"), of=SHOP)


def in_pages_of(size: int, destination: Destination) -> Destination:
    """The same target, whose servers give so many items at once."""
    apis = {dialect: api for dialect, api in destination.apis.items() if isinstance(api, HttpApi)}
    return replace(destination, apis={dialect: replace(api, profile=replace(api.profile, page=size)) for dialect, api in apis.items()})


def pages(wanted: Mapping[Address, Wanted], profile: Profile, dialects: tuple[Dialect, ...]) -> int:
    """The pages of all lists: an empty list has one, and where items are not counted only an empty page says that a list has ended."""
    items = Counter(address[:2] for address in wanted)
    counts = [items[dialect, entry.path] for dialect in dialects for entry in APIS[dialect].resources]
    full = [-(-count // profile.page) for count in counts]
    return sum(max(1, number) if profile.counts else number + 1 for number in full)


def asked(server: LiveServer) -> tuple[int, set[str]]:
    """How many requests there were since this was asked last, and what sort: the method, and whether it was for a list."""
    found = [(one.request.method, "list" if "?" in one.request.path else "item") for one in server.seen]
    server.seen.clear()
    return len(found), {" ".join(sort) for sort in found}


@pytest.mark.parametrize("row", ROWS, ids=PROFILES)
def test_plan_and_drift_ask_once_a_page(tmp_path: Path, row: Profile) -> None:
    profile = replace(row, page=4)
    dialects = dialects_of(row)
    wanted = compiled(SHOP, dialects)
    with serving(profile, dialects) as server:
        target = in_pages_of(profile.page, reached(server.url, row, tmp_path))
        assert publish(target, wanted, "r1", manner=AT_ONCE).whole
        expected = pages(wanted, profile, dialects)
        assert len(dialects) < expected < len(wanted)
        server.seen.clear()

        assert planned(target, wanted, "r1").plan.steps == ()
        assert asked(server) == (expected, {"GET list"})
        assert drift(target).is_none
        assert asked(server) == (expected, {"GET list"})
        assert len(planned(target, compiled(DEARER, dialects), "r2").plan.steps) == 1
        assert asked(server) == (expected, {"GET list"})


def test_the_embedded_catalog_is_asked_once_a_page(tmp_path: Path) -> None:
    """The catalog that tmfkit serves itself, several pages to a list, behind what counts the requests for the benchmark."""
    row = PROFILES["embedded"]
    dialects = dialects_of(row)
    catalog = linked({f"{number}.yaml": document.text for number, document in enumerate(documents(100))})
    wanted = desired(catalog, dialects, SETTINGS).value
    with running() as root, counting(root) as counter:
        target = in_pages_of(25, reached(counter.url, row, tmp_path))
        assert publish(target, wanted, "r1").whole
        writes = counter.taken()
        assert writes["POST"] == len(wanted)
        assert planned(target, wanted, "r1").plan.steps == ()
        assert counter.taken() == {"GET": pages(wanted, replace(row, page=25), dialects)}
