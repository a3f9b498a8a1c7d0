"""What the options of `tmfkit validate` do, as they are typed."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.catalogs import written
from tests.check.projects import LOOSE, RFS
from tmfkit.cli.app import run

HIDDEN = LOOSE.replace("id: loose", "id: loose # tmfkit: ignore[TK601] until 2027-03-01: old network")
NOTHING = "# nothing\n"
DANGLING = "kind: ProductOffering\nid: o\nname: O\nlifecycle: In study\nproduct: lost\n"
FILES = {"a.yaml": LOOSE, "b.yaml": NOTHING}

CALLS = [
    (FILES, [], 1, ["TK601", "TK018"]),
    (FILES, ["--fail-on", "error"], 1, ["TK601", "TK018"]),
    (FILES, ["--fail-on", "never"], 0, ["TK601", "TK018"]),
    (FILES, ["--ignore", "TK6"], 0, ["TK018"]),
    (FILES, ["--ignore", "TK6", "--fail-on", "warning"], 1, ["TK018"]),
    (FILES, ["--select", "TK018"], 0, ["TK018"]),
    (FILES, ["--select", "TK2,TK601", "--select", "TK3"], 1, ["TK601"]),
    (FILES, ["--select", "TK2"], 0, []),
    ({**FILES, "c.yaml": "a: [\n"}, ["--select", "TK2"], 1, ["TK004"]),
    ({"a.yaml": HIDDEN}, ["--on", "2027-02-28"], 0, []),
    ({"a.yaml": HIDDEN}, ["--on", "2027-03-01"], 1, ["TK021"]),
]


@pytest.mark.parametrize(("files", "options", "code", "expected"), CALLS)
def test_calls(
    files: dict[str, str], options: list[str], code: int, expected: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = str(written(tmp_path, files))
    assert run(["validate", "-p", project, "--format", "json", *options]) == code
    assert [one["code"] for one in json.loads(capsys.readouterr().out)["diagnostics"]] == expected


MISTAKES = [
    (["--select", "TK77"], "no finding has a code that begins with TK77"),
    (["--ignore", "E501"], "no finding has a code that begins with E501"),
    (["--fail-on", "fatal"], "fatal"),
    (["--on", "tomorrow"], "tomorrow"),
    (["--format", "xml"], "xml"),
    (["--write-baseline", "--select", "TK6"], "--write-baseline takes all findings"),
]


@pytest.mark.parametrize(("options", "says"), MISTAKES)
def test_calls_that_are_not_understood(options: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "-p", str(written(tmp_path, FILES)), *options]) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "tmfkit-baseline.json").exists()


def test_show_suppressed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = str(written(tmp_path, {"a.yaml": HIDDEN}))
    assert run(["validate", "-p", project, "--on", "2026-11-23"]) == 0
    assert capsys.readouterr().out == "1 entity: nothing to complain about; 1 accepted\n"
    assert run(["validate", "-p", project, "--on", "2026-11-23", "--show-suppressed"]) == 0
    shown = capsys.readouterr().out
    assert "accepted[TK601]" in shown
    assert "reason: old network (catalog/a.yaml:2:11 until 2027-03-01)" in shown


def test_adopting_a_catalog_step_by_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = str(written(tmp_path, FILES))
    assert run(["validate", "-p", project, "--write-baseline"]) == 0
    assert "findings that are known from now on: 2" in capsys.readouterr().err
    before = (tmp_path / "tmfkit-baseline.json").read_bytes()
    assert run(["validate", "-p", project, "--fail-on", "info"]) == 0
    assert "2 known from tmfkit-baseline.json" in capsys.readouterr().out
    (tmp_path / "catalog" / "new.yaml").write_text(RFS.format("new"))
    assert run(["validate", "-p", project]) == 1
    shown = capsys.readouterr().out
    assert "no system controls `new`" in shown
    assert "no system controls `loose`" not in shown
    (tmp_path / "catalog" / "new.yaml").unlink()
    (tmp_path / "catalog" / "b.yaml").unlink()
    assert run(["validate", "-p", project]) == 0
    assert "1 finding of the baseline no longer needed: TK018 of catalog/b.yaml" in capsys.readouterr().out
    assert (tmp_path / "tmfkit-baseline.json").read_bytes() == before
    assert run(["validate", "-p", project, "--write-baseline"]) == 0
    assert run(["validate", "-p", project, "--fail-on", "info"]) == 0


def test_no_baseline_of_what_cannot_be_read_or_linked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = str(written(tmp_path, {**FILES, "c.yaml": DANGLING}))
    assert run(["validate", "-p", project, "--write-baseline"]) == 1
    shown = capsys.readouterr()
    assert "error[TK101]" in shown.out
    assert "no tmfkit-baseline.json is written" in shown.err
    assert not (tmp_path / "tmfkit-baseline.json").exists()


def test_a_broken_baseline_is_replaced(tmp_path: Path) -> None:
    project = str(written(tmp_path, FILES))
    (tmp_path / "tmfkit-baseline.json").write_text("{")
    assert run(["validate", "-p", project, "--select", "TK025"]) == 1
    assert run(["validate", "-p", project, "--write-baseline"]) == 0
    assert run(["validate", "-p", project]) == 0


def test_accepted_findings_let_a_build_pass_and_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = HIDDEN.replace("2027-03-01", "2020-01-01")
    project = str(written(tmp_path, {"a.yaml": old}))
    assert run(["build", "-p", project]) == 0
    assert "1 entity: nothing to complain about; 1 accepted" in capsys.readouterr().out
    assert run(["compile", "-p", project]) == 0
    assert "1 accepted" in capsys.readouterr().out


@pytest.mark.parametrize("files", [FILES, {"a.yaml": "kind: Category\nid: a\nname: A\n"}], ids=["findings", "clean"])
def test_every_format_of_a_run_is_whole(files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    project = str(written(tmp_path / "shop", files))
    outputs = {}
    for form in ("json", "sarif", "gitlab", "junit", "github", "text"):
        assert run(["validate", "-p", project, "--format", form]) == (len(files) - 1)
        outputs[form] = capsys.readouterr().out
    assert len(json.loads(outputs["sarif"])["runs"][0]["results"]) == len(json.loads(outputs["json"])["diagnostics"])
    assert [row["location"]["path"] for row in json.loads(outputs["gitlab"])] == [f"shop/catalog/{name}" for name in files][
        : 2 * len(files) - 2
    ]
    assert ElementTree.fromstring(outputs["junit"].partition("\n")[2]).tag == "testsuites"
    assert outputs["github"].splitlines()[-1].startswith(("1 entity:", "::"))


def test_fingerprints_stay_when_lines_move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prints = []
    for text in (LOOSE, f"# words\n\n{LOOSE}"):
        run(["validate", "-p", str(written(tmp_path, {"a.yaml": text})), "--format", "gitlab"])
        prints.append([row["fingerprint"] for row in json.loads(capsys.readouterr().out)])
    assert prints[0] == prints[1]


def test_broken_settings_are_written_in_every_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = str(written(tmp_path, FILES, "colour: red\n"))
    for form in ("json", "sarif", "gitlab", "junit", "github", "text"):
        assert run(["validate", "-p", project, "--format", form]) == 1
        assert "TK011" in capsys.readouterr().out
