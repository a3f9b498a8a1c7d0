"""Drift: what somebody changed on the server, field by field, what is gone and what is new; nothing else."""

import json
from pathlib import Path

import pytest

from tests.publish.shops import Shop, shop
from tmfkit.publish.drift import Drift, drift
from tmfkit.remote.profiles import PROFILES
from tmfkit.tmf.roles import called
from tmfkit.views import drift_text, publish_json


def drifted(target: Shop) -> Drift:
    return drift(target.destination())


@pytest.fixture(params=PROFILES)
def published(tmp_path: Path, request: pytest.FixtureRequest) -> Shop:
    target = shop(tmp_path, request.param)
    target.publish()
    return target


def test_right_after_publishing_there_is_none(published: Shop) -> None:
    found = drifted(published)
    assert found.is_none
    assert drift_text.as_text(found) == "shop, release r1: all 45 published items are as they were published"


def test_every_sort_of_change_is_told(published: Shop) -> None:
    there = published.catalogs[published.destination().dialects[0]]
    held = {str(body["name"]): id for id, body in there.held("productOffering").items()}
    sport = there.held("productOffering")[held["TV Sport"]]
    there.place("productOffering", {**sport, "isSellable": True, "lastUpdate": "2030-01-01T00:00:00Z"}, held["TV Sport"])
    there.drop("productOffering", held["TV Basic"])
    there.place("productOffering", {"name": "Bypass", "lifecycleStatus": "Active"}, "bypass")
    found = drifted(published)
    assert {called(address): [field.path for field in fields] for address, fields in found.changed.items()} == {
        "ProductOffering tv-sport": ["isSellable"]
    }
    assert list(map(called, found.vanished)) == ["ProductOffering tv-basic"]
    assert [(stranger.address.id, stranger.name) for stranger in found.appeared] == [("bypass", "Bypass")]
    text = drift_text.as_text(found)
    assert "isSellable: false -> true" in text
    assert text.endswith("1 changed, 1 gone, 1 new, of 45 published items")
    assert [one["item"].rpartition("/")[2] for one in json.loads(publish_json.drift_json(found))["changed"]] == ["tv-sport"]


def test_what_was_there_before_is_not_new(tmp_path: Path) -> None:
    target = shop(tmp_path)
    there = target.catalogs[target.destination().dialects[0]]
    there.place("productOffering", {"name": "Old", "lifecycleStatus": "Active"}, "old")
    target.publish()
    assert drifted(target).is_none


def test_what_nobody_published_cannot_drift(tmp_path: Path) -> None:
    found = drifted(shop(tmp_path))
    assert found.is_none
    assert drift_text.as_text(found).startswith("nothing was published to shop from here")
