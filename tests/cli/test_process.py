"""How the command behaves as a process: interrupted, without a terminal, with a full disk behind its output."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.synthetic import write
from tests.generate.projects import HEAD, SYSTEM, project
from tests.live.lines import Lines, answer_bytes
from tests.live.servers import listening
from tmfkit.remote.wire import Response

TMFKIT = [sys.executable, "-m", "tmfkit"]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that takes a few seconds to compile."""
    folder = tmp_path_factory.mktemp("large")
    write(folder / "catalog", 2000)
    (folder / "tmfkit.yaml").touch()
    return folder


def children_of(process: int) -> list[str]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    return found.stdout.split()


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0.6, 1.5])
def test_an_interrupt_leaves_nothing_behind(kind: signal.Signals, after: float, large: Path) -> None:
    environment = {**os.environ, "TMFKIT_JOBS": "2"}
    command = [*TMFKIT, "compile", "-p", str(large)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    time.sleep(after)
    workers = children_of(process.pid)
    process.send_signal(kind)
    _, errors = process.communicate(timeout=20)
    assert "Traceback" not in errors
    assert process.returncode in {1, 130, 143, -kind}
    assert "bug" not in errors
    assert not (large / "build" / ".new").exists()
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]


@pytest.mark.parametrize(("kind", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_signal_while_a_generator_runs_is_no_fault_of_the_generator(kind: signal.Signals, code: int, jobs: str, tmp_path: Path) -> None:
    slow = HEAD + "import time\n\n\ndef generate(context):\n    print('it runs', flush=True)\n    time.sleep(60)\n    yield 1\n"
    two = SYSTEM + "---\n" + SYSTEM.replace("desk", "depot")
    command = [*TMFKIT, "generate", "-p", str(project(tmp_path, slow, two))]
    environment = {**os.environ, "TMFKIT_JOBS": jobs}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stderr is not None
    while "it runs" not in (line := process.stderr.readline()):
        assert line, "it ended before the generator ran"
    time.sleep(0.3)
    process.send_signal(kind)
    out, errors = process.communicate(timeout=20)
    assert process.returncode == code
    assert "TK803" not in out + errors
    assert "Traceback" not in out + errors
    assert not list((tmp_path / "build").glob("*"))


def said(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*TMFKIT, *arguments], capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload,no-any-return]


def test_a_full_disk_behind_the_output() -> None:
    if not Path("/dev/full").exists():
        return
    with open("/dev/full", "w", encoding="utf-8") as full:
        result = subprocess.run([*TMFKIT, "schema"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 4
    assert "cannot write the output" in result.stderr


def test_no_standard_output_at_all(large: Path) -> None:
    result = subprocess.run(
        f"{sys.executable} -m tmfkit validate -p {large} >&-", shell=True, stderr=subprocess.PIPE, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_a_terminal_that_knows_no_accents(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "tmfkit.yaml").touch()
    (tmp_path / "catalog" / "été.yaml").write_text("kind: Category\nid: é\nname: É\n", encoding="utf-8")
    result = said("validate", "-p", str(tmp_path), env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert result.returncode == 1
    assert "is not an id" in result.stdout


def test_a_reader_that_goes_away() -> None:
    result = subprocess.run(f"{sys.executable} -m tmfkit schema | head -1", shell=True, capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("{\n", "")


@pytest.mark.parametrize("command", ["schema", "explain TK101"])
def test_a_reader_that_goes_away_is_told_by_the_exit_code(command: str) -> None:
    """Long output breaks off while it is written, short output when it is flushed."""
    line = f"{sys.executable} -m tmfkit {command} | true; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("141\n", "")


def test_a_server_that_hangs_up_does_not_end_the_command(tmp_path: Path) -> None:
    """It answers before it has read the whole body and hangs up: what else is sent there meets a closed connection."""
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "c.yaml").write_text(f"kind: Category\nid: c\nname: C\ndescription: {'x' * 8_000_000}\n")
    with listening(Impatient) as url:
        apis = f"apis: {{tmf620-v4: {{url: '{url}', profile: v5}}}}"
        (tmp_path / "tmfkit.yaml").write_text(f"dialects: [tmf620-v4]\ntargets: {{t: {{{apis}}}}}\n")
        result = said("publish", "t", "--yes", "-p", str(tmp_path))
    assert result.returncode == 1, result.stderr
    assert "Category c: " in result.stdout


class Impatient(Lines):
    """Has empty lists, and finds every body too long before it has read it."""

    def handle(self) -> None:
        while (line := self.rfile.readline()).startswith(b"GET"):
            while self.rfile.readline().strip():
                pass
            self.wfile.write(answer_bytes(Response(200, {"content-type": "application/json", "x-total-count": "0"}, b"[]")))
        if line:
            self.wfile.write(answer_bytes(Response(413, {"connection": "close"})))
