"""The commands that plan and publish, as somebody types them, against a server over HTTP."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import sleep

import pytest

from tests.catalogs import written
from tests.live.servers import Exchange, LiveServer, cut, serving
from tmfkit.cli.app import run
from tmfkit.remote.profiles import PROFILES
from tmfkit.tmf.dialects import Dialect

CATALOG = """\
kind: Category
id: broadband
name: Broadband
---
kind: ProductSpecification
id: line
name: Line
characteristics: {speed: {values: [slow, fast], default: slow}}
---
kind: ProductOffering
id: home
name: Home
product: line
categories: [broadband]
lifecycle: Launched
prices: {monthly: {type: recurring, every: 1 month, amount: 20.00 EUR}}
"""
SETTINGS = """\
release: {{name: r7}}
dialects: [tmf620-v5]
targets:
  shop:
    apis: {{tmf620-v5: {{url: "{url}/productCatalogManagement/v5/", profile: embedded}}}}
"""


@dataclass
class Desk:
    """A project, a server, and what a command said last."""

    folder: Path
    server: LiveServer
    capsys: pytest.CaptureFixture[str]
    out: str = ""
    err: str = ""

    def tmfkit(self, *arguments: str) -> int:
        code = run([*arguments, "--project", str(self.folder)])
        captured = self.capsys.readouterr()
        self.out, self.err = captured.out, captured.err
        return code

    def catalog(self, old: str = "", new: str = "") -> None:
        assert old in CATALOG
        (self.folder / "catalog" / "shop.yaml").write_text(CATALOG.replace(old, new) if old else CATALOG)

    @property
    def place_of(self) -> str:
        return f"shop ({self.server.url.removeprefix('http://')})"

    @property
    def items(self) -> dict[str, dict[str, object]]:
        return self.server.catalogs[Dialect.TMF620_V5].held("productOffering")

    def place(self, **body: object) -> None:
        self.server.catalogs[Dialect.TMF620_V5].place("productOffering", body)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    with serving(PROFILES["embedded"], [Dialect.TMF620_V5]) as server:
        folder = written(tmp_path / "project", {"shop.yaml": CATALOG}, SETTINGS.format(url=server.url))
        yield Desk(folder, server, capsys)


def test_from_the_first_plan_to_nothing_left_to_do(desk: Desk) -> None:
    assert desk.tmfkit("plan", "shop", "--exit-code") == 5
    assert f"plan for {desk.place_of}, release r7: 4 to create; 0 unchanged" in desk.out
    assert not (desk.folder / "state").exists()
    assert desk.tmfkit("publish", "shop", "--yes") == 0
    assert desk.out.endswith(f"{desk.place_of}, release r7: 4 created; 0 unchanged\n")
    assert desk.tmfkit("plan", "shop", "--exit-code") == 0
    assert desk.out == f"nothing to do: {desk.place_of} has 4 items as the catalog wants them\n"
    assert desk.tmfkit("publish", "shop", "--yes") == 0
    assert desk.out == f"nothing to do: {desk.place_of} has 4 items as the catalog wants them\n"
    assert desk.tmfkit("drift", "shop", "--exit-code") == 0
    assert len(desk.server.writes) == 5


def test_nothing_is_published_where_nobody_says_yes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.tmfkit("publish", "shop") == 2
    assert "nobody is there to agree: say --yes" in desk.err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("typer.confirm", lambda question: asked.append(question) or False)
    asked: list[str] = []
    assert desk.tmfkit("publish", "shop") == 0
    assert asked == [f"Publish this to {desk.place_of}?"]
    assert desk.out.endswith("nothing was published\n")
    assert desk.tmfkit("publish", "shop", "--format", "json") == 2
    assert "JSON is for programs, which cannot agree: say --yes" in desk.err
    assert desk.tmfkit("publish", "shop", "--dry-run") == 0
    assert desk.tmfkit("publish", "shop", "--dry-run", "--format", "json") == 0
    assert json.loads(desk.out)["counts"] == {"create": 4, "unchanged": 0}
    assert desk.server.writes == []
    assert asked == asked[:1]


def test_a_saved_plan_is_carried_out_as_it_is_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    file = str(tmp_path / "plan.json")
    assert desk.tmfkit("plan", "shop", "--out", file) == 0
    assert desk.out.splitlines()[-1] == f"saved to {file}; `tmfkit publish shop --plan {file}` carries it out"
    assert desk.tmfkit("plan", "shop", "--out", file, "--format", "json", "--url", desk.server.url) == 0
    assert json.loads(desk.out)["pending"] is True
    assert desk.err == f"saved to {file}; `tmfkit publish shop --plan {file} --url {desk.server.url}` carries it out\n"
    desk.catalog("name: Home", "name: House")
    assert desk.tmfkit("publish", "shop", "--plan", file) == 4
    assert "the saved plan is not carried out: the catalog has changed since the plan was made" in desk.err
    desk.catalog()
    assert desk.tmfkit("publish", "shop", "--plan", file) == 0
    assert desk.tmfkit("publish", "shop", "--plan", file) == 4
    assert "somebody has published to the target since the plan was made" in desk.err
    desk.catalog("20.00 EUR", "5.00 EUR")
    assert desk.tmfkit("plan", "shop", "--out", file) == 0
    assert desk.out.endswith(f"saved to {file}; `tmfkit publish` does not carry it out, because it is held back\n")
    assert desk.tmfkit("plan", "shop", "--allow", "price-drop", "--out", file) == 0
    desk.place(**{**desk.items["home"], "description": "Somebody's"})
    assert desk.tmfkit("publish", "shop", "--plan", file) == 4
    assert "somebody has changed items on the server since the plan was made: ProductOffering home" in desk.err
    assert desk.tmfkit("plan", "shop", "--allow", "price-drop", "--out", file) == 0
    assert desk.tmfkit("publish", "shop", "--plan", file) == 0
    assert desk.tmfkit("plan", "shop", "--exit-code") == 0


def test_a_brake_is_lifted_by_its_name(desk: Desk) -> None:
    desk.tmfkit("publish", "shop", "--yes")
    desk.catalog("20.00 EUR", "5.00 EUR")
    assert desk.tmfkit("plan", "shop", "--exit-code") == 5
    assert desk.tmfkit("publish", "shop", "--yes") == 4
    assert desk.err == "tmfkit: nothing is published to shop: held back by price-drop\n  if all of that is meant: `--allow price-drop`\n"
    assert desk.tmfkit("publish", "shop", "--yes", "--format", "json") == 4
    assert [(stop["brake"], stop["lifted"]) for stop in json.loads(desk.out)["stops"]] == [("price-drop", False)]
    assert desk.tmfkit("publish", "shop", "--yes", "--allow", "price") == 2
    assert "did you mean `price-drop`" in desk.err
    assert desk.tmfkit("publish", "shop", "--yes", "--allow", "price-drop") == 0


def test_drift_and_adoption(desk: Desk) -> None:
    desk.place(id="home", name="Old home", lifecycleStatus="Launched")
    assert desk.tmfkit("publish", "shop", "--yes") == 4
    assert desk.tmfkit("adopt", "shop", "nobody", "--yes") == 1
    assert f"the catalog publishes nothing called `nobody` to {desk.place_of}" in desk.out
    assert desk.tmfkit("adopt", "shop", "line", "--yes") == 1
    assert desk.out == f"nothing on {desk.place_of} stands in the way of `line`\n"
    assert desk.tmfkit("adopt", "shop", "home", "--yes", "--format", "json") == 0
    assert json.loads(desk.out)["adopted"] is True
    assert desk.tmfkit("publish", "shop", "--yes") == 0
    assert desk.items["home"]["name"] == "Home"
    desk.place(**{**desk.items["home"], "name": "Haus"})
    assert desk.tmfkit("drift", "shop", "--exit-code") == 5
    assert "~ name: Home -> Haus" in desk.out
    assert desk.tmfkit("drift", "shop", "--format", "json") == 0
    assert json.loads(desk.out)["changed"] == [
        {"item": "tmf620-v5/productOffering/home", "fields": [{"path": "name", "before": "Home", "after": "Haus"}]}
    ]


def test_another_address_has_a_state_of_its_own(desk: Desk) -> None:
    desk.tmfkit("publish", "shop", "--yes")
    with serving(PROFILES["embedded"], [Dialect.TMF620_V5]) as other:
        assert desk.tmfkit("plan", "shop", "--url", other.url, "--exit-code") == 5
        assert desk.tmfkit("publish", "shop", "--url", other.url, "--yes") == 0
        assert desk.tmfkit("plan", "shop", "--url", other.url, "--exit-code") == 0
    assert desk.tmfkit("plan", "shop", "--url", desk.server.url, "--exit-code") == 0
    assert len(list((desk.folder / "state").iterdir())) == 2


def test_what_failed_is_told_and_finished_the_next_time(desk: Desk) -> None:
    desk.server.before = lambda exchange: cut(exchange) if b'"id":"line"' in (exchange.request.body or b"") else None
    assert desk.tmfkit("publish", "shop", "--yes", "--format", "json") == 1
    said = json.loads(desk.out)
    assert said["whole"] is False
    assert [one["item"] for one in said["skipped"]] == ["tmf620-v5/category/broadband", "tmf620-v5/productOffering/home"]
    desk.server.before = None
    assert desk.tmfkit("publish", "shop", "--yes") == 0
    assert "; 1 unchanged" in desk.out


def test_a_plan_says_that_the_last_run_did_not_end(desk: Desk) -> None:
    desk.tmfkit("publish", "shop", "--yes")
    (desk.folder / "state" / "shop" / "journal.jsonl").touch()
    desk.tmfkit("plan", "shop")
    assert desk.out.startswith("note: the last run did not end: ")
    desk.tmfkit("publish", "shop", "--yes")
    desk.tmfkit("plan", "shop")
    assert desk.out.startswith("nothing to do: ")


@pytest.mark.parametrize(("kind", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_was_done_is_told_when_somebody_breaks_it_off(desk: Desk, kind: signal.Signals, code: int) -> None:
    reached = Event()

    def slow(exchange: Exchange) -> None:
        if exchange.write == 2:
            reached.set()
            sleep(0.5)

    desk.server.before = slow
    command = [sys.executable, "-m", "tmfkit", "publish", "shop", "--yes", "--project", str(desk.folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert reached.wait(30)
    process.send_signal(kind)
    out, errors = process.communicate(timeout=30)
    assert process.returncode == code, errors
    assert "skipped:  " in out
    assert "the run was broken off" in out
    assert " created, " in out.splitlines()[-2]
    desk.server.before = None
    assert desk.tmfkit("publish", "shop", "--yes") == 0
    assert len(desk.items) == 1


def test_a_catalog_with_errors_is_not_published(desk: Desk) -> None:
    desk.catalog("product: line", "product: lime")
    assert desk.tmfkit("publish", "shop", "--yes") == 1
    assert desk.tmfkit("plan", "shop") == 1
    assert "did you mean `line`" in desk.out
    for command in (("plan",), ("publish", "--yes"), ("publish", "--dry-run"), ("adopt", "--yes")):
        assert desk.tmfkit(*command, "shop", "--format", "json") == 1
        assert "TK101" in {one["code"] for one in json.loads(desk.out)["diagnostics"]}
    assert desk.server.seen == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("plan", "shap"), "did you mean `shop`"),
        (("publish", "shop", "--plan", "nowhere.json"), "cannot read nowhere.json"),
        (("plan", "shop", "--url", "ftp://x"), "is no address of a server"),
        (("publish", "shop", "--yes", "--url", "x"), "is no address of a server"),
        (("drift", "shop", "--url", "x"), "is no address of a server"),
        (("adopt", "shop", "--yes", "--url", "x"), "is no address of a server"),
        (("probe", "shop", "--yes", "--url", "x"), "is no address of a server"),
        (("import", "--from", "shop", "--url", "http://me:word@x/"), "secrets stand in no address"),
    ],
)
def test_what_nobody_can_mean_is_said(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    assert desk.tmfkit(*arguments) == 2
    assert said in " ".join(desk.err.split())
    assert "word@" not in desk.err


def test_a_server_that_is_not_there_is_one_line(desk: Desk) -> None:
    assert desk.tmfkit("plan", "shop", "--url", "http://127.0.0.1:9") == 4
    assert desk.err.count("\n") <= 2
    assert "127.0.0.1:9" in desk.err
    assert "or start the embedded catalog with `tmfkit serve --port 9`" in desk.err
    assert desk.tmfkit("probe", "shop", "--yes", "--url", "http://127.0.0.1:9") == 4
    assert "nothing listens there" in desk.err
    assert "left there" not in desk.err + desk.out
