"""Adoption takes over what a server has already, only when somebody says so, and only where it is clear which item is meant."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.publish.shops import V4, Shop, compiled, shop
from tmfkit.errors import TmfkitError
from tmfkit.publish import state
from tmfkit.publish.adopt import adopt, adoption
from tmfkit.publish.planning import Planned, planned
from tmfkit.remote.profiles import PROFILES
from tmfkit.views import adoption_text

PROFILE = pytest.mark.parametrize("profile", PROFILES)


def plan_of(target: Shop) -> Planned:
    return planned(target.destination(), target.wanted, "r1")


def forgotten(tmp_path: Path, profile: str) -> Shop:
    """A server that was published to, and whose state is lost."""
    target = shop(tmp_path, profile)
    target.publish()
    (target.folder / state.FILE).unlink()
    return target


@PROFILE
def test_a_lost_state_is_made_anew(tmp_path: Path, profile: str) -> None:
    target = forgotten(tmp_path, profile)
    with pytest.raises(TmfkitError, match="nothing was published from here, and the server has"):
        target.publish()
    made = plan_of(target)
    found = adoption(made)
    adopt(target.destination(), made, found.steps)
    if not target.profile.makes_candidates:
        assert target.plan().steps == ()
    assert target.publish().whole
    assert target.plan().steps == ()
    assert target.sizes().total() == len(target.wanted)


@pytest.mark.parametrize("profile", ["embedded", "strict-v4"])
def test_the_next_plan_says_what_the_catalog_wants_otherwise(tmp_path: Path, profile: str) -> None:
    target = forgotten(tmp_path, profile)
    there = target.catalogs[target.destination().dialects[0]]
    id, body = next((id, body) for id, body in there.held("productOffering").items() if body["name"] == "TV Sport")
    there.place("productOffering", {**body, "isSellable": True, "description": "Somebody's", "extraOfSomebody": 1}, id)
    made = plan_of(target)
    adopt(target.destination(), made, adoption(made).steps)
    step = next(step for step in target.plan().steps if step.address.id == "tv-sport")
    assert {field.path for field in step.fields} == {"isSellable", "description"}
    assert target.publish().whole
    assert target.plan().steps == ()


def test_only_what_is_named_is_taken_over(tmp_path: Path) -> None:
    target = forgotten(tmp_path, "embedded")
    made = plan_of(target)
    found = adoption(made, ["tv-sport", "nobody"])
    assert [step.address.id for step in found.steps] == ["tv-sport"]
    assert (found.unknown, found.free) == (("nobody",), ())
    adopt(target.destination(), made, found.steps)
    assert len(state.load(target.destination()).known) == 1
    again = adoption(plan_of(target), ["tv-sport"])
    assert (again.steps, again.unknown, again.free) == ((), (), ("tv-sport",))


@pytest.mark.parametrize(("profile", "named"), [("embedded", "tv-basic, tv-sport"), ("minting", "tv-basic (there urn:")])
def test_what_can_be_taken_over_is_shown_by_sort(tmp_path: Path, profile: str, named: str) -> None:
    target = forgotten(tmp_path, profile)
    text = adoption_text.as_text(adoption(plan_of(target), ["tv-basic", "tv-sport", "nobody"]), "shop", ("shop.example",))
    head, *lines = text.splitlines()
    assert head == "on shop (shop.example) already, and not made by tmfkit:"
    assert lines[0].startswith("  TMF620 v")
    assert lines[1].startswith("    2 ProductOffering:")
    assert named in text
    assert lines[-1] == "the catalog publishes nothing called `nobody` to shop (shop.example)"
    assert text == "\n".join(line.rstrip() for line in text.splitlines())


def test_where_several_may_be_meant_none_is_taken(tmp_path: Path) -> None:
    target = shop(tmp_path, "minting")
    for _ in range(2):
        body = next(one.body for at, one in compiled(target.text, V4).items() if at.id == "mobile-line")
        target.catalogs[V4[0]].place("productSpecification", dict(body))
    found = adoption(plan_of(target))
    assert found.steps == ()
    assert [step.address.id for step in found.unclear] == ["mobile-line"]
    assert "2 items" in found.unclear[0].note


def test_a_doubt_comes_first(tmp_path: Path) -> None:
    target = forgotten(tmp_path, "embedded")
    made = plan_of(target)
    with pytest.raises(TmfkitError, match="nothing is adopted: which one"):
        adopt(target.destination(), replace(made, in_doubt=("which one",)), ())
