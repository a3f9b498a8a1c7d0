"""Which commit a name means, what a change is compared with, and one clear line for each way in which that can fail."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.repositories import commit, git, repository, write
from tmfkit.errors import TmfkitError
from tmfkit.vcs.repository import Repository

A = {"a.yaml": "1"}
B = {"a.yaml": "2"}


def refused(ask: Callable[[], object]) -> str:
    """What somebody reads who asked in vain: one line, and a hint."""
    with pytest.raises(TmfkitError) as raised:
        ask()
    assert raised.value.hint
    assert "\n" not in raised.value.message + raised.value.hint
    assert "fatal" not in raised.value.message
    return f"{raised.value.message} / {raised.value.hint}"


NAMES = [
    ("nothing", "", "the name of a revision is empty"),
    ("blanks", "  ", "the name of a revision is empty"),
    ("an option", "--output=x", "`--output=x` is no revision: names in git do not begin with a hyphen"),
    ("a range", "main..work", "`main..work` is a range of revisions / name its ends: `tmfkit diff main work`"),
    ("a range of three dots", "main...", "name its ends: `tmfkit diff main HEAD`"),
    ("what to leave out", "^main", "`^main` is no revision but says which ones to leave out"),
    ("a line break", "main\nwork", "control characters"),
    ("an escape", "\x1b[2J", "control characters"),
    ("a slip", "wrok", "git knows no revision `wrok` / did you mean `work`?"),
    ("nothing alike", "release-2019", "git knows no revision `release-2019` / name a branch, a tag or a commit"),
    ("a branch of the remote", "topic", "did you mean `origin/topic`?"),
    ("a folder in a revision", "main:folder", "`main:folder` is no revision but a file or folder"),
    ("a file in a revision", "main:a.yaml", "`main:a.yaml` is no revision but a file or folder"),
    ("an id that nobody has", "1" * 40, "git knows no revision `1111"),
    ("too far back", "main~9", "git knows no revision `main~9`"),
    ("two things of one name", "twice", "`twice` is the name of several things in git / say which: `refs/heads/twice`"),
    ("shell signs", "$(touch x);`touch y`", "git knows no revision"),
]  # fmt: skip


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with branches, a tag of the name of one, and a branch that only the remote has."""
    folder = tmp_path_factory.mktemp("busy")
    repository(folder, [A, B, {"folder/b.yaml": ""}])
    for arguments in (
        ["branch", "work"],
        ["branch", "twice"],
        ["tag", "twice", "HEAD~1"],
        ["update-ref", "refs/remotes/origin/topic", "HEAD"],
    ):
        git(folder, *arguments)
    return folder


@pytest.mark.parametrize(("case", "name", "says"), NAMES, ids=[case for case, *_ in NAMES])
def test_a_name_that_means_no_commit(case: str, name: str, says: str, busy: Path) -> None:
    assert says in refused(lambda: Repository.find(busy).commit(name))
    assert not (busy / "x").exists()


@pytest.mark.parametrize("name", ["main", "work", "HEAD", "HEAD~0", "refs/heads/twice", "@", "main^{}"])
def test_a_name_that_means_one(name: str, busy: Path) -> None:
    assert Repository.find(busy).commit(name) == git(busy, "rev-parse", "main")


def test_the_beginning_of_several_ids(tmp_path: Path) -> None:
    """Who made these commits, when and with which words is fixed: two of them share four signs."""
    repository(tmp_path, [])
    tree = git(tmp_path, "write-tree")
    first, second = (git(tmp_path, "commit-tree", tree, "-m", message) for message in ("518", "623"))
    assert first[:4] == second[:4] == "152a"
    assert "write more of the id" in refused(lambda: Repository.find(tmp_path).commit("152a"))
    assert Repository.find(tmp_path).commit(first[:8]) == first


def no_repository(folder: Path) -> Path:
    return folder


def empty(folder: Path) -> Path:
    repository(folder, [])
    return folder


def bare(folder: Path) -> Path:
    git(folder, "init", "--quiet", "--bare")
    return folder


def own_files(folder: Path) -> Path:
    repository(folder, [A])
    return folder / ".git"


def damaged(folder: Path) -> Path:
    repository(folder, [A])
    (folder / ".git" / "HEAD").write_text("nonsense")
    return folder


def odd_settings(folder: Path) -> Path:
    repository(folder, [A])
    (folder / ".git" / "config").write_text("[core\n")
    return folder


def gone_worktree(folder: Path) -> Path:
    write(folder, {".git": "gitdir: ../nowhere\n"})
    return folder


def no_main(folder: Path) -> Path:
    repository(folder, [A], branch="trunk")
    return folder


def strangers(folder: Path) -> Path:
    repository(folder, [A])
    git(folder, "checkout", "--quiet", "--orphan", "else")
    commit(folder, B)
    return folder


def fresh_branch(folder: Path) -> Path:
    repository(folder, [A])
    git(folder, "checkout", "--quiet", "--orphan", "else")
    return folder


def shallow(folder: Path) -> Path:
    repository(folder / "whole", [A, B])
    git(folder / "whole", "checkout", "--quiet", "-b", "work")
    commit(folder / "whole", {"c": ""})
    git(folder / "whole", "checkout", "--quiet", "main")
    git(folder, "clone", "--quiet", "--depth=1", "--branch=work", (folder / "whole").as_uri(), "part")
    return folder / "part"


def shallow_with_main(folder: Path) -> Path:
    part = shallow(folder)
    git(part, "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")
    return part


