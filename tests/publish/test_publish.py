"""What publishing does with plans and with servers that do not do what they are asked."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import orjson
import pytest

from tests.publish.shops import AT_ONCE, SHOP, V4, Shop, Wire, edited, shop, sizes_of
from tmfkit.errors import TmfkitError
from tmfkit.plan.steps import Action, Brake
from tmfkit.publish.records import GONE
from tmfkit.publish.report import Report
from tmfkit.remote.profiles import PROFILES
from tmfkit.remote.wire import Busy, Doubtful, Refused, Request, Unreached
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Ids
from tmfkit.tmf.roles import called
from tmfkit.tmf.versions import APIS
from tmfkit.views import publish_text

PROFILE = pytest.mark.parametrize("profile", PROFILES)
DEARER = edited(("setup: {type: oneTime, amount: 49.00 EUR", "setup: {type: oneTime, amount: 59.00 EUR"), of=SHOP)
CHEAPER = edited(("setup: {type: oneTime, amount: 49.00 EUR", "setup: {type: oneTime, amount: 9.00 EUR"), of=SHOP)
WITHOUT_SPORT = edited(
    ("kind: ProductOffering\nid: tv-sport\nname: TV Sport\nproduct: mobile-line\nlifecycle: Active\nsellable: false\n---\n", ""),
    ("[tv-basic, tv-sport]", "[tv-basic]"),
    of=SHOP,
)
DRAFT = edited(
    ("name: TV Sport\nproduct: mobile-line\nlifecycle: Active", "name: TV Sport\nproduct: mobile-line\nlifecycle: In study"), of=SHOP
)
RENAMED = edited(
    ("id: mobile-flex\n", "id: mobile-free\nrenamedFrom: mobile-flex\n"),
    ("offering: mobile-flex", "offering: mobile-free"),
    ("{mobile-flex:", "{mobile-free:"),
    of=SHOP,
)


@PROFILE
def test_what_is_published_is_there_and_nothing_is_left_to_do(tmp_path: Path, profile: str) -> None:
    target = shop(tmp_path, profile)
    report = target.publish()
    assert (report.whole, report.done) == (True, {Action.CREATE: len(target.wanted)})
    assert target.sizes() == sizes_of(target.wanted)
    assert target.plan().steps == ()
    again = Wire()
    assert target.publish(wire=again).done == {}
    assert again.writes == []


@PROFILE
def test_a_change_is_one_patch(tmp_path: Path, profile: str) -> None:
    target = shop(tmp_path, profile)
    target.publish()
    wire = Wire()
    report = target.now(DEARER).publish(wire=wire)
    assert (report.whole, report.done) == (True, {Action.UPDATE: 1})
    assert [request.method for request in wire.writes] == ["PATCH"]
    assert target.now(DEARER).plan().steps == ()


@PROFILE
def test_a_renamed_entity_stays_the_same_item(tmp_path: Path, profile: str) -> None:
    target = shop(tmp_path, profile)
    target.publish()
    before = target.sizes()
    wire = Wire()
    report = target.now(RENAMED).publish(wire=wire)
    assert report.whole
    assert {request.method for request in wire.writes} <= {"PATCH"}
    assert target.sizes() == before
    assert target.now(RENAMED).plan().steps == ()
    assert {str(address) for address in target.known()} == {str(address) for address in target.now(RENAMED).wanted}


@PROFILE
def test_what_was_launched_is_retired_and_what_was_a_draft_is_deleted(tmp_path: Path, profile: str) -> None:
    target = shop(tmp_path, profile)
    target.publish()
    with pytest.raises(TmfkitError, match=r"nothing is published to shop: .*--allow removal"):
        target.now(WITHOUT_SPORT).publish()
    gone = target.now(WITHOUT_SPORT)
    assert gone.publish(Brake.REMOVAL).done[Action.RETIRE] == 1
    offering = next(one for one in offerings(gone) if one["name"] == "TV Sport")
    assert offering["lifecycleStatus"] == "Retired"
    assert gone.plan().steps == ()


def test_what_somebody_changed_on_an_item_that_is_retired_is_not_held_against_the_run(tmp_path: Path) -> None:
    """Retiring writes the state alone, so nothing else can have been refused."""
    target = shop(tmp_path)
    target.publish()
    there, sport = next((target.catalogs[address.dialect], address.id) for address in target.wanted if address.id == "tv-sport")
    there.place("productOffering", {**there.held("productOffering")[sport], "name": "changed by hand"}, sport)
    report = target.now(WITHOUT_SPORT).publish(Brake.REMOVAL)
    assert report.done[Action.RETIRE] == 1
    assert report.whole, report


@PROFILE
@pytest.mark.parametrize("name", ["TV Sport", "Fibre Home"])
def test_what_refers_to_an_item_that_is_made_again_gets_its_new_id(tmp_path: Path, profile: str, name: str) -> None:
    """A server that gives ids gives another one; the old one leads nowhere."""
    target = shop(tmp_path, profile)
    target.publish()
    catalog = target.catalogs[target.destination().dialects[0]]
    gone = next(id for id, body in catalog.held("productOffering").items() if body["name"] == name)
    catalog._items["productOffering"].pop(gone)
    assert target.publish().whole
    assert target.plan().steps == ()
    kept = target.profile.ids is Ids.KEPT
    assert [body["id"] == gone for body in offerings(target) if body["name"] == name] == [kept]
    everything = [str(body) for entry in APIS[catalog.dialect].resources for body in catalog.held(entry.path).values()]
    assert kept or not [body for body in everything if f"'{gone}'" in body]


def test_a_draft_is_deleted(tmp_path: Path) -> None:
    target = shop(tmp_path, text=DRAFT)
    target.publish()
    gone = target.now(WITHOUT_SPORT)
    assert gone.publish().done[Action.REMOVE] == 1
    assert gone.sizes() == sizes_of(gone.wanted)
    assert gone.plan().steps == ()


@pytest.mark.parametrize("after", [False, True])
def test_a_removal_whose_answer_was_lost_is_asked_for_again(tmp_path: Path, after: bool) -> None:
    target = shop(tmp_path, text=DRAFT)
    target.publish()
    lost: list[int] = []

    def losing(number: int, request: Request) -> None:
        if request.method == "DELETE" and not lost:
            lost.append(number)
            raise Doubtful("the answer was lost")

    report = target.now(WITHOUT_SPORT).publish(wire=Wire(after=losing) if after else Wire(before=losing))
    assert lost
    assert report.whole, report
    assert report.done[Action.REMOVE] == 1


def offerings(target: Shop) -> list[dict[str, object]]:
    return list(target.items(target.destination().dialects[0], "productOffering").values())


@pytest.mark.parametrize(
    ("text", "brake"),
    [(CHEAPER, Brake.PRICE_DROP), (WITHOUT_SPORT, Brake.REMOVAL), ("kind: Category\nid: broadband\nname: B\n", Brake.SHRINK)],
)
def test_a_brake_holds_until_somebody_names_it(tmp_path: Path, text: str, brake: Brake) -> None:
    target = shop(tmp_path)
    target.publish()
    wire = Wire()
    with pytest.raises(TmfkitError, match=f"--allow {brake.value}"):
        target.now(text).publish(*(set(Brake) - {brake}), wire=wire)
    assert wire.writes == []
    assert target.now(text).publish(*Brake).whole


def test_a_catalog_without_anything_is_never_published(tmp_path: Path) -> None:
    target = shop(tmp_path)
    target.publish()
    with pytest.raises(TmfkitError, match="--allow shrink"):
        target.now("kind: Vocabulary\nlanguages: [en]\n").publish()


def test_what_somebody_else_made_is_in_the_way(tmp_path: Path) -> None:
    target = shop(tmp_path)
    there = target.catalogs[Dialect.TMF620_V5]
    there.place("productSpecification", {"id": "mobile-line", "name": "Somebody's", "@type": "ProductSpecification"})
    with pytest.raises(TmfkitError, match="ProductSpecification mobile-line"):
        target.publish()
    report = target.publish(Brake.UNMANAGED)
    skipped = {called(address) for address, _ in report.skipped}
    assert {"ProductSpecification mobile-line", "ProductOffering mobile-flex", "ProductOffering triple-play"} <= skipped
    assert there.held("productSpecification")["mobile-line"]["name"] == "Somebody's"
    assert sum(report.done.values()) + len(skipped) == len(target.wanted)
    category = next(why for address, why in report.skipped if called(address) == "Category broadband")
    assert category.startswith("written without `productOffering`, `subCategory`: ProductSpecification mobile-line is needed first")


def failing(method: str, path: str, error: Callable[[], Exception], every: int = 1, *, after: bool = False) -> Wire:
    """A wire on which some requests fail: every so many of those of a method whose path or body has a text in it."""
    hits = count(1)

    def hook(number: int, request: Request) -> None:
        said = request.path + (request.body or b"").decode()
        if request.method == method and re.search(path, said) and next(hits) % every == 0:
            raise error()

    return Wire(after=hook) if after else Wire(before=hook)


LINE = r'"name":"GPON line".*lifecycleStatus'


def test_what_fails_keeps_back_only_what_needs_it(tmp_path: Path) -> None:
    target = shop(tmp_path)
    report = target.publish(wire=failing("POST", LINE, lambda: Refused(400, "the server does not like it")))
    assert {(called(address), why) for address, why in report.failed} == {("ServiceSpecification gpon-line", "the server does not like it")}
    skipped = {called(address) for address, _ in report.skipped}
    assert {"ServiceSpecification internet-access", "ProductOffering fibre-home", "Category fibre"} & skipped
    assert all("ServiceSpecification gpon-line" in why for _, why in report.skipped), "whatever needs nothing of it goes on"
    assert not report.whole
    finished = target.publish()
    assert finished.whole
    assert sum(finished.done.values()) + finished.unchanged == len(target.wanted)
    assert target.sizes() == sizes_of(target.wanted)
    assert target.plan().steps == ()


def told(report: Report) -> int:
    """So many items a report speaks of."""
    return sum(report.done.values()) + len(report.failed) + len(report.skipped) + len(report.doubtful)


def ending(at: int, error: Callable[[], BaseException], *, after: bool) -> Wire:
    """A wire on which every request fails from some write on."""

    def hook(number: int, request: Request) -> None:
        if len(wire.writes) >= at:
            raise error()

    wire = Wire(after=hook) if after else Wire(before=hook)
    return wire


@pytest.mark.parametrize(
    ("error", "after"),
    [
        (lambda: Unreached("nobody answers"), False),
        (lambda: Doubtful("no answer"), False),
        (lambda: Doubtful("no answer"), True),
        (KeyboardInterrupt, False),
        (KeyboardInterrupt, True),
    ],
)
@pytest.mark.parametrize("at", [1, 7, 20, 33, 46, 50])
def test_every_item_is_told_of_once_wherever_a_run_breaks_off(
    tmp_path: Path, error: Callable[[], BaseException], after: bool, at: int
) -> None:
    target = shop(tmp_path, "v5")
    report = target.publish(wire=ending(at, error, after=after))
    assert told(report) == len(target.wanted), report
    assert not report.whole
    assert isinstance(report.broken, KeyboardInterrupt) is (error is KeyboardInterrupt)
    again = target.publish()
    assert again.whole
    assert told(again) + again.unchanged == len(target.wanted)
    assert target.sizes() == sizes_of(target.wanted)


def test_what_failed_alike_reads_alike(tmp_path: Path) -> None:
    target = shop(tmp_path)
    refused = Wire(before=lambda number, request: _refuse(request))
    report = target.publish(wire=refused)
    assert len(report.failed) > 5
    text = publish_text.as_text(report)
    assert f"failed:  {len(report.failed)} items: shop: TMF620 v5.0: creating it is refused: 400 no" in text
    assert "skipped:  " in text
    assert len(text.splitlines()) < 60
    assert f"release r1: {len(report.failed):,} failed, {len(report.skipped):,} skipped; 0 unchanged" in text


def _refuse(request: Request) -> None:
    if request.method == "POST":
        name = orjson.loads(request.body or b"")["id"]
        sort = f"{request.path[0].upper()}{request.path[1:]}"
        raise Refused(400, f"shop: TMF620 v5.0: creating {sort} {name} is refused: 400 no")


def test_the_first_failure_ends_it_where_that_is_wished(tmp_path: Path) -> None:
    target = shop(tmp_path)
    target.concurrency = 1
    wire = failing("POST", LINE, lambda: Refused(400, "no"))
    report = target.publish(wire=wire, manner=replace(AT_ONCE, stop_on_error=True))
    assert len(report.failed) == 1
    assert {why.rpartition(": ")[2] for _, why in report.skipped} <= {
        "the run stopped when ServiceSpecification gpon-line failed",
        "ServiceSpecification gpon-line is needed first, and was not written",
    }
    assert told(report) == len(target.wanted)
    assert wire.writes[-1].method == "POST"
    assert b"GPON line" in (wire.writes[-1].body or b"")
    assert target.publish().whole


@pytest.mark.parametrize("error", [lambda: Unreached("nobody answers"), lambda: Refused(401, "who are you")])
def test_where_nothing_would_go_better_nothing_more_is_tried(tmp_path: Path, error: Callable[[], Exception]) -> None:
    target = shop(tmp_path)
    wire = failing("POST", LINE, error)
    report = target.publish(wire=wire)
    assert len(report.failed) >= 1
    assert report.skipped
    assert target.publish().whole
    assert target.sizes() == sizes_of(target.wanted)


@PROFILE
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_lost_answer_is_looked_up(tmp_path: Path, profile: str, after: bool, method: str) -> None:
    target = shop(tmp_path, profile)
    report = target.publish(wire=failing(method, ".", lambda: Doubtful("the answer was lost"), every=2, after=after))
    assert report.whole, report
    assert target.sizes() == sizes_of(target.wanted)
    assert target.plan().steps == ()


@PROFILE
def test_what_stays_in_doubt_is_named_and_found_the_next_time(tmp_path: Path, profile: str) -> None:
    target = shop(tmp_path, profile)

    def blind(number: int, request: Request) -> None:
        if request.method == "GET" and seen:
            raise Doubtful("the server does not answer")
        if request.method == "POST" and b"GPON line" in (request.body or b""):
            seen.append(number)
            raise Doubtful("the answer was lost")

    seen: list[int] = []
    report = target.publish(wire=Wire(after=blind))
    assert [called(address) for address in report.doubtful if address.id == "gpon-line"]
    assert not report.whole
    finished = target.publish()
    assert finished.whole
    assert target.sizes() == sizes_of(target.wanted)
    assert target.plan().steps == ()


def test_a_lookup_that_fails_leaves_the_doubt(tmp_path: Path) -> None:
    """Nothing that is refused later says that the first attempt was not done."""
    target = shop(tmp_path, "strict-v4")

    def broken(number: int, request: Request) -> None:
        if request.method == "GET" and seen:
            raise Refused(500, "out of order")
        if request.method == "POST" and b'"name":"Mobile line"' in (request.body or b""):
            seen.append(number)
            raise Doubtful("the answer was lost")

    seen: list[int] = []
    report = target.publish(wire=Wire(after=broken))
    assert any(address.id == "mobile-line" for address in report.doubtful)
    assert target.publish().whole
    assert target.sizes() == sizes_of(target.wanted)


def test_a_server_that_is_busy_is_waited_for(tmp_path: Path) -> None:
    target = shop(tmp_path)
    assert target.publish(wire=failing("POST", ".", lambda: Busy(429, "slowly", after=0.1), every=2)).whole


@pytest.mark.parametrize("profile", ["strict-v4", "minting"])
def test_several_items_that_it_may_be_are_named_and_nothing_is_guessed(tmp_path: Path, profile: str) -> None:
    target = shop(tmp_path, profile)

    def doubled(number: int, request: Request) -> None:
        if request.method == "POST" and b'"name":"Mobile line"' in (request.body or b""):
            target.catalogs[V4[0]].place("productSpecification", orjson.loads(request.body or b""))
            seen.append(number)
            raise Doubtful("the answer was lost")

    seen: list[int] = []
    report = target.publish(wire=Wire(after=doubled))
    assert any(address.id == "mobile-line" for address in report.doubtful)
    with pytest.raises(TmfkitError, match="has 2 items of productSpecification called `Mobile line`"):
        target.publish()
    there = target.catalogs[V4[0]]
    there.drop("productSpecification", next(id for id, body in there.held("productSpecification").items() if body["name"] == "Mobile line"))
    assert target.publish().whole
    assert target.sizes() == sizes_of(target.wanted)


@pytest.fixture
def meddled(tmp_path: Path) -> Iterator[tuple[Shop, Report]]:
    """A target where somebody changes one item and deletes another right after they were written."""
    target = shop(tmp_path)
    there = target.catalogs[Dialect.TMF620_V5]

    def meddle(number: int, request: Request) -> None:
        if request.method == "POST" and b'"id":"fibre-home.setup' in (request.body or b""):
            held = there.held("productOfferingPrice")
            body = next(body for id, body in held.items() if id.startswith("fibre-home.setup"))
            there.place("productOfferingPrice", {**body, "price": {"unit": "EUR", "value": 1.0}})
        if request.method == "POST" and b'"id":"consumer"' in (request.body or b""):
            there.drop("productCatalog", "consumer")

    return target, target.publish(wire=Wire(after=meddle))


def test_a_foreign_writer_is_noticed_when_reading_back(meddled: tuple[Shop, Report]) -> None:
    target, report = meddled
    differing = {address.id: names for address, names in report.differing}
    assert differing["consumer"] == (GONE,)
    assert [names for id, names in differing.items() if id.startswith("fibre-home.setup")] == [("price",)]
    assert not report.whole
    steps = {step.address.id: step for step in target.plan().steps}
    assert steps["consumer"].action is Action.CREATE
    repaired = next(step for id, step in steps.items() if id.startswith("fibre-home.setup"))
    assert [field.foreign for field in repaired.fields] == [True]
    assert target.publish(*Brake).whole
    assert target.plan().steps == ()


def test_a_server_that_does_not_keep_what_it_is_sent_is_noticed(tmp_path: Path) -> None:
    target = shop(tmp_path)
    there = target.catalogs[Dialect.TMF620_V5]

    def forgetful(number: int, request: Request) -> None:
        if request.method == "POST" and b'"id":"mobile-line"' in (request.body or b""):
            there.place("productSpecification", {**there.held("productSpecification")["mobile-line"], "name": "Mobile"})

    report = target.publish(wire=Wire(after=forgetful))
    assert [(called(address), names) for address, names in report.differing] == [("ProductSpecification mobile-line", ("name",))]


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_somebody_changes_an_item_between_plan_and_write(tmp_path: Path, method: str) -> None:
    """A server with tags is asked to change only what it still has, up to the last moment."""
    target = shop(tmp_path, "embedded")
    target.publish()
    there = target.catalogs[Dialect.TMF620_V5]
    price = next(id for id in there.held("productOfferingPrice") if id.startswith("fibre-home.setup"))

    def first(number: int, request: Request) -> None:
        if request.method == method and request.path.endswith(price):
            there.place("productOfferingPrice", {**there.held("productOfferingPrice")[price], "description": "mine"})

    report = target.now(DEARER).publish(wire=Wire(before=first))
    assert "somebody changed" in report.failed[0][1]
    assert there.held("productOfferingPrice")[price]["price"]["value"] == 49
    second = target.now(DEARER).plan()
    assert second.steps[0].action in (Action.UPDATE, Action.CONFLICT)
