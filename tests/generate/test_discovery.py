"""Where a generator and its templates come from: the project, then installed packages, then what comes with tmfkit."""

import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.generate.projects import GOOD, SYSTEM, project, said
from tmfkit.generate import discover
from tmfkit.generate.discover import Sources, load

MODULE = '"""Cards."""\n\nfrom tmfkit.api import Artifact\n\n\ndef generate(context):\n    yield Artifact("card.txt", {text})\n'


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with the generator `cards` and a template."""
    home = tmp_path / "site"
    files = {
        "stationery/__init__.py": '"""Stationery."""\n',
        "stationery/cards.py": MODULE.format(text='context.render("card.j2")'),
        "stationery/templates/cards/card.j2": "of the package\n",
        "stationery-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: stationery\nVersion: 1\n",
        "stationery-1.dist-info/entry_points.txt": "[tmfkit.generators]\ncards = stationery.cards\n",
    }
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    monkeypatch.syspath_prepend(str(home))
    discover.entry_points.cache_clear()
    yield home
    discover.entry_points.cache_clear()
    for name in [name for name in sys.modules if name.startswith("stationery")]:
        del sys.modules[name]


def card(capsys: pytest.CaptureFixture[str], folder: Path) -> str:
    code, out, err = said(capsys, folder)
    assert code == 0, out + err
    return (folder / "build" / "cards" / "desk" / "card.txt").read_text().partition("\n")[2]


def test_an_installed_package_offers_a_generator(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert card(capsys, project(tmp_path / "project", {})) == "of the package\n"


def test_the_project_may_replace_a_template_alone(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert card(capsys, project(tmp_path / "project", {}, templates={"cards/card.j2": "of the project\n"})) == "of the project\n"


def test_the_project_goes_before_packages(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert card(capsys, project(tmp_path / "project", GOOD)) == "hello\n"
    ejected = MODULE.format(text='context.render("card.j2")')
    assert card(capsys, project(tmp_path / "other", ejected)) == "of the package\n"


def test_packages_go_before_what_is_shipped(package: Path, tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    (shipped / "generators").mkdir(parents=True)
    (shipped / "generators" / "cards.py").write_text(GOOD)
    found = Sources(None, shipped).find("cards")
    assert found is not None
    assert found.origin == "stationery.cards"
    assert load(found).__name__ == "stationery.cards"
    discover.entry_points.cache_clear()
    sys.path.remove(str(package))
    found = Sources(None, shipped).find("cards")
    assert found is not None
    assert found.origin == "tmfkit"


def test_an_entry_point_that_names_no_module_is_one_finding(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / "stationery-1.dist-info" / "entry_points.txt").write_text("[tmfkit.generators]\ncards = stationery.cards:generate\n")
    code, out, _ = said(capsys, project(tmp_path / "project", {}))
    assert code == 1
    assert "names no module" in out


def test_a_failure_in_a_package_is_named_at_the_system(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / "stationery" / "cards.py").write_text(MODULE.format(text="1 / 0"))
    code, out, _ = said(capsys, project(tmp_path / "project", {}))
    assert code == 1
    assert "ZeroDivisionError: division by zero (cards.py, line 7)" in out
    assert "catalog/systems.yaml:5:12" in out


def test_the_project_may_replace_a_shipped_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, {}, SYSTEM.replace("cards", "runbooks"), {"runbooks/runbook.md.j2": "mine\n"})
    assert said(capsys, folder)[0] == 0
    pages = [path for path in (folder / "build" / "runbooks" / "desk").iterdir() if path.name.startswith("visit")]
    assert pages
    assert all(path.read_text().endswith("\nmine\n") for path in pages)


def test_a_package_of_modules_is_a_generator_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = {"cards/__init__.py": '"""Cards."""\n\nfrom .parts import generate as generate\n', "cards/parts.py": GOOD}
    folder = project(tmp_path, parts)
    assert card(capsys, folder) == "hello\n"
    assert not list(folder.rglob("__pycache__"))


def test_a_generator_starts_afresh_for_every_system(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counting = GOOD.replace('"hello\\n"', 'f"{len(seen)}\\n"').replace("    yield", "    seen.append(1)\n    yield")
    parts = {"cards/__init__.py": '"""Cards."""\n\nfrom .parts import generate as generate\n', "cards/parts.py": counting + "\nseen = []\n"}
    folder = project(tmp_path, parts, SYSTEM + "---\n" + SYSTEM.replace("desk", "depot"))
    assert card(capsys, folder) == "1\n"
    assert (folder / "build/cards/depot/card.txt").read_text().endswith("\n1\n")


def test_everything_shipped_is_listed() -> None:
    modules = [*(ROOT / "generators").glob("*.py"), *(path.parent for path in (ROOT / "generators").glob("*/__init__.py"))]
    shipped = {path.stem.replace("_", "-") for path in modules}
    assert "runbooks" in shipped
    assert shipped <= set(Sources().names())
    assert all(Sources().find(name) is not None for name in shipped)


@pytest.mark.parametrize("name", ["", "Cards", "a/b", "..", "a_b", "cards.py", "-a", "a-", "tmf634-v5"])
def test_names_that_no_generator_has(name: str) -> None:
    assert Sources().find(name) is None
