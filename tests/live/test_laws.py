"""The laws of publishing, over real HTTP, against a server that behaves as each row of the table of servers."""

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.live.proxy import Fault, by_chance, by_number, spoiling
from tests.live.servers import Exchange, serving
from tests.live.snapshots import Film, LiveShop, live_shop, reached
from tests.publish.shops import AT_ONCE, SHOP, edited
from tmfkit.errors import TmfkitError
from tmfkit.pipeline import linked
from tmfkit.plan.file import moved
from tmfkit.plan.steps import Brake
from tmfkit.project import open_project
from tmfkit.publish.desired import desired
from tmfkit.publish.report import Report
from tmfkit.remote.profiles import PROFILES
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS

PROFILE = pytest.mark.parametrize("profile", PROFILES)


def canonical_state(shop: LiveShop) -> Mapping[Address, Any]:
    """What a target has, in the words of the catalog: the same however it came about, and whatever ids the server gave."""
    return {address: (item.sent, item.seen, item.doubtful) for address, item in shop.known().items()}


def is_right(shop: LiveShop, report: Report | None = None) -> None:
    """Every item is there once, everything that is remembered is there, and nothing is in doubt."""
    assert report is None or report.whole, report
    known = shop.known()
    assert Counter(address[:2] for address in shop.there_is()) == Counter(address[:2] for address in shop.wanted)
    assert known.keys() == shop.wanted.keys()
    assert {address._replace(id=item.server_id) for address, item in known.items()} == shop.there_is()
    assert not (shop.folder / "journal.jsonl").exists()
    assert not (shop.folder / "lease.json").exists()


@PROFILE
def test_publish_then_plan_is_empty_and_twice_writes_once(tmp_path: Path, profile: str) -> None:
    with live_shop(tmp_path, profile) as shop:
        is_right(shop, shop.publish())
        assert shop.plan().steps == ()
        before = len(shop.there.writes)
        assert shop.publish().done == {}
        assert len(shop.there.writes) == before


@PROFILE
def test_killed_at_every_request(tmp_path: Path, profile: str) -> None:
    """All requests of 25 entities: whatever the moment, the next run ends where an undisturbed one does, and nothing is there twice."""
    with live_shop(tmp_path, profile, concurrency=1) as shop:
        film = Film(shop.folder)
        film.attach(shop.there)
        is_right(shop, shop.publish())
        shop.there.before = shop.there.after = None
        expected = canonical_state(shop)
        assert len(film.taken) > 2 * len(expected)
        for number, snapshot in enumerate(film.taken):
            folder = tmp_path / str(number)
            snapshot.restore(shop.there, folder)
            again = shop.at(folder)
            report = again.publish()
            is_right(again, report)
            assert canonical_state(again) == expected, snapshot.what
            assert sum(report.done.values()) + report.unchanged == len(expected), snapshot.what


@pytest.mark.parametrize("profile", ["embedded", "minting"])
def test_killed_at_some_requests_of_the_example_operator(tmp_path: Path, profile: str) -> None:
    with live_shop(tmp_path, profile) as shop:
        project = open_project(ROOT).value
        shop.given = desired(linked(project).value, shop.destination().dialects, project.settings).value
        film = Film(shop.folder)
        film.attach(shop.there, every=170)
        is_right(shop, shop.publish())
        shop.there.before = shop.there.after = None
        expected = canonical_state(shop)
        assert len(film.taken) >= 4
        for number, snapshot in enumerate(film.taken):
            folder = tmp_path / str(number)
            snapshot.restore(shop.there, folder)
            again = shop.at(folder)
            is_right(again, again.publish())
            assert canonical_state(again) == expected, snapshot.what


@PROFILE
def test_killed_again_and_again(tmp_path: Path, profile: str) -> None:
    """Each run gets one write further and dies after the server has acted: the end is the same all the same."""
    with live_shop(tmp_path, profile) as shop:
        runs = 0
        while True:
            film = Film(shop.folder)
            film.attach(shop.there)
            first = len(shop.there.writes)
            report = shop.publish()
            shop.there.before = shop.there.after = None
            if len(shop.there.writes) - first == 0:
                break
            cut = [snapshot for snapshot in film.taken if snapshot.what.startswith("after")][: 1 + runs % 3][-1]
            folder = tmp_path / f"run-{runs}"
            cut.restore(shop.there, folder)
            shop = shop.at(folder)
            runs += 1
            assert runs <= 2 * len(shop.wanted)
        assert runs > len(shop.wanted) // 3
        is_right(shop, report)


@PROFILE
def test_a_live_change_between_plan_and_publish_is_refused(tmp_path: Path, profile: str) -> None:
    with live_shop(tmp_path, profile) as shop:
        shop.publish()
        saved = shop.now(CHANGED).plan()
        assert list(moved(saved, shop.now(CHANGED).plan())) == []
        dialect = shop.destination().dialects[0]
        there = shop.there.catalogs[dialect]
        id, body = next((id, body) for id, body in there.held("productOffering").items() if body["name"] == "TV Basic")
        there.place("productOffering", {**body, "description": "on sale"}, id)
        assert "ProductOffering tv-basic" in "".join(moved(saved, shop.now(CHANGED).plan()))