PLACES = [
    (no_repository, "lies in no git repository"),
    (empty, "this repository has no commit yet"),
    (bare, "is a bare repository: it has no files"),
    (own_files, "is where git keeps its own files"),
    (damaged, "lies in no git repository"),
    (odd_settings, "git cannot read the repository"),
    (gone_worktree, "lies in no git repository"),
    (no_main, "no main branch is found"),
    (strangers, "the main branch (main) have no history in common"),
    (fresh_branch, "this branch has no commit yet"),
    (shallow, "the history of this clone is too short: the main branch is not in it / fetch more with `git fetch --unshallow`"),
    (shallow_with_main, "the history of this clone is too short: where the work left the main branch is not in it"),
]


@pytest.mark.parametrize(("make", "says"), PLACES, ids=[make.__name__ for make, _ in PLACES])
def test_a_place_without_anything_to_compare_with(make: Callable[[Path], Path], says: str, tmp_path: Path) -> None:
    folder = make(tmp_path)
    assert says in refused(lambda: Repository.find(folder).base())


def test_a_commit_that_a_shallow_clone_lacks(tmp_path: Path) -> None:
    part = shallow(tmp_path)
    missing = git(tmp_path / "whole", "rev-parse", "main")
    for name in (missing, "HEAD~1"):
        assert "the history of this clone is too short" in refused(lambda name=name: Repository.find(part).commit(name))
    assert Repository.find(part).commit("HEAD") == git(part, "rev-parse", "HEAD")


def test_a_repository_of_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path, [A])
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    said = refused(lambda: Repository.find(tmp_path))
    assert "it belongs to another user" in said
    assert f"--add safe.directory {tmp_path}" in said


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path, [A])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in refused(lambda: Repository.find(tmp_path))


def test_no_git_from_the_start(tmp_path: Path) -> None:
    script = f"from pathlib import Path\nfrom tmfkit.vcs.repository import Repository\nRepository.find(Path({str(tmp_path)!r}))"
    done = subprocess.run([sys.executable, "-c", script], env={"PATH": ""}, capture_output=True, text=True, check=False)
    assert "TmfkitError: git is not installed" in done.stderr


def test_the_base_is_where_the_work_left_the_main_branch(tmp_path: Path) -> None:
    first, second = repository(tmp_path, [A, B])
    git(tmp_path, "checkout", "--quiet", "-b", "work", first)
    commit(tmp_path, {"c": ""})
    assert Repository.find(tmp_path).base() == first
    git(tmp_path, "merge", "--quiet", "--message=m", "main")
    assert Repository.find(tmp_path).base() == second


MAINS = [
    ({}, "main", "only the branch at hand"),
    ({"refs/heads/master": 0}, "main", "main comes before master"),
    ({"refs/remotes/origin/master": 0}, 0, "what is published comes before what is not"),
    ({"refs/remotes/origin/master": 0, "refs/remotes/origin/main": 1}, 1, "main of the remote before its master"),
    ({"refs/remotes/origin/trunk": 2, "refs/remotes/origin/main": 1, "HEAD": "trunk"}, 2, "what the remote says is its main branch"),
    ({"refs/remotes/origin/main": 1, "HEAD": "gone"}, 1, "what the remote said and is no more"),
]


@pytest.mark.parametrize(("refs", "expected", "why"), MAINS, ids=[why for *_, why in MAINS])
def test_the_main_branch(refs: dict[str, int | str], expected: int | str, why: str, tmp_path: Path) -> None:
    ids = repository(tmp_path, [{"a": str(number)} for number in range(4)])
    for name, target in refs.items():
        if isinstance(target, int):
            git(tmp_path, "update-ref", name, ids[target])
        else:
            git(tmp_path, "symbolic-ref", "refs/remotes/origin/HEAD", f"refs/remotes/origin/{target}")
    assert Repository.find(tmp_path).base() == (ids[expected] if isinstance(expected, int) else ids[-1])


def test_a_folder_below_a_worktree_of_a_bare_repository(tmp_path: Path) -> None:
    ids = repository(tmp_path / "first", [{"deep/é/a.yaml": "1"}])
    git(tmp_path, "clone", "--quiet", "--bare", "first", "store.git")
    git(tmp_path / "store.git", "worktree", "add", "--quiet", "../tree", "main")
    found = Repository.find(tmp_path / "tree" / "deep")
    assert (found.prefix, found.base()) == ("deep/", ids[0])
    assert list(found.tree(ids[0]).files()) == ["é/a.yaml"]


def test_a_project_in_a_submodule(tmp_path: Path) -> None:
    ids = repository(tmp_path / "part", [A])
    repository(tmp_path / "whole", [B])
    git(tmp_path / "whole", "submodule", "--quiet", "add", "../part", "part")
    found = Repository.find(tmp_path / "whole" / "part")
    assert (found.prefix, found.base()) == ("", ids[0])


def test_a_detached_head(tmp_path: Path) -> None:
    ids = repository(tmp_path, [A, B])
    git(tmp_path, "checkout", "--quiet", "--detach", ids[0])
    assert Repository.find(tmp_path).base() == ids[0]


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"])
def test_the_hook_of_another_repository_does_not_decide(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = repository(tmp_path / "own", [{"deep/a.yaml": "1"}])
    repository(tmp_path / "other", [B])
    monkeypatch.setenv(name, str(tmp_path / "other" / ".git"))
    found = Repository.find(tmp_path / "own" / "deep")
    assert (found.prefix, found.base()) == ("deep/", ids[0])
    assert os.environ[name] == str(tmp_path / "other" / ".git")
