"""A revision shows what a checked-out folder shows: the same files, the same contents, the same refusals."""

import os
from pathlib import Path

import pytest

from tests.repositories import commit, git, repository, write
from tmfkit.errors import TmfkitError
from tmfkit.files import FolderTree
from tmfkit.source.tree import FileTree, Unreadable
from tmfkit.vcs.repository import Repository
from tmfkit.vcs.tree import RevisionTree

PLAIN = {
    "tmfkit.yaml": "",
    "README.md": "read me",
    "catalog/b.yaml": "kind: Category\n",
    "catalog/a.YML": "",
    "catalog/deep/er/c.yaml": "x",
    "catalog/prices.csv": "by,amount\n",
    "catalog/.hidden.yaml": "x",
    "catalog/.git-like/d.yaml": "x",
    "catalog/folder.yaml/inner.yaml": "x",
    "catalog/naïve name\twith tab.yaml": "x",
    'catalog/"quoted".yaml': "x",
    "catalog/binary.yaml": b"\xff\x00\r\n",
    "other/e.yaml": "x",
}

LINKS = {
    "catalog/file-inside.yaml": "../other/e.yaml",
    "catalog/out.yaml": "../../outside.yaml",
    "catalog/absolute.yaml": "/etc/hostname",
    "catalog/gone.yaml": "nowhere.yaml",
    "catalog/self.yaml": "self.yaml",
    "catalog/folder-inside": "../other",
    "catalog/linked.yaml": "../other",
    "catalog/loop": ".",
    "catalog/deep/up": "../..",
    "catalog/twice.yaml": "file-inside.yaml",
    "catalog/through.yaml": "folder-inside/e.yaml",
}

READ = [
    *PLAIN,
    *LINKS,
    "catalog/folder-inside/e.yaml",
    "catalog/linked.yaml/e.yaml",
    "catalog",
    "catalog/nothing.yaml",
    "README.md/below",
    "./README.md",
    "catalog/../README.md",
]


def seen(tree: FileTree, paths: list[str]) -> dict[str, bytes | str]:
    return {path: content(tree, path) for path in [*tree.files(), *paths]}


def content(tree: FileTree, path: str) -> bytes | str:
    try:
        return tree.read(path)
    except Unreadable as error:
        return error.reason


def at(folder: Path, name: str = "HEAD", catalog: str = "catalog") -> RevisionTree:
    found = Repository.find(folder)
    return found.tree(found.commit(name)).within(catalog)


@pytest.mark.parametrize("links", [{}, LINKS], ids=["plain", "links"])
@pytest.mark.parametrize("catalog", ["catalog", ".", "catalog/deep", "catalog/folder-inside"])
@pytest.mark.parametrize("prefix", ["", "catalogs/é [1]"], ids=["top", "below"])
def test_a_revision_shows_what_the_folder_shows(links: dict[str, str], catalog: str, prefix: str, tmp_path: Path) -> None:
    root = tmp_path / prefix
    write(root, PLAIN)
    for name, target in links.items():
        (root / name).symlink_to(target)
    repository(tmp_path, [{}])
    revision = at(root, catalog=catalog)
    if (root / catalog).is_dir():
        folder = FolderTree(root, catalog)
        assert list(revision.files()) == list(folder.files())
        assert seen(revision, READ) | {"README.md/below": ""} == seen(folder, READ) | {"README.md/below": ""}
    else:
        assert list(revision.files()) == []


def test_what_is_written_later_is_not_seen(tmp_path: Path) -> None:
    repository(tmp_path, [{"catalog/a.yaml": "1"}])
    write(tmp_path, {"catalog/a.yaml": "2", "catalog/b.yaml": "2"})
    tree = at(tmp_path)
    assert list(tree.files()) == ["catalog/a.yaml"]
    assert tree.read("catalog/a.yaml") == b"1"


