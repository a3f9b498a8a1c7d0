"""Which files of which systems a change makes different, by running the generators of both states apart from everything else."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from tmfkit.history import History, State
from tmfkit.review.export import export

PATIENCE = 300
"""Seconds that generating one state may take."""

HEARD = 100_000
"""Bytes of what generators say that are looked at."""

KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")
"""What the generators see of the environment: where programs are, and how text is encoded."""

_STAMP = re.compile(r"sha256:[0-9a-f]{32,}")


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that a system receives: how many of its lines are new and how many are gone; stamps do not count."""

    system: str
    path: str
    added: int
    removed: int
    kind: str


@dataclass(frozen=True, slots=True)
class Artifacts:
    """The files that differ; `failures` are the states whose generators did not get through, with what they said."""

    files: tuple[FileChange, ...]
    failures: tuple[tuple[str, str], ...] = ()


def artifacts(history: History) -> Artifacts:
    """Runs code of the project, in both states: each in a process and a folder of its own, with those variables of the environment in KEPT.

    This is no sandbox: the code has the rights of whoever starts it, and finds whatever they can read.
    """
    made: list[Mapping[str, Counter[str]]] = []
    failures: list[tuple[str, str]] = []
    for state in (history.before, history.after):
        with TemporaryDirectory(prefix="tmfkit-") as folder:
            fault = _generated(state, Path(folder))
            failures += [(state.name, fault)] if fault else []
            made.append(_lines(Path(folder) / "output"))
    return Artifacts((), tuple(failures)) if failures else Artifacts(_differing(*made))


def _generated(state: State, folder: Path) -> str:
    """Why the generators of a state do not get through; empty where they do."""
    project, output, home = folder / "project", folder / "output", folder / "home"
    for place in (project, output, home):
        place.mkdir()
    if not state.catalog.value.summaries:
        return ""
    export(state, project)
    code, said = _run(["generate", "--project", str(project), "--output", str(output)], home)
    if code == 0:
        return ""
    lines = [line for line in said.replace(str(folder), "").splitlines() if line.strip()]
    return "they took too long" if code is None else lines[0] if lines else f"they ended with {code}"


def _run(command: list[str], home: Path) -> tuple[int | None, str]:
    """The exit code, None where it took too long, and what was said. What it started ends with it, and is not waited for."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    surroundings = {**kept, "HOME": str(home), "TMPDIR": str(home), "NO_COLOR": "1"}
    with TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", "tmfkit", *command],
            cwd=home, env=surroundings, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            code = process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            code = None
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        said.seek(0)
        return code, said.read(HEARD).decode("utf-8", "replace")


def _lines(output: Path) -> Mapping[str, Counter[str]]:
    """The lines of each file of each system, without those that only say from what it was made."""
    files = (path for path in sorted(output.glob("*/*/**/*")) if path.is_file() and not path.is_symlink())
    texts = ((path.relative_to(output).as_posix(), path.read_bytes().decode("utf-8", "replace")) for path in files)
    return {path: Counter(line for line in text.splitlines() if not _STAMP.search(line)) for path, text in texts}


def _differing(before: Mapping[str, Counter[str]], after: Mapping[str, Counter[str]]) -> tuple[FileChange, ...]:
    found = []
    for path in sorted({*before, *after}):
        old, new = before.get(path, Counter()), after.get(path, Counter())
        if old != new or (path in before) != (path in after):
            kind = "new" if path not in before else "gone" if path not in after else "changed"
            found.append(FileChange(path.split("/")[1], path, (new - old).total(), (old - new).total(), kind))
    return tuple(found)
