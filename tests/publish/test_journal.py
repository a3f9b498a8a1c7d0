"""The journal says what was begun and what came of it; what was cut off was never sent, and anything else that is wrong is named."""

from pathlib import Path

import pytest

from tests.publish.shops import V4
from tmfkit.errors import TmfkitError
from tmfkit.plan.states import Known
from tmfkit.plan.steps import Action
from tmfkit.publish import journal
from tmfkit.publish.journal import Journal, folded, records, set_aside
from tmfkit.publish.records import GONE, Done, Failed, Intent, Record, Seen, Skipped, as_data, from_data
from tmfkit.tmf.addresses import Address

A = Address(V4[0], "category", "a")
B = Address(V4[0], "category", "b")


def known(address: Address = A, name: str = "Ä", server: str = "7", **more: bool) -> Known:
    return Known(address, server, {"name": name}, {"name": name}, name, "1.0", **more)


RECORDS: tuple[Record, ...] = (
    Intent(1, Action.CREATE, known(launched=True)),
    Done(1, "urn:7", {"name": "Ä", "x": [1, 2.5]}),
    Intent(2, Action.REMOVE, known(B)),
    Failed(2, "refused", partly=True),
    Skipped(B, "it needs Category a"),
    Seen(A, {"name": "Ä"}, ("name", GONE)),
    Seen(A),
    Intent(3, Action.UPDATE, known(B)),
    Done(3, "7"),
)


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_is_read_as_it_was_written(record: Record) -> None:
    assert from_data(as_data(record)) == record


def test_what_is_written_is_there(tmp_path: Path) -> None:
    writer = Journal(tmp_path)
    number = writer.begin(Action.CREATE, known())
    assert records(tmp_path) == (Intent(number, Action.CREATE, known()),)
    writer.note(Done(number, "7"))
    writer.close()
    assert records(tmp_path)[-1] == Done(number, "7")
    set_aside(tmp_path)
    assert records(tmp_path) == ()
    assert (tmp_path / journal.LAST).exists()


def test_a_write_is_on_the_disk_before_it_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system only holds in memory is lost when the machine loses its power; what came of a write may be lost."""
    writer = Journal(tmp_path)
    kept: list[bytes] = []
    monkeypatch.setattr("os.fsync", lambda handle: kept.append(writer.file.read_bytes()))
    for number in (1, 2):
        assert writer.begin(Action.CREATE, known()) == number
        assert kept[-1] == writer.file.read_bytes()
    writer.note(Done(2, "7"))
    assert len(kept) == 2


def test_a_journal_that_was_not_set_aside_is_never_written_over(tmp_path: Path) -> None:
    Journal(tmp_path).close()
    with pytest.raises(TmfkitError, match="cannot write"):
        Journal(tmp_path)


CREATE, UPDATE, REMOVE = (Intent(1, action, known(name="new")) for action in (Action.CREATE, Action.UPDATE, Action.REMOVE))
OLD = {A: known(name="old")}
DONE = Done(1, "9", {"name": "seen"})


@pytest.mark.parametrize(
    ("before", "said", "expected", "doubts"),
    [
        ({}, (), {}, 0),
        ({}, (CREATE,), {}, 1),
        ({}, (CREATE, DONE), {A: ("9", "new", "seen", False)}, 0),
        ({}, (CREATE, Done(1, "9")), {A: ("9", "new", "new", False)}, 0),
        ({}, (CREATE, Failed(1, "no")), {}, 0),
        (OLD, (UPDATE,), {A: ("7", "old", "old", False)}, 1),
        (OLD, (UPDATE, DONE), {A: ("9", "new", "seen", False)}, 0),
        (OLD, (UPDATE, Failed(1, "no")), {A: ("7", "old", "old", False)}, 0),
        (OLD, (UPDATE, Failed(1, "no", partly=True)), {A: ("7", "old", "old", True)}, 0),
        (OLD, (REMOVE, Done(1, "7")), {}, 0),
        (OLD, (REMOVE,), {A: ("7", "old", "old", False)}, 1),
        (OLD, (Seen(A, {"name": "read"}),), {A: ("7", "old", "read", False)}, 0),
        (OLD, (Seen(A),), {A: ("7", "old", "old", False)}, 0),
        (OLD, (Seen(B, {"name": "read"}), Skipped(B, "why")), {A: ("7", "old", "old", False)}, 0),
    ],
)
def test_the_state_follows_the_journal_and_twice_is_as_once(
    before: dict[Address, Known], said: tuple[Record, ...], expected: dict[Address, tuple[str, str, str, bool]], doubts: int
) -> None:
    once = folded(before, said)
    assert {at: (one.server_id, one.sent["name"], one.seen["name"], one.doubtful) for at, one in once.known.items()} == expected
    assert len(once.doubts) == doubts
    assert folded(once.known, said) == once


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_a_last_line_that_was_cut_off_was_never_sent(tmp_path: Path, cut: int) -> None:
    writer = Journal(tmp_path)
    writer.begin(Action.CREATE, known())
    writer.begin(Action.CREATE, known(B))
    writer.close()
    whole = writer.file.read_bytes()
    writer.file.write_bytes(whole[:-cut])
    assert records(tmp_path) == (Intent(1, Action.CREATE, known()),)


GOOD = b'{"do":"create","number":1,"item":"tmf620-v4/category/a","server":"7","sent":{}}\n'


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"not json\n", 1),
        (GOOD + b"{}\n", 2),
        (GOOD + b"[]\n", 2),
        (GOOD + GOOD, 2),
        (GOOD + b'{"done":2,"server":"7"}\n', 2),
        (GOOD + b'{"done":1,"server":"7"}\n{"done":1,"server":"7"}\n', 3),
        (GOOD + b'{"done":1}\n', 2),
        (GOOD + b'{"failed":1,"reason":5}\n', 2),
        (GOOD.replace(b"category/a", b"category"), 1),
        (GOOD.replace(b"tmf620-v4", b"tmf999-v4"), 1),
        (GOOD.replace(b'"sent":{}', b'"sent":[]'), 1),
        (GOOD.replace(b"create", b"invent"), 1),
        (GOOD[:40] + b"\n" + GOOD, 1),
        (b"\xff\xfe\n", 1),
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, content: bytes, line: int) -> None:
    (tmp_path / journal.FILE).write_bytes(content)
    with pytest.raises(TmfkitError, match=rf"journal\.jsonl:{line} cannot be used") as caught:
        records(tmp_path)
    assert "adopt" in caught.value.hint
