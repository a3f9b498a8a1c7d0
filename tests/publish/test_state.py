"""The state of a target is read as it was written, belongs to one target at one place, and what is wrong with it is named."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.publish.shops import Shop, shop
from tmfkit.errors import TmfkitError
from tmfkit.publish import journal, state
from tmfkit.tmf.addresses import Address


@pytest.fixture
def published(tmp_path: Path) -> Shop:
    made = shop(tmp_path)
    made.publish()
    return made


def test_a_target_that_nobody_published_to_is_empty(tmp_path: Path) -> None:
    empty = shop(tmp_path)
    assert state.remembered(empty.destination()) == state.Remembered(state.Published())
    assert not empty.folder.exists()


def test_it_is_read_as_it_was_written(published: Shop) -> None:
    there = published.destination()
    read = state.load(there)
    others = frozenset({Address(there.dialects[0], "category", "a stranger / with a slash")})
    changed = {at: replace(one, doubtful=True, retired=True, name="") for at, one in read.known.items()}
    for known in (read.known, changed, {}):
        wanted = state.Published(known, "r2", others)
        state.save(there, wanted)
        assert state.load(there) == wanted


def test_each_item_is_a_line_that_people_can_read(published: Shop) -> None:
    head, *rows = [json.loads(line) for line in (published.folder / state.FILE).read_text().splitlines()]
    assert (head["target"], head["release"]) == ("shop", "r1")
    assert [row["item"] for row in rows] == sorted(map(str, published.wanted))
    assert {row["name"] for row in rows} >= {"Fibre Home"}


def test_publishing_nothing_new_writes_the_same_bytes(published: Shop) -> None:
    before = (published.folder / state.FILE).read_bytes()
    published.publish()
    assert (published.folder / state.FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"target":"shop"', '"target":"other"', "is the state of target `other`, not of `shop`"),
        ("http://shop.example", "http://elsewhere.example", "at http://elsewhere.example"),
        ('"tmfkit-state":1', '"tmfkit-state":2', "in form 2"),
        ('"tmfkit-state":1', '"another":1', "published.jsonl:1 cannot be used"),
        ('"others":[]', '"others":["x"]', "published.jsonl:1 cannot be used"),
        ('"server":"broadband"', '"server":5', "published.jsonl:2 cannot be used|published.jsonl:3 cannot be used"),
        ('"sent":{', '"sent":[{', "cannot be used: it is no JSON"),
    ],
)
def test_a_state_that_is_not_ours_is_refused(published: Shop, old: str, new: str, said: str) -> None:
    file = published.folder / state.FILE
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    with pytest.raises(TmfkitError, match=said) as caught:
        published.plan()
    assert caught.value.hint


def test_an_item_stands_there_once(published: Shop) -> None:
    file = published.folder / state.FILE
    file.write_text(file.read_text() + file.read_text().splitlines()[-1] + "\n")
    with pytest.raises(TmfkitError, match="stands there twice"):
        published.plan()


def test_a_state_that_was_cut_off_is_refused(published: Shop) -> None:
    file = published.folder / state.FILE
    file.write_bytes(file.read_bytes()[:-30])
    with pytest.raises(TmfkitError, match="it is cut off"):
        published.plan()


def test_a_state_that_was_emptied_is_refused(published: Shop) -> None:
    (published.folder / state.FILE).write_bytes(b"")
    with pytest.raises(TmfkitError, match="it is empty"):
        published.plan()


@pytest.mark.parametrize("left", [b"", b'{"do":"create","num'])
def test_a_journal_without_a_whole_line_is_that_of_a_run_that_did_not_end(tmp_path: Path, left: bytes) -> None:
    """Killed between the opening of the journal and its first record, or out of disk there: nothing was sent, and the next run goes on."""
    target = shop(tmp_path)
    target.folder.mkdir(parents=True)
    (target.folder / journal.FILE).write_bytes(left)
    assert target.publish().whole
    assert not (target.folder / journal.FILE).exists()


def test_where_nothing_can_be_written_nothing_is_sent(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file stands where the folder belongs")
    target = shop(tmp_path)
    with pytest.raises(TmfkitError, match=r"cannot write .*lease\.json"):
        target.publish()
    assert target.sizes().total() == 0
