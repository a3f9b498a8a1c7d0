"""`tmfkit diff` as somebody calls it: what it prints where, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repositories import commit, git, repository, write
from tmfkit.cli.app import run

CATEGORY = "kind: Category\nid: home\nname: Home\n"
FIRST = {"tmfkit.yaml": "", "catalog/a.yaml": CATEGORY, "catalog/b.yaml": CATEGORY.replace("home", "garden")}
TORN = f"<<<<<<< HEAD\n{CATEGORY}=======\n{CATEGORY}>>>>>>> work\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one commit on its main branch, and a shell that stands in it."""
    repository(tmp_path, [FIRST])
    monkeypatch.chdir(tmp_path)
    return tmp_path


SAME = [
    ("nothing", {}),
    ("comments", {"catalog/a.yaml": f"# a comment\n{CATEGORY}"}),
    ("the order of keys", {"catalog/a.yaml": "name: Home\nid: home\nkind: Category\n"}),
    ("another file", {"catalog/a.yaml": None, "catalog/deep/c.yaml": CATEGORY}),
    ("one file", {"catalog/a.yaml": None, "catalog/b.yaml": f"{FIRST['catalog/b.yaml']}---\n{CATEGORY}"}),
    ("a file of no catalog", {"README.md": "read me"}),
]


@pytest.mark.parametrize(("case", "state"), SAME, ids=[case for case, _ in SAME])
def test_what_means_the_same_is_no_change(case: str, state: dict[str, str | None], project: Path) -> None:
    write(project, state)
    assert run(["diff", "--exit-code"]) == 0


def test_a_change_is_shown_and_ends_with_5_when_asked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"catalog/a.yaml": CATEGORY.replace("Home", "House")})
    assert run(["diff"]) == 0
    shown = capsys.readouterr()
    assert "home" in shown.out
    assert "House" in shown.out
    assert shown.err == ""
    assert run(["diff", "--exit-code"]) == 5
    assert run(["diff", "HEAD", "HEAD", "--exit-code"]) == 0


def test_json_has_the_agreed_fields(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"catalog/a.yaml": CATEGORY.replace("Home", "House")})
    assert run(["diff", "--format", "json"]) == 0
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert set(change) >= {"kind", "id", "path", "impact", "reach", "before", "after", "file", "line", "reason"}
    assert (change["id"], change["file"], change["line"]) == ("home", "catalog/a.yaml", 3)


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_torn_file_takes_nothing_away(side: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(project, {"catalog/a.yaml": TORN, "catalog/b.yaml": FIRST["catalog/b.yaml"].replace("Home", "Park")})
    arguments = ["HEAD", "HEAD~1"] if side == "before" else ["HEAD~1", "HEAD"]
    assert run(["diff", *arguments, "--format", "json"]) == 0
    shown = capsys.readouterr()
    assert [change["id"] for change in json.loads(shown.out)["changes"]] == ["garden"]
    assert "note: `HEAD` cannot be read as a whole: catalog/a.yaml:1:1: " in shown.err
    assert "note: left out of the comparison, with all prices that depend on it, for one side cannot be understood: home" in shown.err


WRONG = [
    (["nope"], "git knows no revision `nope`"),
    (["--", "-x"], "names in git do not begin with a hyphen"),
    (["main..HEAD"], "is a range of revisions"),
    (["./nowhere"], "there is no folder ./nowhere"),
    (["main:catalog"], "is no revision but a file or folder in one"),
    ([""], "the name of a revision is empty"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_a_wrong_name_is_one_clear_line(arguments: list[str], says: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", *arguments]) == 4
    shown = capsys.readouterr()
    assert shown.out == ""
    assert says in shown.err.splitlines()[0]
    assert len(shown.err.splitlines()) == 2


def test_control_characters_of_a_revision_never_reach_a_terminal(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(project, {"catalog/\x1b[2J.yaml": "a: [\n", "catalog/\x1b[3J.yaml": CATEGORY.replace("home", "yard")})
    assert run(["diff", "HEAD~1"]) == 0
    shown = capsys.readouterr()
    assert "yard" in shown.out
    assert "\x1b" not in shown.out + shown.err
    assert "cannot be read as a whole" in shown.err


def test_a_large_catalog_is_read_by_several_processes(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMFKIT_JOBS", "3")
    many = {f"catalog/{number}.yaml": CATEGORY.replace("home", f"c{number}") for number in range(400)}
    commit(project, many)
    commit(project, dict.fromkeys(many) | {"catalog/all.yaml": "---\n".join(many.values())})
    assert run(["diff", "HEAD~1", "HEAD", "--exit-code"]) == 0
    assert run(["diff", "HEAD~2", "HEAD~1", "--exit-code"]) == 5


def test_the_installed_command_works_in_a_worktree(project: Path) -> None:
    git(project, "worktree", "add", "--quiet", "-b", "work", "beside")
    write(project / "beside", {"catalog/a.yaml": CATEGORY.replace("Home", "House")})
    command = [str(Path(sys.executable).parent / "tmfkit"), "diff", "--exit-code"]
    for folder, code in ((project / "beside" / "catalog", 5), (project, 0)):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (code, "")