def test_only_the_project_is_seen_not_its_neighbours(tmp_path: Path) -> None:
    repository(tmp_path, [{"one/catalog/a.yaml": "1", "one-more/catalog/a.yaml": "2", "one/up.yaml": "3"}])
    assert list(at(tmp_path / "one", catalog=".").files()) == ["catalog/a.yaml", "up.yaml"]


@pytest.mark.parametrize("before", [{"else.txt": ""}, {"project": "a file"}, {"project-2/catalog/a.yaml": ""}])
def test_a_folder_that_was_not_there_yet_has_no_files(before: dict[str, str], tmp_path: Path) -> None:
    first, _ = repository(tmp_path, [before, dict.fromkeys(before) | {"project/catalog/a.yaml": ""}])
    tree = at(tmp_path / "project", first)
    assert list(tree.files()) == []
    assert not tree.has("tmfkit.yaml")


def test_a_catalog_folder_that_was_not_there_yet_has_no_files(tmp_path: Path) -> None:
    repository(tmp_path, [{"tmfkit.yaml": "", "other/a.yaml": ""}])
    assert list(at(tmp_path).files()) == []
    assert at(tmp_path).has("tmfkit.yaml")
    assert not at(tmp_path).has("other")


def test_a_submodule_in_the_catalog_is_named(tmp_path: Path) -> None:
    repository(tmp_path / "part", [{"a.yaml": ""}])
    repository(tmp_path / "whole", [{"catalog/b.yaml": ""}])
    git(tmp_path / "whole", "submodule", "--quiet", "add", "../part", "catalog/part")
    commit(tmp_path / "whole", {})
    tree = at(tmp_path / "whole")
    assert list(tree.files()) == ["catalog/b.yaml", "catalog/part"]
    assert "submodule" in str(content(tree, "catalog/part"))


def test_what_is_kept_in_lfs_is_named(tmp_path: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    repository(tmp_path, [{"catalog/rows.csv": pointer}])
    assert "Git LFS" in str(content(at(tmp_path), "catalog/rows.csv"))


def test_a_clone_without_contents_says_so_and_fetches_nothing(tmp_path: Path) -> None:
    repository(tmp_path / "whole", [{"catalog/a.yaml": "1"}])
    git(tmp_path / "whole", "config", "uploadpack.allowFilter", "true")
    source = (tmp_path / "whole").as_uri()
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=blob:none", source, "part")
    with pytest.raises(TmfkitError, match="not in this clone") as raised:
        at(tmp_path / "part").read("catalog/a.yaml")
    assert "--filter" in raised.value.hint


def test_ids_of_the_longer_kind(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--object-format=sha256", "--initial-branch=main")
    commit(tmp_path, PLAIN)
    tree = at(tmp_path)
    assert seen(tree, READ) == seen(FolderTree(tmp_path, "catalog"), READ) | {"README.md/below": "there is no such file"}


def test_forked_processes_do_not_answer_each_other(tmp_path: Path) -> None:
    texts = {f"catalog/{number}.yaml": f"{number} " * number for number in range(200)}
    repository(tmp_path, [texts])
    tree = at(tmp_path)
    assert tree.read("catalog/7.yaml") == texts["catalog/7.yaml"].encode()
    child = os.fork()
    if not child:
        mine = all(tree.read(name) == text.encode() for name, text in texts.items())
        os._exit(0 if mine else 1)
    assert all(tree.read(name) == text.encode() for name, text in texts.items())
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert tree.read("catalog/7.yaml") == texts["catalog/7.yaml"].encode()


def test_the_number_of_processes_does_not_grow_with_that_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path, [{f"catalog/{number}.yaml": str(number) for number in range(300)}])
    trace = tmp_path / "trace.txt"
    monkeypatch.setenv("GIT_TRACE", str(trace))
    tree = at(tmp_path)
    assert len([tree.read(name) for name in tree.files()]) == 300
    assert trace.read_text().count("trace: built-in") <= 5
