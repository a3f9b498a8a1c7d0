"""What every test may ask for: the official reference files, golden texts, and the same random examples on every run."""

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
REFERENCE = Path(os.environ.get("TMFKIT_REFERENCE") or ROOT.parent / "shared").resolve()
EDITOR_TOOLS = Path(os.environ.get("TMFKIT_EDITOR_TOOLS") or ROOT / "build" / "node" / "node_modules").resolve()
TARGET_TOOLS = Path(os.environ.get("TMFKIT_TARGET_TOOLS") or ROOT / "build" / "targets" / "node_modules").resolve()
BROWSER_TOOLS = Path(os.environ.get("TMFKIT_BROWSER_TOOLS") or ROOT / "build" / "browser" / "node_modules").resolve()
TRYTON_PYTHON = Path(os.environ.get("TMFKIT_TRYTON") or ROOT / "build" / "tryton").absolute() / "bin" / "python"
NOT_RUN = pytest.StashKey[dict[str, int]]()

settings.register_profile("tmfkit", derandomize=True, deadline=None, database=None)
settings.load_profile("tmfkit")


def reference_found() -> bool:
    """The folder counts only with the official files in it, so that a stranger's `shared` beside the checkout is none."""
    return (REFERENCE / "tmf").is_dir()


def editor_tools_found() -> bool:
    """The server that editors use for YAML needs Node, which tmfkit itself does not."""
    return (EDITOR_TOOLS / "yaml-language-server").is_dir() and shutil.which("node") is not None


def target_tools_found() -> bool:
    """What checks generated files and comes from npm; no part of tmfkit needs it."""
    return (TARGET_TOOLS / "ajv").is_dir() and shutil.which("node") is not None


def yanglint_found() -> bool:
    """The YANG checker of Debian has no counterpart on npm."""
    return shutil.which("yanglint") is not None


def browser_found() -> bool:
    """A browser that can be driven, and what looks for barriers on its pages; no part of tmfkit needs them."""
    return (BROWSER_TOOLS / "axe-core").is_dir() and None not in (shutil.which("chromium"), shutil.which("chromedriver"))


def postgres_found() -> bool:
    """The database server that several catalog servers share; Debian keeps its programs off the path."""
    named = os.environ.get("TMFKIT_POSTGRES")
    if named:
        return (Path(named) / "initdb").is_file()
    return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def tryton_found() -> bool:
    """The ERP lives in an environment of its own, and its licence with it."""
    return TRYTON_PYTHON.is_file()


def required(what: str) -> bool:
    """Where nothing may be left out, as in `.ci/run`, absence is an error."""
    return os.environ.get(f"TMFKIT_REQUIRE_{what}") == "1"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests that take their time too")
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew instead of comparing with them")


