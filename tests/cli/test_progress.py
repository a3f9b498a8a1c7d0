"""Long work says on a terminal what it is at; quick work, and work that nobody watches, says nothing."""

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.catalogs import written
from tmfkit import pipeline
from tmfkit.cli import line, progress
from tmfkit.project import open_project

CATALOG = {
    "a.yaml": "kind: Category\nid: a\nname: A\n",
    "b.yaml": "kind: Category\nid: b\nname: B\n---\nkind: Category\nid: c\nname: C\n",
}


def project(folder: Path) -> Path:
    return written(folder, CATALOG)


def test_the_stages_tell_what_they_are_at(tmp_path: Path) -> None:
    heard: list[str] = []
    opened = open_project(project(tmp_path)).value
    verdict = pipeline.validate(opened, tell=heard.append)
    pipeline.compile_release(opened, verdict.value, tell=heard.append)
    assert heard == ["reading 2 files", "linking 3 entities", "checking 3 entities", "compiling 3 entities"]


SLOW = """
import sys, time
from tmfkit.cli import progress
progress.PATIENCE, progress.SECOND = 0.2, 0.2
with progress.progress() as tell:
    tell("reading 2 files")
    time.sleep({before})
    tell("checking 3 entities" + " and so on" * 20)
    time.sleep({after})
print("done")
"""


def on_a_terminal(before: float, after: float, **settings: str) -> str:
    """What a terminal of eighty columns gets on standard error while work takes this long."""
    surroundings = {name: value for name, value in os.environ.items() if name not in ("CI", "COLUMNS")} | {"TERM": "xterm"} | settings
    ours, theirs = pty.openpty()
    code = SLOW.format(before=before, after=after)
    done = subprocess.run([sys.executable, "-c", code], stderr=theirs, stdout=subprocess.PIPE, env=surroundings, timeout=30, check=True)
    os.close(theirs)
    assert done.stdout == b"done\n"
    os.set_blocking(ours, False)
    try:
        return os.read(ours, 1 << 16).decode()
    except (BlockingIOError, OSError):
        return ""
    finally:
        os.close(ours)


def test_long_work_is_shown_and_taken_away() -> None:
    shown = on_a_terminal(0.3, 0.1)
    first, second, last = shown.removeprefix(line.ERASE).split(line.ERASE)[0:3]
    assert first == "reading 2 files … 0 s"
    assert second.startswith("checking 3 entities and so on")
    assert len(second) == 79
    assert shown.endswith(line.ERASE)
    assert last in ("", second)


def test_quick_work_is_not_shown() -> None:
    assert on_a_terminal(0, 0) == ""


@pytest.mark.parametrize("settings", [{"CI": "true"}, {"TERM": "dumb"}])
def test_nobody_watches(settings: dict[str, str]) -> None:
    assert on_a_terminal(0.3, 0.1, **settings) == ""


def test_what_is_no_terminal_gets_nothing(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    with progress.progress() as tell:
        tell("reading 2 files")
        time.sleep(0.05)
    assert capfd.readouterr() == ("", "")


def test_the_alarm_is_off_when_the_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    import signal

    before = signal.getsignal(signal.SIGALRM)
    monkeypatch.setattr(progress, "is_watched", lambda: True)
    with pytest.raises(ZeroDivisionError), progress.progress():
        raise ZeroDivisionError
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
