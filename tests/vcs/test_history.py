"""Two states of a project: which ones a command means, what cannot be compared, and that looking changes nothing."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.repositories import commit, git, repository, write
from tmfkit.errors import TmfkitError
from tmfkit.history import History, compared, notes, two_states

SETTINGS = {"tmfkit.yaml": ""}


def category(*ids: str) -> str:
    return "---\n".join(f"kind: Category\nid: {id}\nname: {id.title()}\n" for id in ids)


HOME = SETTINGS | {"catalog/a.yaml": category("home")}
MORE = {"catalog/b.yaml": category("garden")}


def names(history: History) -> tuple[list[str], list[str]]:
    """The ids of both states."""
    before, after = (sorted(key.id for key in state.catalog.value.summaries) for state in (history.before, history.after))
    return before, after


def test_without_names_the_files_at_hand_are_compared_with_the_main_branch(tmp_path: Path) -> None:
    repository(tmp_path, [HOME])
    git(tmp_path, "checkout", "--quiet", "-b", "work")
    commit(tmp_path, MORE)
    write(tmp_path, {"catalog/c.yaml": category("untracked"), "catalog/a.yaml": category("house")})
    assert names(two_states(tmp_path)) == (["home"], ["garden", "house", "untracked"])
    assert names(two_states(tmp_path, "HEAD")) == (["garden", "home"], ["garden", "house", "untracked"])
    assert names(two_states(tmp_path, "main", "work")) == (["home"], ["garden", "home"])
    assert names(two_states(tmp_path, "work", "main")) == (["garden", "home"], ["home"])


def test_two_folders_need_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "old", HOME)
    write(tmp_path / "new", HOME | MORE)
    monkeypatch.chdir(tmp_path)
    for old, new in (("old", "new"), ("./old", "./new"), (str(tmp_path / "old"), "new/../new")):
        assert names(two_states(Path(), old, new)) == (["home"], ["garden", "home"])
    assert names(two_states(Path("new"), "old")) == (["home"], ["garden", "home"])


def test_a_folder_can_be_compared_with_a_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path / "project", [HOME, MORE])
    write(tmp_path / "export", HOME)
    monkeypatch.chdir(tmp_path)
    assert names(two_states(Path("project"), "./export", "main")) == (["home"], ["garden", "home"])


@pytest.mark.parametrize("start", [".", "catalog", "catalog/deep"])
def test_the_project_below_the_top_of_the_repository(start: str, tmp_path: Path) -> None:
    shop = {f"shops/one/{name}": text for name, text in (HOME | {"catalog/deep/d.yaml": category("deep")}).items()}
    repository(
        tmp_path, [{"tmfkit.yaml": "", "catalog/x.yaml": category("other")} | shop, {"shops/one/catalog/deep/d.yaml": category("dark")}]
    )
    assert names(two_states(tmp_path / "shops" / "one" / start, "HEAD~1")) == (["deep", "home"], ["dark", "home"])


def test_each_state_has_its_own_settings_and_tables(tmp_path: Path) -> None:
    price = "kind: ProductOfferingPrice\nid: p\nname: P\ntype: oneTime\nby: term\ntable: ../rows.csv\n"
    rows = "term,amount\nno-term,{}.00 EUR\n"
    first = {"tmfkit.yaml": "catalog: old\ntimezone: Europe/Paris\n", "old/p.yaml": price, "rows.csv": rows.format(1)}
    second = {"tmfkit.yaml": "catalog: new\n", "old/p.yaml": None, "new/p.yaml": price, "rows.csv": rows.format(2)}
    repository(tmp_path, [first, second])
    write(tmp_path, {"rows.csv": rows.format(3)})
    for base, head, amounts in (("HEAD~1", None, (b"1.00", b"3.00")), ("HEAD~1", "HEAD", (b"1.00", b"2.00"))):
        found = two_states(tmp_path, base, head)
        assert notes(found) == ()
        for state, amount in zip((found.before, found.after), amounts, strict=True):
            (summary,) = state.catalog.value.summaries.values()
            assert amount in summary.data
    assert str(found.before.catalog.value.zone) == "Europe/Paris"
    assert str(found.after.catalog.value.zone) == "UTC"


def test_findings_of_a_revision_show_its_lines(tmp_path: Path) -> None:
    repository(
        tmp_path, [HOME | {"catalog/b.yaml": "kind: Category\nid: bad\nname: Bad\ncolour: red\n"}, {"catalog/b.yaml": category("good")}]
    )
    state = two_states(tmp_path, "HEAD~1").before
    (found,) = (one for one in state.catalog.diagnostics if one.code == "TK011")
    assert str(found.primary) == "catalog/b.yaml:4:1"
    assert state.project.value.lines("catalog/b.yaml")[3] == "colour: red"
    assert state.project.value.lines("catalog/none.yaml") == []
    assert state.project.value.policy.zone.key == "UTC"


CONFLICT = f"<<<<<<< HEAD\n{category('home')}=======\n{category('house')}>>>>>>> work\n"
TORN = [
    ("conflict markers", {"catalog/a.yaml": CONFLICT}, ["home"], "catalog/a.yaml:1:1"),
    ("a tab", {"catalog/a.yaml": "kind: Category\n\tid: home\n"}, ["home"], "catalog/a.yaml:2:1"),
    ("no UTF-8", {"catalog/a.yaml": b"id: home\nname: \xff\n"}, ["home"], "catalog/a.yaml"),
    ("moved and torn", {"catalog/a.yaml": None, "catalog/z.yaml": "id: home\n\tname: x\n"}, ["home"], "catalog/z.yaml"),
    ("a key that nobody knows", {"catalog/a.yaml": category("home") + "colour: red\n"}, ["home"], "Category home"),
    ("no kind", {"catalog/a.yaml": "id: home\nname: Home\n"}, ["home"], ""),
]


@pytest.mark.parametrize(("case", "torn", "left_out", "says"), TORN, ids=[case for case, *_ in TORN])
def test_what_cannot_be_read_is_neither_there_nor_gone(
    case: str, torn: Mapping[str, str | bytes | None], left_out: list[str], says: str, tmp_path: Path
) -> None:
    repository(
        tmp_path, [HOME | MORE, torn, {"catalog/z.yaml": None} if "catalog/z.yaml" in torn else {}, {"catalog/a.yaml": category("home")}]
    )
    for base, head in (("HEAD~3", "HEAD~2"), ("HEAD~2", "HEAD")):
        found = two_states(tmp_path, base, head)
        assert [key.id for key in found.left_out] == left_out
        assert says in "\n".join(notes(found))
        assert notes(found)[-1] == "left out of the comparison, with all prices that depend on it, for one side cannot be understood: home"


OFFERING = "kind: ProductOffering\nid: {0}\nname: {0}\nproduct: line\nlifecycle: Launched\nprices: {{fee: {1}}}\n"
SHARED = "kind: ProductOfferingPrice\nid: fee\nname: Fee\ntype: oneTime\namount: {} EUR\n"


def test_no_price_is_told_that_depends_on_what_cannot_be_read(tmp_path: Path) -> None:
    own = OFFERING.format("own", "{type: oneTime, amount: 1.00 EUR}")
    first = SETTINGS | {
        "catalog/line.yaml": category("line").replace("Category", "ProductSpecification"),
        "catalog/shared.yaml": OFFERING.format("shared", "{use: fee}"),
        "catalog/own.yaml": own,
        "catalog/fee.yaml": SHARED.format("1.00"),
    }
    line = first["catalog/line.yaml"].replace("Line", "Access")
    second = {"catalog/line.yaml": line, "catalog/own.yaml": own.replace("1.00", "2.00"), "catalog/fee.yaml": SHARED.format("2.00")}
    repository(tmp_path, [first, second, {"catalog/fee.yaml": "<<<<<<< HEAD\n" + SHARED.format("2.00")}])
    for head, told in (("HEAD~1", {"own", "shared"}), ("HEAD", {"own"})):
        found = compared(two_states(tmp_path, "HEAD~2", head))
        assert {row.offering.id for row in found.prices} == told
        assert {change.key.id for change in found.changes} == {"line", "own"} | ({"fee"} if head != "HEAD" else set())
        assert found.sales == ()


def test_a_part_that_became_a_submodule_is_left_out(tmp_path: Path) -> None:
    repository(tmp_path / "part", [{"b.yaml": category("garden")}])
    repository(tmp_path / "whole", [HOME | {"catalog/part/b.yaml": category("garden")}, {"catalog/part/b.yaml": None}])
    (tmp_path / "whole" / "catalog" / "part").rmdir()
    git(tmp_path / "whole", "submodule", "--quiet", "add", "../part", "catalog/part")
    commit(tmp_path / "whole", {})
    found = two_states(tmp_path / "whole", "HEAD~2", "HEAD")
    assert [key.id for key in found.left_out] == ["garden"]
    assert "catalog/part:1:1: this cannot be read: this is a submodule" in notes(found)[0]
    assert names(two_states(tmp_path / "whole", "HEAD~2")) == (["garden", "home"], ["garden", "home"])


NOTHING = [
    ("no project", {"README": ""}, "`main` has no catalog: everything counts as new"),
    ("no catalog folder", SETTINGS, "`main` has no catalog: everything counts as new"),
    ("an empty catalog", SETTINGS | {"catalog/a.yaml": "# later\n"}, "`main` has no catalog: everything counts as new"),
]


@pytest.mark.parametrize(("case", "first", "says"), NOTHING, ids=[case for case, *_ in NOTHING])
def test_a_base_without_a_catalog_is_empty(case: str, first: Mapping[str, str], says: str, tmp_path: Path) -> None:
    repository(tmp_path, [first])
    git(tmp_path, "checkout", "--quiet", "-b", "work")
    commit(tmp_path, HOME)
    found = two_states(tmp_path, "main")
    assert (names(found), notes(found), found.left_out) == (([], ["home"]), (says,), ())
    assert notes(two_states(tmp_path, "work", "main")) == (says.replace("new", "removed"),)


def test_settings_that_cannot_be_understood_are_those_of_the_other_state(tmp_path: Path) -> None:
    place = {"tmfkit.yaml": "catalog: here\n", "here/a.yaml": category("home")}
    repository(tmp_path, [place | {"tmfkit.yaml": "catalog: here\ncolour: red\n"}, place])
    for base, head in (("HEAD~1", "HEAD"), ("HEAD", "HEAD~1")):
        found = two_states(tmp_path, base, head)
        assert names(found) == (["home"], ["home"])
        assert notes(found)[0].startswith("`HEAD~1` is read with the settings of the other state: tmfkit.yaml:2:1: ")


def bare(folder: Path) -> None:
    git(folder, "init", "--quiet", "--bare")


def nothing(folder: Path) -> None:
    write(folder, {"a": ""})


def no_project(folder: Path) -> None:
    repository(folder, [{"a": ""}])


def no_repository(folder: Path) -> None:
    write(folder, HOME)


def two_of_a_name(folder: Path) -> None:
    repository(folder, [HOME | {f"twin/{name}": text for name, text in HOME.items()}])
    git(folder, "branch", "twin")


WRONG: list[tuple[Callable[[Path], None], tuple[str, ...], str]] = [
    (bare, (), "is a bare repository"),
    (nothing, (), "there is no tmfkit.yaml in"),
    (nothing, ("main",), "there is no tmfkit.yaml in"),
    (no_repository, ("x" * 3000,), "lies in no git repository"),
    (no_project, (), "there is no tmfkit.yaml in"),
    (no_repository, (), "lies in no git repository"),
    (no_repository, ("catalog",), "there is no tmfkit.yaml in catalog"),
    (no_repository, ("main",), "lies in no git repository"),
    (no_repository, ("./nowhere",), "there is no folder ./nowhere"),
    (no_repository, ("./catalog",), "there is no tmfkit.yaml in ./catalog"),
    (two_of_a_name, ("twin",), "`twin` is both a folder and a revision"),
    (two_of_a_name, ("--upload-pack=touch x",), "names in git do not begin with a hyphen"),
    (two_of_a_name, ("HEAD", "nope"), "git knows no revision `nope`"),
]


@pytest.mark.parametrize(("make", "asked", "says"), WRONG, ids=[f"{make.__name__} {' '.join(asked)[:20]}" for make, asked, _ in WRONG])
def test_what_cannot_be_opened(
    make: Callable[[Path], None], asked: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TmfkitError) as raised:
        two_states(Path(), *asked)
    assert says in raised.value.message
    assert raised.value.hint


def test_a_twin_can_be_named_either_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_of_a_name(tmp_path)
    write(tmp_path, {"twin/catalog/a.yaml": category("other")})
    monkeypatch.chdir(tmp_path)
    assert names(two_states(Path(), "./twin", "refs/heads/twin")) == (["other"], ["home"])


HOSTILE = """
[core]
    fsmonitor = touch {0}/fsmonitor
    hooksPath = {0}/hooks
    pager = touch {0}/pager
    sshCommand = touch {0}/ssh
