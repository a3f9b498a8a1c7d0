"""`tmfkit retire` and `tmfkit confirm` as an operator uses them, on the example operator."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tmfkit.cli.app import run
from tmfkit.generate.receivers import Receiver
from tmfkit.views.retirement import handed_on


@pytest.fixture
def operator(tmp_path: Path) -> Path:
    for name in ("catalog", "generators", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "tmfkit.yaml", tmp_path)
    return tmp_path


def test_an_offering_leaves_sale_and_every_system_that_learns_of_it_is_named(operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in (operator / "catalog").rglob("*.yaml")}
    command = ["retire", "mobile-flex", "--on", "2027-06-30", "--replaced-by", "mobile-max", "--project", str(operator)]
    assert run([*command, "--diff"]) == 0
    shown = capsys.readouterr().out
    assert {path: path.read_bytes() for path in (operator / "catalog").rglob("*.yaml")} == before
    assert "+validFor: {until: 2027-06-30}" in shown
    assert "+replaces: {mobile-flex: {}}" in shown
    assert run(command) == 0
    assert capsys.readouterr().out == shown
    changed = [path.name for path, content in before.items() if path.read_bytes() != content]
    assert changed == ["mobile.yaml"]
    assert "billing: has not confirmed release 2026.11" in shown
    assert "order-forms/com/mobile-flex.schema.json" in shown
    assert run(["confirm", "billing", "--project", str(operator)]) == 0
    capsys.readouterr()
    assert run(command) == 0
    again = capsys.readouterr().out
    assert "mobile-flex is sold until 2027-06-30: the catalog says so already" in again
    assert "billing: has confirmed release 2026.11" in again
    assert files_in(again) == files_in(shown), "what carries the end is found when it stands there already"


def files_in(shown: str) -> list[str]:
    """What is said of the files of systems."""
    return [line for line in shown.splitlines() if line.startswith("    ") and ("/" in line or " more file" in line)]


@pytest.mark.parametrize(("count", "last"), [(5, "    f4"), (6, "    and 1 more file"), (7, "    and 2 more files")])
def test_many_files_of_a_system_are_counted(count: int, last: str) -> None:
    found = [Receiver("billing", f"f{number}", True) for number in range(count)]
    assert handed_on(found, {}, "1").splitlines()[-1] == last


def test_every_blocker_is_named_with_its_line_and_nothing_is_written(operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in (operator / "catalog").rglob("*.yaml")}
    assert run(["retire", "fibre-home", "--on", "2027-06-30", "--project", str(operator)]) == 1
    shown = capsys.readouterr().out
    assert "`triple-play` needs `fibre-home`" in shown
    assert "catalog/offerings/bundles.yaml:" in shown
    assert shown.rstrip().endswith("nothing was changed")
    assert {path: path.read_bytes() for path in (operator / "catalog").rglob("*.yaml")} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["retire", "fibre-hom", "--on", "2027-06-30"], "did you mean"),
        (["retire", "fibre-home", "--on", "soon"], "`soon`"),
        (["retire", "fibre-access", "--on", "2027-06-30"], "no offering"),
        (["retire", "fibre-home", "--on", "2027-06-30", "--replaced-by", "fibre-home"], "its own place"),
        (["confirm", "fibre-home"], "systems confirm releases"),
        (["confirm", "biling"], "did you mean"),
        (["confirm", "--release", "2026.12"], "name the system that runs this release"),
    ],
)
def test_a_word_that_means_nothing_is_refused(arguments: list[str], said: str, operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*arguments, "--project", str(operator)]) == 2
    assert said in " ".join(capsys.readouterr().err.replace("│", " ").split())


def test_an_end_before_the_beginning_is_found_by_the_checks(operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["retire", "fwa-home", "--on", "2026-01-01", "--project", str(operator)]) == 1
    assert "nothing was changed" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["{", "[]", '{"billing": 3}'])
def test_a_damaged_record_of_confirmations_is_one_clear_line(content: str, operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (operator / "state").mkdir()
    (operator / "state" / "confirmed.json").write_text(content)
    assert run(["confirm", "--project", str(operator)]) == 4
    assert "confirmed.json" in capsys.readouterr().err