def pytest_configure(config: pytest.Config) -> None:
    if required("REFERENCE") and not reference_found():
        raise pytest.UsageError(f"the reference folder is required and not found at {REFERENCE}: set TMFKIT_REFERENCE to it")
    if required("EDITOR") and not editor_tools_found():
        raise pytest.UsageError(f"the editor tools are required and not found at {EDITOR_TOOLS}: `make editor-tools` installs them")
    if required("TARGETS") and not target_tools_found():
        raise pytest.UsageError(f"the target tools are required and not found at {TARGET_TOOLS}: `make target-tools` installs them")
    if required("TARGETS") and not yanglint_found():
        raise pytest.UsageError(
            "yanglint is required and not found: `make target-tools` installs it as root; Debian's package is libyang-tools"
        )
    if required("BROWSER") and not browser_found():
        raise pytest.UsageError(
            f"Chromium, its driver and axe-core below {BROWSER_TOOLS} are required and not all found: "
            "`make browser-tools` as root installs them"
        )
    if required("POSTGRES") and not postgres_found():
        raise pytest.UsageError(
            "PostgreSQL is required and not found: `make postgres` as root installs it, TMFKIT_POSTGRES names its programs"
        )
    if required("SLOW") and not tryton_found():
        raise pytest.UsageError(f"Tryton is required and not found at {TRYTON_PYTHON}: `make tryton` installs it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs something that is not there, and remember how much that was."""
    config.stash[NOT_RUN] = {}
    for reason, needs, there in (
        ("reference folder not found (TMFKIT_REFERENCE names it)", needs_reference, reference_found()),
        ("editor tools not found (`make editor-tools` installs them)", needs_editor, editor_tools_found()),
        ("target tools not found (`make target-tools` installs them)", needs_target_tools, target_tools_found()),
        ("yanglint not found (`make target-tools` installs it as root)", needs_yanglint, yanglint_found()),
        ("browser not found (`make browser-tools` as root installs it)", needs_browser, browser_found()),
        ("PostgreSQL not found (`make postgres` installs it as root)", needs_postgres, postgres_found()),
        ("slow (`make test-all` runs them)", needs_time, bool(config.getoption("--slow")) or required("SLOW")),
        ("Tryton not found (`make tryton` installs it)", needs_tryton, tryton_found()),
    ):
        left_out = [] if there else [item for item in items if needs(item)]
        if left_out:
            config.stash[NOT_RUN][reason] = len(left_out)
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if not needs(item)]


def needs_editor(item: pytest.Item) -> bool:
    """Only the marker says it."""
    return item.get_closest_marker("editor") is not None


def needs_reference(item: pytest.Item) -> bool:
    """The fixture says it by itself; the marker is for tests that read the folder another way."""
    return item.get_closest_marker("reference") is not None or takes(item, "reference")


def needs_target_tools(item: pytest.Item) -> bool:
    """The fixture says it by itself; the marker asks for all of these tools."""
    return item.get_closest_marker("targets") is not None or takes(item, "node_modules")


def needs_yanglint(item: pytest.Item) -> bool:
    """The fixture says it by itself; the marker asks for all of these tools."""
    return item.get_closest_marker("targets") is not None or takes(item, "yanglint")


def needs_browser(item: pytest.Item) -> bool:
    """Only the marker says it."""
    return item.get_closest_marker("browser") is not None


def needs_postgres(item: pytest.Item) -> bool:
    """The fixture says it by itself; the marker is for one database of several."""
    return item.get_closest_marker("postgres") is not None or "postgres" in getattr(item, "fixturenames", ())


def needs_time(item: pytest.Item) -> bool:
    """The ERP is never quick."""
    return item.get_closest_marker("slow") is not None or needs_tryton(item)


def needs_tryton(item: pytest.Item) -> bool:
    """Only the fixture says it: what is slow for another reason needs no ERP."""
    return takes(item, "tryton_python")


def takes(item: pytest.Item, fixture: str) -> bool:
    return fixture in getattr(item, "fixturenames", ())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, object, object]:
    """Say what did not run below pytest's own summary, where nobody can overlook it."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["not_run"] = session.config.stash.get(NOT_RUN, {})
    result = yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    for reason, count in session.config.stash.get(NOT_RUN, {}).items() if reporter else ():
        checks = "1 check" if count == 1 else f"{count} checks"
        reporter.write_line(f"{checks} did not run: {reason}")
    return result


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """With several processes each of them collects everything: what one of them left out, all of them did."""
    node.config.stash.setdefault(NOT_RUN, {}).update(getattr(node, "workeroutput", {}).get("not_run", {}))


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of official TM Forum files; a test that takes it does not run where it is absent."""
    return REFERENCE


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with `tests/golden/<name>`, byte for byte; with `--update-goldens`, write that file instead."""
    update = bool(request.config.getoption("--update-goldens"))

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            return
        assert path.is_file(), f"tests/golden/{name} is not there yet: run pytest --update-goldens and read what it writes"
        assert text == path.read_bytes().decode(), f"differs from tests/golden/{name}: if that is meant, run pytest --update-goldens"

    return check