[filter "spy"]
    smudge = touch {0}/smudge
    clean = touch {0}/clean
    required = true
[diff]
    external = touch {0}/external
[diff "spy"]
    textconv = touch {0}/textconv
    command = touch {0}/command
[alias]
    ls-tree = !touch {0}/alias
    cat-file = !touch {0}/alias
"""


def test_looking_changes_nothing_and_runs_nothing(tmp_path: Path) -> None:
    root, marks = tmp_path / "root", tmp_path / "marks"
    repository(root, [HOME | {".gitattributes": "* filter=spy diff=spy\n"}, MORE])
    write(root, {"catalog/a.yaml": category("changed"), "catalog/staged.yaml": category("staged")})
    git(root, "add", "catalog/staged.yaml")
    marks.mkdir()
    with (root / ".git" / "config").open("a") as config:
        config.write(HOSTILE.format(marks))
    for name in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc"):
        write(marks, {f"hooks/{name}": f"#!/bin/sh\ntouch {marks}/hook\n"})
        (marks / "hooks" / name).chmod(0o755)
    os.utime(root / "catalog" / "b.yaml", (1, 1))  # git would like to refresh its index now
    before = snapshot(tmp_path)
    assert names(two_states(root, "HEAD~1")) == (["home"], ["changed", "garden", "staged"])
    two_states(root)
    assert snapshot(tmp_path) == before
    subprocess.run(["git", "status"], cwd=root, capture_output=True, check=False)
    assert (marks / "fsmonitor").exists(), "the traps are armed"


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


PLAN = """kind: ProductOffering
id: plan
name: Plan
product: {external: line}
lifecycle: Launched
prices:
  monthly: {type: recurring, every: 1 month, by: [channel], table: plan.csv, chargeCode: P}
