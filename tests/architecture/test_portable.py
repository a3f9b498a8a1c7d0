"""The repository works on any machine: no path of one machine, no registry address, and every version is pinned."""

import re
import tomllib
from importlib.metadata import requires

import pytest

from tests.architecture.sources import ROOT, project_files

MACHINE_PATH = r"(?<![\w.~$})<-])/(?:work|farm|root|tmp)(?![\w-])"
REGISTRY = (
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|crates\.io|maven\.org|golang\.org|debian\.org|index[-_]url|\"resolved\": *\"https?:"
)
FORBIDDEN = re.compile(f"{MACHINE_PATH}|{REGISTRY}")
PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==[0-9][A-Za-z0-9.!+]*")
TEXT_LIMIT = 5_000_000


def test_no_file_names_a_machine_or_a_registry() -> None:
    small = [path.relative_to(ROOT).as_posix() for path in project_files() if path.stat().st_size < TEXT_LIMIT]
    found = [finding for name in small for finding in leaks(name)]
    assert found == []


def leaks(name: str) -> list[str]:
    data = (ROOT / name).read_bytes()
    if b"\0" in data:
        return []
    lines = enumerate(data.decode("utf-8", "replace").splitlines(), 1)
    return [f"{name}:{number}: {line.strip()[:100]}" for number, line in lines if FORBIDDEN.search(line)]


@pytest.mark.parametrize(
    ("line", "leaks"),
    [
        ("open('{}work/main')", True),
        ("see {}tmp for it", True),
        ("cd {}root", True),
        ("build{}work", False),
        ("<root>1<{}root>", False),
        ("https:/{}x.example{}tmp", False),
        ("..{}work", False),
        ("{}workorder", False),
        ("{}tmp-file", False),
    ],
)
def test_a_machine_path_is_recognised(line: str, leaks: bool) -> None:
    assert bool(FORBIDDEN.search(line.replace("{}", "/"))) is leaks


def test_every_version_is_pinned_once_by_name_and_number() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not PIN.fullmatch(line)] == []
    names = [canonical(line.partition("==")[0]) for line in lines]
    assert [name for name in names if names.count(name) > 1] == []


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {requirement_name(text) for texts in (project["dependencies"], *project["optional-dependencies"].values()) for text in texts}
    assert declared - pinned() == set()


def test_what_the_dependencies_need_is_pinned_too() -> None:
    waiting, seen = ["tmfkit"], set[str]()
    while waiting:
        name = waiting.pop()
        needed = {requirement_name(text) for text in requires(name) or () if ";" not in text}
        waiting += needed - seen
        seen |= needed
    assert seen - pinned() == set()
    assert "pydantic-core" in seen


def pinned() -> set[str]:
    return {canonical(line.partition("==")[0]) for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()}


def requirement_name(text: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", text)
    assert name, f"a requirement begins with a name: {text}"
    return canonical(name[0])


def canonical(name: str) -> str:
    """Names of packages compare without case, and with `-`, `_` and `.` as one."""
    return re.sub(r"[-_.]+", "-", name).lower()