CHANGED = edited(("setup: {type: oneTime, amount: 49.00 EUR", "setup: {type: oneTime, amount: 59.00 EUR"), of=SHOP)


@PROFILE
def test_an_empty_catalog_is_refused(tmp_path: Path, profile: str) -> None:
    with live_shop(tmp_path, profile) as shop:
        shop.publish()
        before = len(shop.there.writes)
        with pytest.raises(TmfkitError, match="--allow shrink"):
            shop.now("kind: Vocabulary\nlanguages: [en]\n").publish(*(set(Brake) - {Brake.SHRINK}))
        assert len(shop.there.writes) == before


def test_of_two_publishers_one_gets_through(tmp_path: Path) -> None:
    with live_shop(tmp_path, "embedded") as shop:
        refused: list[str] = []

        def second(exchange: Exchange) -> None:
            if exchange.write == 10:
                shop.there.before = None
                with pytest.raises(TmfkitError) as caught:
                    shop.at(shop.folder).publish()
                refused.append(caught.value.message)

        shop.there.before = second
        is_right(shop, shop.publish())
        assert [message for message in refused if message.startswith("somebody publishes to this target already")]


FAULTS = tuple(Fault)


@PROFILE
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_on_the_way_the_end_is_right(tmp_path: Path, profile: str, seed: int) -> None:
    """A fifth of all requests is dropped, delayed, doubled, cut off, answered with an error or reset after the server has written."""
    with live_shop(tmp_path, profile) as shop, spoiling(shop.there.url, by_chance(seed, 0.2, faults_for(profile)), delay=0.002) as proxy:
        shop.opened = reached(proxy.url, shop.profile, shop.folder)
        report = next((report for _ in range(9) if (report := published_or_not(shop)) and report.whole), None)
        assert len(proxy.spoiled) > 10
        assert report is not None
        is_right(shop, report)
        proxy.choose = lambda number, method: None
        assert shop.plan().steps == ()


def published_or_not(shop: LiveShop) -> Report | None:
    """What came of a run; None where the servers could not even be asked what they have, which ends the command and changes nothing."""
    with suppress(TmfkitError):
        return shop.publish(manner=AT_ONCE)
    return None


def faults_for(profile: str) -> tuple[Fault, ...]:
    """A request that arrives twice makes two items where the server gives the ids; nobody on this side can keep it from doing so."""
    return tuple(fault for fault in FAULTS if fault is not Fault.DUPLICATE or profile in ("embedded", "v5"))


@pytest.mark.parametrize("profile", ["strict-v4", "minting"])
def test_an_item_that_arrived_twice_is_named(tmp_path: Path, profile: str) -> None:
    """Nobody on this side can keep a request from arriving twice; the next plan says which item is one too many."""
    with live_shop(tmp_path, profile) as shop, spoiling(shop.there.url, by_number({20: Fault.DUPLICATE})) as proxy:
        shop.opened = reached(proxy.url, shop.profile, shop.folder)
        shop.publish()
        assert proxy.spoiled[0][1] == "POST"
        assert [note for note in shop.plan().notes if "more than once" in note]


def test_a_process_that_is_killed_is_gone_on_from(tmp_path: Path) -> None:
    """The command itself, killed by the system in the middle of the example operator, and run again."""
    row = PROFILES["embedded"]
    with serving(row, (Dialect.TMF620_V5, Dialect.TMF633_V4, Dialect.TMF634_V5)) as server:
        project = tmp_path / "project"
        shutil.copytree(ROOT / "catalog", project / "catalog")
        shutil.copy(ROOT / "tmfkit.yaml", project)
        command = [sys.executable, "-m", "tmfkit", "publish", "local", "--url", server.url, "--yes", "--project", str(project)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        def kill(exchange: Exchange) -> None:
            if exchange.write == 200:
                os.kill(process.pid, signal.SIGKILL)

        server.after = kill
        assert process.wait(60) == -signal.SIGKILL
        server.after = None
        (folder,) = (project / "state").iterdir()
        assert {path.name for path in folder.iterdir() if not path.name.startswith(".")} >= {"journal.jsonl", "lease.json"}
        again = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert again.returncode == 0, again.stderr
        made = [one for one in server.writes if one.request.method == "POST" and one.response and one.response.status == 201]
        assert len(made) == sum(len(catalog.held(entry.path)) for one, catalog in server.catalogs.items() for entry in APIS[one].resources)
        plan = [*command[:3], "plan", *command[4:7], *command[8:], "--exit-code"]
        assert subprocess.run(plan, capture_output=True, text=True, timeout=60, check=False).returncode == 0
