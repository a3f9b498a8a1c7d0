"""`tmfkit fmt`, `validate --fix` and `validate --diff` on disk: what is written, what is said, how they end."""

import json
import os
from pathlib import Path

import pytest

from tests.catalogs import written
from tmfkit.cli.app import run

ORDERED = "kind: Category\nid: a\nname: A\n"
ODD = "id:   b\nkind: Category # the kind\nname: B\n"
ANCHORED = "kind: Category\nid: c\nname: &x\n    en: C\n"
BROKEN = "kind: [\n"


def fmt(folder: Path, *more: str) -> int:
    return run(["fmt", "-p", str(folder), *more])


def test_fmt_writes_what_is_not_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"a.yaml": ORDERED, "b.yaml": ODD, "c.yaml": ANCHORED})
    (project / "catalog" / "b.yaml").chmod(0o640)
    before = (project / "catalog" / "a.yaml").stat()
    assert fmt(project) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "catalog/b.yaml: formatted",
        "catalog/c.yaml: left as it is: line 3 has something that is not formatted: an anchor or a tag before a block",
        "3 files: 1 formatted, 1 in order already, 1 left as it is",
    ]
    assert (project / "catalog" / "b.yaml").read_text() == "kind: Category # the kind\nid: b\nname: B\n"
    assert (project / "catalog" / "b.yaml").stat().st_mode & 0o777 == 0o640
    assert (project / "catalog" / "c.yaml").read_text() == ANCHORED
    assert (project / "catalog" / "a.yaml").stat() == before
    assert sorted(path.name for path in (project / "catalog").iterdir()) == ["a.yaml", "b.yaml", "c.yaml"]


def test_check_writes_nothing_and_ends_with_5(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"a.yaml": ORDERED, "b.yaml": ODD})
    assert fmt(project, "--check") == 5
    assert capsys.readouterr().out.splitlines() == ["catalog/b.yaml: to be formatted", "2 files: 1 to be formatted, 1 in order already"]
    assert (project / "catalog" / "b.yaml").read_text() == ODD
    assert fmt(project) == 0
    assert fmt(project, "--check") == 0


def test_diff_shows_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"b.yaml": ODD})
    assert fmt(project, "--diff") == 0
    assert "-id:   b\n kind: Category # the kind\n+id: b\n" in capsys.readouterr().out
    assert (project / "catalog" / "b.yaml").read_text() == ODD
    assert fmt(project, "--diff", "--check") == 5
    capsys.readouterr()


def test_a_file_with_faults_is_left_and_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"b.yaml": ODD, "d.yaml": BROKEN})
    assert fmt(project) == 1
    assert "catalog/d.yaml: left as it is: this is not YAML" in capsys.readouterr().out
    assert (project / "catalog" / "b.yaml").read_text() != ODD
    assert (project / "catalog" / "d.yaml").read_text() == BROKEN


def test_files_and_folders_are_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    project = written(tmp_path, {"one/b.yaml": ODD, "two/b.yaml": ODD, "b.yaml": ODD})
    monkeypatch.chdir(project / "catalog")
    assert fmt(project, "two") == 0
    assert fmt(project, "b.yaml") == 0
    assert (project / "catalog" / "one" / "b.yaml").read_text() == ODD
    assert (project / "catalog" / "two" / "b.yaml").read_text() != ODD
    assert (project / "catalog" / "b.yaml").read_text() != ODD
    capsys.readouterr()
    assert fmt(project, "three") == 4
    assert "the catalog has no YAML file at three" in capsys.readouterr().err


def test_a_link_inside_the_project_stays_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {})
    (project / "shared").mkdir()
    (project / "shared" / "b.yaml").write_text(ODD)
    os.symlink(project / "shared" / "b.yaml", project / "catalog" / "b.yaml")
    assert fmt(project) == 0
    assert (project / "catalog" / "b.yaml").is_symlink()
    assert (project / "shared" / "b.yaml").read_text() != ODD
    capsys.readouterr()


def test_many_files_are_shared_among_processes(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    project = written(tmp_path, {f"{number}.yaml": ODD for number in range(10)})
    monkeypatch.setattr("tmfkit.edit.fmt.FILES_WORTH_A_PROCESS", 2)
    monkeypatch.setenv("TMFKIT_JOBS", "3")
    assert fmt(project) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "10 files: 10 formatted, 0 in order already"


FAULTY = "kind: Category\nid: broadband\nname: Broadband\n---\nkind: Category\nid: fast\nnmae: Fast  # short\nparent: brodband\n"


def test_fix_repairs_and_checks_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"a.yaml": FAULTY.replace("Category\nid: fast", "Categroy\nid: fast")})
    assert run(["validate", "--fix", "-p", str(project)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line] == [
        "fixed catalog/a.yaml:5:7: write `Category` instead of `Categroy`",
        "1 fix made",
        "fixed catalog/a.yaml:7:1: write `name` instead of `nmae`",
        "fixed catalog/a.yaml:8:9: write `broadband` instead of `brodband`",
        "2 fixes made",
        "2 entities: nothing to complain about",
    ]
    assert (project / "catalog" / "a.yaml").read_text() == FAULTY.replace("nmae:", "name:").replace("brod", "broad")


def test_diff_of_fixes_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"a.yaml": FAULTY})
    assert run(["validate", "--diff", "-p", str(project)]) == 1
    said = capsys.readouterr().out
    assert "-nmae: Fast  # short\n-parent: brodband\n+name: Fast  # short\n+parent: broadband\n" in said
    assert "error[TK011]" in said
    assert (project / "catalog" / "a.yaml").read_text() == FAULTY


def test_only_what_is_selected_is_repaired(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = FAULTY.replace("nmae", "name")
    project = written(tmp_path, {"a.yaml": text})
    run(["validate", "--fix", "--select", "TK6", "-p", str(project)])
    assert (project / "catalog" / "a.yaml").read_text() == text
    run(["validate", "--fix", "--select", "TK101", "-p", str(project)])
    assert (project / "catalog" / "a.yaml").read_text() == text.replace("brodband", "broadband")
    capsys.readouterr()


def test_json_stays_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"a.yaml": FAULTY})
    assert run(["validate", "--fix", "--format", "json", "-p", str(project)]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["diagnostics"] == []
    assert "fixed catalog/a.yaml:7:1" in said.err