"""
VOCABULARY = "kind: Vocabulary\nchannels: {web: {}, shop: {}}\n"
CELLS = "channel,amount\nweb,10.00 EUR\nshop,12.00 EUR\n"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"


@pytest.mark.parametrize("torn", [POINTER, "channel,amount\nweb\n", "", None], ids=["a pointer", "a short row", "empty", "gone"])
def test_what_names_a_table_file_that_cannot_be_used_is_left_out(torn: str | None, tmp_path: Path) -> None:
    """Its cells are neither gone nor new: that would hide a rise of prices behind an addition."""
    whole = SETTINGS | {"catalog/a.yaml": f"{VOCABULARY}---\n{PLAN}---\n{category('home')}", "catalog/plan.csv": CELLS}
    repository(tmp_path, [whole, {"catalog/plan.csv": torn}])
    for ends in (("HEAD~1", "HEAD"), ("HEAD", "HEAD~1")):
        history = two_states(tmp_path, *ends)
        assert [key.id for key in history.left_out] == ["plan"]
        assert compared(history).changes == ()


def test_a_state_without_settings_has_those_of_the_other_one(tmp_path: Path) -> None:
    """Else a zone would seem to change, and every date with it."""
    repository(tmp_path, [{"catalog/a.yaml": category("home")}, {"tmfkit.yaml": "timezone: Europe/Paris\n"}])
    assert compared(two_states(tmp_path, "HEAD~1", "HEAD")).changes == ()


def moved(old: str, new: str) -> dict[str, str | bytes | None]:
    """What a commit writes that moves a project with one category to another folder, and changes it."""
    return {f"{old}{name}": None for name in HOME} | {f"{new}tmfkit.yaml": "", f"{new}catalog/a.yaml": category("house")}


MOVES = [("", "sub/", "the top of the repository"), ("one/", "two/", "`one/`"), ("one/", "", "`one/`")]


@pytest.mark.parametrize(("old", "new", "called"), MOVES)
def test_a_project_that_moves_is_compared_with_where_it_stood(old: str, new: str, called: str, tmp_path: Path) -> None:
    """Else moving it would hide what breaks: everything would count as new."""
    repository(tmp_path, [{f"{old}{name}": text for name, text in HOME.items()}])
    write(tmp_path, moved(old, new))
    for committed in (False, True):
        if committed:
            commit(tmp_path, {})
        found = two_states(tmp_path / new, "HEAD~1" if committed else "HEAD", "HEAD" if committed else None)
        assert names(found) == (["home"], ["house"])
        assert notes(found) == (f"{found.before.name} has no catalog here: it is compared with the project that moved away from {called}",)


@pytest.mark.parametrize("left", [{}, {"tmfkit.yaml": None}, {"tmfkit.yaml": "timezone: Europe/Paris\n"}])
def test_settings_that_stay_behind_are_no_project(left: Mapping[str, str | None], tmp_path: Path) -> None:
    repository(tmp_path, [HOME | {"sub/tmfkit.yaml": ""}])
    write(tmp_path, left | {"catalog/a.yaml": None, "sub/catalog/a.yaml": category("house")})
    assert names(two_states(tmp_path / "sub", "HEAD")) == (["home"], ["house"])


def test_a_second_project_is_new(tmp_path: Path) -> None:
    repository(tmp_path, [HOME | MORE])
    second = {f"sub/{name}": text for name, text in HOME.items()}
    commit(tmp_path, second | {"catalog/a.yaml": None})
    for head in (None, "HEAD"):
        found = two_states(tmp_path / "sub", "HEAD~1", head)
        assert (names(found), notes(found)) == (([], ["home"]), ("`HEAD~1` has no catalog: everything counts as new",))


def test_nobody_guesses_which_of_several_projects_moved(tmp_path: Path) -> None:
    rows = [{f"{folder}/{name}": text for name, text in HOME.items()} for folder in ("one", "two")]
    repository(tmp_path, [rows[0] | rows[1]])
    write(tmp_path, moved("one/", "three/") | {f"two/{name}": None for name in HOME})
    with pytest.raises(TmfkitError) as raised:
        two_states(tmp_path / "three", "HEAD")
    assert raised.value.message == "`HEAD` has no catalog here, and several projects that are gone since: `one/`, `two/`"
    assert raised.value.hint
