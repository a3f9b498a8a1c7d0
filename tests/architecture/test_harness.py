"""The test run itself is honest: what does not run is counted in the last line, and goldens change only when asked to."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

SAMPLE = """
import pytest

def test_plain(golden):
    golden("greeting.txt", "hello")

def test_fixture(reference):
    assert (reference / "tmf").is_dir()

@pytest.mark.reference
def test_marker():
    assert True
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A small checkout with the project's conftest, one golden and two tests that need the reference folder."""
    tests = tmp_path / "checkout" / "tests"
    (tests / "golden").mkdir(parents=True)
    (tests / "golden" / "greeting.txt").write_text("hello", encoding="utf-8")
    (tests / "test_sample.py").write_text(SAMPLE, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "conftest.py", tests / "conftest.py")
    (tests.parent / "pytest.ini").write_text(
        "[pytest]\ntestpaths = tests\nmarkers =\n    reference: as in the project\n"
        + "".join(f"    {marker}: too\n" for marker in ("editor", "targets", "browser", "slow")),
        encoding="utf-8",
    )
    return tests.parent


def run(checkout: Path, *arguments: str, **settings: str) -> tuple[int, list[str]]:
    """The exit code and the lines of a test run whose only settings are those given here."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("TMFKIT_", "PYTEST_"))}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=checkout, env=surroundings | settings, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_without_the_reference_folder_the_last_line_counts_what_did_not_run(sample: Path) -> None:
    code, lines = run(sample)
    assert code == 0
    assert lines[-1].startswith("2 checks did not run: reference folder not found")
    assert "1 passed, 2 deselected" in lines[-2]


def test_a_folder_that_holds_something_else_is_no_reference(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    _, lines = run(sample, TMFKIT_REFERENCE=str(tmp_path / "other"))
    assert lines[-1].startswith("2 checks did not run")


@pytest.mark.parametrize("settings", [{}, {"TMFKIT_REQUIRE_REFERENCE": "1"}])
def test_with_the_reference_folder_everything_runs(sample: Path, tmp_path: Path, settings: dict[str, str]) -> None:
    (tmp_path / "shared" / "tmf").mkdir(parents=True)
    code, lines = run(sample, **settings)
    assert code == 0
    assert "3 passed" in lines[-1]


def test_a_required_reference_folder_that_is_absent_stops_the_run(sample: Path) -> None:
    code, lines = run(sample, TMFKIT_REQUIRE_REFERENCE="1")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "the reference folder is required and not found" in "\n".join(lines)


@pytest.fixture
def with_editor(sample: Path) -> Path:
    """The small checkout with one more test, which needs the tools of editors."""
    text = "import pytest\n\n@pytest.mark.editor\ndef test_editor():\n    assert True\n"
    (sample / "tests" / "test_editor.py").write_text(text, encoding="utf-8")
    return sample


def test_without_the_editor_tools_a_line_of_its_own_counts_what_did_not_run(with_editor: Path) -> None:
    code, lines = run(with_editor)
    assert code == 0
    assert lines[-2].startswith("2 checks did not run: reference folder not found")
    assert lines[-1].startswith("1 check did not run: editor tools not found")
    assert "1 passed, 3 deselected" in lines[-3]


def test_with_the_editor_tools_nothing_is_left_out(with_editor: Path, tmp_path: Path) -> None:
    (tmp_path / "shared" / "tmf").mkdir(parents=True)
    (tmp_path / "tools" / "yaml-language-server").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    node = tmp_path / "bin" / "node"
    node.touch(0o755)
    settings = {"TMFKIT_EDITOR_TOOLS": str(tmp_path / "tools"), "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
    code, lines = run(with_editor, TMFKIT_REQUIRE_EDITOR="1", **settings)
    assert code == 0
    assert "4 passed" in lines[-1]


def test_required_editor_tools_that_are_absent_stop_the_run(with_editor: Path) -> None:
    code, lines = run(with_editor, TMFKIT_REQUIRE_EDITOR="1")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "the editor tools are required and not found" in "\n".join(lines)


TOOLS = """
import pytest

@pytest.fixture
def node_modules(): ...

@pytest.fixture
def yanglint(): ...

