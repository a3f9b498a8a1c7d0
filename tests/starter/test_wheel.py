"""The wheel, in an environment of its own without a network: `tmfkit init`, `tmfkit build` and `tmfkit generate` are all it takes."""

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, project_files
from tmfkit.starter.contents import CARRIED, FRAME

SHIPPED = ("generators", "templates")

OFFLINE = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise RuntimeError(f"this reaches for the network: {event} {arguments[1:]}")

sys.addaudithook(refuse)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built by the backend that is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    (built,) = folder.glob("tmfkit-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment: the wheel is installed in it, its dependencies are borrowed, and no socket connects."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    place = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-index", "--no-deps", str(wheel)], check=True, capture_output=True, timeout=60)
    (place / "offline.py").write_text(OFFLINE, encoding="utf-8")
    (place / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\nimport offline\n", encoding="utf-8")
    return folder / "bin"


def in_the_environment(installed: Path, folder: Path, *command: str) -> str:
    """What a command prints there; it ends with 0."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TMFKIT_"))}
    done = subprocess.run(
        [str(installed / command[0]), *command[1:]], cwd=folder, env=surroundings, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_init_and_build_work_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = in_the_environment(installed, tmp_path, "python", "-c", "import tmfkit; print(tmfkit.__file__)").strip()
    assert Path(where).is_relative_to(installed.parent)
    in_the_environment(installed, tmp_path, "tmfkit", "init")
    assert "nothing to complain about" in in_the_environment(installed, tmp_path, "tmfkit", "build")
    in_the_environment(installed, tmp_path, "tmfkit", "init", "small", "--empty")
    in_the_environment(installed, tmp_path, "tmfkit", "build", "--project", "small")
    assert (tmp_path / "catalog" / "vocabulary.yaml").read_bytes() == (ROOT / "catalog" / "vocabulary.yaml").read_bytes()


def test_the_wheel_generates_what_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    in_the_environment(installed, tmp_path, "tmfkit", "init")
    in_the_environment(installed, tmp_path, "tmfkit", "generate")
    made = {
        path.relative_to(tmp_path / "build").as_posix(): path.read_bytes() for path in (tmp_path / "build").rglob("*") if path.is_file()
    }
    command = [sys.executable, "-m", "tmfkit", "generate", "--check", "--project", str(ROOT), "--output", str(tmp_path / "build")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout[:2000]
    assert {"runbooks/index.json", "legacy/index.json", "losses.json"} <= set(made)


def test_a_generator_is_ejected_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    in_the_environment(installed, tmp_path, "tmfkit", "init")
    in_the_environment(installed, tmp_path, "tmfkit", "generate")
    in_the_environment(installed, tmp_path, "tmfkit", "eject", "runbooks")
    assert (tmp_path / "templates" / "runbooks" / "runbook.md.j2").is_file()
    in_the_environment(installed, tmp_path, "tmfkit", "generate", "--check")


def test_the_environment_has_no_network(installed: Path, tmp_path: Path) -> None:
    code = "import socket\ntry:\n    socket.create_connection(('localhost', 9))\nexcept RuntimeError as error:\n    print(error)"
    assert "this reaches for the network" in in_the_environment(installed, tmp_path, "python", "-c", code)


def test_the_wheel_carries_the_starter_and_nothing_that_is_not_its_business(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    catalog = {f"tmfkit/_starter/{path.relative_to(ROOT).as_posix()}" for path in project_files() if path.is_relative_to(ROOT / "catalog")}
    own = {path.relative_to(ROOT).as_posix() for path in project_files() if path.is_relative_to(ROOT / "tmfkit")}
    own |= {
        f"tmfkit/_shipped/{path.relative_to(ROOT).as_posix()}" for path in project_files() if path.relative_to(ROOT).parts[0] in SHIPPED
    }
    rest = names - catalog - own - {"tmfkit/_starter/tmfkit.yaml"}
    assert catalog | own | {"tmfkit/_starter/tmfkit.yaml"} <= names
    assert [name for name in rest if ".dist-info/" not in name] == []


def test_what_the_wheel_carries_is_what_init_hands_out() -> None:
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    starter, shipped = (
        {name: f"tmfkit/{folder}/{name}" for name in names} for folder, names in (("_starter", CARRIED), ("_shipped", SHIPPED))
    )
    assert targets["wheel"]["force-include"] == starter | shipped


def test_every_text_of_the_frame_is_used() -> None:
    frame = ROOT / "tmfkit" / "starter" / "frame"
    assert {path.name for path in frame.iterdir()} == {*FRAME.values(), "tmfkit.yaml"}
