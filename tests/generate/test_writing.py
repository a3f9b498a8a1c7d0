"""What `tmfkit generate` leaves on disk: whole or nothing, nothing of others, and `--check` sees every difference."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import pytest

from tests.generate.projects import GOOD, SYSTEM, everything, project, said

Change = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project whose files are generated."""
    made = project(
        tmp_path / "project", {"cards.py": GOOD, "labels.py": GOOD.replace("card", "label")}, SYSTEM.replace("cards", "[cards, labels]")
    )
    assert said(capsys, made)[0] == 0
    return made


CARD = "cards/desk/card.txt"


def other_line_ends(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


CHANGES: list[tuple[str, Change, str]] = [
    ("a file is missing", lambda build: (build / CARD).unlink(), "+hello"),
    ("a file differs", lambda build: (build / CARD).write_text("hallo\n"), "-hallo"),
    ("a file has other line ends", lambda build: other_line_ends(build / CARD), "other line ends"),
    ("a file is binary rubbish", lambda build: (build / CARD).write_bytes(b"\xff\x00\xfe"), f"--- a/{CARD}"),
    ("a file is too much", lambda build: (build / "cards/desk/extra.txt").write_text("x\n"), "--- a/cards/desk/extra.txt"),
    ("an empty file is too much", lambda build: (build / "cards/desk/extra.txt").touch(), "an empty file, gone"),
    ("a folder is missing", lambda build: rmtree(build / "labels"), "--- a/labels/desk/label.txt"),
    ("the index is rubbish", lambda build: (build / "cards/index.json").write_bytes(b"\xff{"), '+ "generator": "cards"'),
    ("the losses are missing", lambda build: (build / "losses.json").unlink(), "--- a/losses.json"),
    ("the table of losses differs", lambda build: (build / "losses.md").write_text(""), "--- a/losses.md"),
    ("everything is missing", lambda build: rmtree(build), f"+++ b/{CARD}"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "change", "shows"), CHANGES, ids=[case for case, *_ in CHANGES])
def test_check_finds_that(case: str, change: Change, shows: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, folder, "--check")[0] == 0
    change(folder / "build")
    before = everything(folder)
    code, out, _ = said(capsys, folder, "--check")
    assert code == 5
    assert shows in out
    assert everything(folder) == before
    assert said(capsys, folder)[0] == 0
    assert said(capsys, folder, "--check")[0] == 0


def test_check_finds_that_the_index_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "build" / "cards" / "index.json").unlink()
    code, out, _ = said(capsys, folder, "--check")
    assert (code, '+ "generator": "cards"' in out) == (5, True)
    assert said(capsys, folder)[0] == 4, "without its index nobody knows who made the folder"


def test_check_says_it_in_every_format(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "build" / CARD).unlink()
    assert said(capsys, folder, "--check", "--format", "json")[0] == 5


def test_check_with_a_fault_is_a_fault(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "generators" / "cards.py").write_text("1 / 0\n")
    assert said(capsys, folder, "--check")[0] == 1


def test_a_committed_output_elsewhere_is_compared(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = str(tmp_path / "deploy" / "config")
    assert said(capsys, folder, "--check", "--output", there)[0] == 5
    assert not Path(there).exists()
    assert said(capsys, folder, "--output", there)[0] == 0
    assert said(capsys, folder, "--check", "--output", there)[0] == 0
    assert everything(Path(there)) == everything(folder / "build")


@pytest.mark.parametrize("place", ["catalog", "catalog/made", "."])
def test_the_output_never_lies_on_the_catalog(
    place: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    before = everything(folder)
    code, _, err = said(capsys, folder, "--output", place)
    assert (code, "overlap" in err) == (4, True)
    assert everything(folder) == before


def test_what_no_system_asks_for_any_more_goes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "catalog" / "systems.yaml").write_text(SYSTEM)
    assert said(capsys, folder, "--check")[0] == 5
    assert said(capsys, folder)[0] == 0
    assert not (folder / "build" / "labels").exists()
    assert (folder / "build" / CARD).exists()


def test_the_folder_of_a_system_that_is_gone_goes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "catalog" / "systems.yaml").write_text(SYSTEM + "---\n" + SYSTEM.replace("desk", "depot"))
    assert said(capsys, folder)[0] == 0
    assert (folder / "build" / "cards" / "depot").exists()
    (folder / "catalog" / "systems.yaml").write_text(SYSTEM)
    assert said(capsys, folder)[0] == 0
    assert not (folder / "build" / "cards" / "depot").exists()


def test_a_catalog_without_generators_takes_all_of_it_away(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "catalog" / "systems.yaml").write_text(SYSTEM.replace("generator: cards\n", ""))
    code, out, _ = said(capsys, folder)
    assert (code, "generated nothing" in out) == (0, True)
    assert sorted(everything(folder / "build")) == ["losses.json", "losses.md"]


def test_folders_of_others_survive(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build = folder / "build"
    others = {"tmf620-v4/index.json": '{"dialect": "tmf620-v4"}', "site/index.json": "[]", "notes/a.txt": "mine", "a.txt": "mine"}
    for name, text in others.items():
        (build / name).parent.mkdir(exist_ok=True)
        (build / name).write_text(text)
    (folder / "catalog" / "systems.yaml").write_text(SYSTEM)
    assert said(capsys, folder)[0] == 0
    assert {name: (build / name).read_text() for name in others} == others
    assert said(capsys, folder, "--check")[0] == 0


def test_a_folder_that_somebody_else_made_is_not_replaced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rmtree(folder / "build" / "cards")
    (folder / "build" / "cards").mkdir()
    (folder / "build" / "cards" / "mine.txt").write_text("mine")
    before = everything(folder)
    code, _, err = said(capsys, folder)
    assert (code, "did not make" in err) == (4, True)
    assert everything(folder) == before


def test_where_nothing_can_be_written_nothing_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything(folder)
    code, _, err = said(capsys, folder, "--output", str(folder / "tmfkit.yaml" / "out"))
    assert (code, "cannot write" in err) == (4, True)
    assert everything(folder) == before


def test_the_index_says_what_is_there_and_what_it_was_made_from(folder: Path) -> None:
    from hashlib import sha256

    index = json.loads((folder / "build" / "cards" / "index.json").read_text())
    assert (index["generator"], index["release"], list(index["systems"])) == ("cards", "7", ["desk"])
    (file,) = index["systems"]["desk"]
    assert file["path"] == "desk/card.txt"
    assert file["sha256"] == sha256((folder / "build" / "cards" / file["path"]).read_bytes()).hexdigest()
    assert file["digest"] in (folder / "build" / CARD).read_text()


def test_build_writes_all_or_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tmfkit.cli.app import run

    rmtree(folder / "build")
    (folder / "generators" / "cards.py").write_text("1 / 0\n")
    assert run(["build", "--project", str(folder)]) == 1
    assert everything(folder / "build") == {}
    (folder / "generators" / "cards.py").write_text(GOOD)
    assert run(["build", "--project", str(folder)]) == 0
    assert {"cards/desk/card.txt", "tmf633-v4/index.json"} <= set(everything(folder / "build"))
