"""What was published is known again by the digests in the state, and whatever they cannot vouch for is compared in full."""

import json
from pathlib import Path

import pytest

from tests.publish.shops import Shop, shop
from tmfkit.plan.forming import Forming
from tmfkit.publish import state
from tmfkit.publish.drift import drift
from tmfkit.publish.planning import planned


@pytest.fixture(params=["embedded", "v5"])
def published(tmp_path: Path, request: pytest.FixtureRequest) -> Shop:
    made = shop(tmp_path, request.param)
    made.publish()
    return made


def count_forms(patch: pytest.MonkeyPatch) -> list[str]:
    """The items whose form is made from now on."""
    made: list[str] = []
    fresh = Forming.fresh
    patch.setattr(Forming, "fresh", lambda way, at, body: made.append(str(at)) or fresh(way, at, body))
    return made


def rows(target: Shop) -> list[dict[str, object]]:
    return [json.loads(line) for line in (target.folder / state.FILE).read_text().splitlines()]


def rewrite(target: Shop, changed: list[dict[str, object]]) -> None:
    (target.folder / state.FILE).write_text("".join(json.dumps(row) + "\n" for row in changed))


def test_what_nobody_changed_is_compared_without_making_its_form(published: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    made = count_forms(monkeypatch)
    assert published.plan().steps == ()
    assert drift(published.destination()).is_none
    assert made == []


def test_only_what_changed_on_the_server_is_looked_at(published: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    there = published.catalogs[published.destination().dialects[0]]
    sport = there.held("productOffering")["tv-sport"]
    there.place("productOffering", {**sport, "description": "by hand"}, "tv-sport")
    made = count_forms(monkeypatch)
    [step] = published.plan().steps
    assert (step.address.id, [field.path for field in step.fields]) == ("tv-sport", ["description"])
    assert [at.rpartition("/")[2] for at in made] == ["tv-sport"]


def test_a_state_without_digests_says_the_same_and_gets_them_with_the_next_release(
    published: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_digests, *_ = before = rows(published)
    assert all("sentOf" in row for row in before[1:])
    rewrite(published, [{name: value for name, value in row.items() if name not in ("sentOf", "seenOf")} for row in before])
    assert published.plan().steps == ()
    rewrite(published, [{**row, **({"release": "r0"} if "release" in row else {})} for row in rows(published)])
    published.publish()
    assert rows(published) == before
    made = count_forms(monkeypatch)
    assert (published.plan().steps, made) == ((), [])
    assert with_digests["release"] == "r1"


def test_a_form_that_somebody_edited_in_the_state_vouches_for_nothing(published: Shop) -> None:
    changed = rows(published)
    item = next(row for row in changed if str(row.get("item")).endswith("productOffering/tv-sport"))
    item["sent"] = {**item["sent"], "description": "never sent"}  # type: ignore[dict-item]
    rewrite(published, changed)
    here = planned(published.destination(), published.wanted, "r1").scene
    address = next(at for at in here.wanted if at.resource == "productOffering" and at.id == "tv-sport")
    assert here.bodies[address].get("description") != "never sent"