@pytest.fixture
def tryton_python(): ...

def test_packages(node_modules): ...
def test_yanglint(yanglint): ...
def test_tryton(tryton_python): ...

@pytest.mark.targets
def test_both(): ...

@pytest.mark.browser
def test_browser(): ...

@pytest.mark.slow
def test_slow(): ...
"""


@pytest.fixture
def with_tools(sample: Path, tmp_path: Path) -> Path:
    """The small checkout with one test for each tool that checks generated files, and no others."""
    (sample / "tests" / "test_sample.py").write_text(TOOLS, encoding="utf-8")
    (tmp_path / "bin").mkdir()
    return sample


def tools(folder: Path, *programs: str) -> dict[str, str]:
    """The settings of a machine whose only programs are these, with npm packages and an ERP where the settings say."""
    for name in programs:
        (folder / "bin" / name).touch(0o755)
    (folder / "packages" / "ajv").mkdir(parents=True, exist_ok=True)
    (folder / "packages" / "axe-core").mkdir(parents=True, exist_ok=True)
    (folder / "erp" / "bin").mkdir(parents=True, exist_ok=True)
    (folder / "erp" / "bin" / "python").touch()
    return {
        "PATH": str(folder / "bin"),
        "TMFKIT_TARGET_TOOLS": str(folder / "packages"),
        "TMFKIT_BROWSER_TOOLS": str(folder / "packages"),
        "TMFKIT_TRYTON": str(folder / "erp"),
    }


def test_each_absent_tool_has_its_line(with_tools: Path, tmp_path: Path) -> None:
    code, lines = run(with_tools, "--slow", PATH=str(tmp_path / "bin"))
    assert code == 0
    assert [line.partition(" (")[0] for line in lines[-4:]] == [
        "2 checks did not run: target tools not found",
        "1 check did not run: yanglint not found",
        "1 check did not run: browser not found",
        "1 check did not run: Tryton not found",
    ]
    assert "1 passed, 5 deselected" in lines[-5]


def test_what_is_slow_runs_only_when_asked_for(with_tools: Path, tmp_path: Path) -> None:
    settings = tools(tmp_path, "node", "yanglint", "chromium", "chromedriver")
    code, lines = run(with_tools, TMFKIT_REQUIRE_TARGETS="1", TMFKIT_REQUIRE_BROWSER="1", **settings)
    assert code == 0
    assert lines[-1] == "2 checks did not run: slow (`make test-all` runs them)"
    assert "6 passed" in run(with_tools, "--slow", **settings)[1][-1]
    assert "6 passed" in run(with_tools, TMFKIT_REQUIRE_SLOW="1", **settings)[1][-1]


@pytest.mark.parametrize(
    ("programs", "settings", "says"),
    [
        (["yanglint"], {"TMFKIT_REQUIRE_TARGETS": "1"}, "the target tools are required and not found"),
        (["node"], {"TMFKIT_REQUIRE_TARGETS": "1"}, "yanglint is required and not found"),
        (["chromium"], {"TMFKIT_REQUIRE_BROWSER": "1"}, "Chromium, its driver and axe-core"),
        ([], {"TMFKIT_REQUIRE_SLOW": "1", "TMFKIT_TRYTON": "none"}, "Tryton is required and not found"),
    ],
)
def test_a_required_tool_that_is_absent_stops_the_run(
    with_tools: Path, tmp_path: Path, programs: list[str], settings: dict[str, str], says: str
) -> None:
    code, lines = run(with_tools, **tools(tmp_path, *programs) | settings)
    assert code == pytest.ExitCode.USAGE_ERROR
    assert says in "\n".join(lines)


@pytest.mark.parametrize("before", ["hello\r", None])
def test_a_golden_that_differs_fails_and_is_rewritten_on_demand(sample: Path, before: str | None) -> None:
    path = sample / "tests" / "golden" / "greeting.txt"
    path.unlink() if before is None else path.write_bytes(before.encode())
    assert run(sample, "-k", "plain")[0] == pytest.ExitCode.TESTS_FAILED
    assert path.exists() is (before is not None)
    assert run(sample, "-k", "plain", "--update-goldens")[0] == 0
    assert path.read_bytes() == b"hello"
