"""`tmfkit eject`: a shipped generator becomes the project's own, nothing is overwritten, and it makes the same files as before."""

from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.generate.projects import SYSTEM, everything, project, said
from tmfkit.cli.app import run
from tmfkit.generate.discover import Sources

SHIPPED = [name for name in Sources().names() if (ROOT / "generators").is_dir()]


def ejected(capsys: pytest.CaptureFixture[str], folder: Path, name: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run(["eject", name, "--project", str(folder)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def of_shipped(folder: Path, name: str) -> dict[str, bytes]:
    module = name.replace("-", "_")
    kept = (f"generators/{module}.py", f"generators/{module}/", f"templates/{name}/")
    rooms = {f"{room}/{path}": text for room in ("generators", "templates") for path, text in everything(folder / room).items()}
    return {path: text for path, text in rooms.items() if path.startswith(kept) and "__pycache__" not in path}


@pytest.mark.parametrize("name", SHIPPED)
def test_everything_of_a_generator_is_copied(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, {})
    before = everything(folder)
    code, out, _ = ejected(capsys, folder, name)
    copied = of_shipped(ROOT, name)
    assert code == 0
    assert copied
    assert everything(folder) == before | copied
    assert all(path in out for path in copied)
    assert "tmfkit generate --check" in out


def test_the_copy_makes_the_same_and_can_be_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, {}, SYSTEM.replace("cards", "runbooks"))
    assert said(capsys, folder)[0] == 0
    assert ejected(capsys, folder, "runbooks")[0] == 0
    assert said(capsys, folder, "--check")[0] == 0
    template = folder / "templates" / "runbooks" / "runbook.md.j2"
    template.write_text("Ours\n")
    assert said(capsys, folder, "--check")[0] == 5


IN_THE_WAY = ["generators/runbooks/page.py", "generators/runbooks.py", "templates/runbooks/runbook.md.j2"]


@pytest.mark.parametrize("path", IN_THE_WAY)
def test_nothing_is_overwritten(path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, {})
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text("mine")
    before = everything(folder)
    code, _, err = ejected(capsys, folder, "runbooks")
    assert (code, f"the project has this already: {path}" in err) == (4, True)
    assert everything(folder) == before


@pytest.mark.parametrize(("name", "says"), [("runbook", "did you mean `runbooks`?"), ("../x", "there are "), ("cards", "there are ")])
def test_what_does_not_come_with_tmfkit(name: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, {"cards.py": '"""Cards."""\n'})
    code, _, err = ejected(capsys, folder, name)
    assert code == 4
    assert says in err
