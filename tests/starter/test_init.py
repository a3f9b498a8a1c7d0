"""`tmfkit init`: a project that builds at once, all of it or nothing, and nothing that was there is changed."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.repositories import repository
from tmfkit import __version__
from tmfkit.cli.app import run
from tmfkit.errors import TmfkitError
from tmfkit.files import write_all
from tmfkit.model.schema import language_schema
from tmfkit.starter.contents import example_folder

FRAME = {
    ".editorconfig",
    ".github/workflows/catalog-comment.yml",
    ".github/workflows/catalog.yml",
    ".gitignore",
    ".gitlab-ci.yml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    ".vscode/tmfkit.schema.json",
    "CODEOWNERS",
    "README.md",
    "docs/index.md",
    "mkdocs.yml",
    "tmfkit.yaml",
}

PAYLOAD = {
    "@type": "ProductOffering",
    "id": "cable-home",
    "name": "Cable Home",
    "isBundle": False,
    "lifecycleStatus": "Active",
    "validFor": {"startDateTime": "2024-03-01T00:00:00Z"},
    "productSpecification": {"id": "cable-access", "name": "Cable access"},
}


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder but what was built."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())
    names = {path.relative_to(folder).as_posix(): path for path in found}
    return {name: path.read_bytes() for name, path in names.items() if not name.startswith("build/")}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("options", [[], ["--empty"]], ids=["whole", "empty"])
def test_a_new_project_builds(options: list[str], here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", *options]) == 0
    assert set(files(here)) >= FRAME
    assert run(["build"]) == 0
    assert "nothing to complain about" in capsys.readouterr().out
    assert (here / "build" / "tmf620-v4" / "index.json").is_file()


def test_the_example_operator_is_handed_out_as_it_stands(here: Path) -> None:
    assert run(["init"]) == 0
    own = {name: content for name, content in files(here).items() if name not in FRAME - {"tmfkit.yaml"}}
    original = {f"catalog/{name}": content for name, content in files(ROOT / "catalog").items() if not Path(name).name.startswith(".")}
    assert own == {**original, "tmfkit.yaml": (ROOT / "tmfkit.yaml").read_bytes()}
    assert example_folder() == ROOT


@pytest.mark.parametrize("rules", ["default", "strict", "style"])
def test_the_small_example_has_no_findings_whatever_the_rules(rules: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--empty"]) == 0
    with (here / "tmfkit.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"rules: {{set: {rules}}}\n")
    capsys.readouterr()
    assert run(["validate", "--fail-on", "info"]) == 0
    assert run(["fmt", "--check"]) == 0
    kinds = [document["kind"] for file in here.rglob("catalog/**/*.yaml") for document in yaml.safe_load_all(file.read_text())]
    assert kinds.count("ProductOffering") == 1
    assert "PhysicalResourceSpecification" in kinds


def test_a_project_of_payloads(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    payload = here / "payloads" / "fibre.json"
    payload.parent.mkdir()
    payload.write_text(json.dumps(PAYLOAD), encoding="utf-8")
    assert run(["init", "mine", "--from", "payloads"]) == 0
    assert "wrote" in capsys.readouterr().out
    assert {name for name in files(here / "mine") if not name.startswith("catalog/")} == FRAME
    assert run(["validate", "--project", "mine", "--fail-on", "never"]) == 0


BAD_PAYLOADS = [("{", "this is not JSON"), ("[]", "there is no payload"), ('{"@type": "Individual", "id": "7"}', "left out")]


@pytest.mark.parametrize(("content", "says"), BAD_PAYLOADS)
def test_payloads_that_no_project_can_be_made_of(content: str, says: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "p.json").write_text(content, encoding="utf-8")
    assert run(["init", "mine", "--from", "p.json"]) == 1
    shown = capsys.readouterr().out
    assert says in shown
    assert "no project was made" in shown
    assert not (here / "mine").exists()


@pytest.mark.parametrize("harmless", [".git", ".venv"])
def test_a_repository_and_a_virtual_environment_are_not_in_the_way(harmless: str, here: Path) -> None:
    (here / harmless).mkdir()
    assert run(["init", "--empty"]) == 0


def test_a_folder_that_is_not_empty_is_refused_by_name(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "docs").mkdir()
    (here / "notes\x1b.txt").write_text("mine")
    assert run(["init"]) == 4
    shown = capsys.readouterr().err
    assert "this folder is not empty: 'notes\\x1b.txt', docs/" in shown
    assert "--force" in shown
    assert sorted(os.listdir(here)) == ["docs", "notes\x1b.txt"]


def test_many_things_in_the_way_are_counted(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(20):
        (here / f"{number:02}.txt").touch()
    assert run(["init", str(here)]) == 4
    assert "00.txt, 01.txt, 02.txt, 03.txt, 04.txt, 05.txt, 06.txt, 07.txt and 12 more" in capsys.readouterr().err


def test_a_file_is_no_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "mine").write_text("text")
    assert run(["init", "mine"]) == 4
    assert "is a file" in capsys.readouterr().err


def test_two_catalogs_at_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--empty", "--from", "p.json"]) == 2
    assert "choose one" in capsys.readouterr().err
    assert not any(here.iterdir())


def test_force_adds_what_is_missing_and_changes_nothing(here: Path) -> None:
    (here / "README.md").write_text("ours")
    (here / ".gitignore").symlink_to("nowhere")
    (here / "catalog").mkdir()
    (here / "catalog" / "own.yaml").write_text("kind: Category\nid: own\nname: Own\n")
    assert run(["init", "--force"]) == 0
    assert (here / "README.md").read_text() == "ours"
    assert os.readlink(here / ".gitignore") == "nowhere"
    assert os.listdir(here / "catalog") == ["own.yaml"]
    assert {path.relative_to(here).as_posix() for path in here.rglob("*") if path.is_file()} == FRAME - {".gitignore"} | {
        "catalog/own.yaml"
    }
    before = sorted(path.lstat().st_mtime_ns for path in here.rglob("*"))
    assert run(["init", "--force"]) == 0
    assert sorted(path.lstat().st_mtime_ns for path in here.rglob("*")) == before


def test_force_follows_the_settings_that_are_there(here: Path) -> None:
    (here / "tmfkit.yaml").write_text("catalog: products\nbuild: out\n")
    assert run(["init", "--empty", "--force"]) == 0
    assert (here / "products" / "vocabulary.yaml").is_file()
    assert not (here / "catalog").exists()
    assert "/out/" in (here / ".gitignore").read_text()
    assert run(["build"]) == 0


def test_force_in_a_project_whose_settings_are_broken(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "tmfkit.yaml").write_text("colour: red\n")
    assert run(["init", "--force"]) == 1
    assert "error[TK011]" in capsys.readouterr().out
    assert os.listdir(here) == ["tmfkit.yaml"]


def test_force_never_writes_payloads_over_a_catalog(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "p.json").write_text(json.dumps(PAYLOAD), encoding="utf-8")
    assert run(["init", "mine", "--from", "p.json"]) == 0
    before = files(here)
    (here / "mine" / "README.md").unlink()
    assert run(["init", "mine", "--from", "p.json", "--force"]) == 1
    assert "error[TK023]" in capsys.readouterr().out
    assert files(here) == {name: content for name, content in before.items() if name != "mine/README.md"}


def test_a_write_that_fails_leaves_nothing_behind(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    real = Path.write_bytes
    left = iter(range(20))

    def full(path: Path, data: bytes) -> int:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert run(["init", "new/project"]) == 4
    assert "no space left on device" in capsys.readouterr().err
    assert not any(here.iterdir())


def test_an_interruption_leaves_nothing_behind(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "a.yaml").write_text("before")
    real = Path.replace

    def interrupted(path: Path, target: Path) -> Path:
        if path.name.startswith(".b.yaml."):
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all(here, {"a.yaml": "after", "new/b.yaml": "x"})
    assert files(here) == {"a.yaml": b"before"}
    assert os.listdir(here) == ["a.yaml"]


def test_editors_find_the_schema(here: Path) -> None:
    assert run(["init"]) == 0
    settings = json.loads((here / ".vscode" / "settings.json").read_text())
    ((schema, patterns),) = settings["yaml.schemas"].items()
    assert json.loads((here / schema).read_text()) == language_schema()
    matched = {path for pattern in patterns for path in here.glob(pattern)}
    assert matched == set((here / "catalog").rglob("*.yaml"))


@pytest.mark.parametrize("options", [[], ["--empty"]], ids=["whole", "empty"])
def test_the_checks_of_both_code_hosts_do_what_they_say(options: list[str], here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", *options]) == 0
    repository(here, [{}])
    github = yaml.safe_load((here / ".github/workflows/catalog.yml").read_text())
    comment = yaml.safe_load((here / ".github/workflows/catalog-comment.yml").read_text())
    gitlab = yaml.safe_load((here / ".gitlab-ci.yml").read_text())
    steps, more = ([step["run"] for job in file["jobs"].values() for step in job["steps"] if "run" in step] for file in (github, comment))
    for commands in (steps, more, *([*job["before_script"], *job["script"]] for name, job in gitlab.items() if name != "stages")):
        assert commands[0] == f"python -m pip install tmfkit=={__version__}"
    for commands in (steps, gitlab["catalog"]["script"]):
        own = [command for command in commands if command.startswith("tmfkit ")]
        assert [command.split()[1] for command in own] == ["review", "fmt", "build"]
        for command in own:
            words = [word for word in shlex.split(command)[1:] if not word.startswith("$")]
            subprocess.run([sys.executable, "-m", "tmfkit", *words], cwd=here, check=True, capture_output=True, timeout=60)
    assert (here / gitlab["catalog"]["artifacts"]["reports"]["codequality"]).is_file()
    assert github["permissions"] == {"contents": "read"}
    for text in files(here).values():
        assert b"secrets." not in text
        assert b"@VERSION@" not in text
        assert b"@CATALOG@" not in text
        assert b"@CHANGES@" not in text
    capsys.readouterr()


def test_an_installation_without_the_example(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tmfkit.starter.contents.HERE", here / "tmfkit" / "starter")
    with pytest.raises(TmfkitError, match="carries no example operator"):
        example_folder()
