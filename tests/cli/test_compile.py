"""What `compile` and `build` leave on disk: the same bytes for the same input, all of it or nothing."""

import json
import os
import random
import shutil
from collections.abc import Callable
from functools import partialmethod
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tmfkit.cli.app import run
from tmfkit.errors import TmfkitError
from tmfkit.files import Staging

CATALOG = ROOT / "catalog"
DIALECTS = ("tmf620-v4", "tmf620-v5", "tmf633-v4", "tmf634-v4", "tmf634-v5")


def project(folder: Path) -> Path:
    """A copy of the example operator's project."""
    shutil.copytree(CATALOG, folder / "catalog")
    shutil.copy(ROOT / "tmfkit.yaml", folder / "tmfkit.yaml")
    return folder


def digest(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def built(folder: Path, *more: str) -> dict[str, str]:
    assert run(["compile", "-p", str(folder), *more]) == 0
    return digest(folder / "build")


def test_moving_and_joining_files_changes_no_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = built(project(tmp_path / "first"))
    second = project(tmp_path / "second")
    files = sorted((second / "catalog").rglob("*.yaml"))
    documents = [part for file in files if "fibre-business" not in file.read_text() for part in [file.read_text()]]
    for file in files:
        if "fibre-business" not in file.read_text():
            file.unlink()
    random.Random(7).shuffle(documents)
    (second / "catalog" / "all.yaml").write_text("\n---\n".join(documents), encoding="utf-8")
    assert built(second) == first
    capsys.readouterr()


def test_the_number_of_processes_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path)
    for module in ("check.whole", "release.payloads"):
        monkeypatch.setattr(f"tmfkit.{module}.ENTITIES_WORTH_A_PROCESS", 10)
    monkeypatch.setattr("tmfkit.load.load.FILES_WORTH_A_PROCESS", 2)
    results = []
    for jobs in ("1", "2", "3"):
        monkeypatch.setenv("TMFKIT_JOBS", jobs)
        results.append(built(folder))
    assert results[0] == results[1] == results[2]


def test_every_payload_stands_in_the_index_and_in_the_bundle(tmp_path: Path) -> None:
    folder = project(tmp_path)
    assert built(folder)
    for dialect in DIALECTS:
        base = folder / "build" / dialect
        index = json.loads((base / "index.json").read_text())
        bundle = json.loads((base / "bundle.json").read_text())
        files = {str(path.relative_to(base)) for path in base.rglob("*.json")} - {"index.json", "bundle.json"}
        assert {row["file"] for row in index["payloads"]} == files
        bodies = [body for bodies in bundle["resources"].values() for body in bodies]
        assert sorted(map(json.dumps, bodies)) == sorted(json.dumps(json.loads((base / file).read_text())) for file in files)


def test_bundles_alone(tmp_path: Path) -> None:
    made = built(project(tmp_path), "--bundle-only")
    assert sorted(made) == sorted(["pricing.json", *(f"{dialect}/{file}.json" for dialect in DIALECTS for file in ("bundle", "index"))])


@pytest.mark.parametrize("command", ["compile", "build"])
def test_errors_leave_the_output_as_it_was(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path)
    before = built(folder)
    (folder / "build" / "notes.txt").write_text("mine")
    with (folder / "catalog" / "vocabulary.yaml").open("a", encoding="utf-8") as file:
        file.write("colour: red\n")
    assert run([command, "-p", str(folder)]) == 1
    assert "error[TK011]" in capsys.readouterr().out
    assert digest(folder / "build") == {**before, "notes.txt": sha256(b"mine").hexdigest()}


def test_what_is_no_longer_made_goes_and_the_rest_of_the_folder_stays(tmp_path: Path) -> None:
    folder = project(tmp_path)
    built(folder)
    (folder / "build" / "notes.txt").write_text("mine")
    (folder / "build" / "tmf620-v4" / "productOffering" / "stale.json").write_text("{}")
    after = built(folder)
    assert "tmf620-v4/productOffering/stale.json" not in after
    assert "notes.txt" in after
    assert not any(name.startswith(".") for name in os.listdir(folder / "build"))


def test_a_build_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path)
    (folder / "build").write_text("a file where the folder should be")
    assert run(["compile", "-p", str(folder)]) == 4
    assert "cannot write" in capsys.readouterr().err


FOREIGN = "a folder of mine"


def test_a_folder_that_tmfkit_did_not_make_is_never_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path)
    (folder / "build" / "tmf620-v5").mkdir(parents=True)
    (folder / "build" / "tmf620-v5" / "thesis.txt").write_text(FOREIGN)
    assert run(["compile", "-p", str(folder)]) == 4
    assert "holds something that tmfkit did not make" in capsys.readouterr().err
    assert list(digest(folder / "build")) == ["tmf620-v5/thesis.txt"]


@pytest.mark.parametrize("build", ["catalog", "catalog/sub", ".", "''", ".git", "./catalog"])
def test_the_build_folder_keeps_clear_of_what_people_write(build: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path)
    before = digest(folder)
    (folder / "tmfkit.yaml").write_text(f"build: {build}\n")
    assert run(["compile", "-p", str(folder)]) == 1
    assert "tmfkit.yaml:1:8" in capsys.readouterr().out
    assert {**digest(folder), "tmfkit.yaml": ""} == {**before, "tmfkit.yaml": ""}


def test_two_at_once_do_not_mix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path)
    before = built(folder)
    with Staging(folder / "build"):
        assert run(["compile", "-p", str(folder)]) == 4
    assert "another tmfkit is writing" in capsys.readouterr().err
    assert digest(folder / "build") == before


def test_build_says_what_was_made_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "-p", str(project(tmp_path))]) == 0
    shown = capsys.readouterr().out
    for word in ("checked", "TMF620 v4.1", "TMF620 v5.0", "TMF633 v4.0", "TMF634 v4.1", "TMF634 v5.0", "build/tmf634-v5/", "pricing.json"):
        assert word in shown


def test_a_move_that_fails_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "build"
    for turn in ("old", "new"):
        with Staging(output) as staging:
            for name in ("first", "second", "third"):
                staging.write(f"{name}/index.json", turn.encode())
            if turn == "old":
                staging.commit()
                continue
            rename = Path.rename
            monkeypatch.setattr(Path, "rename", partialmethod(_refused, rename))
            with pytest.raises(TmfkitError, match="cannot write"):
                staging.commit()
            monkeypatch.undo()
    assert {path.read_text() for path in output.glob("*/index.json")} == {"old"}
    assert sorted(path.name for path in output.iterdir() if not path.name.startswith(".")) == ["first", "second", "third"]


def _refused(path: Path, rename: Callable[[Path, Path], Path], target: Path) -> Path:
    if path.name == "third" and ".new" in path.parts:
        raise PermissionError(1, "Operation not permitted")
    return rename(path, target)


def test_a_file_that_is_called_like_a_folder_to_be_made_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "build"
    output.mkdir()
    (output / "killbill").write_text("mine")
    with Staging(output) as staging:
        staging.write("killbill/index.json", b"{}")
        with pytest.raises(TmfkitError, match="did not make"):
            staging.commit()
    assert (output / "killbill").read_text() == "mine"
